"""The weighted vote whose power is nearest to what each partner risks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from math import isfinite

from lichen.charter.power.games import WeightedGame
from lichen.charter.weights.judging import Judge
from lichen.charter.weights.least import MOST_PARTNERS as MOST_REDUCED
from lichen.charter.weights.least import least_weights
from lichen.charter.weights.search import searched
from lichen.charter.weights.small import MOST_PARTNERS as MOST_KNOWN
from lichen.charter.weights.small import all_votes
from lichen.charter.weights.values import FairWeights, Measure, PowerDivision, WeightLimits
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["fair_weights"]

_MOST_PARTNERS = 100
_TOLD = 100


def fair_weights(
    risks: Sequence[float | Fraction],
    *,
    measure: Measure = Measure.SHAPLEY_SHUBIK,
    limits: WeightLimits | None = None,
    seed: int = 0,
) -> FairWeights:
    """The whole-number weights and the quota whose power, not whose weights, is nearest to the shares of risk.

    Weights mislead: of 50, 49 and 1 with a quota of 51, the partner with 1 has as much power as the one with 49. Up to
    five partners every weighted vote is looked at, so what is found is certainly the nearest; among more it is searched
    for, and the distance says how near it came. Nobody comes out as a dictator or powerless unless the limits allow it.

    Args:
        risks: What each partner risks, in any unit: only its share of the sum counts. 2 to 100 numbers of 0 or more.
        measure: The index by which power is measured.
        limits: What the weights must keep to besides; None is the usual limits.
        seed: What the search's random steps come from; the same seed finds the same.

    Returns:
        The nearest, its distance, and, where all were looked at, everything else that can be reached.

    Raises:
        InputError: There are fewer than two risks or more than a hundred, one is no number of 0 or more, or all are 0.

    Source:
        Ours: the inverse problem of voting power, solved by enumeration. That power rather than weight is to be in
        proportion to the risk follows the article's step 5: governance "should be proportional to what each partner
        risks".

    Example:
        >>> found = fair_weights([60, 25, 15])
        >>> found.nearest.game, [str(power) for power in found.nearest.power], str(found.nearest.distance)
        (WeightedGame(quota=3, weights=(2, 1, 1)), ['2/3', '1/6', '1/6'], '1/6')
    """
    limits = limits or WeightLimits()
    shares = _shares(risks)
    order = sorted(range(len(shares)), key=lambda place: -shares[place])
    judge = Judge([shares[place] for place in order], measure, limits)
    is_known = len(shares) <= MOST_KNOWN
    found = _known(judge) if is_known else _searched(judge, seed)
    kept = [_unsorted(each, order) for each in found]
    return FairWeights(
        shares=shares,
        measure=measure,
        limits=limits,
        nearest=kept[0] if kept else None,
        is_certified=is_known,
        is_minimal=len(shares) <= MOST_REDUCED,
        reachable=tuple(kept) if is_known else (),
    )


def _shares(risks: Sequence[float | Fraction]) -> tuple[Fraction, ...]:
    problems = list(islice(_risk_problems(risks), _TOLD))
    if problems:
        raise InputError(problems)
    exact = [Fraction(risk) for risk in risks]
    return tuple(risk / sum(exact) for risk in exact)


def _risk_problems(risks: Sequence[float | Fraction]) -> Iterator[Problem]:
    if not 2 <= len(risks) <= _MOST_PARTNERS:
        right = _("from 2 to {most} risks").format(most=_MOST_PARTNERS)
        yield Problem(_("there are too few partners, or too many"), right, column="risks")
        return
    unusable = [place for place, risk in enumerate(risks, 1) if not (isfinite(risk) and risk >= 0)]
    for place in unusable:
        yield Problem(_("this is not a risk"), _("a number of 0 or more"), row=place, column="risks")
    if not unusable and not any(risks):
        yield Problem(_("nobody risks anything"), _("a number above 0 for one of them"), column="risks")


def _known(judge: Judge) -> Iterator[PowerDivision]:
    """Of all weighted votes, each way to divide power once, best first."""
    votes = [vote for vote in all_votes(len(judge.shares)) if not judge.faults(vote)]
    if judge.limits.threshold is not None:
        votes = [least for vote in votes for least in _in_least_weights(judge, vote)]
    seen = set()
    for division in map(judge.division, sorted(votes, key=judge.key)):
        if division.power not in seen:
            seen.add(division.power)
            yield division


def _searched(judge: Judge, seed: int) -> Iterator[PowerDivision]:
    """The best that the search finds, if it breaks no limit."""
    best = searched(judge, seed)
    if not judge.faults(best):
        votes = _in_least_weights(judge, best) if len(judge.shares) <= MOST_REDUCED else [best]
        yield from map(judge.division, votes)


def _in_least_weights(judge: Judge, vote: WeightedGame) -> list[WeightedGame]:
    """The same vote in its smallest numbers; none where no numbers make it under the threshold."""
    least = least_weights(vote, judge.power(vote).round(9).tolist(), judge.limits)
    return [] if least is None else [least]


def _unsorted(division: PowerDivision, order: Sequence[int]) -> PowerDivision:
    """The division with the partners as they were given."""
    at = sorted(range(len(order)), key=order.__getitem__)
    weights = tuple(division.game.weights[place] for place in at)
    power = tuple(division.power[place] for place in at)
    return PowerDivision(WeightedGame(division.game.quota, weights), power, division.distance)
