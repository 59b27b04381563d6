from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.charter.power.games import WeightedGame
from lichen.charter.power.indices import banzhaf, shapley_shubik
from lichen.charter.weights.judging import Judge
from lichen.charter.weights.least import least_weights
from lichen.charter.weights.nearest import fair_weights
from lichen.charter.weights.search import searched
from lichen.charter.weights.small import all_votes, winning_coalitions
from lichen.charter.weights.values import Measure, WeightLimits
from lichen.errors import InputError

SEVEN = [9, 7, 5, 5, 3, 2, 1]
risks_of_few = st.integers(2, 5).flatmap(lambda many: st.lists(st.integers(1, 40), min_size=many, max_size=many))


def distance(power, shares) -> Fraction:
    return sum((abs(one - share) for one, share in zip(power, shares, strict=True)), Fraction(0))


def steps_up(coalition: int, partners: int) -> set[int]:
    """One more member, or a member replaced by one who ranks before it; partner 0 ranks first."""
    joined = {coalition | 1 << one for one in range(partners)}
    replaced = {
        coalition & ~(1 << one) | 1 << better
        for one in range(partners)
        for better in range(one)
        if coalition >> one & 1 and not coalition >> better & 1
    }
    return joined | replaced


@cache
def ranked_votes(partners: int) -> set[int]:
    """Every vote in which the partners can be ranked: what wins still wins one step up. As sets of coalitions."""
    everything = range(1 << partners)
    above = {coalition: {coalition} for coalition in everything}
    for _round in everything:
        above = {
            coalition: each.union(*(above[step] for step in steps_up(coalition, partners)))
            for coalition, each in above.items()
        }
    votes = {0}
    for each in {sum(1 << coalition for coalition in each) for each in above.values()}:
        votes |= {vote | each for vote in votes}
    return {vote for vote in votes if vote and not vote & 1}


def can_contradict(vote: int, partners: int) -> bool:
    last = (1 << partners) - 1
    return any(vote >> coalition & 1 and vote >> (last - coalition) & 1 for coalition in range(last + 1))


@pytest.mark.parametrize(
    ("partners", "all_of_them", "without_contradiction"), [(1, 1, 1), (2, 3, 2), (3, 8, 5), (4, 25, 14), (5, 117, 62)]
)
def test_all_votes_leave_none_out(partners, all_of_them, without_contradiction):
    """Every vote in which the partners can be ranked is one of ours."""
    ranked = ranked_votes(partners)
    consistent = {vote for vote in ranked if not can_contradict(vote, partners)}
    assert (len(ranked), len(consistent)) == (all_of_them, without_contradiction)
    assert {winning_coalitions(vote) for vote in all_votes(partners)} == consistent


@pytest.mark.parametrize(("partners", "published"), [(1, 3), (2, 6), (3, 20), (4, 150), (5, 3287)])
def test_ranked_votes_are_as_many_as_published_where_it_matters_who_is_who(partners, published):
    """The threshold functions without negation, OEIS A002078, of which two never or always win."""
    everything = range(1 << partners)
    seen = set()
    for order in permutations(range(partners)):
        moved = [sum(1 << order[place] for place in range(partners) if each >> place & 1) for each in everything]
        for vote in ranked_votes(partners):
            seen.add(sum(1 << moved[each] for each in everything if vote >> each & 1))
    assert len(seen) == published - 2


@pytest.mark.parametrize("partners", [2, 3, 4, 5])
def test_all_votes_are_in_their_least_weights(partners):
    for vote in all_votes(partners):
        least = least_weights(vote, [float(value) for value in shapley_shubik(vote).values], WeightLimits())
        assert least is not None
        assert least.total == vote.total
        assert winning_coalitions(least) == winning_coalitions(vote)


def test_three_divide_power_in_four_ways():
    assert {tuple(map(str, shapley_shubik(vote).values)) for vote in all_votes(3)} == {
        ("1", "0", "0"),
        ("1/2", "1/2", "0"),
        ("1/3", "1/3", "1/3"),
        ("2/3", "1/6", "1/6"),
    }


