"""``lichen charter votes``: the outcome first, then its arithmetic, then what waits for somebody."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Organisation
from lichen.cli.group import DONE, FINDINGS, UNUSABLE
from lichen.files.alliances import alliance_text
from tests.cast import churches, hospital, river
from tests.cli.conftest import Run

TWO, THREE = (hospital, churches), (hospital, churches, river)
RULE = "rule: {method: by-risk}"
EXPOSURES = f"""
exposures:
- {{partner: {hospital.id}, likelihood: 2, harm: 3}}
- {{partner: {churches.id}, likelihood: 4, harm: 5}}
- {{partner: {churches.id}, likelihood: 2, harm: 2}}
- {{partner: {river.id}, likelihood: 2, harm: 5}}
"""
FAIR = f"""
- id: fair
  title: Hold a second fair
  by: {hospital.id}
  touches: [trust.underserved]
  opened_on: 2026-05-04
  closes_on: 2026-05-11
  stances:
  - {{by: {hospital.id}, position: for, taken_on: 2026-05-04, person: Dr Osei}}
  - {{by: {churches.id}, position: for, taken_on: 2026-05-05, person: Revd Pell}}
"""
VETO = f"""
vetoes:
- by: {hospital.id}
  motion: fair
  vetoed_on: 2026-05-06
  codes: [trust.underserved]
  reason: Nobody would come again.
  would_resolve: Ask the ward first.
"""
REQUEST = f"""
requests:
- {{id: rota, by: {churches.id}, to: {hospital.id}, what: The rota, asked_on: 2026-05-04, liaison_asking: Abdi,
   liaison_asked: Tom}}
"""


@pytest.fixture
def alliance(tmp_path: Path) -> Any:
    """Write an alliance's file with these parts of a charter, and say where it is."""

    def write(*parts: str, partners: Sequence[Organisation] = THREE, motions: str = "") -> Path:
        begun = alliance_text(Alliance("Eastfield", partners=tuple(map(Audit, partners)))).decode()
        charter = "".join(parts) + (f"\nmotions:{motions}" if motions else "")
        lines = "\n".join(f"  {line}" for line in charter.splitlines())
        path = tmp_path / "alliance.yaml"
        path.write_text(f"{begun}charter:\n{lines}\n", encoding="utf-8")
        path.chmod(0o600)
        return path

    return write


def test_outcome_comes_first_and_then_its_arithmetic(lichen: Run, alliance: Any):
    ran = lichen("charter", "votes", alliance(RULE, EXPOSURES, motions=FAIR), "--on", "2026-05-12", "--motion", "fair")
    assert (ran.exit_code, ran.stderr) == (DONE, "")
    assert [line.rstrip() for line in ran.stdout.splitlines()] == [
        "Hold a second fair (fair)",
        "",
        "Passed: those for it weigh 105 of 105 (100%), and more than 1/2 was needed.",
        "    – 2 of 3 partners took part themselves; 2 are needed.",
        "    – For 105 and against 0 make 105 cast; 0 abstain and 55 are absent, which",
        "      changes nothing. To pass, more than 1/2 of 105 must be for it: 53 or more.",
        "    – It is reckoned by the rule as it stands now, and a rule agreed on later",
        "      would change it: write into the motion the rule and weights of the day it",
        "      opened (the lines stand below).",
        "    – It is looked at again on 11 November 2026.",
        "",
        "Partner                      Stance  Weight  Share  Said by",
        "St Brigid's Hospital         for         33  20.6%  Dr Osei, 4 May 2026",
        "Three Churches of Eastfield  for         72    45%  Revd Pell, 5 May 2026",
        "River Fund                   absent      55  34.4%",
        "",
        "If the rule has not changed since the day it opened, let the motion have these",
        "lines:",
        "    - id: fair",
        "      rule:",
        "        method: by-risk",
        "      weights:",
        f"        - {{partner: {hospital.id}, weight: 33}}",
        f"        - {{partner: {churches.id}, weight: 72}}",
        f"        - {{partner: {river.id}, weight: 55}}",
    ]


