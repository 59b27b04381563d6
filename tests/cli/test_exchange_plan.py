"""``lichen exchange plan``: the plan for people first, its certificate, who goes without, and a division for two."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation, Vulnerability
from lichen.cli.exchange.plan_words import plan_blocks
from lichen.cli.group import DONE, FINDINGS, UNUSABLE
from lichen.exchange.plan.proposal import fairest_plan
from lichen.exchange.plan.values import PlanRules
from lichen.files.alliances import write_alliance
from lichen.fit.showing import showable
from lichen.scales import Sensitivity
from tests.cast import churches, foundation, hospital, stranger, youth
from tests.cli.conftest import Run

CONFESSION = "zq the roof is rotten zq"
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write an alliance of these partners, and say where."""

    def write(*partners: Organisation) -> Path:
        path = tmp_path / "alliance.yaml"
        write_alliance(Alliance("Eastfield", partners=tuple(map(Audit, partners))), path)
        return path

    return write


def told(lichen: Run, *arguments: object, ends: int = DONE) -> str:
    """What the command prints, its line ends as spaces."""
    ran = lichen("exchange", "plan", *arguments)
    assert (ran.exit_code, ran.stderr) == (ends, "")
    return " ".join(ran.stdout.split())


def records(lichen: Run, *arguments: object) -> dict[str, list[dict[str, Any]]]:
    """The records of each part."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for one in json.loads(lichen("exchange", "plan", *arguments, "-f", "json").stdout):
        parts.setdefault(one["part"], []).append(one)
    return parts


def test_gifts_come_first_grouped_by_giver_then_gains_and_certificate(lichen: Run, written: Written) -> None:
    text = told(lichen, written(hospital, churches))
    wanted = (
        "St Brigid's Hospital gives 2 of the 3 it can",
        "→ Three Churches of Eastfield",
        "as expertise or staff time (5 of 5, vouched for)",
        "Three Churches of Eastfield gives 3 of the 3 it can",
        "What each gains",
        "Least: St Brigid's Hospital, ",
        "This is the best possible plan, and that is proven",
        "To count them: --all",
    )
    places = [text.find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_json_has_the_plan_of_the_library(lichen: Run, written: Written) -> None:
    partners = hospital, churches, youth, foundation
    found = records(lichen, written(*partners))
    plan = fairest_plan(map(showable, partners))
    assert [(one["giver"], one["receiver"], one["code"], one["worth"]) for one in found["gift"]] == [
        (gift.giver, gift.receiver, gift.code, gift.worth) for gift in plan.gifts
    ]
    assert [(one["partner"], one["net"]) for one in found["gain"]] == [(one.partner, one.net) for one in plan.gains]
    [sure] = found["certificate"]
    assert (sure["is_optimal"], sure["smallest"], sure["mean"]) == (
        True, plan.certificate.smallest, plan.certificate.mean,
    )  # fmt: skip
    assert [one["code"] for one in found["uncovered"]] == [gap.code for gap in plan.uncovered]


def test_every_number_of_a_gift_can_be_worked_out_again(lichen: Run, written: Written) -> None:
    found = records(lichen, written(hospital, churches))
    for gift in found["gift"]:
        assert gift["worth"] == pytest.approx(sum(met["worth"] for met in gift["meets"]))
        assert gift["cost"] == pytest.approx(0.1 * gift["effort"] / 3)
    for gain in found["gain"]:
        taken = [gift for gift in found["gift"] if gift["receiver"] == gain["partner"]]
        assert gain["received"] == pytest.approx(sum(gift["worth"] for gift in taken))
        assert gain["net"] == gain["received"] - gain["cost"]


def test_csv_is_one_table(lichen: Run, written: Written) -> None:
    ran = lichen("exchange", "plan", written(hospital, churches), "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    assert [row["part"] for row in rows] == ["gift"] * 5 + ["gain"] * 2 + ["certificate"]
    assert all(None not in row for row in rows)


def test_who_gets_nothing_is_named_with_the_reason_and_ends_with_findings(lichen: Run, written: Written) -> None:
    text = told(lichen, written(hospital, churches, stranger), ends=FINDINGS)
    assert "Of 3 partners 2 gain." in text
    assert "Gets nothing, and is asked for nothing A. Stranger Ltd It has not said what it lacks." in text


def test_alliance_where_nobody_can_help_says_so(lichen: Run, written: Written) -> None:
    text = told(lichen, written(hospital, stranger), ends=FINDINGS)
    assert text.startswith("There is nothing to give from which anybody would gain. It is proven")
    assert "What nobody covers" in text


def test_capacity_is_stated_for_all_and_for_one_by_id_or_name(lichen: Run, written: Written) -> None:
    path = written(hospital, churches)
    stated = ("--capacity", "2", "--capacity", "example-hospital=1", "--capacity", "Three Churches of Eastfield=4")
    capacities = [one["capacity"] for one in records(lichen, path, *stated)["gain"]]
    assert capacities == [1, 4]
    rules = PlanRules(capacity=2, capacities={"example-hospital": 1, "example-churches": 4})
    codes = [gift.code for gift in fairest_plan(map(showable, (hospital, churches)), rules=rules).gifts]
    assert [one["code"] for one in records(lichen, path, *stated)["gift"]] == codes


def test_effort_is_stated_in_hours(lichen: Run, written: Written) -> None:
    hours = ("--capacity", "10", "--effort", "2", "--effort", "example-churches:assets.venue=6")
    found = records(lichen, written(hospital, churches), *hours)
    assert {(one["code"], one["effort"]) for one in found["gift"]} >= {("assets.venue", 6), ("trust.underserved", 2)}


@pytest.mark.parametrize(
    "wrong",
    [
        ("--capacity", "many"),
        ("--capacity", "nobody=2"),
        ("--capacity=-1",),
        ("--effort", "example-hospital:no.such=2"),
    ],
    ids=["no number", "nobody", "below 0", "no such offer"],
)
def test_wrong_amounts_are_refused(lichen: Run, written: Written, wrong: tuple[str, ...]) -> None:
    ran = lichen("exchange", "plan", written(hospital, churches), *wrong)
    assert (ran.exit_code, ran.stdout) == (UNUSABLE, "")


def test_what_is_highly_sensitive_or_not_relevant_is_left_out_until_asked_for(lichen: Run, written: Written) -> None:
    kept = Vulnerability("knowledge.medical", 5, 1, sensitivity=Sensitivity.HIGH, words=CONFESSION)
    path = written(hospital, replace(churches, vulnerabilities=(kept, *churches.vulnerabilities[1:])))
    usual, whole = lichen("exchange", "plan", path).stdout, lichen("exchange", "plan", path, "--all").stdout
    assert ("for medical and clinical" in usual.lower(), "staff and volunteer" in usual.lower()) == (False, False)
    assert "Medical and clinical" in whole
    assert "Staff and volunteer" in whole
    assert CONFESSION not in usual + whole


def test_search_cut_short_is_told_with_how_much_better_a_plan_could_be() -> None:
    plan = fairest_plan((hospital, churches))
    open_still = replace(
        plan.certificate, served=1, smallest=0.25, smallest_bound=0.31, mean=0.4, mean_bound=0.42, tolerance=1e-6
    )
    blocks = plan_blocks(replace(plan, certificate=open_still), PlanRules(), {}, is_whole=True)
    told_of_it = next(block.empty for block in blocks if block.empty)
    assert told_of_it.splitlines()[1:] == [
        "It is not proven that this is the best possible plan: the search was cut short. For longer: --seconds 120",
        "At most 2 of the partners could gain; in this plan it is 1.",
        "At most, the one who gains least could gain 31%; in this plan it gains 25%.",
        "At most, the gains could be 5% better on the whole (their geometric mean).",
    ]


def test_division_tells_who_gets_what(lichen: Run, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text(
        "item,Israel,Egypt\nSinai,35,55\nrecognition,10,5\nWest Bank,20,10\nlinkage,10,5\nrights,5,20\nJerusalem,20,5\n"
    )
    text = told(lichen, "--divide", path)
    assert "Sinai 35 55 Israel: 1/6, Egypt: 5/6" in text
    assert "Each gets 65.83 of its own 100 points (395/6 exactly)." in text
    found = json.loads(lichen("exchange", "plan", "--divide", path, "-f", "json").stdout)
    assert [(one["item"], one["first_part_exact"]) for one in found][:2] == [("Sinai", "1/6"), ("recognition", "1")]


def test_division_of_nonsense_is_refused_with_all_that_is_wrong(lichen: Run, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("item,Hospital,Churches\nhalls,lots,-2\n")
    ran = lichen("exchange", "plan", "--divide", path)
    assert (ran.exit_code, len(ran.stderr.splitlines())) == (UNUSABLE, 2)


def test_worked_coalition_is_planned_and_proven(lichen: Run) -> None:
    [sure] = records(lichen, "alliances/coalition.yaml")["certificate"]
    assert (sure["served"], sure["is_optimal"]) == (4, True)


def test_lines_of_the_solver_never_reach_the_answer(shell: Callable[..., Any]) -> None:
    """What compiled code prints is thrown away, what Python prints is kept, in the order in which it came."""
    code = (
        "import ctypes\n"
        "from lichen.cli.exchange.stray import without_stray_lines\n"
        "print('before')\n"
        "with without_stray_lines():\n"
        "    ctypes.CDLL(None).puts(b'stray')\n"
        "print('after')\n"
    )
    assert shell("-c", code).stdout == "before\nafter\n"
