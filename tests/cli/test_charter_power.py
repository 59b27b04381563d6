from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.conftest import EXAMPLES

COUNCIL = ["charter", "power", "--quota", "39", "--weights", "7,7,7,7,7,1,1,1,1,1,1,1,1,1,1"]
FIFTY = ["charter", "power", "--quota", "51", "--weights", "50,49,1", "--names", "Ardmore,Birk,Crale"]
GAME = """
players:
  - {name: Ardmore, votes: 5, people: 410}
  - {name: Birk, votes: 3, people: 380}
  - {name: Crale, votes: 2, people: 210}
passes: {all: [{votes: 7}, {people: 600}, {members: 2}]}
"""


def said(lichen, *arguments: str) -> str:
    """What a person reads, in one line."""
    return " ".join(lichen("charter", "power", *arguments).stdout.split())


def test_power_of_the_council_in_json_is_what_programs_are_promised(lichen):
    result = lichen(*COUNCIL, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(found) == ["players", "method", "standard_error"]
    assert (found["method"], found["standard_error"]) == ("exact", None)
    assert [list(each) for each in found["players"]] == [
        ["weight", "shapley_shubik", "banzhaf", "banzhaf_absolute"]
    ] * 15
    assert found["players"][0] == {
        "weight": 7,
        "shapley_shubik": pytest.approx(421 / 2145, abs=1e-15),
        "banzhaf": pytest.approx(0.16692913, abs=1e-8),
        "banzhaf_absolute": 0.0517578125,
    }
    assert found["players"][-1]["shapley_shubik"] == pytest.approx(4 / 2145, abs=1e-15)


def test_power_says_first_what_it_comes_to(lichen):
    lines = lichen(*FIFTY).stdout.splitlines()
    assert lines[:2] == [
        "Nothing passes without Ardmore: weights and quota give a veto that nobody has",
        "declared.",
    ]
    assert "Birk and Crale have the same power, although their weights differ." in lines
    assert [line.split() for line in lines if line.startswith(("Ardmore", "Birk  ", "Crale"))] == [
        ["Ardmore", "50", "50.0%", "66.7%", "60.0%", "veto,", "unintended"],
        ["Birk", "49", "49.0%", "16.7%", "20.0%"],
        ["Crale", "1", "1.0%", "16.7%", "20.0%"],
    ]


@pytest.mark.parametrize(
    ("quota", "weights", "sentence"),
    [
        (51, "60,25,15", "1 decides alone: nothing passes without it, and it needs nobody. The others have no say."),
        (67, "45,35,20", "3 is powerless: it never tips a decision, whatever its weight looks like."),
        (
            67,
            "45,35,20",
            "Nothing passes without each of 1 and 2: weights and quota give vetoes that nobody has declared.",
        ),
        (51, "45,35,20", "1, 2 and 3 have the same power, although their weights differ."),
        (100, "45,35,20", "Nothing passes unless all agree: everybody has a veto."),
        (71, "70,30", "Between two, weights mean nothing: any of them lets one decide alone or gives both a veto."),
        (51, "70,30", "Between two, weights mean nothing: any of them lets one decide alone or gives both a veto."),
        (2, "1,1,1", "Nobody decides alone, has a veto that was not declared, or is powerless."),
    ],
)
def test_power_says_in_a_sentence(lichen, quota, weights, sentence):
    assert sentence in said(lichen, "--quota", str(quota), "--weights", weights)


def test_declared_veto_is_not_called_unintended(lichen):
    told = said(lichen, "--quota", "2", "--weights", "1,1,1", "--names", "a,b,c", "--veto", "b")
    assert "that nobody has declared" not in told
    assert "veto, unintended" not in told


def test_power_of_a_game_in_a_file(lichen, tmp_path):
    (tmp_path / "game.yaml").write_text(GAME, encoding="utf-8")
    found = json.loads(lichen("charter", "power", "--game", tmp_path / "game.yaml", "--format", "json").stdout)
    assert [each["name"] for each in found["players"]] == ["Ardmore", "Birk", "Crale"]
    assert [each["weight"] for each in found["players"]] == [[5, 410, 1], [3, 380, 1], [2, 210, 1]]
    assert [each["shapley_shubik"] for each in found["players"]] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert "5 / 410 / 1" in lichen("charter", "power", "--game", tmp_path / "game.yaml").stdout


def test_power_under_the_rule_of_a_charter(lichen):
    result = lichen("charter", "power", EXAMPLES / "alliances" / "coalition.yaml", "--on", "2026-11-22")
    assert result.exit_code == 0
    assert "What say each partner has under the rule of the charter" in result.stdout
    assert "St Brigid's Hospital" in result.stdout
    assert "lichen charter weights" in result.stdout


def test_power_by_consent_is_everybodys_veto(lichen):
    told = said(lichen, str(EXAMPLES / "alliances" / "alliance.yaml"))
    assert told.startswith("Nothing passes unless all agree: everybody has a veto.")
    assert "Between two" not in told


def test_power_in_csv_has_a_row_for_each_however_many(lichen):
    weights = ",".join(["1"] * 200)
    rows = list(
        csv.DictReader(
            io.StringIO(lichen("charter", "power", "--quota", "101", "--weights", weights, "-f", "csv").stdout)
        )
    )
    assert len(rows) == 200
    assert float(rows[0]["shapley_shubik"]) == 1 / 200


def test_table_of_many_leaves_out_and_says_so(lichen):
    told = said(lichen, "--quota", "101", "--weights", ",".join(["1"] * 200))
    assert "140 more are left out here; --format csv has all." in told


def test_sample_says_how_far_it_may_be_off(lichen):
    weights = ",".join(str(10**40 + 7**place) for place in range(40))
    arguments = ["--quota", str(25 * 10**40), "--weights", weights, "--seed", "3"]
    assert "There are too many coalitions to count" in said(lichen, *arguments)
    found = json.loads(lichen("charter", "power", *arguments, "--format", "json").stdout)
    assert found["method"] == "sampled"
    assert 0 < found["standard_error"] < 0.05


def test_everything_wrong_with_the_options_is_told_at_once(lichen):
    result = lichen("charter", "power", "--quota", "0", "--weights", "60,x,-15,2.5", "--names", "a,a", "--veto", "q")
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "--quota",
        "--weights, item 2",
        "--weights, item 3",
        "--weights, item 4",
        "--names",
        "--names",
        "--veto, item 1",
    ]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--quota", "5"], "--weights, item 1: this is not a weight"),
        (["--weights", "1,2"], "--quota: this is not a whole number"),
        (["--quota", "4", "--weights", "1,2"], "--quota: with this quota nothing could ever pass"),
        (["x.yaml", "--quota", "5", "--weights", "3,3"], "more than one voting rule is given"),
        (["--names", "a,b"], "--names and --veto go with --quota and --weights"),
        ([], "alliance.yaml: there is no such file"),
    ],
)
def test_unusable_options_are_refused(lichen, arguments, problem):
    result = lichen("charter", "power", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(problem)


@pytest.mark.parametrize(
    ("weights", "exit_code"),
    [(",".join(["7"] * 10_001), 2), ("9" * 100_000, 2), (",".join(["1" + "0" * 400] * 300), 0)],
    ids=["too many", "too long", "long"],
)
def test_hostile_numbers_are_refused_or_counted(lichen, weights, exit_code):
    assert lichen("charter", "power", "--quota", "1" + "0" * 401, "--weights", weights).exit_code == exit_code


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_names_do_not_command_the_terminal(lichen, layout):
    result = lichen("charter", "power", "--names", "a\x1b[31m", "--quota", "1", "--weights", "1", "--format", layout)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "u001b" not in result.stdout
