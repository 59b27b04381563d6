"""The vulnerability reduction index: how far what the partners lacked has fallen, never as one number alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from statistics import quantiles

from lichen.progress.needs import NeedCourse

__all__ = ["NeedReduction", "Reduction", "ReductionSpread", "WaveReduction", "reduction", "reductions"]


@dataclass(frozen=True, slots=True)
class NeedReduction:
    """How far one need has fallen, and what that does to the index."""

    need: NeedCourse
    """The need from the baseline on."""
    percent: float
    """By how much of its own severity it has fallen, in per cent; below 0 where it got worse."""
    points: float
    """What it adds to the index of its owner, in points; all of them together are the index."""


@dataclass(frozen=True, slots=True)
class ReductionSpread:
    """How far the needs lie apart, in per cent of each one's own severity."""

    lowest: float
    """The need that has fallen least, or got worst."""
    lower_quartile: float
    """A quarter of the needs lie at or below it."""
    median: float
    """The one in the middle."""
    upper_quartile: float
    """A quarter lie at or above it."""
    highest: float
    """The need that has fallen most."""


@dataclass(frozen=True, slots=True)
class WaveReduction:
    """The index as it stood at one check-in."""

    on: date
    """The day of the check-in."""
    index: float
    """In per cent of the weighted severity at the baseline."""
    answered: bool
    """Whether every owner answered at it; if not, some of it is what was said before."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """How far the needs of one partner, or of all of them, have fallen since the baseline."""

    owner: str
    """Id of the partner; empty for all partners together, each counting alike."""
    index: float | None
    """In per cent of the weighted self-rated severity at the baseline: 100 all gone, 0 unchanged, below 0 worse.

    None where nothing was rated twice."""
    changes: tuple[NeedReduction, ...]
    """Every need of the baseline, what counts most first."""
    spread: ReductionSpread | None
    """How far the needs lie apart; None where there are fewer than two."""
    new: tuple[NeedCourse, ...]
    """Needs that came up since the baseline; they are not in the index."""
    waves: tuple[WaveReduction, ...]
    """The index at each check-in, the earliest first."""

    @property
    def got_worse(self) -> tuple[NeedReduction, ...]:
        """The needs that are more severe than at the baseline."""
        return tuple(change for change in self.changes if change.need.fall < 0)

    @property
    def is_rated_again(self) -> bool:
        """Whether anything was rated after the baseline."""
        return bool(self.waves)


def reductions(needs: Sequence[NeedCourse]) -> tuple[Reduction, ...]:
    """The index for each partner, in the order in which they first stand in the needs, and last for all together.

    Args:
        needs: Of any number of partners.

    Example:
        >>> reductions(())[-1].index is None
        True
    """
    owners = dict.fromkeys(need.owner for need in needs)
    each = (reduction([need for need in needs if need.owner == owner], owner) for owner in owners)
    return (*each, reduction(needs))


def reduction(needs: Sequence[NeedCourse], owner: str = "") -> Reduction:
    """The vulnerability reduction index, with every need that it is made of.

    100 × Σ w (b − c) ÷ Σ w b, with the severity b at the baseline and c now. The weights are those of the baseline,
    whatever was ranked since; a need that got worse pulls it down; one that came up since is listed apart. It is a
    percentage of what the partners say of themselves, and says nothing that nobody measured.

    Args:
        needs: Each with its baseline first. Where they are of several partners, the weights of each are taken as
            shares of its own whole, so that partners count alike.
        owner: Id of the partner they are of; empty for all.

    Source:
        The article's question 4 names the index; the formula is ours.

    Example:
        >>> from lichen.progress.needs import SeverityReading
        >>> first, later = date(2026, 3, 20), date(2026, 6, 20)
        >>> def need(code, weight, *severities):
        ...     return NeedCourse("a", code, weight, tuple(map(SeverityReading, (first, later), severities)))
        >>> found = reduction([need("trust.community", 0.75, 4, 2), need("ops.logistics", 0.25, 4, 5)])
        >>> found.index, [change.points for change in found.changes]
        (31.25, [37.5, -6.25])
    """
    counted = [need for need in needs if not need.is_new]
    shares = _shares(counted)
    waves = _waves(counted, shares)
    whole = _whole(counted, shares)
    changes = [
        NeedReduction(need, 100 * need.fall / need.before.severity, 100 * share * need.fall / whole if whole else 0.0)
        for need, share in zip(counted, shares, strict=True)
    ]
    changes.sort(key=lambda change: -change.need.weight * change.need.before.severity)
    return Reduction(
        owner=owner,
        index=waves[-1].index if waves else None,
        changes=tuple(changes),
        spread=_spread([change.percent for change in changes]) if waves else None,
        new=tuple(need for need in needs if need.is_new),
        waves=waves,
    )


def _shares(needs: Sequence[NeedCourse]) -> list[float]:
    """The weight of each need as a share of its owner's whole."""
    wholes: dict[str, float] = {}
    for need in needs:
        wholes[need.owner] = wholes.get(need.owner, 0.0) + need.weight
    return [need.weight / wholes[need.owner] if wholes[need.owner] else 0.0 for need in needs]


def _whole(needs: Sequence[NeedCourse], shares: Sequence[float]) -> float:
    return fsum(share * need.before.severity for need, share in zip(needs, shares, strict=True))


def _waves(needs: Sequence[NeedCourse], shares: Sequence[float]) -> tuple[WaveReduction, ...]:
    """The index at each day on which somebody could answer again; partners without a baseline by then are left out."""
    days = sorted({reading.on for need in needs for reading in need.readings[1:]})
    found = []
    for on in days:
        known = [
            (need, share, now)
            for need, share in zip(needs, shares, strict=True)
            if (now := need.severity_on(on)) is not None
        ]
        whole = fsum(share * need.before.severity for need, share, _ in known)
        fell = fsum(share * (need.before.severity - now) for need, share, now in known)
        answered = all(reading.answered for need, *_ in known for reading in need.readings if reading.on == on)
        if whole:
            found.append(WaveReduction(on, 100 * fell / whole, answered))
    return tuple(found)


def _spread(percents: Sequence[float]) -> ReductionSpread | None:
    if len(percents) < 2:
        return None
    lower, middle, upper = quantiles(percents, n=4, method="inclusive")
    return ReductionSpread(min(percents), lower, middle, upper, max(percents))
