"""What the audit calls its steps and answers: the same words in a form, in a list and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lichen.audit.material import MATERIAL_FACTS
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Relevance, Sensitivity

__all__ = [
    "evidence",
    "evidences",
    "exchange_kinds",
    "label_of",
    "relevances",
    "sensitivities",
    "sensitivity",
    "severities",
    "severity",
    "strength",
    "strengths",
    "usual_opening",
]

Step = TypeVar("Step", int, str)


_SEVERITIES: Mapping[int, tuple[str, str]] = {
    1: (gettext_noop("slight"), gettext_noop("nearly all of it is there")),
    2: (gettext_noop("minor"), gettext_noop("most of it is there")),
    3: (gettext_noop("real"), gettext_noop("about half of it is there")),
    4: (gettext_noop("serious"), gettext_noop("little of it is there")),
    5: (gettext_noop("total"), gettext_noop("nothing of it is there")),
}


def severities() -> dict[int, tuple[str, str]]:
    """How bad a gap is: a word, and what it means."""
    return {step: severity(step) for step in _SEVERITIES}


def severity(step: int) -> tuple[str, str]:
    """The same of one step."""
    return _told(_SEVERITIES, step)


_STRENGTHS: Mapping[int, tuple[str, str]] = {
    1: (gettext_noop("a little"), gettext_noop("it is there, and no more")),
    2: (gettext_noop("fair"), gettext_noop("enough for ourselves")),
    3: (gettext_noop("solid"), gettext_noop("others could rely on it")),
    4: (gettext_noop("strong"), gettext_noop("others come to us for it")),
    5: (gettext_noop("excellent"), gettext_noop("few do it better")),
}


def strengths() -> dict[int, tuple[str, str]]:
    """How good one is at something: a word, and what it means."""
    return {step: strength(step) for step in _STRENGTHS}


def strength(step: int) -> tuple[str, str]:
    """The same of one step."""
    return _told(_STRENGTHS, step)


_EVIDENCES: Mapping[int, tuple[str, str]] = {
    1: (gettext_noop("our own word"), gettext_noop("“We are good with volunteers.”")),
    2: (gettext_noop("an example we can name"), gettext_noop("“Last winter forty people cooked for the shelter.”")),
    3: (gettext_noop("a document"), gettext_noop("a report, a contract, a certificate")),
    4: (gettext_noop("somebody else says so"), gettext_noop("a reference, an inspection, a prize")),
    5: (gettext_noop("it was measured"), gettext_noop("an evaluation with numbers")),
}


def evidences() -> dict[int, tuple[str, str]]:
    """What an offer rests on: a word, and an example."""
    return {step: evidence(step) for step in _EVIDENCES}


def evidence(step: int) -> tuple[str, str]:
    """The same of one step."""
    return _told(_EVIDENCES, step)


_SENSITIVITIES: Mapping[str, tuple[str, str]] = {
    Sensitivity.LOW: (gettext_noop("early"), gettext_noop("as soon as both sides have said yes")),
    Sensitivity.MEDIUM: (gettext_noop("in the middle"), gettext_noop("once both have shown interest in each other")),
    Sensitivity.HIGH: (gettext_noop("late"), gettext_noop("not before a pilot has started")),
}


def sensitivities() -> dict[str, tuple[str, str]]:
    """How early a partner may see a gap, and what that means."""
    return {step: sensitivity(step) for step in _SENSITIVITIES}


def sensitivity(step: str) -> tuple[str, str]:
    """The same of one step."""
    return _told(_SENSITIVITIES, step)


def relevances() -> dict[str, str]:
    """Whether a gap affects what could be done together."""
    return {
        Relevance.YES: _("Yes: it touches what we could do together"),
        Relevance.NO: _("No: it is ours alone, and no partner is shown it"),
        Relevance.UNASKED: _("We do not know yet"),
    }


def exchange_kinds() -> dict[str, tuple[str, str]]:
    """By what something passes from one organisation to another: a word, and what it means."""
    return {
        "funding": (_("money"), _("a grant, an investment, fees waived")),
        "in_kind": (_("goods and services"), _("given instead of money")),
        "staff_time": (_("people’s time"), _("staff, secondees or volunteers")),
        "expertise": (_("knowledge"), _("advice, training")),
        "network_access": (_("introductions"), _("relationships opened to the partner")),
        "credibility": (_("a good name"), _("vouching, endorsing, being seen together")),
        "authority": (_("authority"), _("legal, political or moral, used for the partner")),
        "data": (_("data"), _("records and insight, shared under an agreement")),
        "technology": (_("technology"), _("software, systems, platforms")),
        "space": (_("space"), _("rooms, land, storage")),
        "reach": (_("reach"), _("members, customers, audiences")),
    }


def label_of(code: str) -> str:
    """What a capability is called; for none, that it is not said."""
    known = taxonomy().capabilities.get(code)
    return known.label if known else _("Not said yet what it is about")


def usual_opening(code: str) -> str:
    """When a gap of this kind is opened unless its owner says otherwise, in a sentence."""
    if MATERIAL_FACTS.get(code) == 1:
        return _("A partner must be shown this before money moves.")
    word, meaning = sensitivity(taxonomy().capabilities[code].sensitivity)
    told = _("Usually shown {word}: {meaning}.").format(word=word, meaning=meaning)
    if code in MATERIAL_FACTS:
        told += " " + _("Where it is serious or total, it must be shown before money moves.")
    return told


def _told(steps: Mapping[Step, tuple[str, str]], step: Step) -> tuple[str, str]:
    """A word and what it means, in the language of whoever reads: a list of a hundred says one step a line, not all."""
    word, meaning = steps[step]
    return _(word), _(meaning)
