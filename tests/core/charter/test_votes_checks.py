"""What does not agree between the parts of a file that are about deciding."""

from __future__ import annotations

from datetime import date

from lichen.charter.requests import ChangeRequest
from lichen.charter.veto import Veto
from lichen.charter.votes.checks import deciding_problems
from lichen.charter.votes.values import (
    AgreedWeight,
    Delegate,
    Exposure,
    Motion,
    Position,
    Stance,
    VotingMethod,
    VotingRule,
)
from tests.cast import churches, hospital, river

FIRST = date(2026, 5, 4)
THREE = (hospital, churches, river)
CODE = "trust.underserved"


def test_file_in_order_has_no_problems():
    stance = Stance(hospital.id, Position.FOR, FIRST, on_behalf_by=churches.id)
    assert (
        deciding_problems(
            THREE,
            VotingRule(VotingMethod.BY_RISK, quorum=3, delegates=(Delegate(river.id, "Ada"),)),
            [Exposure(hospital.id, 1, 1)],
            [Motion("fair", by=churches.id, opened_on=FIRST, touches=(CODE,), stances=(stance,))],
            [Veto(hospital.id, "fair", FIRST, (CODE,))],
            [ChangeRequest("forms", hospital.id, river.id, "Forms", FIRST)],
        )
        == []
    )


def test_everything_that_does_not_agree_is_told_with_its_place():
    stances = (Stance("x", Position.FOR, FIRST), Stance(hospital.id, Position.FOR, FIRST, on_behalf_by="x"))
    weights = (AgreedWeight(river.id, 1), AgreedWeight(river.id, 2))
    motions = [
        Motion("fair", by="x", opened_on=FIRST, touches=("trust.of-my-cat",), stances=stances, weights=weights),
        Motion("fair"),
    ]
    found = deciding_problems(
        THREE,
        VotingRule(quorum=4, delegates=(Delegate("x", "Ada"),), weights=(AgreedWeight(hospital.id, 1),)),
        [Exposure("x", 1, 1)],
        motions,
        [Veto("x", "other", FIRST, ("trust.of-my-cat",))],
        [
            ChangeRequest("forms", "x", "x", "Forms", FIRST),
            ChangeRequest("forms", hospital.id, river.id, "Forms", FIRST),
        ],
    )
    assert [problem.place for problem in found] == [
        "charter, rule.delegates, item 1, partner",
        "charter, rule.quorum",
        "charter, rule.weights",
        "charter, exposures, item 1, partner",
        "charter, motions, item 1, by",
        "charter, motions, item 1, touches",
        "charter, motions, item 1, stances, item 1, by",
        "charter, motions, item 1, stances, item 2, on_behalf_by",
        "charter, motions, item 1, weights",
        "charter, motions, item 1, id",
        "charter, motions, item 2, id",
        "charter, vetoes, item 1, by",
        "charter, vetoes, item 1, codes",
        "charter, vetoes, item 1, motion",
        "charter, requests, item 1, by",
        "charter, requests, item 1, to",
        "charter, requests, item 1, to",
        "charter, requests, item 1, id",
        "charter, requests, item 2, id",
    ]
    assert "my-cat" not in str(found)


def test_cap_that_so_few_cannot_keep_is_told():
    [problem] = deciding_problems(THREE, VotingRule(VotingMethod.BY_RISK, cap="30%"))
    assert (problem.place, problem.right) == ("charter, rule.cap", "1/3 or more among 3")


def test_floor_that_so_many_cannot_keep_is_told():
    [problem] = deciding_problems(THREE, VotingRule(VotingMethod.BY_RISK, floor="2/5"))
    assert problem.place == "charter, rule.floor"


def test_rule_is_not_measured_against_partners_who_are_not_there_yet():
    assert deciding_problems([], VotingRule(quorum=3)) == []
