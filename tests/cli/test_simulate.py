"""The simulation on the command line: the answer and its caution first, and no confession anywhere."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.checkin.values import CheckIn, TrustRating
from lichen.files.alliances import write_alliance
from lichen.simulate.assumptions import Assumptions, assumption_table
from lichen.simulate.deriving import life_of
from lichen.simulate.outlook import outlook
from lichen.simulate.running import simulated_lives
from tests.cast import churches_audit, hospital_audit

LAYOUTS = pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
DAY = ("--on", "2026-11-23")
FEW = (*DAY, "--runs", "200", "--months", "12")
eastfield = Alliance("Eastfield", "GBP", partners=(hospital_audit, churches_audit))


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "alliance.yaml"
    write_alliance(eastfield, path)
    return path


def flat(result) -> str:
    return " ".join(result.stdout.split())


def rows(result, part: str) -> list[dict[str, object]]:
    return [row for row in json.loads(result.stdout) if row["part"] == part]


def test_answer_comes_first_and_its_caution_next(lichen, file):
    told = flat(lichen("simulate", file, *FEW))
    assert told.startswith("How long might this alliance live? Of 100 imagined lives of this alliance, about ")
    answer, caution, curve = (told.index(part) for part in ("have broken up.", "not a forecast", "Still going"))
    assert answer < caution < curve
    order = ["Still going", "How the others ended", "Which single change", "What the answer hangs on", "What it begins"]
    assert [told.index(part) for part in order] == sorted(told.index(part) for part in order)


def test_figures_are_those_of_the_library(lichen, file):
    [answer] = rows(lichen("simulate", file, *FEW, "-f", "json"), "answer")
    lives = simulated_lives(life_of(eastfield, date(2026, 11, 23)).life, months=12, runs=200)
    assert (answer["alive"], answer["failed"]) == (outlook(lives).last.alive, outlook(lives).last.failed)
    assert (answer["runs"], answer["seed"], answer["validated"]) == (200, 1, False)


def test_lines_fit_eighty_columns(lichen, file):
    for more in ((), ("--what-if",), ("--assumptions",)):
        assert max(map(len, lichen("simulate", file, *FEW, *more).stdout.splitlines())) <= 80


def test_seed_decides_the_answer(lichen, file):
    one, again, other = (lichen("simulate", file, *FEW, "--seed", seed).stdout for seed in "112")
    assert one == again
    assert one != other


def test_each_single_change_is_shown_when_asked_for(lichen, file):
    assert "What each change would do: lichen simulate --what-if" in flat(lichen("simulate", file, *FEW))
    told = flat(lichen("simulate", file, *FEW, "--what-if"))
    assert "If you were to Saved Between" in told
    assert "hold regular check-ins" in told.partition("If you were to")[2]


def test_alliance_that_meets_no_shocks_lives_and_needs_no_change(lichen, file):
    rates = [each.name for each in assumption_table() if each.unit == "times a year"]
    calm = [part for name in rates for part in ("--assume", f"{name}=0")]
    told = flat(lichen("simulate", file, *FEW, *calm))
    assert "about 100 are still going after 1 year" in told
    assert "None ended." in told
    assert "No single change stands out." in told


def test_range_of_single_assumptions_stands_beside_the_answer(lichen, file):
    result = lichen("simulate", file, *FEW, "-f", "json")
    ends = [100 * row[end] for row in rows(result, "swing") for end in ("at_low", "at_high")]
    told = flat(lichen("simulate", file, *FEW))
    assert f"{min(ends):.0f} to {max(ends):.0f} of 100 would not have broken up." in told


def test_where_each_part_is_from_is_told(lichen, tmp_path):
    day, unseen = date(2026, 9, 1), TrustRating("example-churches", "example-hospital", integrity=3)
    rated = TrustRating("example-hospital", "example-churches", trust=2, person="A")
    held = CheckIn(day, announced_on=day, revealed_on=day, trust=(rated, unseen))
    path = tmp_path / "rated.yaml"
    write_alliance(replace(eastfield, checkins=(held,)), path)
    told = flat(lichen("simulate", path, *FEW))
    assert "from the audits of 2 of 2 partners" in told
    assert "as 1 of 2 partners rated it on 1 September 2026; assumed for the others" in told
    assert "none: the charter is not signed" in told


def test_check_ins_that_lapsed_are_told_and_not_counted(lichen, tmp_path):
    path = tmp_path / "lapsed.yaml"
    write_alliance(replace(eastfield, checkins=(CheckIn(date(2026, 1, 1)),)), path)
    told = flat(lichen("simulate", path, *FEW))
    assert "lapsed: none since 1 January 2026, so none is counted" in told


@LAYOUTS
def test_no_confession_is_told(lichen, file, layout: str):
    told = lichen("simulate", file, *FEW, "--what-if", "-f", layout).stdout
    secret = [
        part
        for audit in eastfield.partners
        for gap in audit.organisation.vulnerabilities
        for part in (gap.code, gap.words)
    ]
    assert [part for part in secret if part and part in told] == []


def test_assumptions_are_printed_without_a_file(lichen, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = lichen("simulate", "--assumptions", "-f", "json")
    assert [row["name"] for row in json.loads(result.stdout)] == list(Assumptions.__slots__)
    assert "Unvalidated." in flat(lichen("simulate", "--assumptions"))


def test_what_is_assumed_otherwise_is_in_the_table_and_in_the_answer(lichen, file):
    told = lichen("simulate", "--assumptions", "--assume", "budget_cut=0.2", "-f", "json")
    assert next(row for row in json.loads(told.stdout) if row["name"] == "budget_cut")["value"] == 0.2
    [usual], [rougher] = (
        rows(lichen("simulate", file, *FEW, *more, "-f", "json"), "answer")
        for more in ((), ("--assume", "budget_cut=2", "--assume", "pull=0.3"))
    )
    assert rougher["alive"] < usual["alive"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--assume", "budget_cut"), "not an assumption"),
        (("--assume", "budget_cut=often"), "not a number"),
        (("--assume", "luck=1"), "no such assumption"),
        (("--assume", "pull=2"), "out of range"),
        (("--svg", "lives.png"), "must end in .svg"),
        (("--months", "0"), "--months"),
    ],
)
def test_what_cannot_be_used_is_refused(lichen, file, wrong: tuple[str, ...], told: str):
    result = lichen("simulate", file, *wrong)
    assert result.exit_code == 2
    assert told in result.stderr


def test_picture_is_drawn_and_not_written_over(lichen, file, tmp_path):
    picture = tmp_path / "lives.svg"
    assert lichen("simulate", file, *FEW, "--svg", picture).exit_code == 0
    assert "not a forecast" in picture.read_text(encoding="utf-8")
    assert lichen("simulate", file, *FEW, "--svg", picture).exit_code == 2


def test_csv_has_each_part(lichen, file):
    parts = {row["part"] for row in csv.DictReader(io.StringIO(lichen("simulate", file, *FEW, "-f", "csv").stdout))}
    assert parts == {"answer", "moment", "ending", "advice", "swing", "begins with"}
