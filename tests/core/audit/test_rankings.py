from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from lichen.audit.rankings import (
    Ranking,
    borda_points,
    competition_ranks,
    concordance,
    discordant_pairs,
    kemeny,
    shared_places,
)


def rankings(items: st.SearchStrategy[int], most_people: int = 6) -> st.SearchStrategy[list[tuple[float, ...]]]:
    """Several people's places of the same items, ties and unranked ones among them."""
    ranks = st.one_of(st.none(), st.integers(1, 6))
    return items.flatmap(
        lambda count: st.lists(
            st.lists(ranks, min_size=count, max_size=count).map(shared_places), min_size=1, max_size=most_people
        )
    )


some_rankings = rankings(st.integers(2, 6))
few_rankings = rankings(st.integers(1, 5), most_people=4)


def cost_of(order: tuple[int, ...], people: list[tuple[float, ...]]) -> int:
    """How many times somebody has a pair the other way round; by definition, one pair after the other."""
    return sum(places[later] < places[earlier] for places in people for earlier, later in combinations(order, 2))


def contradictions(order: tuple[int, ...], start: Ranking) -> int:
    return sum(start[later] < start[earlier] for earlier, later in combinations(order, 2))


def test_shared_places_put_the_unranked_behind_all_ranked_ones():
    assert shared_places([None, 7, 7, 2, None]) == (4.5, 2.5, 2.5, 1.0, 4.5)


@settings(max_examples=50)
@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=8))
def test_shared_places_use_up_every_place(ranks: list[int | None]):
    assert sum(shared_places(ranks)) == sum(range(1, len(ranks) + 1))


def test_borda_points_equal_a_count_by_hand():
    """Three people over a, b, c, d. a: 3 + 2 + 1.5, b: 2 + 3 + 1.5, c: 1 + 0 + 1.5, d: 0 + 1 + 1.5."""
    people = [shared_places(ranks) for ranks in ([1, 2, 3, 4], [2, 1, 4, 3], [None, None, None, None])]

    assert borda_points(people) == (6.5, 6.5, 2.5, 2.5)
    assert competition_ranks(borda_points(people)) == (1, 1, 3, 3)


@settings(max_examples=50)
@given(some_rankings)
def test_borda_points_count_the_items_that_each_stands_before(people: list[tuple[float, ...]]):
    wins = [
        sum(
            (places[item] < places[other]) + (places[item] == places[other]) / 2
            for places in people
            for other in others
        )
        for item in range(len(people[0]))
        for others in [[other for other in range(len(people[0])) if other != item]]
    ]
    assert list(borda_points(people)) == wins


WING = [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4]
TAIL = [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3]
BILL = [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22]


def in_tenths(measures: list[float]) -> tuple[float, ...]:
    return shared_places([round(measure * 10) for measure in measures])


@pytest.mark.parametrize(
    ("people", "sums", "published"),
    [
        pytest.param(
            [(1, 6, 3, 2, 5, 4), (1, 5, 6, 4, 2, 3), (6, 3, 2, 5, 4, 1)],
            [8, 14, 11, 11, 11, 8],
            0.16,
            id="three executives rank six applicants: Siegel 1956, chapter 9",
        ),
        pytest.param(
            [
                (1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10),
                (2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5),
                (2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10),
            ],
            [5.5, 6.5, 9, 13.5, 12, 20, 23, 23.5, 25.5, 26.5],
            0.828,
            id="with ties: Siegel 1956, chapter 9",
        ),
        pytest.param(
            [in_tenths(WING), in_tenths(TAIL), in_tenths(BILL)],
            [14.5, 21, 30.5, 6, 11, 3.5, 20, 11.5, 29, 28.5, 22.5, 36],
            0.924,
            id="wings, tails and bills of twelve birds: Zar 2010, example 20.5",
        ),
    ],
)
def test_concordance_equals_published_examples(people: list[Ranking], sums: list[float], published: float):
    """The rank sums of the last one were checked against unistat.com; its W and both of Siegel's are from memory."""
    assert [sum(places) for places in zip(*people, strict=True)] == sums
    digits = len(str(published)) - 2
    assert round(concordance(people) or 0, digits) == published


@settings(max_examples=80)
@given(rankings(st.integers(3, 7)))
def test_concordance_is_friedmans_chi_square_over_its_largest_value(people: list[tuple[float, ...]]):
    found = concordance(people)
    assume(found is not None)
    m, n = len(people), len(people[0])

    chi_square = friedmanchisquare(*[list(column) for column in zip(*people, strict=True)]).statistic

    assert found == pytest.approx(chi_square / (m * (n - 1)))


@settings(max_examples=80)
@given(some_rankings)
def test_concordance_is_within_0_and_1_and_1_only_for_one_voice(people: list[tuple[float, ...]]):
    found = concordance(people)
    assume(found is not None)

    assert 0 <= found <= 1
    assert (found == 1) == (len(set(people)) == 1)


@pytest.mark.parametrize("people", [[(1, 2, 3)], [(1,), (1,)], [(1.5, 1.5), (1.5, 1.5)]])
def test_concordance_has_no_answer_where_there_is_nothing_to_agree_on(people: list[Ranking]):
    assert concordance(people) is None


@settings(max_examples=80)
@given(few_rankings, st.data())
def test_kemeny_equals_brute_force(people: list[tuple[float, ...]], draw: st.DataObject):
    items = range(len(people[0]))
    start = draw.draw(st.lists(st.integers(1, 3), min_size=len(items), max_size=len(items)))
    judged = {order: (cost_of(order, people), contradictions(order, start)) for order in permutations(items)}
    best = [order for order, cost in judged.items() if cost == min(judged.values())]

    found = kemeny(people, start)

    assert found.orders == len(best)
    assert found.distance == min(judged.values())[1]
    sums = [sum(order.index(item) for order in best) for item in items]
    assert list(found.ranks) == [1 + sum(other < mine for other in sums) for mine in sums]


@settings(max_examples=50)
@given(few_rankings)
def test_kemeny_puts_first_what_everybody_puts_first(people: list[tuple[float, ...]]):
    found = kemeny(people, start=competition_ranks(borda_points(people)))
    for a, b in permutations(range(len(people[0])), 2):
        if all(places[a] < places[b] for places in people):
            assert found.ranks[a] < found.ranks[b]


def test_kemeny_follows_the_majority_where_borda_does_not():
    """Three put a first; the two others put it last, and Borda then prefers b."""
    people = [(1, 2, 3)] * 3 + [(3, 1, 2)] * 2
    borda = competition_ranks(borda_points(people))

    assert borda == (2, 1, 3)
    assert (kemeny(people, borda).ranks, kemeny(people, borda).distance) == ((1, 2, 3), 1)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_discordant_pairs_is_symmetric_and_0_for_itself(ranks: list[int], chance):
    other = list(ranks)
    chance.shuffle(other)

    assert discordant_pairs(ranks, ranks) == 0
    assert discordant_pairs(ranks, other) == discordant_pairs(other, ranks)
