"""``lichen progress attainment``: the change first, every goal with its words, and what keeps one from counting."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.files.alliances import write_alliance
from lichen.progress.values import Goal, GoalReading, Progress
from tests.core.progress.measured import LANGUAGES, STEPS, C, H, alliance, goals

DAY = ("--on", "2026-11-22")


@pytest.fixture
def kept(tmp_path):
    def write(*among: Goal) -> Path:
        write_alliance(replace(alliance, progress=Progress(goals=among)), tmp_path / "alliance.yaml")
        return tmp_path / "alliance.yaml"

    return write


def flat(result) -> str:
    return " ".join(result.stdout.split())


def test_the_change_since_the_start_comes_first(lichen, kept):
    """Three equal goals from (-1, -1, -1) to (1, 0, 1): the published 36.31 and 59.13."""
    result = lichen("progress", "attainment", kept(*goals), *DAY)

    assert result.exit_code == 0
    assert flat(result).startswith("St Brigid's Hospital +22.8 since the start, from 36.3 to 59.1; 50 is as expected.")
    assert "·□·■· Being asked in Now (+1, more than expected, 15 November 2026): Three halls ask" in flat(result)
    assert "goals judged twice: 3 of 3" in flat(result)
    assert "validity not satisfactory" in flat(result)
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_figures_for_a_program(lichen, kept):
    result = lichen("progress", "attainment", kept(*goals), *DAY, "--format", "json")
    [score] = [row for row in json.loads(result.stdout) if row["part"] == "score"]

    assert {key: round(score[key], 2) for key in ("start", "now", "change")} == {
        "start": 36.31,
        "now": 59.13,
        "change": 22.82,
    }


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"expected": ""}, "Not all five steps are written"),
        ({"agreed_on": None}, "No day says when its steps were agreed"),
        ({"readings": (GoalReading(date(2026, 1, 1), -2), *goals[0].readings)}, "judged before its steps were agreed"),
    ],
)
def test_what_keeps_a_goal_from_counting_is_said_and_ends_with_one(lichen, kept, changes, told: str):
    result = lichen("progress", "attainment", kept(replace(goals[0], **changes)), *DAY)

    assert result.exit_code == 1
    assert told in flat(result)


def test_a_goal_that_was_not_judged_yet_is_no_fault(lichen, kept):
    result = lichen("progress", "attainment", kept(replace(goals[0], readings=())), *DAY)

    assert result.exit_code == 0
    assert "Nobody has judged it since its steps were agreed" in flat(result)


def test_without_goals_it_says_how_to_begin(lichen, kept):
    result = lichen("progress", "attainment", kept(), *DAY)

    assert result.exit_code == 0
    assert "No goal is written down." in flat(result)


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_a_partners_copy_holds_only_goals_for_what_was_opened_to_it(lichen, kept, layout: str):
    result = lichen("progress", "attainment", kept(*goals), "--for", C, *DAY, "--format", layout)

    assert "Interpreters" in result.stdout
    assert "Being asked in" not in result.stdout
    assert "A room" not in result.stdout
    for figure in ("36.3", "59.1", "22.8"):
        assert figure not in result.stdout


def test_its_own_copy_is_whole(lichen, kept):
    asked = (kept(*goals), *DAY, "--format", "json")

    assert (
        lichen("progress", "attainment", *asked, "--for", H).stdout == lichen("progress", "attainment", *asked).stdout
    )


def test_goals_are_drawn_one_that_slipped_hatched(lichen, kept, tmp_path):
    slipped = Goal(H, LANGUAGES, "Slipped", *STEPS, 1, date(2026, 3, 20), goals[0].readings[:1])
    slipped = replace(slipped, readings=(*slipped.readings, GoalReading(date(2026, 11, 1), -2)))
    lichen("progress", "attainment", kept(goals[0], slipped), *DAY, "--svg", tmp_path / "goals.svg")
    text = (tmp_path / "goals.svg").read_text(encoding="utf-8")

    assert "Being asked in: −1 → +1. Slipped: −1 → −2." in text
    assert text.count("url(#marked)") == 1


def test_an_alliance_of_others_is_no_matter(lichen, tmp_path):
    write_alliance(Alliance("Eastfield"), tmp_path / "alliance.yaml")

    assert lichen("progress", "attainment", tmp_path / "alliance.yaml").exit_code == 0
