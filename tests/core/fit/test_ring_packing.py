from __future__ import annotations

import os
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from lichen.errors import InputError, NotAllowed
from lichen.files.preflib import read_preflib
from lichen.files.requests import read_requests
from lichen.fit.ring_graph import RingGraph, all_rounds
from lichen.fit.ring_packing import best_ring_through, best_rings
from lichen.fit.ring_proof import best_packing
from lichen.fit.ring_values import Dropping, RingWeight, expected_values, round_values
from tests.cast import everyone
from tests.core.fit.slow_rings import slow_best, slow_expected, slow_rounds, worth
from tests.strategies import modest

SHARED = Path(os.environ.get("LICHEN_SHARED", "/nonexistent"))
KIDNEYS, TIMEBANKS = SHARED / "data/kidney_exchange", SHARED / "data/timebanks"
OPTIMA = {"001": 4, "002": 8, "003": 2, "004": 0, "005": 3, "006": 2, "007": 5, "008": 6, "009": 9, "010": 4}


@st.composite
def communities(draw, most=7):
    ids = "abcdefghi"[: draw(st.integers(2, most))]
    funders = ids[len(ids) - draw(st.integers(0, min(2, len(ids) - 1))) :]
    pairs = [(one, other) for one in ids for other in ids if one != other and other not in funders]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3 * len(ids))) if pairs else []
    return ids, {pair: draw(st.sampled_from([0.1, 0.25, 0.5, 0.9, 1.0])) for pair in chosen}, funders


@modest
@given(communities(9), st.sampled_from(RingWeight), st.integers(2, 5), st.integers(0, 4))
def test_best_set_of_rings_is_the_best_of_all_sets(community, weight, max_length, max_chain):
    ids, links, funders = community
    plan = best_rings(
        RingGraph.of_links(ids, links, funders), max_length=max_length, max_chain=max_chain, weight=weight
    )
    rounds = slow_rounds(ids, links, funders, max_length, max_chain)
    best = slow_best([*{
        frozenset(members): value
        for members, value in sorted(
            ((members, worth(worths, weight)) for members, worths, _ in rounds), key=lambda one: one[1]
        )
    }.items()])  # fmt: skip
    assert plan.optimum == pytest.approx(best, abs=1e-6)
    assert (plan.gap, plan.is_proved) == (0.0, True)
    assert sum(ring.value for ring in plan.rings) == pytest.approx(plan.optimum, abs=1e-9)
    members = [each for ring in plan.rings for each in ring.members]
    assert len(members) == len(set(members))
    for ring in plan.rings:
        following = ring.members[1:] if ring.is_chain else (*ring.members[1:], ring.members[0])
        assert tuple(links[step] for step in zip(ring.members, following, strict=False)) == ring.links


@modest
@given(communities(), st.sampled_from(RingWeight), st.sampled_from([0.0, 0.1, 0.5]), st.booleans())
def test_expected_value_is_the_mean_over_all_who_may_be_left(community, weight, chance, falls_back):
    ids, links, funders = community
    graph = RingGraph.of_links(ids, links, funders)
    rounds = all_rounds(graph, 4, 3)
    found = expected_values(graph, rounds, weight, Dropping(chance, falls_back=falls_back))
    for row, value in enumerate(found):
        members = tuple(ids[place] for place in rounds.members[row] if place >= 0)
        worths = tuple(rounds.links[row][~np.isnan(rounds.links[row])].tolist())
        one = (members, worths, bool(rounds.chains[row]))
        assert value == pytest.approx(slow_expected(one, links, weight, chance, falls_back), abs=1e-9)


def test_every_ring_is_found_once():
    links = {(one, other): 1.0 for one in "abcde" for other in "abcde" if one != other}
    rounds = all_rounds(RingGraph.of_links("abcde", links), 5)
    assert np.bincount(rounds.helped).tolist() == [0, 0, 10, 20, 30, 24]


