"""What the audit calls its steps and answers: the same words in a form, in a list and in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lichen.audit.material import MATERIAL_FACTS
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import Relevance, Sensitivity

__all__ = [
    "evidences",
    "exchange_kinds",
    "label_of",
    "relevances",
    "sensitivities",
    "severities",
    "strengths",
    "usual_opening",
]


def severities() -> dict[int, tuple[str, str]]:
    """How bad a gap is: a word, and what it means."""
    return {
        1: (_("slight"), _("nearly all of it is there")),
        2: (_("minor"), _("most of it is there")),
        3: (_("real"), _("about half of it is there")),
        4: (_("serious"), _("little of it is there")),
        5: (_("total"), _("nothing of it is there")),
    }


def strengths() -> dict[int, tuple[str, str]]:
    """How good one is at something: a word, and what it means."""
    return {
        1: (_("a little"), _("it is there, and no more")),
        2: (_("fair"), _("enough for ourselves")),
        3: (_("solid"), _("others could rely on it")),
        4: (_("strong"), _("others come to us for it")),
        5: (_("excellent"), _("few do it better")),
    }


def evidences() -> dict[int, tuple[str, str]]:
    """What an offer rests on: a word, and an example."""
    return {
        1: (_("our own word"), _("“We are good with volunteers.”")),
        2: (_("an example we can name"), _("“Last winter forty people cooked for the shelter.”")),
        3: (_("a document"), _("a report, a contract, a certificate")),
        4: (_("somebody else says so"), _("a reference, an inspection, a prize")),
        5: (_("it was measured"), _("an evaluation with numbers")),
    }


def sensitivities() -> dict[str, tuple[str, str]]:
    """How early a partner may see a gap, and what that means."""
    return {
        Sensitivity.LOW: (_("early"), _("as soon as both sides have said yes")),
        Sensitivity.MEDIUM: (_("in the middle"), _("once both have shown interest in each other")),
        Sensitivity.HIGH: (_("late"), _("not before a pilot has started")),
    }


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
    word, meaning = sensitivities()[taxonomy().capabilities[code].sensitivity]
    told = _("Usually shown {word}: {meaning}.").format(word=word, meaning=meaning)
    if code in MATERIAL_FACTS:
        told += " " + _("Where it is serious or total, it must be shown before money moves.")
    return told
