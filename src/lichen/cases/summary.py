"""All cases at once: how often Lichen would have warned before, how often not, and how often for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lichen.cases.telling import Bearing, CaseTold, Foresight, Foretold

__all__ = ["CasesSummary", "cases_summary"]


@dataclass(frozen=True, slots=True)
class CasesSummary:
    """What Lichen would have said of many cases, counted."""

    cases: Mapping[Foresight, int]
    """How many cases became what."""
    came: int
    """How many troubles came."""
    came_warned: int
    """Of how many of them it would have warned before."""
    averted: int
    """How many troubles were averted."""
    averted_warned: int
    """Of how many of them it would have warned before the day on which they would have come."""
    on_ours: int
    """Of how many of all these warned troubles nothing would have been said but for what the article does not give."""
    nothing_told: int
    """How many of its warnings are of something of which the article tells nothing."""
    silence: int
    """How many of its warnings may rest on the silence of the article alone."""


def cases_summary(told: Iterable[CaseTold]) -> CasesSummary:
    """What Lichen would have said of many cases, counted.

    Args:
        told: The answers of ``case_told``.

    Source:
        Ours. It shows that the rules and the cases agree, which the same people made; it does not show that the rules
        are right.

    Example:
        >>> cases_summary([]).came
        0
    """
    known = [*told]
    troubles = [each for one in known for each in one.foretold]
    came = [each for each in troubles if not each.trouble.is_averted]
    averted = [each for each in troubles if each.trouble.is_averted]
    bearings = Counter(saying.bearing for one in known for saying in one.sayings)
    return CasesSummary(
        cases=Counter(one.foresight for one in known),
        came=len(came),
        came_warned=_warned(came),
        averted=len(averted),
        averted_warned=_warned(averted),
        on_ours=sum(each.rests_on_ours for each in troubles),
        nothing_told=bearings[Bearing.NOTHING_TOLD],
        silence=bearings[Bearing.SILENCE],
    )


def _warned(troubles: Iterable[Foretold]) -> int:
    return sum(bool(each.before) for each in troubles)