def test_ring_that_degrades_well_is_preferred_where_members_may_drop_out():
    ring = {("a", "b"): 0.9, ("b", "c"): 0.9, ("c", "a"): 0.9}
    sturdy = {("a", "b"): 0.85, ("b", "a"): 0.85, ("b", "c"): 0.9, ("c", "a"): 0.9}
    [through_all] = best_rings(RingGraph.of_links("abc", ring | sturdy), weight=RingWeight.TOTAL).rings
    assert through_all.members == ("a", "b", "c")
    [pair] = best_rings(RingGraph.of_links("abc", sturdy), weight=RingWeight.TOTAL, dropping=Dropping(0.5)).rings
    assert (pair.members, pair.value, pair.expected) == (("a", "b"), 1.7, 1.7 / 4)
    fallen = best_rings(
        RingGraph.of_links("abc", sturdy), weight=RingWeight.TOTAL, dropping=Dropping(0.5, falls_back=True)
    )
    assert fallen.rings[0].members == ("a", "b", "c")
    assert fallen.optimum == pytest.approx(2.65 / 8 + 1.7 / 8)


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("whole", [True, False], ids=["whole values", "fractions"])
def test_halving_proves_what_highs_proves(seed, whole):
    random = Random(seed)
    ids = [str(number) for number in range(40)]
    links = {
        (one, other): random.randint(20, 50) * (1 if whole else 0.0137)
        for one in ids for other in random.sample(ids, 12) if one != other
    }  # fmt: skip
    graph = RingGraph.of_links(ids, links)
    rounds = all_rounds(graph)
    values = round_values(rounds.links, RingWeight.TOTAL)
    row, place = np.nonzero(rounds.members >= 0)
    members = csr_matrix((np.ones(len(row)), (rounds.members[row, place], row)), shape=(40, len(rounds)))
    kept = np.unique(np.sort(rounds.members, axis=1), axis=0, return_index=True)[1]
    told = []
    halved = best_packing(
        members[:, kept], values[kept], lambda: 1e9, lambda value, bound: told.append((value, bound)), whole=0
    )
    direct = best_packing(members[:, kept], values[kept], lambda: 1e9, lambda _value, _bound: None)
    assert halved.value == pytest.approx(direct.value, abs=1e-6)
    assert halved.bound == halved.value
    assert all(value <= direct.value + 1e-6 <= bound + 2e-6 for value, bound in told)
    assert values[kept][halved.chosen].sum() == pytest.approx(halved.value)
    assert (members[:, kept][:, halved.chosen].sum(axis=1) <= 1).all()


def test_time_that_is_up_leaves_a_gap_that_is_true():
    random = Random(5)
    ids = [str(number) for number in range(200)]
    links = {(one, other): random.randint(20, 50) for one in ids for other in random.sample(ids, 25) if one != other}
    plan = best_rings(RingGraph.of_links(ids, links), weight=RingWeight.TOTAL, left=lambda: 0.0)
    assert plan.optimum < plan.bound
    assert plan.gap > 0
    assert plan.is_proved is False


@modest
@given(communities(), st.integers(2, 5))
def test_best_ring_through_one_is_the_best_of_all_through_it(community, max_length):
    ids, links, funders = community
    found = best_ring_through(RingGraph.of_links(ids, links, funders), "a", max_length=max_length)
    rounds = slow_rounds(ids, links, funders, max_length, 0)
    best = max((worth(worths, "fit") / len(worths) for members, worths, _ in rounds if "a" in members), default=None)
    assert (found is None) == (best is None)
    if found is not None:
        assert found.members[0] == "a"
        assert found.value == pytest.approx(best, abs=1e-9)


def test_community_without_a_ring_has_an_empty_plan():
    plan = best_rings(RingGraph.of_links("ab", {("a", "b"): 1.0}))
    assert (plan.rings, plan.optimum, plan.gap, plan.is_proved) == ((), 0.0, 0.0, True)


def test_organisations_become_links_of_their_covers():
    graph = RingGraph.of_organisations(everyone)
    assert set(graph.ids) == {one.id for one in everyone}
    assert best_rings(graph).is_proved


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        ({("a", "z"): 1.0}, 1), ({("a", "a"): 1.0}, 1), ({("a", "b"): -1.0, ("b", "a"): float("nan")}, 2),
    ],
)  # fmt: skip
def test_links_that_are_none_are_refused_all_at_once(wrong, problems):
    with pytest.raises(InputError) as refused:
        RingGraph.of_links("ab", wrong)
    assert len(refused.value.problems) == problems


def test_lengths_and_chances_out_of_range_are_refused():
    graph = RingGraph.of_links("ab", {})
    with pytest.raises(InputError):
        all_rounds(graph, 6)
    with pytest.raises(InputError):
        all_rounds(graph, 3, -1)
    with pytest.raises(InputError):
        Dropping(1.0)


def test_community_with_too_many_rings_is_refused():
    ids = [str(number) for number in range(80)]
    links = {(one, other): 1.0 for one in ids for other in ids if one != other}
    with pytest.raises(NotAllowed, match="2,000,000"):
        all_rounds(RingGraph.of_links(ids, links), 5)


@pytest.mark.skipif(not KIDNEYS.exists(), reason="PrefLib's instances are not here: set LICHEN_SHARED")
@pytest.mark.parametrize(("number", "optimum"), OPTIMA.items())
def test_known_optima_are_reproduced(number, optimum):
    plan = best_rings(read_preflib(KIDNEYS / f"{number}.txt"), weight=RingWeight.TOTAL)
    assert (plan.optimum, plan.gap, plan.is_proved) == (optimum, 0.0, True)


@pytest.mark.skipif(not TIMEBANKS.exists(), reason="the timebanks are not here: set LICHEN_SHARED")
def test_real_timebanks_help_each_other_in_rings():
    graph = read_requests(TIMEBANKS / "requests.csv", TIMEBANKS / "offers.csv")
    assert (len(graph.ids), int(graph.funders.sum())) == (101, 22)
    plan = best_rings(graph)
    assert (len(plan.rings), plan.is_proved) == (25, True)
    assert plan.optimum == pytest.approx(47.573, abs=1e-3)
