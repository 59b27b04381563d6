"""The article's cases on the command line: one line each, one in full, and the file of one to begin from."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from lichen.cases.collection import CASES, article_case, article_cases
from lichen.files.alliances import read_alliance

PAGE = Path(__file__).parents[2] / "docs" / "discussion" / "cases.md"
LAYOUTS = pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])


def flat(result) -> str:
    return " ".join(result.stdout.split())


def parts(result, part: str) -> list[dict]:
    return [record for record in json.loads(result.stdout) if record["part"] == part]


def test_cases_are_told_one_a_line_with_what_would_have_been_said(lichen):
    shown = lichen("cases")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert [line.split()[0] for line in lines if line.split()[:1] and line.split()[0] in CASES] == [*CASES]
    assert "warned of 2 of 4 troubles, the first 271 days before" in flat(shown)
    assert max(map(len, lines)) <= 80


def test_page_about_the_cases_says_of_each_what_the_command_says(lichen):
    records = json.loads(lichen("cases", "--format", "json").stdout)
    rows = [f"| `{each['case']}` | {each['told_as']} | {each['sentence']} |" for each in records]
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in page if line.startswith("| `")] == rows


def test_cases_say_what_they_do_not_show(lichen):
    told = flat(lichen("cases"))
    assert "Of 9 troubles that came, Lichen would have warned before 5, and said nothing before 4." in told
    assert "The same people made the cases into files and made the rules" in told
    assert "this shows that the two agree, and not that the rules are right" in told


def test_cases_in_json_are_twenty_records(lichen):
    records = json.loads(lichen("cases", "--format", "json").stdout)
    assert [(each["case"], each["told_as"]) for each in records] == [
        (case.id, case.head.told_as) for case in article_cases()
    ]


@pytest.mark.parametrize("id", CASES)
def test_case_is_told_within_eighty_columns(lichen, id):
    shown = lichen("cases", id)
    assert shown.exit_code == 0
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert shown.stdout.startswith(article_case(id).head.title)


@LAYOUTS
def test_case_is_told_in_every_format(lichen, layout):
    shown = lichen("cases", "hospital_faith", "--format", layout)
    assert shown.exit_code == 0
    assert "Screenings begin at three churches." in shown.stdout


def test_case_is_a_timeline_of_facts_warnings_and_trouble(lichen):
    records = json.loads(lichen("cases", "near_bankrupt_nonprofit", "--format", "json").stdout)
    line = [(each["on"], each["part"]) for each in records if each["part"] in ("fact", "said", "trouble")]
    assert line == [
        ("2021-02-01", "fact"),
        ("2021-03-01", "fact"),
        ("2021-03-08", "fact"),
        ("2021-03-08", "said"),
        ("2021-03-15", "trouble"),
    ]
    assert [each["lead_days"] for each in records if each["part"] == "trouble"] == [7]


def test_trouble_that_stayed_away_is_called_averted(lichen):
    (record,) = parts(lichen("cases", "budget_cut_clause", "--format", "json"), "averted")
    assert record["sentence"] == "Averted: The coalition breaks over what one can no longer give."


def test_trouble_of_which_nothing_was_said_is_told_as_plainly(lichen):
    told = flat(lichen("cases", "water_access"))
    assert "The agency feels passed over when things are decided. Lichen would have said nothing of it before." in told


def test_warning_that_rests_on_what_we_filled_in_says_so(lichen):
    told = flat(lichen("cases", "civic_tech_city"))
    assert "Lichen would have warned 70 days before it would have come, by what we filled in ourselves." in told


def test_warning_of_which_the_article_tells_nothing_says_so(lichen):
    assert flat(lichen("cases", "youth_foundation")).count("→ Of this the article tells nothing.") == 1


def test_figures_of_the_article_stand_apart_as_its_claims(lichen):
    shown = lichen("cases", "environment_competitors")
    before, heading, after = shown.stdout.partition("Claimed in the article; no source found")
    assert heading
    assert "40 %" not in before
    assert "40 %" in after


def test_case_without_profiles_says_that_there_is_nothing_to_know(lichen):
    told = flat(lichen("cases", "climate_resilience"))
    assert "What Lichen would have said: nothing: too little is told." in told
    assert "Left out are 2 warnings of something missing" in told


def test_case_as_csv_has_one_table_for_all_parts(lichen):
    rows = [*csv.DictReader(io.StringIO(lichen("cases", "outgrown_partner", "-f", "csv").stdout))]
    assert [row["on"] for row in rows if row["part"] == "said"] == ["2021-07-05", "2021-10-04", "2022-01-10"]


def test_unknown_case_is_refused_with_the_nearest(lichen):
    refused = lichen("cases", "water-acces")
    assert refused.exit_code == 2
    assert "water_access" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_file_of_a_case_is_written_and_can_be_asked(lichen, tmp_path):
    out = tmp_path / "water.yaml"
    written = lichen("cases", "water_access", "--out", out)
    assert written.exit_code == 0
    assert read_alliance(out) == article_case("water_access").alliance
    asked = lichen("pitfalls", out, "--history", "--on", "2021-06-07")
    assert asked.exit_code == 1
    assert "2020-01-15" in asked.stdout


def test_file_of_a_case_does_not_take_the_place_of_another(lichen, tmp_path):
    out = tmp_path / "water.yaml"
    out.write_text("mine", encoding="utf-8")
    refused = lichen("cases", "water_access", "--out", out)
    assert (refused.exit_code, out.read_text(encoding="utf-8")) == (2, "mine")
    assert lichen("cases", "water_access", "--out", out, "--overwrite").exit_code == 0


@pytest.mark.parametrize("arguments", [("--out", "x.yaml"), ("water_access", "--out", "x.txt")])
def test_file_is_not_written_without_a_case_or_in_another_format(lichen, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert lichen("cases", *arguments).exit_code == 2
    assert [*tmp_path.iterdir()] == []
