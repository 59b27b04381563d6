"""``lichen progress satisfaction``: who is lowest, the gap, the rounds, and nobody's unnamed answer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lichen.files.alliances import write_alliance
from lichen.progress.values import Progress, SatisfactionAnswer
from tests.core.progress.measured import SPRING, C, H, alliance, surveys

DAY = ("--on", "2026-11-22")


@pytest.fixture
def kept(tmp_path):
    def write(*among: SatisfactionAnswer) -> Path:
        write_alliance(replace(alliance, progress=Progress(surveys=among)), tmp_path / "alliance.yaml")
        return tmp_path / "alliance.yaml"

    return write


def flat(result) -> str:
    return " ".join(result.stdout.split())


def unnamed(*answers: int) -> list[SatisfactionAnswer]:
    return [SatisfactionAnswer(C, SPRING, each, person=f"m{n}", unnamed=True) for n, each in enumerate(answers)]


def test_the_lowest_and_the_gap_come_first(lichen, kept):
    result = lichen("progress", "satisfaction", kept(*surveys), *DAY)

    assert result.exit_code == 0
    assert flat(result).startswith("Look first at: what we receive is fair for what we give (4.0 of 7)")
    assert "20 May 2026 5.0, 1.0 4.0, 2.0 3.0, 3.0 6.0, 0.0" in flat(result)
    assert "15 November 2026 6.0, 0.0 4.0, 1.0 5.0, 1.0 6.0, 1.0" in flat(result)
    assert "What we receive is fair for what we give: lowest 4.0, gap 1.0, mean 4.5" in flat(result)
    assert "■■■■··· 4.0 Three Churches of Eastfield" in flat(result)
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_below_thirty_there_are_counts_and_no_percentage(lichen, kept):
    result = lichen("progress", "satisfaction", kept(*surveys), *DAY)

    assert "1 very likely (9 or 10), 1 likely (7 or 8), 0 less (0 to 6). Counts, since fewer than 30 answered." in flat(
        result
    )
    assert "%" not in result.stdout


def test_from_thirty_on_the_net_score_has_its_standard_error(lichen, kept):
    many = [SatisfactionAnswer(H, SPRING, 6, recommend=(10, 8, 3)[n % 3], person=f"p{n}") for n in range(30)]
    result = lichen("progress", "satisfaction", kept(*many), *DAY)

    assert "net score +0, standard error 15, n 30." in flat(result)


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_four_unnamed_answers_stay_unknown(lichen, kept, layout: str):
    shown = [
        lichen("progress", "satisfaction", kept(*surveys, *unnamed(*answers)), *DAY, "--format", layout).stdout
        for answers in ((1, 1, 1, 1), (7, 7, 7, 7))
    ]

    assert shown[0] == shown[1]


def test_it_says_what_is_withheld_and_why(lichen, kept):
    few = lichen("progress", "satisfaction", kept(*unnamed(1, 2, 3, 4)), *DAY)
    sealed = lichen("progress", "satisfaction", kept(*unnamed(1, 2, 3, 4, 5)), "--on", "2026-05-21")

    assert "Three Churches of Eastfield: 4 unnamed, not told of: fewer than five." in flat(few)
    assert "Three Churches of Eastfield: 5 unnamed, told of from 4 July 2026 on" in flat(sealed)
    assert "Nothing may be told of the last round yet" in flat(sealed)


def test_five_are_told_together(lichen, kept):
    result = lichen("progress", "satisfaction", kept(*unnamed(1, 2, 3, 4, 5)), *DAY)

    assert "■■■···· 3.0 people of Three Churches of Eastfield, unnamed (5)" in flat(result)


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_a_partners_copy_holds_its_own_answers_alone(lichen, kept, layout: str):
    other = tuple(replace(one, satisfied=1, recommend=0) if one.by == C else one for one in surveys)
    shown = [
        lichen("progress", "satisfaction", kept(*each), "--for", H, *DAY, "--format", layout).stdout
        for each in (surveys, other)
    ]

    assert shown[0] == shown[1]
    assert C not in shown[0]
    assert "Three Churches" not in shown[0]


def test_without_answers_it_says_how_to_begin(lichen, kept):
    result = lichen("progress", "satisfaction", kept(), *DAY)

    assert result.exit_code == 0
    assert "Nobody was asked yet." in flat(result)


def test_the_last_round_is_drawn_with_the_one_before(lichen, kept, tmp_path):
    lichen("progress", "satisfaction", kept(*surveys), *DAY, "--svg", tmp_path / "felt.svg")
    text = (tmp_path / "felt.svg").read_text(encoding="utf-8")

    assert "Three Churches of Eastfield: 3.0 → 5.0." in text


def test_a_program_reads_every_voice(lichen, kept):
    result = lichen("progress", "satisfaction", kept(*surveys), *DAY, "--format", "json")
    voices = [row for row in json.loads(result.stdout) if row["part"] == "voice"]

    assert [(row["partner"], row["mean"]) for row in voices if row["question"] == "procedural"] == [(C, 5), (H, 6)]
