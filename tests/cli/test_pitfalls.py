"""Warnings on the command line: what matters first comes first, and a partner's copy betrays nothing."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from lichen.alliance.values import Alliance
from lichen.brief.phrases import label
from lichen.files.alliances import write_alliance
from lichen.pitfalls.rules import RULES
from lichen.pitfalls.values import RuleCode
from tests.core.pitfalls.situations import DAY, STORIES, alliance, promised
from tests.core.pitfalls.test_showing import PLANTED, WORDS, with_planted

ON = ("--on", DAY.isoformat())
WORKED = "alliances/alliance.yaml"
LAYOUTS = pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])


@pytest.fixture
def kept(tmp_path):
    """Write an alliance, and say where."""

    def write(made: Alliance) -> Path:
        path = tmp_path / "alliance.yaml"
        write_alliance(made, path)
        return path

    return write


def flat(result) -> str:
    return " ".join(result.stdout.split())


def test_nothing_to_warn_of_ends_with_0(lichen, kept):
    result = lichen("pitfalls", kept(alliance()), *ON)
    assert result.exit_code == 0
    assert result.stdout.strip() == "Nothing crosses a threshold today. That is no promise: ask one another."


def test_warning_tells_who_by_what_figures_since_when_what_next_and_where_it_is_from(lichen, kept):
    result = lichen("pitfalls", kept(promised(9)), *ON)
    assert result.exit_code == 1
    assert [line.strip() for line in result.stdout.splitlines() if line.strip()] == [
        "Mend this",
        "▲ Three Churches of Eastfield is late with what it promised St Brigid's",
        "Hospital.",
        "9 days (warns above 0); 1 promise, since 23 September 2026",
        "→ Ask whether it can still be kept; if not, make it smaller together.",
        "From: our proposal",
    ]


def test_what_stops_comes_first_and_advice_stands_once(lichen, kept):
    made = STORIES[RuleCode.NOT_TO_ALLY].fires
    told = flat(lichen("pitfalls", kept(made), *ON))
    assert told.startswith("Settle this before anything else ■ small needs Large hospital so much more")
    told = flat(lichen("pitfalls", "alliances/coalition.yaml", "--on", "2026-11-23"))
    assert told.count("nobody could cover what") == 6
    assert told.count("Look for a second partner") == 1


def test_worked_file_is_warned_of_what_is_in_it(lichen):
    result = lichen("pitfalls", WORKED, "--on", "2026-11-23", "--format", "json")
    assert result.exit_code == 1
    found = [(row["rule"], row["concerns"][0]) for row in json.loads(result.stdout)]
    assert ("request-late", "example-hospital") in found
    assert ("weakness-untaken", "example-hospital") in found


@LAYOUTS
@pytest.mark.parametrize("option", [(), ("--history",)])
def test_copy_of_a_partner_bears_no_planted_confession(lichen, kept, layout: str, option: tuple[str, ...]):
    for code in (RuleCode.MATERIAL_FACT_DUE, RuleCode.SINGLE_POINT, RuleCode.OPENED_MANY, RuleCode.WEAKNESS_UNTAKEN):
        made = with_planted(STORIES[code].fires)
        first, second, *others = made.partners
        silent = replace(second, organisation=replace(second.organisation, vulnerabilities=()))
        made = replace(made, partners=(first, silent, *others))
        result = lichen("pitfalls", kept(made), *ON, "--for", silent.organisation.id, "--format", layout, *option)
        assert [word for word in (PLANTED, WORDS, label(PLANTED)) if word in result.stdout] == []


def test_partner_is_not_told_that_another_owes_it_a_fact(lichen, kept):
    path = kept(STORIES[RuleCode.MATERIAL_FACT_DUE].fires)
    owner, reader = (lichen("pitfalls", path, *ON, "--for", id, "--format", "json") for id in ("nonprofit", "sponsor"))
    assert "material-fact-due" in {row["rule"] for row in json.loads(owner.stdout)}
    assert "material-fact-due" not in {row["rule"] for row in json.loads(reader.stdout)}
    assert "solvency" not in reader.stdout


def test_history_tells_the_first_day(lichen, kept):
    result = lichen("pitfalls", kept(promised(9)), *ON, "--history")
    assert result.exit_code == 1
    assert "2026-09-23 Three Churches of Eastfield is late with what it promised" in flat(result)
    rows = json.loads(lichen("pitfalls", WORKED, "--on", "2026-11-23", "--history", "-f", "json").stdout)
    assert [row["first_on"] for row in rows] == sorted(row["first_on"] for row in rows)


def test_rules_are_printed_without_a_file(lichen, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = lichen("pitfalls", "--rules", "--format", "json")
    assert result.exit_code == 0
    assert [row["rule"] for row in json.loads(result.stdout)] == [rule.code.value for rule in RULES]
    told = flat(lichen("pitfalls", "--rules"))
    assert "opened-many: over-disclosure Looks at: matters; warns above 3. →" in told


def test_csv_has_one_row_a_warning(lichen, kept):
    rows = list(csv.DictReader(io.StringIO(lichen("pitfalls", kept(promised(9)), *ON, "-f", "csv").stdout)))
    assert [(row["rule"], row["told"]) for row in rows] == [("promise-late", "9 days (warns above 0); 1 promise")]


def test_unknown_partner_is_refused(lichen, kept):
    result = lichen("pitfalls", kept(alliance()), *ON, "--for", "nobody")
    assert result.exit_code == 2
    assert "no partner of the alliance has this id" in result.stderr
