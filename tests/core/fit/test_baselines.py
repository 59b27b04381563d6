from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.errors import InputError
from lichen.fit.baselines import BASELINES, rank_by
from lichen.scales import Size
from tests.cast import churches, everyone, farmers, hospital, meadow, stranger
from tests.core.fit.slow import slow_cover, slow_score
from tests.strategies import alliances, modest, organisations

each_baseline = pytest.mark.parametrize("baseline", BASELINES)


@each_baseline
@modest
@given(organisations("Me"), alliances())
def test_every_baseline_ranks_everybody_once_whatever_their_order(baseline, me, others):
    ranked = rank_by(baseline, me, others)
    assert {entry.id for entry in ranked} == {other.id for other in others}
    assert [entry.place for entry in ranked] == list(range(1, len(others) + 1))
    assert ranked == rank_by(baseline, me, others[::-1])


@modest
@given(organisations("Me"), alliances())
def test_two_way_and_one_way_are_the_slow_formula(me, others):
    two_way = {other.id: slow_score(me, other) or 0 for other in others}
    one_way = {other.id: slow_cover(me, other) or 0 for other in others}
    assert {entry.id: entry.score for entry in rank_by("two_way", me, others)} == pytest.approx(two_way, abs=1e-9)
    assert {entry.id: entry.score for entry in rank_by("one_way", me, others)} == pytest.approx(one_way, abs=1e-9)


def test_strengths_counts_what_they_would_add_to_what_we_have():
    me = Organisation("me", "Me", offers=(Offer("ops.logistics", 5, 5), Offer("trust.community", 3, 5)))
    other = Organisation("o", "O", offers=(Offer("ops.logistics", 4, 5), Offer("trust.community", 5, 5)))
    [ranked] = rank_by("strengths", me, [other])
    assert ranked.score == pytest.approx(0.4)


def test_strengths_is_blind_to_what_anybody_lacks():
    bare = [replace(other, vulnerabilities=()) for other in everyone]
    assert rank_by("strengths", hospital, bare) == rank_by("strengths", hospital, everyone)


def test_common_ground_puts_the_twin_first():
    twin = replace(hospital, id="twin", name="Twin")
    ranked = rank_by("common_ground", hospital, [*everyone, twin])
    assert (ranked[0].id, ranked[0].score) == ("twin", pytest.approx(1.0))
    assert [entry.score for entry in ranked if entry.id == stranger.id] == [0.0]


def test_common_ground_is_the_cosine_of_what_is_offered_and_lacked():
    one = Organisation(
        "a", "A", vulnerabilities=(Vulnerability("ops.logistics"),), offers=(Offer("people.volunteers", 5, 5),)
    )
    other = Organisation("b", "B", vulnerabilities=(Vulnerability("ops.logistics"),))
    assert rank_by("common_ground", one, [other])[0].score == pytest.approx(1 / 2**0.5)


def test_size_puts_the_largest_first_and_the_unknown_last():
    sized = [Organisation(str(size), str(size), size=size) for size in Size]
    assert [entry.id for entry in rank_by("size", hospital, sized)] == [
        "super-major", "major", "large", "medium", "small", "micro", "unknown",
    ]  # fmt: skip


def test_random_depends_on_the_seed_and_on_nobody_else():
    few, all_of_them = rank_by("random", hospital, [churches, farmers, meadow]), rank_by("random", hospital, everyone)
    drawn = {entry.id: entry.score for entry in all_of_them}
    assert [entry.score for entry in few] == [drawn[entry.id] for entry in few]
    orders = {tuple(entry.id for entry in rank_by("random", hospital, everyone, seed=seed)) for seed in range(5)}
    assert len(orders) == 5


def test_a_baseline_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(InputError) as refusal:
        rank_by("fame", hospital, everyone)
    assert refusal.value.problems[0].right == "two_way, one_way, strengths, common_ground, size, random"
