"""What an alliance's file holds, stage by stage, in numbers and in words."""

from __future__ import annotations

from collections.abc import Mapping

from lichen.alliance.values import Alliance
from lichen.charter.agreement.terms import AgreementTerms
from lichen.charter.clause.values import Clause
from lichen.language import _, ngettext

__all__ = ["held_numbers", "held_words", "stage_words"]


def held_numbers(alliance: Alliance) -> Mapping[str, Mapping[str, int]]:
    """For each section of the file, how many entries of each kind it has."""
    matters, pilots, charter, ledger = alliance.matters, alliance.pilots, alliance.charter, alliance.exchange
    progress = alliance.progress
    return {
        "matters": {
            "matters": len(matters),
            "events": sum(len(matter.events) for matter in matters),
            "conversations": sum(event.conversation is not None for matter in matters for event in matter.events),
        },
        "pilots": {
            "pilots": len(pilots),
            "steps": sum(len(pilot.steps) for pilot in pilots),
            "reviews": sum(len(pilot.reviews) for pilot in pilots),
        },
        "charter": {
            "rule": int(charter.rule is not None),
            "terms": int(charter.terms != AgreementTerms()),
            "clause": int(charter.clause != Clause()),
            "threats": len(charter.threats),
            "exposures": len(charter.exposures),
            "motions": len(charter.motions),
            "vetoes": len(charter.vetoes),
            "requests": len(charter.requests),
            "signatures": len(charter.signatures),
        },
        "exchange": {
            "intents": len(ledger.intents),
            "commitments": len(ledger.commitments),
            "deliveries": len(ledger.events),
            "claims": len(ledger.claims),
            "valuations": len(ledger.valuations),
        },
        "checkins": {"checkins": len(alliance.checkins)},
        "progress": {
            "surveys": len(progress.surveys),
            "indicators": len(progress.indicators),
            "goals": len(progress.goals),
            "outcomes": len(progress.outcomes),
        },
    }


def held_words(numbers: Mapping[str, int]) -> str:
    """The numbers of one section as people say them, without those that are nought.

    Example:
        >>> held_words({"pilots": 2, "steps": 0, "reviews": 1})
        '2 pilots, 1 review'
    """
    told = [_counted(name, number) for name, number in numbers.items() if number]
    return ", ".join(told) or _("nothing yet")


def stage_words(section: str) -> str:
    """What people call the stage that a section of the file is about."""
    return {
        "matters": _("Opening up"),
        "pilots": _("Pilots"),
        "charter": _("Charter"),
        "exchange": _("Exchange"),
        "checkins": _("Check-ins"),
        "progress": _("Progress"),
    }[section]


def _counted(name: str, number: int) -> str:
    words = {
        "matters": ngettext("{number} matter", "{number} matters", number),
        "events": ngettext("{number} event", "{number} events", number),
        "conversations": ngettext("{number} conversation", "{number} conversations", number),
        "pilots": ngettext("{number} pilot", "{number} pilots", number),
        "steps": ngettext("{number} step", "{number} steps", number),
        "reviews": ngettext("{number} review", "{number} reviews", number),
        "checkins": ngettext("{number} check-in", "{number} check-ins", number),
        "surveys": ngettext("{number} answer on satisfaction", "{number} answers on satisfaction", number),
        "indicators": ngettext("{number} indicator", "{number} indicators", number),
        "goals": ngettext("{number} goal", "{number} goals", number),
        "outcomes": ngettext("{number} joint outcome", "{number} joint outcomes", number),
        "rule": _("how you decide"),
        "terms": _("terms"),
        "clause": _("what happens when things change"),
        "threats": ngettext("{number} shared threat", "{number} shared threats", number),
        "exposures": ngettext("{number} declared risk", "{number} declared risks", number),
        "motions": ngettext("{number} motion", "{number} motions", number),
        "vetoes": ngettext("{number} veto", "{number} vetoes", number),
        "requests": ngettext("{number} request", "{number} requests", number),
        "signatures": ngettext("{number} signature", "{number} signatures", number),
        "intents": ngettext("{number} offer or wish", "{number} offers or wishes", number),
        "commitments": ngettext("{number} promise", "{number} promises", number),
        "deliveries": ngettext("{number} delivery", "{number} deliveries", number),
        "claims": ngettext("{number} claim", "{number} claims", number),
        "valuations": ngettext("{number} valuation", "{number} valuations", number),
    }
    return words[name].format(number=number)
