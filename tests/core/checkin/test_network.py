"""Density and centralisation against figures known beforehand, and against counting by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.checkin.network import degree_centralisation, density, reciprocity_of, trust_network
from lichen.checkin.trust import trust_waves
from lichen.checkin.values import CheckInRules, Dimension
from tests.core.checkin.quarters import december, first, rating

LATER = date(2027, 6, 1)
SIZES = pytest.mark.parametrize("n", range(3, 13))


def nodes(n: int) -> list[str]:
    return [f"partner-{place}" for place in range(n)]


def wave_of(answers: dict[tuple[str, str], int], n: int, kinds: str = ""):
    audit = replace(first, trust=tuple(rating(by, about, said, kinds) for (by, about), said in answers.items()))
    return trust_waves([audit], nodes(n), LATER)[0]


def by_hand(n: int, ties) -> float:
    """How far every partner is below the one with most ties, of how far that can be at most in any network so large."""
    degrees = [sum(node in tie for tie in ties) for node in nodes(n)]
    star = [n - 1] + [1] * (n - 1)
    return sum(max(degrees) - each for each in degrees) / sum(max(star) - each for each in star)


@SIZES
def test_a_star_is_wholly_centralised_and_a_ring_not_at_all(n):
    hub, *others = everybody = nodes(n)
    ring = [*pairwise(everybody), (everybody[-1], hub)]

    assert degree_centralisation(everybody, [(hub, each) for each in others]) == 1
    assert degree_centralisation(everybody, ring) == 0
    assert degree_centralisation(everybody, list(combinations(everybody, 2))) == 0
    assert degree_centralisation(everybody, []) == 0


@SIZES
def test_density_is_the_share_of_pairs(n):
    pairs = list(combinations(nodes(n), 2))

    assert density(n, len(pairs)) == 1
    assert density(n, 0) == 0
    assert density(n, n - 1) == pytest.approx(2 / n)


def test_every_network_of_four_is_as_centralised_as_counted_by_hand():
    pairs = list(combinations(nodes(4), 2))
    for chosen in product((False, True), repeat=len(pairs)):
        ties = [pair for pair, there in zip(pairs, chosen, strict=True) if there]
        assert degree_centralisation(nodes(4), ties) == pytest.approx(by_hand(4, ties))


@given(
    st.integers(3, 9).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.sampled_from([*combinations(nodes(n), 2)]))))
)
def test_centralisation_is_a_share_whoever_is_called_what(drawn):
    n, ties = drawn
    turned = [(other, one) for one, other in ties]

    assert 0 <= degree_centralisation(nodes(n), ties) <= 1
    assert degree_centralisation(nodes(n), ties) == degree_centralisation(nodes(n)[::-1], turned)
    assert degree_centralisation(nodes(n), ties) == pytest.approx(by_hand(n, ties))


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_partners_have_no_centralisation(n):
    assert degree_centralisation(nodes(n), []) is None


@pytest.mark.parametrize(("said", "of_top", "of_scale"), [(10, 1, 1), (1, 0.1, 0), (5.5, 0.55, 0.5)])
def test_network_trust_says_of_what_it_is_a_share(said, of_top, of_scale):
    pairs = list(permutations(nodes(3), 2))
    low, high = int(said), int(said + 0.5)
    found = trust_network(wave_of({pair: high if place % 2 else low for place, pair in enumerate(pairs)}, 3))

    assert (found.mean, found.of_top, found.of_scale) == (
        pytest.approx(said),
        pytest.approx(of_top),
        pytest.approx(of_scale),
    )


def test_a_tie_is_where_both_answer_enough():
    answers = dict.fromkeys(permutations(nodes(3), 2), 8) | {("partner-0", "partner-1"): 5}
    found = trust_network(wave_of(answers, 3))

    assert found.ties == (("partner-0", "partner-2"), ("partner-1", "partner-2"))
    assert (found.density, found.centralisation) == (pytest.approx(2 / 3), 1)
    assert trust_network(wave_of(answers, 3), CheckInRules(tie=5)).density == 1


def test_without_every_pair_neither_density_nor_centralisation_is_said():
    answers = {pair: 8 for pair in permutations(nodes(3), 2) if "partner-2" not in pair}
    found = trust_network(wave_of(answers, 3))

    assert (found.known, found.pairs, found.density, found.centralisation) == (1, 3, None, None)


@given(st.lists(st.integers(1, 10), min_size=6, max_size=6))
def test_network_trust_does_not_depend_on_the_order_of_partners(said):
    answers = dict(zip(permutations(nodes(3), 2), said, strict=True))
    audit = replace(first, trust=tuple(rating(by, about, each) for (by, about), each in answers.items()))
    found = [trust_network(trust_waves([audit], order, LATER)[0]) for order in (nodes(3), nodes(3)[::-1])]

    assert found[0].mean == pytest.approx(found[1].mean)
    assert (found[0].density, found[0].centralisation) == (found[1].density, found[1].centralisation)


def test_reciprocity_by_hand_in_each_kind_and_between_check_ins():
    """a and b trust each other, a and c only one way: two of three arrows are returned, before that none of one."""
    a, b, c = nodes(3)
    high, low = "5555555", "2555555"
    ways = ((a, b, high), (b, a, high), (a, c, high), (c, a, low), (b, c, low), (c, b, low))
    now = replace(first, trust=tuple(rating(by, about, 8, kinds) for by, about, kinds in ways))
    then = replace(
        first, trust=tuple(rating(by, about, 8, low if by != a or about == c else high) for by, about, _ in ways)
    )
    shares = [
        {each.dimension: each.share for each in reciprocity_of(trust_waves([wave], nodes(3), LATER)[0])}
        for wave in (then, now)
    ]

    assert shares[1][Dimension.VULNERABILITY] == pytest.approx(2 / 3)
    assert shares[0][Dimension.VULNERABILITY] == 0
    assert shares[1][Dimension.INTEGRITY] == shares[1][Dimension.TRUST] == 1


def test_nobody_trusting_anybody_has_no_reciprocity():
    found = reciprocity_of(wave_of(dict.fromkeys(permutations(nodes(3), 2), 1), 3))

    assert {each.share for each in found} == {None}


def test_sealed_ratings_make_no_network():
    [wave] = trust_waves([replace(december, revealed_on=None)], ["example-hospital", "example-churches"], LATER)

    assert (trust_network(wave).mean, trust_network(wave).density) == (None, None)
