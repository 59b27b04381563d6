from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.conftest import EXAMPLES

COALITION = EXAMPLES / "alliances" / "coalition.yaml"


def said(lichen, *arguments: object) -> str:
    """What a person reads, in one line."""
    return " ".join(lichen("charter", "weights", *arguments).stdout.split())


def test_weights_from_shares_say_what_they_give_and_that_nothing_is_nearer(lichen):
    told = said(lichen, "--shares", "0.6,0.25,0.15", "--names", "Ardmore,Birk,Crale")
    assert told.startswith(
        "Weights 2, 1, 1; 3 of 4 needed to pass."
        " Power and risk differ by 0.167 in all, where 0 is not at all and 2 the most."
        " Nothing comes nearer: among 3 there are only 2 ways to divide power, if everybody is to have some say and"
        " nobody all of it."
    )
    assert "Ardmore 60.0% 2 66.7% +6.7" in told
    assert "33.3% 33.3% 33.3% 1, 1, 1 2 0.533" in told


def test_weights_in_json_have_everything(lichen):
    found = json.loads(lichen("charter", "weights", "--shares", "60,25,15", "--format", "json").stdout)
    assert found["players"][0] == {"name": "1", "risk": 0.6, "weight": 2, "power": pytest.approx(2 / 3)}
    assert {key: found[key] for key in ("quota", "index", "is_certified", "is_minimal")} == {
        "quota": 3,
        "index": "shapley-shubik",
        "is_certified": True,
        "is_minimal": True,
    }
    assert found["distance"] == pytest.approx(1 / 6)
    assert [each["weights"] for each in found["reachable"]] == [[2, 1, 1], [1, 1, 1]]


def test_weights_in_csv_have_a_row_for_each(lichen):
    rows = list(csv.DictReader(io.StringIO(lichen("charter", "weights", "--shares", "60,25,15", "-f", "csv").stdout)))
    assert [row["weight"] for row in rows] == ["2", "1", "1"]


def test_weights_of_an_alliance_come_with_the_lines_to_adopt(lichen):
    result = lichen("charter", "weights", COALITION, "--on", "2026-11-22")
    assert result.exit_code == 0
    assert "      - {partner: example-churches, weight: 3}" in result.stdout.splitlines()
    assert "    threshold: 5/8" in result.stdout.splitlines()
    assert "    quorum: 3" in [line.rstrip() for line in result.stdout.splitlines()]


def test_weights_of_two_partners_come_without_lines_to_adopt(lichen):
    told = said(lichen, EXAMPLES / "alliances" / "alliance.yaml", "--on", "2026-11-22")
    assert "Decide by consent." in told
    assert "To adopt them" not in told


def test_adopted_lines_give_the_power_that_was_promised(lichen, tmp_path):
    lines = lichen("charter", "weights", COALITION, "--on", "2026-11-22").stdout.splitlines()
    adopted = [line.rstrip() for line in lines[lines.index("  rule:") :]]
    text = COALITION.read_text(encoding="utf-8")
    old = text[text.index("  rule:\n") : text.index("  exposures:\n")]
    (tmp_path / "coalition.yaml").write_text(text.replace(old, "\n".join(adopted) + "\n"), encoding="utf-8")
    (tmp_path / "coalition.yaml").chmod(0o600)
    promised = json.loads(lichen("charter", "weights", COALITION, "--on", "2026-11-22", "-f", "json").stdout)
    given = json.loads(lichen("charter", "power", tmp_path / "coalition.yaml", "-f", "json").stdout)
    assert [each["shapley_shubik"] for each in given["players"]] == [each["power"] for each in promised["players"]]


def test_weights_between_two_say_to_use_consent(lichen):
    told = said(lichen, "--shares", "90,10")
    assert "Between two, every vote lets one decide alone or gives both a veto" in told


def test_weights_among_many_claim_no_more_than_a_search_can(lichen):
    told = said(lichen, "--shares", "9,7,5,5,3,2,1")
    assert "That is the nearest that the search has found; among so many, others may be nearer." in told


def test_weights_say_where_the_same_risk_gets_other_power(lichen):
    assert "1, 2 and 3: not all who risk the same have the same power here." in said(lichen, "--shares", "3,3,3,1")
    assert "not all who risk the same" not in said(lichen, "--shares", "3,3,3,1", "--alike")


def test_weights_by_banzhaf_with_a_threshold(lichen):
    told = said(lichen, "--shares", "5,3,2,2,2", "--threshold", "2/3", "--at-least", "--index", "banzhaf")
    assert told.startswith("Weights 3, 2, 2, 1, 1; 6 of 9 needed to pass.")
    assert "if it is to keep to what is asked for" in told


def test_extremes_come_only_when_they_are_asked_for(lichen):
    assert said(lichen, "--shares", "18,1,1").startswith("Weights 2, 1, 1")
    assert said(lichen, "--shares", "18,1,1", "--extremes").startswith("Weights 1, 0, 0; 1 of 1 needed to pass.")


def test_limits_that_nothing_keeps_to_end_with_a_finding(lichen):
    result = lichen("charter", "weights", "--shares", "5,4,3", "--cap", "30%")
    assert result.exit_code == 1
    assert result.stdout.startswith("No weights keep to all that is asked for.")
    found = json.loads(lichen("charter", "weights", "--shares", "5,4,3", "--cap", "30%", "-f", "json").stdout)
    assert (found["quota"], found["distance"], found["reachable"]) == (None, None, [])
    assert found["players"][0] == {"name": "1", "risk": pytest.approx(5 / 12), "weight": None, "power": None}


def test_everything_wrong_with_the_options_is_told_at_once(lichen):
    result = lichen("charter", "weights", "--shares", "5,x,3", "--names", "a", "--cap", "30x", "--floor", "2")
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "--cap",
        "--floor",
        "--shares, item 2",
        "--names",
    ]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--shares", "0,0,0"], "--shares: nobody risks anything"),
        (["--shares", "5"], "--shares: there are too few partners, or too many"),
        (["--shares", "5,4", "--threshold", "1/3"], "--threshold: below one half"),
        (["--shares", "5,4", "--floor", "3/4", "--cap", "1/2"], "--floor: the floor is above the cap"),
        (["x.yaml", "--shares", "5,4"], "a file and --shares are both given"),
        (["--names", "a,b"], "--names goes with --shares"),
    ],
)
def test_unusable_options_are_refused(lichen, arguments, problem):
    result = lichen("charter", "weights", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(problem)


def test_alliance_without_a_declared_risk_is_refused(lichen):
    result = lichen("charter", "weights", COALITION, "--on", "2020-01-01")
    assert result.exit_code == 2
    assert "no partner has declared what it risks" in result.stderr
