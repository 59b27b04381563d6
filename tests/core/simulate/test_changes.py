"""Which change would help most: on the same shocks, and none where none stands out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lichen.errors import InputError
from lichen.simulate.assumptions import Assumptions
from lichen.simulate.changes import Remedy, WhatIfRules, most_helpful_change, paired_difference, remedies
from lichen.simulate.life import Ally, Life, Reliance
from lichen.simulate.running import compared_lives
from tests.core.simulate.lives import pair
from tests.core.simulate.test_running import CALM

guarded = Life(
    (
        Ally("a", (Reliance(1.0, (("b", 1.0),)),), 1.0, has_liaison=True),
        Ally("b", (Reliance(1.0, (("a", 1.0),)),), 1.0, has_liaison=True),
    ),
    has_check_ins=True,
    has_clause=True,
)


def test_each_change_that_is_not_in_place_is_tried():
    third = replace(pair, allies=(*pair.allies, Ally("c", (Reliance(0.5, (("a", 0.5),)), Reliance(0.5)), 0.5)))
    assert [change.remedy for change in remedies(third)] == list(Remedy)


def test_nothing_is_left_to_change_where_all_is_in_place():
    advice = most_helpful_change(guarded, runs=50)
    assert (advice.effects, advice.best, advice.as_good) == ((), None, ())
    assert advice.in_place == tuple(Remedy)


def test_change_against_the_only_shock_is_the_best():
    shocks = {"budget_cut": Remedy.CLAUSE, "key_person": Remedy.LIAISONS, "trust_broken": Remedy.CHECK_INS}
    found = {name: most_helpful_change(pair, replace(CALM, **{name: 1.0}), runs=2_000).best for name in shocks}
    assert {name: best and best.remedy for name, best in found.items()} == shocks


def test_without_shocks_no_change_stands_out():
    advice = most_helpful_change(pair, CALM, runs=200)
    assert advice.best is None
    assert [effect.saved for effect in advice.effects] == [0.0] * 4
    assert [effect.is_certain for effect in advice.effects] == [False] * 4


def test_no_change_saves_less_than_nothing():
    assert min(effect.saved for effect in most_helpful_change(pair, runs=1_000).effects) >= 0


def test_change_whose_interval_holds_nought_is_not_named():
    """Of thirty lives one more or less proves nothing, whatever the mean."""
    advice = most_helpful_change(pair, months=12, runs=30, seed=2, rules=WhatIfRules(0.0))
    assert 0 < advice.effects[0].saved < 0.1
    assert not advice.effects[0].is_certain
    assert advice.best is None


def test_change_too_small_to_matter_is_not_named():
    assert most_helpful_change(pair, runs=2_000, rules=WhatIfRules(least_gain=0.9)).best is None
    assert most_helpful_change(pair, runs=2_000).best is not None


def test_changes_that_cannot_be_told_apart_are_named_together():
    twins = most_helpful_change(
        replace(pair, allies=tuple(replace(ally, needs=()) for ally in pair.allies)),
        replace(CALM, budget_cut=0.5, key_person=0.5, key_person_weight=1.0, budget_cut_months=6,
                key_person_months_with_liaison=3),
        runs=1_000,
    )  # fmt: skip
    assert twins.best is not None
    assert {twins.best.remedy, *(each.remedy for each in twins.as_good)} == {Remedy.CLAUSE, Remedy.LIAISONS}


def test_common_random_numbers_narrow_the_interval():
    """The paired interval is narrower than one that takes the two samples for independent."""
    before, after = compared_lives([(pair, Assumptions()), (replace(pair, has_clause=True), Assumptions())], runs=2_000)
    paired = paired_difference(before, after)
    apart = [each.failed.var(ddof=1) / each.runs for each in (before, after)]
    assert paired.high - paired.low < 0.7 * 2 * 1.96 * sum(apart) ** 0.5


def test_cover_grows_where_it_is_least():
    uneven = Life(
        (
            Ally("a", (Reliance(0.75, (("b", 0.8),)), Reliance(0.25, (("b", 0.8),)))),
            Ally("b", (Reliance(0.25, (("a", 0.5),)), Reliance(0.75))),
        )
    )
    change = next(each for each in remedies(uneven) if each.remedy is Remedy.MORE_COVER)
    assert change.partner == "b"
    assert change.life.allies[0] == uneven.allies[0]
    assert change.life.allies[1].needs == (Reliance(0.25, (("a", 0.5),)), Reliance(0.75, (("a", 1.0),)))


def test_least_gain_is_a_share():
    with pytest.raises(InputError, match="share of one"):
        WhatIfRules(least_gain=2)
