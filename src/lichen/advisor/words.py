"""The questions and their answers in plain words, for whoever asks them: a terminal, a page, a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lichen.advisor.values import Asked
from lichen.charter.threat import Model
from lichen.language import _

__all__ = ["AskedWords", "asked_words", "model_words"]


@dataclass(frozen=True, slots=True)
class AskedWords:
    """One question and its answers, as a person reads them."""

    question: str
    """The question."""
    answers: Mapping[str, str]
    """Each answer in words, by how it is written in a file."""


def model_words(model: Model) -> str:
    """A model by its name.

    Args:
        model: Which.
    """
    names = {
        Model.STRENGTH_BASED: _("Strength-based"),
        Model.SHARED_THREAT: _("Shared threat"),
        Model.UNCOMMON_COMPLEMENT: _("Uncommon complement"),
    }
    return names[model]


def asked_words() -> Mapping[Asked, AskedWords]:
    """Every question with its answers, in the order in which they are asked."""
    return {**_about_the_work(), **_about_both(), **_about_us()}


def _about_the_work() -> dict[Asked, AskedWords]:
    return {
        Asked.HORIZON: AskedWords(
            _("For how long do you need each other?"),
            {"short": _("up to half a year"), "medium": _("up to two years"), "long": _("longer than two years")},
        ),
        Asked.WORK: AskedWords(
            _("What is the work like?"),
            {
                "simple": _("simple: it is clear what comes out, and when"),
                "complex": _("difficult: nobody knows yet what will work"),
            },
        ),
        Asked.RELIANCE: AskedWords(
            _("If one of you fails, what becomes of the others?"),
            {"little": _("they go on"), "deep": _("they fail, too")},
        ),
        Asked.THREAT: AskedWords(
            _("Does the same threat from outside hang over all of you?"),
            {
                "none": _("no"),
                "passing": _("yes, and within a year it will have passed"),
                "lasting": _("yes, and no end is in sight"),
            },
        ),
    }


def _about_both() -> dict[Asked, AskedWords]:
    yes, no = _("yes"), _("no")
    return {
        Asked.FIT: AskedWords(
            _("Does each have what the other lacks?"),
            {
                "both-ways": _("yes, both ways"),
                "one-way": _("only one of us lacks what the other has"),
                "neither": _("no, we lack the same or nothing"),
            },
        ),
        Asked.SHOWING: AskedWords(
            _("Would you show them where you are weak?"),
            {"yes": yes, "one": _("one weakness, to see what they do with it"), "no": no},
        ),
        Asked.SHOWN: AskedWords(_("Would they show you where they are weak?"), {"yes": yes, "no": no}),
        Asked.HISTORY: AskedWords(
            _("Is there distrust between you from before?"),
            {
                "none": no,
                "can-be-mended": _("yes, and it can be talked through"),
                "cannot": _("yes, and it cannot be overcome"),
            },
        ),
    }


def _about_us() -> dict[Asked, AskedWords]:
    yes, no = _("yes"), _("no")
    return {
        Asked.LEADERSHIP: AskedWords(
            _("Is your own leadership of one mind about this?"), {"aligned": yes, "not-aligned": no}
        ),
        Asked.HOURS: AskedWords(
            _("Have your leaders two hours for an honest audit, and time to meet every quarter?"),
            {"yes": yes, "no": no},
        ),
        Asked.BALANCE: AskedWords(
            _("Could one of you simply have its way?"),
            {
                "level": no,
                "unequal": _("one is stronger, and would accept a veto or one vote each"),
                "too-unequal": _("yes, and nothing that we could agree would change it"),
            },
        ),
        Asked.FACTS: AskedWords(
            _("Is there something they must know before money moves: solvency, misconduct, a regulator, a licence?"),
            {
                "none": no,
                "shown": _("yes, and they know it or will in time"),
                "hidden": _("yes, and it is to stay hidden"),
            },
        ),
        Asked.PAPERS: AskedWords(
            _("Can anybody demand one of your papers by law: a court, a regulator, the public?"),
            {
                "no": no,
                "settled": _("yes, and we have agreed what is put on paper"),
                "unsettled": _("yes, and we have not talked about it"),
            },
        ),
    }
