"""Who trusts whom: what may be shown of every check-in's ratings, the gaps between two partners, and what has moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, permutations

from lichen.checkin.sealing import opened_checkins
from lichen.checkin.values import CheckIn, CheckInRules, Dimension
from lichen.small_groups import Figure, Opened, Reason, Round, Showing, figure_of, opened_rounds

__all__ = ["TrustGap", "TrustMove", "TrustWave", "trust_gaps", "trust_moves", "trust_waves"]

_SEALED = Figure(Showing.WITHHELD, Reason.SEALED)


@dataclass(frozen=True, slots=True)
class TrustWave:
    """What may be shown of the ratings of one check-in."""

    checkin: CheckIn
    """The check-in."""
    partners: tuple[str, ...]
    """Ids of the alliance's partners."""
    is_revealed: bool
    """Whether its answers have been laid open."""
    rated: Mapping[tuple[str, str, Dimension], Figure]
    """How one partner rates another: the mean over its people, by (who rates, who is rated, which question)."""
    received: Mapping[tuple[str, Dimension], Figure]
    """How a partner is rated by all others' people together, by (who is rated, which question)."""

    def mean(self, by: str, about: str, dimension: Dimension = Dimension.TRUST) -> float | None:
        """How one partner rates another, as far as it may be shown; None is withheld."""
        return self.rated[by, about, dimension].mean


@dataclass(frozen=True, slots=True)
class TrustGap:
    """How differently two partners answer the same question about each other."""

    one: str
    """Id of a partner."""
    other: str
    """Id of the other."""
    dimension: Dimension
    """The question."""
    forth: float
    """How ``one`` rates ``other``."""
    back: float
    """How ``other`` rates ``one``."""
    is_uneven: bool
    """Whether the difference reaches what the rules call uneven."""
    low: tuple[str, ...]
    """Ids of those who answer the quick question below what the rules call low."""

    @property
    def size(self) -> float:
        """The difference, whichever way."""
        return abs(self.forth - self.back)

    @property
    def trusts_more(self) -> str:
        """Id of the partner who trusts more; empty where both trust alike."""
        return "" if self.forth == self.back else self.one if self.forth > self.back else self.other

    @property
    def trusts_less(self) -> str:
        """Id of the partner who trusts less; empty where both trust alike."""
        return "" if self.forth == self.back else self.other if self.forth > self.back else self.one


@dataclass(frozen=True, slots=True)
class TrustMove:
    """How one partner's rating of another has changed since an earlier check-in."""

    by: str
    """Id of the partner who rates."""
    about: str
    """Id of the partner who is rated."""
    dimension: Dimension
    """The question."""
    before: float
    """The rating then."""
    now: float
    """The rating now."""

    @property
    def change(self) -> float:
        """Above 0 trusts more than then."""
        return self.now - self.before


def trust_waves(checkins: Sequence[CheckIn], partners: Sequence[str], on: date) -> tuple[TrustWave, ...]:
    """What may be shown of every check-in's ratings, the earliest first.

    Args:
        checkins: Those of an alliance, the earliest first; those held after the day are left out.
        partners: Ids of its partners.
        on: The day to reckon with.

    Returns:
        One for each check-in in which somebody rated somebody.

    Source:
        The quick question: the article's trust audit. The seven kinds: Gilfoyle et al. (2022). No standard measure of
        trust exists (McEvily and Tortoriello 2011 count 129 in 171 papers), so ours compares an alliance with itself.
    """
    held = [each for each in checkins if each.held_on <= on]
    opened = opened_checkins(held, on)
    shown = {
        (about, dimension): dict(_opened(opened, about, dimension)) for about in partners for dimension in Dimension
    }
    return tuple(_wave(each, tuple(partners), each in opened, shown) for each in held if each.trust)


def trust_gaps(wave: TrustWave, rules: CheckInRules | None = None) -> tuple[TrustGap, ...]:
    """The difference between two partners' answers about each other, wherever both may be shown.

    Args:
        wave: What may be shown of a check-in.
        rules: From which difference on it is uneven; None takes the check-in's own.

    Source:
        The article's pitfall 2 and its quick question. That trust is usually even is not established, and what a gap
        does depends on who trusts more (Graebner et al. 2018); so the way is kept with the size.
    """
    return tuple(
        gap
        for one, other in combinations(wave.partners, 2)
        for dimension in Dimension
        if (gap := _gap(wave, one, other, dimension, rules or wave.checkin.rules)) is not None
    )


def trust_moves(before: TrustWave, now: TrustWave) -> tuple[TrustMove, ...]:
    """How ratings have changed between two check-ins, wherever both may be shown; what stayed is left out.

    Answers under names are not compared with answers without: they are other people's.

    Args:
        before: The earlier one.
        now: The later one.
    """
    return tuple(
        TrustMove(*key, then.mean, figure.mean)
        for key, figure in now.rated.items()
        if (then := before.rated[key]).mean is not None
        and figure.mean is not None
        and then.showing is figure.showing
        and then.mean != figure.mean
    )


def _opened(checkins: Sequence[CheckIn], about: str, dimension: Dimension) -> Iterator[tuple[date, Opened]]:
    """What may be shown of one question about one partner in each check-in, by the day it was held.

    What is shown of one depends on what was shown before, so they go in the order in which they were laid open.
    """
    in_order = sorted(checkins, key=lambda each: (each.revealed_on or each.held_on, each.held_on))
    rounds = [_round(each, about, dimension) for each in in_order]
    yield from zip((each.held_on for each in in_order), opened_rounds(rounds, dimension.steps), strict=True)


def _round(checkin: CheckIn, about: str, dimension: Dimension) -> Round:
    answers = {
        (each.by, each.person): answer
        for each in checkin.trust
        if each.about == about and (answer := each.answer(dimension)) is not None
    }
    return Round(answers, checkin.is_attributed, checkin.rules.fewest)


def _wave(
    checkin: CheckIn,
    partners: tuple[str, ...],
    is_revealed: bool,
    shown: Mapping[tuple[str, Dimension], Mapping[date, Opened]],
) -> TrustWave:
    def figure(about: str, dimension: Dimension, groups: Sequence[str]) -> Figure:
        return figure_of(shown[about, dimension][checkin.held_on], groups) if is_revealed else _SEALED

    return TrustWave(
        checkin,
        partners,
        is_revealed,
        {
            (by, about, dimension): figure(about, dimension, (by,))
            for by, about in permutations(partners, 2)
            for dimension in Dimension
        },
        {(about, dimension): figure(about, dimension, partners) for about in partners for dimension in Dimension},
    )


def _gap(wave: TrustWave, one: str, other: str, dimension: Dimension, rules: CheckInRules) -> TrustGap | None:
    forth, back = wave.mean(one, other, dimension), wave.mean(other, one, dimension)
    if forth is None or back is None:
        return None
    quick = dimension is Dimension.TRUST
    low = [who for who, answer in ((one, forth), (other, back)) if quick and answer < rules.low]
    uneven = abs(forth - back) >= (rules.gap if quick else rules.dimension_gap)
    return TrustGap(one, other, dimension, forth, back, uneven, tuple(low))