def test_motion_with_the_printed_lines_keeps_its_outcome_under_a_later_rule(lichen: Run, alliance: Any):
    rule = "rule: {method: by-risk, quorum: 2, threshold: 2/3}"
    told = lichen("charter", "votes", alliance(rule, EXPOSURES, motions=FAIR), "--on", "2026-05-12", "--motion", "fair")
    lines = [line.rstrip() for line in told.stdout.splitlines()]
    kept = "\n".join(line[4:] for line in lines[lines.index("    - id: fair") + 1 :])
    later = alliance("rule: {method: one-each, quorum: 3}", EXPOSURES, motions=f"{FAIR.rstrip()}\n{kept}\n")
    [motion, _rule] = json.loads(lichen("charter", "votes", later, "--on", "2026-05-12", "--format", "json").stdout)
    assert (motion["ground"], motion["method"], motion["needed"], motion["findings"]) == (
        "enough-weight",
        "by-risk",
        71,
        [],
    )


def test_objection_that_lacks_its_aim_is_told_and_needs_mending(lichen: Run, alliance: Any):
    incomplete = FAIR.replace("position: for, taken_on: 2026-05-05", "position: objection, taken_on: 2026-05-05")
    path = alliance("rule: {method: consent}", motions=incomplete.replace("Revd Pell", "Revd Pell, reason: Too soon"))
    ran = lichen("charter", "votes", path, "--on", "2026-05-12")
    assert ran.exit_code == FINDINGS
    assert (
        "What Three Churches of Eastfield said on 5 May 2026 does not count as an objection: it needs `reason` and"
        " `harms`; `harms` is not there."
    ) in " ".join(ran.stdout.split())


def test_standing_veto_needs_mending(lichen: Run, alliance: Any):
    assert (
        lichen("charter", "votes", alliance(RULE, EXPOSURES, VETO, motions=FAIR), "--on", "2026-05-12").exit_code == 1
    )


def test_note_on_two_partners_is_told_once(lichen: Run, alliance: Any):
    path = alliance(RULE, partners=TWO, motions=f"{FAIR}{FAIR.replace('id: fair', 'id: walk')}")
    for asked in ((), ("--motion", "walk")):
        assert lichen("charter", "votes", path, "--on", "2026-05-12", *asked).stdout.count("Between two, any") == 1


def test_rule_is_visible_before_any_vote_with_the_arithmetic_of_each_weight(lichen: Run, alliance: Any):
    ran = lichen("charter", "votes", alliance(RULE, EXPOSURES), "--on", "2026-05-01")
    told = [line.rstrip() for line in ran.stdout.splitlines()]
    assert ran.exit_code == DONE
    assert told[:3] == ["How you decide", "", "By votes that follow what each of you risks, not what you give."]
    assert told[told.index("What each of you weighs") :] == [
        "What each of you weighs",
        "",
        "Partner                      Likelihood × harm     Weight  Share",
        "St Brigid's Hospital         2×3 = 6 of 40             33  20.6%",
        "Three Churches of Eastfield  4×5 + 2×2 = 24 of 40      72    45%  at the cap",
        "River Fund                   2×5 = 10 of 40            55  34.4%",
        "",
        "Shares of the risk, none below 1/6 or above 45%; the weights are the same as",
        "whole numbers, 160 in all. What say they really give: lichen charter power",
    ]


def test_two_partners_are_told_that_weights_mean_nothing(lichen: Run, alliance: Any):
    ran = lichen("charter", "votes", alliance(RULE, partners=TWO), "--on", "2026-05-01")
    assert "Between two, any weights make one of you a dictator or give each of you a" in ran.stdout
    assert "What each of you weighs" not in ran.stdout


def test_rule_that_nobody_agreed_on_is_told_as_the_default(lichen: Run, alliance: Any):
    ran = lichen("charter", "votes", alliance("exposures: []"), "--format", "json")
    [rule] = json.loads(ran.stdout)
    assert (rule["is_agreed"], rule["method"], rule["quorum"]) == (False, "consent", 2)


def test_vetoes_mediation_and_requests_follow_the_outcomes(lichen: Run, alliance: Any):
    rule = "rule: {method: by-risk, vetoes_on_a_subject: 1}"
    path = alliance(rule, EXPOSURES, VETO, REQUEST, motions=FAIR)
    ran = lichen("charter", "votes", path, "--on", "2026-05-20", "--format", "json")
    assert ran.exit_code == FINDINGS
    motion, veto, mediation, request, rule_record = json.loads(ran.stdout)
    assert (motion["decision"], motion["vetoed_by"]) == ("blocked", [hospital.id])
    assert (veto["would_resolve"], veto["reasons"][0]) == ("Ask the ward first.", "Why: Nobody would come again.")
    assert (mediation["vetoes"], mediation["limit"], mediation["subject"]) == (1, 1, "fair")
    assert (request["status"], request["late"], request["due_on"]) == ("overdue", 2, "2026-05-18")
    assert rule_record["kind"] == "rule"