def test_fair_weights_are_nearest_in_power_and_not_in_weight():
    found = fair_weights([60, 25, 15])
    assert found.nearest.game == WeightedGame(3, (2, 1, 1))
    assert (found.nearest.distance, found.is_certified, found.is_minimal) == (Fraction(1, 6), True, True)


def test_fair_weights_follow_the_order_of_the_partners():
    found = fair_weights([15, 60, 25])
    assert (found.nearest.game.weights, tuple(map(str, found.nearest.power))) == ((1, 2, 1), ("1/6", "2/3", "1/6"))


def test_two_can_only_share_alike():
    found = fair_weights([90, 10])
    assert (found.nearest.game, [str(each.distance) for each in found.reachable]) == (WeightedGame(2, (1, 1)), ["4/5"])


def test_what_is_reachable_stands_nearest_first():
    found = fair_weights([60, 25, 15], limits=WeightLimits(allows_extremes=True))
    assert [tuple(map(str, each.power)) for each in found.reachable] == [
        ("2/3", "1/6", "1/6"),
        ("1/2", "1/2", "0"),
        ("1/3", "1/3", "1/3"),
        ("1", "0", "0"),
    ]


@settings(max_examples=25)
@given(st.lists(st.integers(1, 30), min_size=3, max_size=4), st.sampled_from(Measure))
def test_no_small_weights_come_nearer(risks, measure):
    index = {Measure.SHAPLEY_SHUBIK: shapley_shubik, Measure.BANZHAF: banzhaf}[measure]
    found = fair_weights(risks, measure=measure, limits=WeightLimits(allows_extremes=True))
    for weights in product(range(5), repeat=len(risks)):
        for quota in range(sum(weights) // 2 + 1, sum(weights) + 1):
            power = _known(index, WeightedGame(quota, weights))
            assert (
                sum(abs(one - share) for one, share in zip(power, found.shares, strict=True)) >= found.nearest.distance
            )


_REMEMBERED: dict[object, tuple[Fraction, ...]] = {}


def _known(index, vote):
    key = (index, winning_coalitions(vote), vote.players)
    if key not in _REMEMBERED:
        _REMEMBERED[key] = index(vote).values
    return _REMEMBERED[key]


@settings(max_examples=40)
@given(risks_of_few, st.sampled_from(Measure))
def test_fair_weights_give_the_power_that_they_say(risks, measure):
    found = fair_weights(risks, measure=measure)
    index = {Measure.SHAPLEY_SHUBIK: shapley_shubik, Measure.BANZHAF: banzhaf}[measure]
    assert found.nearest.power == index(found.nearest.game).values
    assert sum(found.nearest.power) == sum(found.shares) == 1
    assert found.nearest.distance == min(each.distance for each in found.reachable)
    assert min(found.nearest.power) > 0
    assert max(found.nearest.power) < 1
    assert len({each.power for each in found.reachable}) == len(found.reachable)


@settings(max_examples=25)
@given(risks_of_few)
def test_who_risks_more_has_no_less_power(risks):
    power = fair_weights(risks).nearest.power
    assert all(
        power[one] >= power[other] for one, risk in enumerate(risks) for other, less in enumerate(risks) if risk > less
    )


# Limits


def test_same_risk_gets_the_same_power_where_that_is_asked_for():
    nearest, alike = (fair_weights([3, 3, 3, 1], limits=WeightLimits(alike=alike)).nearest for alike in (False, True))
    assert (nearest.game, str(nearest.distance)) == (WeightedGame(5, (3, 2, 2, 1)), "7/30")
    assert (alike.game, str(alike.distance)) == (WeightedGame(3, (1, 1, 1, 1)), "3/10")


def test_cap_and_floor_bind_power():
    limits = WeightLimits(most=Fraction(2, 5), least=Fraction(1, 10))
    found = fair_weights([20, 5, 4, 3, 1], limits=limits)
    assert all(Fraction(1, 10) <= one <= Fraction(2, 5) for each in found.reachable for one in each.power)
    assert 0 < len(found.reachable) < len(fair_weights([20, 5, 4, 3, 1]).reachable)


def test_nothing_keeps_to_a_cap_below_an_equal_share():
    found = fair_weights([5, 3, 2], limits=WeightLimits(most=Fraction(3, 10)))
    assert (found.nearest, found.reachable, found.is_certified) == (None, (), True)


@pytest.mark.parametrize(("threshold", "strictly_more"), [("2/3", False), ("2/3", True), ("1/2", True), ("3/5", False)])
def test_threshold_is_kept_to(threshold, strictly_more):
    limits = WeightLimits(threshold=Fraction(threshold), strictly_more=strictly_more)
    for risks in ([5, 4, 3, 2, 1], SEVEN):
        vote = fair_weights(risks, limits=limits).nearest.game
        least = min(weight for weight in range(vote.total + 1) if _carries(Fraction(weight, vote.total), limits))
        assert vote.quota == least


def _carries(share, limits):
    return share > limits.threshold if limits.strictly_more else share >= limits.threshold


def test_threshold_is_certified_against_all_weights_up_to_eight():
    limits = WeightLimits(threshold=Fraction(2, 3), strictly_more=False)
    found = fair_weights([5, 4, 3, 1], limits=limits)
    for weights in product(range(1, 9), repeat=4):
        power = _known(shapley_shubik, WeightedGame(-(-2 * sum(weights) // 3), weights))
        assert distance(power, found.shares) >= found.nearest.distance or 0 in power


# Search


@settings(max_examples=12)
@given(st.lists(st.integers(1, 60), min_size=4, max_size=5))
def test_search_finds_what_enumeration_proves(risks):
    known = fair_weights(risks)
    shares = sorted(known.shares, reverse=True)
    judge = Judge(shares, Measure.SHAPLEY_SHUBIK, WeightLimits())
    assert judge.division(searched(judge, 0)).distance == known.nearest.distance


def test_search_is_uncertain_minimal_and_repeatable():
    found = fair_weights(SEVEN, seed=3)
    assert (found.is_certified, found.is_minimal, found.reachable) == (False, True, ())
    assert found == fair_weights(SEVEN, seed=3)
    assert float(found.nearest.distance) < 0.03
    in_proportion = shapley_shubik(WeightedGame(17, tuple(SEVEN))).values
    assert found.nearest.distance < sum(
        abs(one - share) for one, share in zip(in_proportion, found.shares, strict=True)
    )


def test_search_among_many_comes_near():
    found = fair_weights([1 + place * 7 % 19 for place in range(24)])
    assert (found.is_minimal, float(found.nearest.distance) < 0.03) == (False, True)


def test_search_says_where_nothing_keeps_to_the_limits():
    assert fair_weights(SEVEN, limits=WeightLimits(most=Fraction(1, 10))).nearest is None


def test_search_gives_alike_to_those_who_risk_the_same():
    power = fair_weights(SEVEN, limits=WeightLimits(alike=True)).nearest.power
    assert power[2] == power[3]


# Refusals


@pytest.mark.parametrize(
    ("risks", "places"),
    [
        ([1], [None]),
        ([1] * 101, [None]),
        ([0, 0, 0], [None]),
        ([1, -1, float("nan"), float("inf")], [2, 3, 4]),
    ],
)
def test_risks_are_numbers_of_two_to_a_hundred(risks, places):
    with pytest.raises(InputError) as refused:
        fair_weights(risks)
    assert [(problem.column, problem.row) for problem in refused.value.problems] == [("risks", each) for each in places]


def test_limits_tell_everything_that_is_wrong():
    with pytest.raises(InputError) as refused:
        WeightLimits(most=Fraction(3, 2), least=Fraction(2), threshold=Fraction(1, 3))
    assert [problem.column for problem in refused.value.problems] == ["most", "least", "least", "threshold"]
    with pytest.raises(InputError):
        WeightLimits(threshold=Fraction(1))
