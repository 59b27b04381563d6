"""What does not agree between the parts of a file that are about deciding."""

from __future__ import annotations

from datetime import date

import pytest

from lichen.charter.requests import ChangeRequest
from lichen.charter.veto import Veto
from lichen.charter.votes.checks import deciding_problems
from lichen.charter.votes.stances import open_motion
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


BY_RISK = VotingRule(VotingMethod.BY_RISK)
RISKS = [Exposure(hospital.id, 4, 5), Exposure(churches.id, 2, 5), Exposure(river.id, 1, 1, declared_on=FIRST)]
ALONE = tuple(AgreedWeight(one.id, weight) for one, weight in zip(THREE, (1_000_000, 1, 1), strict=True))
DICTATED = VotingRule(VotingMethod.BY_RISK, weights=ALONE)


@pytest.mark.parametrize("rule", [VotingRule(), VotingRule(VotingMethod.ONE_EACH), BY_RISK, DICTATED])
def test_weights_with_which_a_motion_was_opened_are_no_problem(rule: VotingRule):
    opened = open_motion(Motion("fair"), rule, [one.id for one in THREE], RISKS, on=FIRST)
    later = Exposure(river.id, 5, 5, declared_on=date(2026, 6, 1))
    assert deciding_problems(THREE, rule, [*RISKS, later], [opened]) == []


def test_weights_that_are_the_same_shares_are_no_problem():
    doubled = tuple(AgreedWeight(one.id, 2) for one in THREE)
    motion = Motion("fair", opened_on=FIRST, weights=doubled)
    assert deciding_problems(THREE, VotingRule(VotingMethod.ONE_EACH), motions=[motion]) == []


@pytest.mark.parametrize("rule", [VotingRule(), VotingRule(VotingMethod.ONE_EACH), BY_RISK])
@pytest.mark.parametrize("own", [None, BY_RISK])
def test_weights_that_the_rule_did_not_give_are_told(rule: VotingRule, own: VotingRule | None):
    motions = [Motion("first"), Motion("fair", opened_on=FIRST, rule=own, weights=ALONE)]
    [problem] = deciding_problems(THREE, rule, RISKS, motions)
    assert problem.place == "charter, motions, item 2, weights"
    assert problem.what == "its rule did not give these weights on the day on which it opened"


@pytest.mark.parametrize("weights", [(), ALONE])
def test_rule_of_a_motion_by_which_one_partner_decides_alone_is_told(weights: tuple[AgreedWeight, ...]):
    motion = Motion("fair", opened_on=FIRST, rule=DICTATED, weights=weights)
    [problem] = deciding_problems(THREE, BY_RISK, RISKS, [motion])
    assert problem.place == "charter, motions, item 1, weights"
    assert problem.what == "by its weights one partner decides alone"


def test_weights_of_nothing_are_told():
    nothing = tuple(AgreedWeight(one.id, 0) for one in THREE)
    [problem] = deciding_problems(THREE, BY_RISK, RISKS, [Motion("fair", opened_on=FIRST, weights=nothing)])
    assert problem.place == "charter, motions, item 1, weights"
