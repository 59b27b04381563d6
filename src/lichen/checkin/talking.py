"""What to talk about where trust is uneven: who trusts more, in what, and what to ask each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lichen.checkin.trust import TrustGap
from lichen.checkin.values import Dimension
from lichen.checkin.words import dimension_name
from lichen.language import _

__all__ = ["TalkingPoint", "talking_points"]


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    """Something for two partners to talk about."""

    one: str
    """Id of a partner."""
    other: str
    """Id of the other."""
    dimension: Dimension
    """In which kind of trust they differ."""
    what: str
    """How they answer, in a sentence."""
    ask: tuple[str, ...]
    """What to ask each other."""


def talking_points(gaps: Sequence[TrustGap], names: Mapping[str, str]) -> tuple[TalkingPoint, ...]:
    """What to talk about, pair by pair, the quick question first and then the widest gap.

    Args:
        gaps: The answer of ``trust_gaps``; those that are even and not low are left out.
        names: The partners' names by their ids.

    Source:
        The article's pitfall 2: "discuss the gap", and protect whoever takes the bigger leap. That it matters who
        trusts more: Graebner et al. (2018). The questions are ours.

    Example:
        >>> gap = TrustGap("a", "b", Dimension.TRUST, 8, 4, True, ("b",))
        >>> [point] = talking_points([gap], {"a": "Almond House", "b": "Birch"})
        >>> point.what
        'Almond House trusts Birch more than Birch trusts Almond House: 8 against 4.'
    """
    worth = [gap for gap in gaps if gap.is_uneven or gap.low]
    worth.sort(key=lambda gap: (gap.one, gap.other, gap.dimension is not Dimension.TRUST, -gap.size))
    return tuple(
        TalkingPoint(gap.one, gap.other, gap.dimension, _what(gap, names), tuple(_ask(gap, names))) for gap in worth
    )


def _what(gap: TrustGap, names: Mapping[str, str]) -> str:
    high, low = f"{max(gap.forth, gap.back):.3g}", f"{min(gap.forth, gap.back):.3g}"
    if not gap.is_uneven:
        told = _("{one} and {other} answer alike, but low: {high} and {low}.")
        return told.format(one=_name(names, gap.one), other=_name(names, gap.other), high=high, low=low)
    more, less = _name(names, gap.trusts_more), _name(names, gap.trusts_less)
    if gap.dimension is Dimension.TRUST:
        told = _("{more} trusts {less} more than {less} trusts {more}: {high} against {low}.")
    else:
        told = _("{kind}: {more} answers {high}, {less} {low}.")
    kind = dimension_name(gap.dimension)
    return told.format(kind=kind[0].upper() + kind[1:], more=more, less=less, high=high, low=low)


def _ask(gap: TrustGap, names: Mapping[str, str]) -> Iterator[str]:
    if gap.is_uneven:
        more, less = _name(names, gap.trusts_more), _name(names, gap.trusts_less)
        yield _of_less(gap.dimension).format(more=more, less=less)
    if gap.is_uneven and gap.dimension is Dimension.TRUST:
        yield _("Ask {more}: on what do you rely here that is written down nowhere?").format(more=more)
        yield _(
            "{more} takes the bigger leap. Agree on what protects it: an equal vote, what happens with data, a day on "
            "which those concerned are heard."
        ).format(more=more)
    for who in gap.low:
        told = _("{name} answers low. Settle what is behind that before anything larger is tried.")
        yield told.format(name=_name(names, who))


def _of_less(dimension: Dimension) -> str:
    """What to ask the one who trusts less."""
    return {
        Dimension.TRUST: _("Ask {less}: what would {more} have to do for you to answer one higher?"),
        Dimension.VULNERABILITY: _("Ask {less}: what would have to hold before you told {more} bad news first?"),
        Dimension.INTEGRITY: _("Ask {less}: when did what {more} said and what it did come apart?"),
        Dimension.RELIABILITY: _("Ask {less}: for which promise of {more} are you still waiting?"),
        Dimension.ABILITY: _("Ask {less}: which part of the work would you have {more} do otherwise?"),
        Dimension.SHARED_AIMS: _("Ask {less}: what do you think {more} is here for?"),
        Dimension.POWER_SHARING: _("Ask {less}: of which decision of {more} did you hear only afterwards?"),
        Dimension.RECIPROCITY: _("Ask {less}: what have you given {more} for which nothing came back?"),
    }[dimension]


def _name(names: Mapping[str, str], id: str) -> str:
    return names.get(id) or id
