"""What lives come to: shares with intervals, and what hangs on what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from lichen.simulate.assumptions import Assumptions
from lichen.simulate.changes import most_helpful_change
from lichen.simulate.life import Life
from lichen.simulate.outlook import outlook
from lichen.simulate.picture import simulation_svg
from lichen.simulate.running import Ending, Lives, simulated_lives
from lichen.simulate.sensitivity import Steadiness, Swing, sensitivity, steadiness
from lichen.simulate.words import answer_words, may_be_shown_to, time_words
from tests.core.simulate.lives import lives, pair
from tests.core.simulate.test_running import CALM

ENDINGS = list(Ending)


def lived(*ended: tuple[int, Ending], months: int = 3) -> Lives:
    """Lives that ended so."""
    return Lives(
        months,
        1,
        np.array([month for month, _ending in ended], np.int16),
        np.array([ENDINGS.index(ending) for _month, ending in ended], np.int8),
    )


FOUR = lived((1, Ending.BUDGET_CUT), (2, Ending.FULFILLED), (3, Ending.BUDGET_CUT), (4, Ending.NONE))


def test_shares_are_counted_month_by_month():
    found = outlook(FOUR)
    assert [moment.alive for moment in found.moments] == [1.0, 0.75, 0.5, 0.25]
    assert [moment.failed for moment in found.moments] == [0.0, 0.25, 0.25, 0.5]
    assert [moment.fulfilled for moment in found.moments] == [0.0, 0.0, 0.25, 0.25]
    assert {each.ending: each.share for each in found.endings} == {Ending.BUDGET_CUT: 0.5, Ending.FULFILLED: 0.25}
    assert found.median == 2


def test_goals_met_are_no_failure_and_alive_is_no_ending():
    assert [ending for ending in Ending if not ending.is_failure] == [Ending.FULFILLED, Ending.NONE]
    assert Ending.NONE not in {each.ending for each in outlook(FOUR).endings}


@settings(max_examples=10)
@given(lives())
def test_outlook_is_in_bounds_and_nobody_comes_back_to_life(life: Life):
    found = outlook(simulated_lives(life, Assumptions(pull=0.2), months=18, runs=100))
    alive = [moment.alive for moment in found.moments]
    assert alive == sorted(alive, reverse=True)
    assert all(0 <= each.alive_between.low <= each.alive <= each.alive_between.high <= 1 for each in found.moments)
    assert all(0 <= each.failed_between.low <= each.failed <= each.failed_between.high <= 1 for each in found.moments)
    assert sum(each.share for each in found.endings) + alive[-1] == pytest.approx(1)


def test_more_lives_narrow_the_interval_alone():
    few, many = (outlook(simulated_lives(pair, runs=runs)).last.alive_between for runs in (500, 20_000))
    assert (many.high - many.low) * 4 < few.high - few.low


def test_sensitivity_tries_each_end_on_the_same_shocks():
    found = sensitivity(pair, months=24, runs=500)
    by_name = {swing.name: swing for swing in found.swings}
    assert len(by_name) == len(Assumptions.__slots__)
    assert found.not_failed == 1 - simulated_lives(pair, months=24, runs=500).failed.mean()
    cut = by_name["budget_cut"]
    assert cut.at_low == 1 - simulated_lives(pair, Assumptions(budget_cut=cut.low), months=24, runs=500).failed.mean()
    assert [swing.width for swing in found.swings] == sorted((swing.width for swing in found.swings), reverse=True)


def test_worse_ends_of_the_shocks_answer_worse():
    by_name = {swing.name: swing for swing in sensitivity(pair, months=24, runs=500).swings}
    worse = ["budget_cut", "key_person", "trust_broken", "early_success", "pull", "trust_lost"]
    assert [name for name in worse if not by_name[name].at_low >= by_name[name].at_high] == []
    better = ["cover_hold", "trust_hold", "giving_when_struck", "trust_at_start", "trust_regained"]
    assert [name for name in better if not by_name[name].at_low <= by_name[name].at_high] == []


def test_what_no_rule_uses_moves_nothing():
    by_name = {swing.name: swing for swing in sensitivity(pair, months=24, runs=200).swings}
    assert {name for name in ("threat_recedes", "threat_weight", "second_cover") if by_name[name].width} == set()


def test_end_that_another_assumption_contradicts_is_left_out():
    by_name = {
        swing.name: swing
        for swing in sensitivity(pair, Assumptions(budget_cut_months_with_clause=8), months=12, runs=100).swings
    }
    assert by_name["budget_cut_months"].low == 6
    assert by_name["budget_cut_months"].at_low == 1 - simulated_lives(pair, months=12, runs=100).failed.mean()


def test_advice_is_steady_where_only_one_shock_comes():
    assumed = replace(CALM, budget_cut=1.0)
    advice = most_helpful_change(pair, assumed, runs=500)
    swings = [swing for swing in sensitivity(pair, assumed, runs=100).swings if swing.name in {"pull", "trust_hold"}]
    assert steadiness(pair, advice, swings, assumed, runs=500) == Steadiness(4, 4)


def test_advice_is_not_steady_where_the_other_end_speaks_for_another():
    assumed = replace(CALM, budget_cut=0.1)
    advice = most_helpful_change(pair, assumed, runs=500)
    other = Swing("key_person", 0.0, 6.0, 1.0, 0.0)
    assert steadiness(pair, advice, [other], assumed, runs=500) == Steadiness(1, 2)


def test_answer_is_told_in_lives_of_a_hundred():
    assert answer_words(outlook(FOUR)) == (
        "Of 100 imagined lives of this alliance, about 25 are still going after 3 months, 25 have ended because its"
        " goals were met or the need had passed, and 50 have broken up."
    )
    assert [time_words(months) for months in (1, 11, 12, 30, 36)] == [
        "1 month", "11 months", "1 year", "30 months", "3 years",
    ]  # fmt: skip


def test_funder_is_shown_no_simulation():
    assert [who for who in ("board", "funder", "example-hospital") if may_be_shown_to(who)] == [
        "board",
        "example-hospital",
    ]


def test_picture_says_its_caution_aloud_and_fetches_nothing():
    drawn = simulation_svg(outlook(simulated_lives(pair, runs=200)), sensitivity(pair, runs=200))
    assert "unvalidated assumptions, not a forecast" in drawn.partition("</desc>")[0]
    assert "href" not in drawn
    assert drawn.count("<rect") == 11
    assert drawn.count("<polyline") == 2
