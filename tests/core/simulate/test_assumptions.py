"""The assumptions: each has its range, its unit and its basis, none is the article's, and the page tells them all."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lichen.errors import InputError
from lichen.simulate.assumptions import Assumptions, Basis, Unit, assumption_table, with_assumed
from lichen.simulate.reference import reference_life
from lichen.simulate.running import simulated_lives
from lichen.simulate.words import amount_assumed, assumption_words, basis_words

PAGE = Path(__file__).parents[3] / "docs" / "discussion" / "simulation.md"
CLAIMED = {0.73, 0.9, 0.6, 0.4, 0.35, 0.3, 0.28, 0.05, 0.1}
"""What the article claims of how alliances end, as shares."""


def test_each_assumption_has_a_range_around_it():
    assert [each.name for each in assumption_table() if not each.low < each.value < each.high] == []


def test_only_what_is_published_has_a_source_and_none_is_the_article():
    told = {each.name: (each.basis, each.source) for each in assumption_table()}
    assert {name for name, (basis, _source) in told.items() if basis is not Basis.ASSUMED} == {"fulfilled", "pull"}
    assert [name for name, (basis, source) in told.items() if bool(source) is (basis is Basis.ASSUMED)] == []
    assert [name for name, (_basis, source) in told.items() if "article" in source.lower()] == []


def test_no_rate_of_ending_is_a_figure_of_the_article():
    rates = {each.value for each in assumption_table() if each.unit is Unit.SHARE_A_MONTH or each.name == "fulfilled"}
    assert rates & CLAIMED == set()


def test_goals_are_met_as_often_as_a_third_of_the_published_endings():
    """3 to 8 in a hundred a year, of which a third because goals were met or the need had passed."""
    row = next(each for each in assumption_table() if each.name == "fulfilled")
    assert (row.low, row.value, row.high) == pytest.approx((0.03 / 3, 0.055 / 3, 0.08 / 3), abs=0.001)


def test_reference_alliance_ends_as_often_as_published_ones_did():
    """Nine of ten past the third year; then 3 to 8 in a hundred a year, for the four years that were watched."""
    lives = simulated_lives(reference_life(), months=84)
    alive = [float((lives.ended > 12 * year).mean()) for year in range(8)]
    assert alive[3] == pytest.approx(0.9, abs=0.04)
    yearly = [1 - after / before for before, after in pairwise(alive[3:])]
    assert [share for share in yearly if not 0.03 <= share <= 0.08] == []


@pytest.mark.parametrize("end", ["low", "high"])
def test_ends_of_the_pull_keep_the_reference_near_the_published_range(end: str):
    row = next(each for each in assumption_table() if each.name == "pull")
    lives = simulated_lives(reference_life(), Assumptions(pull=getattr(row, end)), months=84)
    alive = [float((lives.ended > 12 * year).mean()) for year in (3, 7)]
    assert 0.02 < 1 - (alive[1] / alive[0]) ** 0.25 < 0.1


def test_every_end_of_a_range_can_be_assumed_alone():
    for each in assumption_table():
        for end in (each.low, each.high):
            assert getattr(replace(Assumptions(), **{each.name: end}), each.name) == end


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"budget_cut": -0.1}, "budget_cut"),
        ({"budget_cut": float("nan")}, "budget_cut"),
        ({"pull": 1.5}, "pull"),
        ({"budget_cut_months": 0}, "budget_cut_months"),
        ({"budget_cut_months": 2.5}, "budget_cut_months"),
        ({"budget_cut_months_with_clause": 13}, "last longer"),
        ({"trust_regained_with_check_ins": 0.01}, "more slowly"),
        ({"luck": 1}, "no such assumption"),
    ],
)
def test_impossible_assumption_is_refused(wrong: dict[str, float], told: str):
    with pytest.raises(InputError, match=told):
        with_assumed(wrong)


def test_half_a_month_is_refused_by_the_value_itself():
    with pytest.raises(InputError, match="whole number"):
        Assumptions(budget_cut_months=12.5)  # type: ignore[arg-type]


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as refused:
        with_assumed({"pull": 2, "trust_hold": -1})
    assert {problem.column for problem in refused.value.problems} == {"pull", "trust_hold"}


def test_page_has_every_assumption_as_the_code_has_it():
    rows = re.findall(
        r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    told = [
        (each.name, assumption_words(each.name), amount_assumed(each.value, each.unit), f"{each.low:g}–{each.high:g}")
        for each in assumption_table()
    ]
    assert [row[:4] for row in rows] == told
    assert [row[4] for row in rows] == [basis_words(each) for each in assumption_table()]


def test_page_calls_itself_unvalidated():
    assert "nvalidated" in PAGE.read_text(encoding="utf-8").partition("\n## ")[0]


def test_each_field_is_told_in_words():
    assert all(assumption_words(each.name) for each in fields(Assumptions))
    assert np.isfinite([each.value for each in assumption_table()]).all()