def test_one_motion_leaves_out_what_is_not_about_it(lichen: Run, alliance: Any):
    path = alliance(RULE, EXPOSURES, REQUEST, motions=f"{FAIR}- {{id: rent}}\n")
    ran = lichen("charter", "votes", path, "--on", "2026-05-20", "--motion", "rent", "--format", "json")
    assert (ran.exit_code, [record["id"] for record in json.loads(ran.stdout)]) == (DONE, ["rent"])


@pytest.mark.parametrize("layout", ["table", "json", "csv", "md"])
def test_nothing_printed_names_the_weakness_that_a_veto_is_about(lichen: Run, alliance: Any, layout: str):
    path = alliance(RULE, EXPOSURES, VETO, motions=FAIR)
    ran = lichen("charter", "votes", path, "--on", "2026-05-20", "--format", layout)
    assert "a declared core weakness of theirs" in " ".join(ran.stdout.split())
    assert "trust.underserved" not in ran.output
    assert not any(gap.words in ran.output for gap in hospital.vulnerabilities)


def test_csv_has_a_row_for_each_record(lichen: Run, alliance: Any):
    ran = lichen("charter", "votes", alliance(RULE, EXPOSURES, motions=FAIR), "--on", "2026-05-20", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    assert [(row["kind"], row["decision"], row["for"]) for row in rows] == [
        ("motion", "passed", "105"),
        ("rule", "", ""),
    ]


@pytest.mark.parametrize(
    ("on", "status"), [("2026-05-10", DONE), ("2026-05-11", DONE), ("2026-11-10", DONE), ("2026-11-11", FINDINGS)]
)
def test_review_that_is_due_needs_mending(lichen: Run, alliance: Any, on: str, status: int):
    assert lichen("charter", "votes", alliance(RULE, EXPOSURES, motions=FAIR), "--on", on).exit_code == status


def test_missing_quorum_needs_mending(lichen: Run, alliance: Any):
    path = alliance("rule: {method: by-risk, quorum: 3}", EXPOSURES, motions=FAIR)
    ran = lichen("charter", "votes", path, "--on", "2026-05-12")
    assert ran.exit_code == FINDINGS
    assert "Undecided: too few took part. Call those who are missing, and vote anew." in ran.stdout


def test_unknown_motion_is_refused_with_those_that_there_are(lichen: Run, alliance: Any):
    ran = lichen("charter", "votes", alliance(RULE, EXPOSURES, motions=FAIR), "--motion", "fare")
    assert (ran.exit_code, ran.stderr) == (UNUSABLE, "there is no motion of this id; right would be: fair\n")


def test_everything_wrong_in_the_rule_is_refused_at_once(lichen: Run, alliance: Any):
    ran = lichen("charter", "votes", alliance("rule: {method: by-risk, threshold: most, quorum: 1}"))
    assert ran.exit_code == UNUSABLE
    assert ran.stderr.splitlines() == [
        "alliance.yaml, charter, rule.threshold: it is not a share of one; right would be: such as 2/3, 45% or 0.45",
        "alliance.yaml, charter, rule.quorum: the number is too small; right would be: 2 or more",
    ]


def test_worked_examples_show_their_trouble(lichen: Run):
    two = lichen("charter", "votes", "alliances/alliance.yaml", "--on", "2026-11-22")
    assert (two.exit_code, two.stdout.count("Passed by consent: nobody has a reasoned objection.")) == (FINDINGS, 1)
    assert "Not passed: it was vetoed, and the veto was resolved in another way." in two.stdout
    assert "Overdue by 6 days, since 16 November 2026." in two.stdout
    four = lichen("charter", "votes", "alliances/coalition.yaml", "--on", "2026-11-22")
    assert "Passed: those for it weigh 89 of 152 (58.6%), and more than 1/2 was needed." in four.stdout
