"""The rule, the weights, the stances, and the outcome with its arithmetic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from lichen.audit.values import Organisation
from lichen.charter.veto import Veto
from lichen.charter.votes.outcome import Decision, Outcome, VoteFinding, VoteGround, vote_outcome
from lichen.charter.votes.record import decision_record
from lichen.charter.votes.shares import exact_share
from lichen.charter.votes.stances import StanceRule, close_motion, open_motion, stance_rule_words, take_stance
from lichen.charter.votes.values import (
    AgreedWeight,
    ConsentStep,
    CountedFrom,
    Delegate,
    Exposure,
    Motion,
    MotionKind,
    Position,
    Stance,
    VotingMethod,
    VotingRule,
)
from lichen.charter.votes.weighing import Bound, bounded_shares, vote_weights
from lichen.errors import InputError, NotAllowed
from tests.cast import churches, farmers, hospital, river

FIRST, LAST, AFTER = date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 12)
THREE = (hospital, churches, river)
FOUR = (*THREE, farmers)
BY_RISK, ONE_EACH = VotingRule(VotingMethod.BY_RISK), VotingRule(VotingMethod.ONE_EACH)
RISKS = (
    Exposure(hospital.id, 2, 3),
    Exposure(churches.id, 4, 5),
    Exposure(churches.id, 2, 2),
    Exposure(river.id, 2, 5),
)


def stance(by: Organisation, position: Position = Position.FOR, taken_on: date = FIRST, **more: Any) -> Stance:
    return Stance(by.id, position, taken_on, **({"person": "Ada"} | more))


def objection(by: Organisation, **more: Any) -> Stance:
    return stance(by, Position.OBJECTION, **({"reason": "It names us.", "harms": "Trust"} | more))


def motion(*stances: Stance, **more: Any) -> Motion:
    return Motion("fair", opened_on=FIRST, closes_on=LAST, stances=stances, **more)


def decided(
    *stances: Stance, rule: VotingRule = ONE_EACH, partners: tuple[Organisation, ...] = THREE, **more: Any
) -> Outcome:
    return vote_outcome(motion(*stances, **more), rule, partners, RISKS, on=AFTER)


def refused(**wrong: Any) -> list[str]:
    with pytest.raises(InputError) as refusal:
        VotingRule(**wrong)
    return [problem.column for problem in refusal.value.problems]


def test_rule_that_nobody_changed_is_consent_and_more_than_half_of_the_heads():
    rule = VotingRule()
    assert (rule.method, rule.heads_needed(2), rule.heads_needed(4), rule.heads_needed(5)) == ("consent", 2, 3, 3)


@pytest.mark.parametrize("written", ["", "half", "1/0", "-1", "150%", "3/2", "1e9", "nan", "٣", "1/2/3"])
def test_share_that_is_none_is_refused(written: str):
    with pytest.raises(InputError):
        exact_share(written)


def test_rule_is_refused_with_everything_that_is_wrong_in_it():
    assert refused(threshold="most", quorum=1, answer_days=0, floor="lots") == [
        "threshold",
        "floor",
        "quorum",
        "answer_days",
    ]


@pytest.mark.parametrize(
    ("wrong", "columns"),
    [
        ({"threshold": "1/3"}, ["threshold", "cap"]),
        ({"threshold": "1"}, ["threshold"]),
        ({"cap": "51%"}, ["cap"]),
        ({"cap": "1/2", "strictly_more": False}, ["cap"]),
        ({"floor": "46%"}, ["floor"]),
    ],
)
def test_rule_that_cannot_work_is_refused(wrong: dict[str, Any], columns: list[str]):
    assert refused(**wrong) == columns


def test_cap_of_exactly_the_threshold_is_no_dictator_where_more_is_needed():
    assert VotingRule(cap="1/2").most == Fraction(1, 2)


def test_weights_follow_risk_and_show_their_arithmetic():
    found = vote_weights(BY_RISK, [one.id for one in THREE], RISKS, on=FIRST)
    assert [(each.risk, each.share_of_risk, each.share, each.weight, each.bound) for each in found] == [
        (6, Fraction(6, 40), Fraction(33, 160), 33, None),
        (24, Fraction(24, 40), Fraction(9, 20), 72, Bound.CAP),
        (10, Fraction(10, 40), Fraction(55, 160), 55, None),
    ]
    assert [len(each.exposures) for each in found] == [1, 2, 1]


def test_partner_that_declared_nothing_has_the_floor():
    found = vote_weights(BY_RISK, [one.id for one in FOUR], RISKS, on=FIRST)
    assert (found[3].risk, found[3].share, found[3].bound) == (0, Fraction(1, 8), Bound.FLOOR)


def test_weights_are_equal_where_nobody_declared_anything():
    assert [each.weight for each in vote_weights(BY_RISK, ["a", "b", "c"], on=FIRST)] == [1, 1, 1]


def test_exposure_counts_from_its_day_until_it_ends():
    exposure = Exposure("a", 2, 3, declared_on=FIRST, ended_on=LAST)
    assert [exposure.counts_on(day) for day in (date(2026, 5, 3), FIRST, date(2026, 5, 10), LAST)] == [
        False,
        True,
        True,
        False,
    ]


def test_agreed_weights_are_taken_as_they_stand():
    rule = replace(BY_RISK, weights=(AgreedWeight("a", 3), AgreedWeight("b", 2), AgreedWeight("c", 2)))
    assert [str(each.share) for each in vote_weights(rule, ["c", "b", "a"], RISKS, on=FIRST)] == ["2/7", "2/7", "3/7"]


@pytest.mark.parametrize(
    "weights", [[("a", 1), ("b", 1)], [("a", 1), ("a", 1), ("b", 1)], [("a", 0), ("b", 0), ("c", 0)]]
)
def test_agreed_weights_that_do_not_match_the_partners_are_refused(weights: list[tuple[str, int]]):
    rule = replace(BY_RISK, weights=tuple(AgreedWeight(*each) for each in weights))
    with pytest.raises(InputError):
        vote_weights(rule, ["a", "b", "c"], on=FIRST)


@pytest.mark.parametrize(("many", "least", "most", "column"), [(3, "0", "30%", "cap"), (4, "30%", "1", "floor")])
def test_bounds_that_so_many_cannot_keep_are_refused(many: int, least: str, most: str, column: str):
    with pytest.raises(InputError) as refusal:
        bounded_shares([1] * many, exact_share(least), exact_share(most))
    assert [problem.column for problem in refusal.value.problems] == [column]


@pytest.mark.parametrize("partners", [0, 1])
def test_nobody_decides_alone(partners: int):
    with pytest.raises(InputError):
        vote_weights(ONE_EACH, ["a"] * partners, on=FIRST)


def test_any_weights_of_two_are_a_dictator_or_a_veto_each():
    games = ((one, other, quota) for one in range(13) for other in range(13) for quota in range(1, one + other + 1))
    decisive = {(one >= quota, other >= quota) for one, other, quota in games if 2 * quota > one + other}
    assert decisive == {(True, False), (False, True), (False, False)}


@pytest.mark.parametrize("method", [VotingMethod.BY_RISK, VotingMethod.ONE_EACH])
def test_two_partners_decide_by_consent_whatever_the_rule_says(method: VotingMethod):
    found = decided(
        stance(hospital), stance(churches, Position.AGAINST), rule=VotingRule(method), partners=(hospital, churches)
    )
    assert (found.method, found.decision, found.findings) == ("consent", "passed", (VoteFinding.TWO_PARTNERS,))


def test_consent_fails_by_one_reasoned_objection():
    found = decided(stance(hospital), objection(churches), rule=VotingRule(), partners=(hospital, churches))
    assert (found.decision, found.ground, found.next_step) == ("failed", "reasoned-objection", ConsentStep.INTEGRATE)
    assert [each.by for each in found.objections] == [churches.id]


@pytest.mark.parametrize("missing", ["reason", "harms"])
def test_objection_without_reason_or_aim_is_a_preference(missing: str):
    found = decided(stance(hospital), stance(river), objection(churches, **{missing: ""}), rule=VotingRule())
    assert found.decision is Decision.PASSED
    assert [each.by for each in found.incomplete_objections] == [churches.id]
    assert found.findings == (VoteFinding.OBJECTION_INCOMPLETE,)


def test_by_weight_an_objection_may_lack_its_words():
    found = decided(stance(hospital), stance(river), objection(churches, harms=""))
    assert (found.incomplete_objections, found.findings) == ((), ())


@pytest.mark.parametrize(
    ("more", "partners", "is_told"),
    [
        ({}, THREE, True),
        ({}, (hospital, churches), False),
        ({"rule": BY_RISK}, THREE, False),
        ({"weights": tuple(AgreedWeight(one.id, 1) for one in THREE)}, THREE, False),
    ],
)
def test_motion_by_risk_that_keeps_neither_rule_nor_weights_is_told(
    more: dict[str, Any], partners: tuple[Organisation, ...], is_told: bool
):
    found = vote_outcome(motion(stance(hospital), **more), BY_RISK, partners, RISKS[: len(partners)], on=AFTER)
    assert (VoteFinding.RULE_NOT_KEPT in found.findings) is is_told


def test_by_weight_an_objection_is_a_vote_against():
    found = decided(stance(hospital), objection(churches), stance(river))
    assert (found.decision, found.total_for, found.total_against) == ("passed", 2, 1)


def test_outcome_by_risk_has_every_number():
    found = decided(stance(hospital), stance(churches, Position.AGAINST), stance(river, Position.ABSTAIN), rule=BY_RISK)
    assert (found.total_for, found.total_against, found.total_abstaining, found.total) == (33, 72, 55, 160)
    assert (found.counted, found.needed, found.heads, found.heads_needed) == (105, 53, 3, 2)
    assert (found.decision, found.ground) == ("failed", "too-little-weight")


@pytest.mark.parametrize(("counted_from", "decision"), [(CountedFrom.CAST, "passed"), (CountedFrom.ALL, "failed")])
def test_abstaining_helps_neither_side_or_is_as_good_as_against(counted_from: CountedFrom, decision: str):
    rule = replace(ONE_EACH, counted_from=counted_from)
    found = decided(stance(hospital), stance(churches, Position.ABSTAIN), stance(river, Position.ABSTAIN), rule=rule)
    assert found.decision == decision


@pytest.mark.parametrize(("strictly_more", "decision"), [(True, "failed"), (False, "passed")])
def test_exactly_the_threshold_is_enough_only_where_the_rule_says_so(strictly_more: bool, decision: str):
    rule = replace(ONE_EACH, threshold="2/3", strictly_more=strictly_more)
    assert decided(stance(hospital), stance(churches), stance(river, Position.AGAINST), rule=rule).decision == decision


def test_nothing_passes_when_all_abstain():
    found = decided(*(stance(one, Position.ABSTAIN) for one in THREE), rule=replace(ONE_EACH, strictly_more=False))
    assert (found.decision, found.counted, found.needed) == ("failed", 0, 1)


def test_quorum_is_counted_by_heads_not_by_weight():
    found = decided(stance(churches), rule=replace(BY_RISK, quorum=2))
    assert (found.decision, found.ground, found.heads, found.heads_needed) == ("undecided", "quorum-missing", 1, 2)


def test_later_stance_replaces_the_earlier_and_both_are_kept():
    said = (stance(hospital, Position.AGAINST, LAST), stance(hospital, Position.FOR, FIRST), stance(churches))
    found = decided(*said)
    assert [vote.position for vote in found.votes] == [Position.AGAINST, Position.FOR, None]
    assert motion(*said).stances == said


def test_of_two_stances_on_a_day_the_later_in_the_list_holds():
    found = decided(stance(hospital), stance(hospital, Position.AGAINST), stance(churches))
    assert found.votes[0].position is Position.AGAINST


def test_stances_after_the_day_that_is_asked_about_are_left_out():
    found = vote_outcome(motion(stance(hospital, taken_on=LAST)), ONE_EACH, THREE, on=FIRST)
    assert (found.heads, found.ground) == (0, VoteGround.STILL_OPEN)


def test_motion_that_is_open_says_what_would_become_of_it():
    found = vote_outcome(motion(stance(hospital), stance(churches)), ONE_EACH, THREE, on=FIRST)
    assert (found.decision, found.as_it_stands) == ("undecided", "passed")


def test_outcome_stands_on_the_last_day():
    found = vote_outcome(motion(stance(hospital), stance(churches)), ONE_EACH, THREE, on=LAST)
    assert found.decision is Decision.PASSED


def test_motion_without_a_first_day_is_not_open():
    found = vote_outcome(Motion("fair", stances=(stance(hospital),)), ONE_EACH, THREE, on=AFTER)
    assert (found.ground, [over.rule for over in found.passed_over]) == ("not-open", ["motion-not-open"])


@pytest.mark.parametrize(
    ("said", "rule", "broken"),
    [
        (stance(hospital, taken_on=date(2026, 5, 3)), ONE_EACH, StanceRule.NOT_OPEN),
        (stance(hospital, taken_on=AFTER), ONE_EACH, StanceRule.CLOSED),
        (stance(farmers), ONE_EACH, StanceRule.VOTER),
        (stance(hospital, person=" "), ONE_EACH, StanceRule.PERSON),
        (stance(hospital), replace(ONE_EACH, delegates=(Delegate(hospital.id, "Bo", "Cy"),)), StanceRule.DELEGATE),
        (stance(hospital, on_behalf_by=churches.id, asked_by="Bo"), ONE_EACH, StanceRule.ON_BEHALF),
        (stance(hospital, on_behalf_by=churches.id), replace(ONE_EACH, on_behalf=True), StanceRule.ON_BEHALF_ASKED),
        (
            stance(hospital, on_behalf_by=hospital.id, asked_by="Bo"),
            replace(ONE_EACH, on_behalf=True),
            StanceRule.ON_BEHALF_ASKED,
        ),
        (objection(hospital, reason=""), ONE_EACH, StanceRule.REASON),
    ],
)
def test_stance_that_breaks_a_rule_is_not_allowed(said: Stance, rule: VotingRule, broken: StanceRule):
    with pytest.raises(NotAllowed) as refusal:
        take_stance(motion(), said, rule, [one.id for one in THREE])
    assert (refusal.value.rule, refusal.value.why) == (broken, stance_rule_words(broken))


@pytest.mark.parametrize("person", ["Bo", "Cy"])
def test_delegate_and_stand_in_speak_for_their_partner(person: str):
    rule = replace(ONE_EACH, delegates=(Delegate(hospital.id, "Bo", "Cy"),))
    taken = take_stance(motion(), stance(hospital, person=person), rule, [hospital.id, churches.id])
    assert [each.person for each in taken.stances] == [person]


def test_stances_that_break_a_rule_are_kept_and_told_and_do_not_count():
    found = decided(stance(hospital), stance(churches, taken_on=AFTER), stance(farmers))
    assert [(each.place, each.by, each.rule) for each in found.passed_over] == [
        (2, churches.id, "motion-closed"),
        (3, farmers.id, "vote-of-a-partner"),
    ]
    assert found.heads == 1


def test_vote_on_behalf_counts_and_is_no_head():
    rule = replace(ONE_EACH, on_behalf=True)
    carried = stance(river, on_behalf_by=hospital.id, asked_by="Roz")
    found = decided(stance(hospital), carried, rule=rule)
    assert (found.total_for, found.heads, found.ground) == (2, 1, "quorum-missing")
    assert decided(stance(hospital), carried, stance(churches, Position.AGAINST), rule=rule).decision == "passed"


def test_weights_are_those_of_the_day_of_opening():
    later = Exposure(hospital.id, 5, 5, declared_on=AFTER)
    before, after = (
        vote_outcome(motion(), BY_RISK, THREE, risks, on=date(2027, 1, 1)) for risks in (RISKS, (*RISKS, later))
    )
    assert before.votes == after.votes


def test_opened_motion_keeps_rule_and_weights_whatever_the_charter_says_later():
    ids = [one.id for one in THREE]
    opened = open_motion(Motion("fair"), BY_RISK, ids, RISKS, on=FIRST)
    assert [(each.partner, each.weight) for each in opened.weights] == [(ids[0], 33), (ids[1], 72), (ids[2], 55)]
    taken = take_stance(opened, stance(churches), BY_RISK, ids)
    closed = close_motion(take_stance(taken, stance(hospital), BY_RISK, ids), on=LAST)
    found = vote_outcome(closed, VotingRule(), FOUR, (), on=AFTER)
    assert (found.method, found.total_for, len(found.votes), found.decision) == ("by-risk", 105, 3, "passed")


def test_motion_is_opened_once():
    with pytest.raises(NotAllowed) as refusal:
        open_motion(motion(), BY_RISK, [one.id for one in THREE], on=LAST)
    assert refusal.value.rule == "motion-open-already"


@pytest.mark.parametrize(("what", "rule"), [(motion(), "motion-closed"), (Motion("fair"), "motion-not-open")])
def test_only_an_open_motion_is_closed(what: Motion, rule: str):
    with pytest.raises(NotAllowed) as refusal:
        close_motion(what, on=AFTER)
    assert refusal.value.rule == rule


def test_agreed_weights_that_let_one_decide_alone_are_told():
    weights = tuple(AgreedWeight(one.id, weight) for one, weight in zip(THREE, (5, 2, 2), strict=True))
    found = decided(stance(hospital), rule=replace(BY_RISK, weights=weights))
    assert found.findings == (VoteFinding.DECIDES_ALONE, VoteFinding.RULE_NOT_KEPT)


def test_lack_of_any_declared_risk_is_told():
    found = vote_outcome(motion(), BY_RISK, THREE, on=AFTER)
    assert found.findings == (VoteFinding.NO_RISK_DECLARED, VoteFinding.RULE_NOT_KEPT)


def test_veto_without_a_record_counts_as_against_and_is_told():
    found = decided(stance(hospital), stance(river), stance(churches, Position.VETO))
    assert (found.decision, found.total_against, found.findings) == ("passed", 1, (VoteFinding.VETO_NOT_RECORDED,))


VETO = Veto(
    churches.id, "fair", LAST, ("knowledge.medical",), reason="We would be blamed.", claim="It is about tablets."
)


def with_veto(veto: Veto, on: date = AFTER, rule: VotingRule = ONE_EACH, **more: Any) -> Outcome:
    said = stance(hospital), stance(river)
    return vote_outcome(motion(*said, **more), rule, THREE, vetoes=[veto], on=on)


def test_veto_blocks_what_all_others_want_and_its_partner_took_part():
    found = with_veto(VETO)
    assert (found.decision, found.ground, found.vetoed_by, found.heads) == (
        "blocked",
        "standing-veto",
        (churches.id,),
        3,
    )


def test_veto_cannot_be_waited_out():
    assert with_veto(VETO, on=date(2126, 1, 1)).decision is Decision.BLOCKED


def test_resolved_veto_counts_as_against_by_weight_and_as_a_no_by_consent():
    resolved = replace(VETO, resolved_on=AFTER, resolution="The tablets are left to the doctor.")
    assert with_veto(resolved).decision is Decision.PASSED
    by_consent = with_veto(resolved, rule=VotingRule())
    assert (by_consent.decision, by_consent.ground) == ("failed", "resolved-veto")


def test_outcome_bears_no_code_of_a_veto():
    assert "knowledge.medical" not in repr(with_veto(VETO))


@pytest.mark.parametrize("kind", [MotionKind.EXIT, MotionKind.LEGAL_DUTY, MotionKind.RENEGOTIATION])
def test_veto_over_what_nobody_may_veto_stops_nothing(kind: MotionKind):
    found = with_veto(VETO, kind=kind, by=hospital.id)
    assert (found.decision, [each.rule for each in found.refused_vetoes]) == ("passed", [f"no-veto-over-{kind}"])


def test_decision_is_reviewed_after_the_months_of_the_rule():
    said = stance(hospital), stance(churches)
    found = vote_outcome(motion(*said), ONE_EACH, THREE, on=date(2026, 11, 10))
    assert (found.review_on, found.review_due) == (date(2026, 11, 11), False)
    assert vote_outcome(motion(*said), ONE_EACH, THREE, on=date(2026, 11, 11)).review_due
    reviewed = motion(*said, reviewed_on=date(2026, 11, 11))
    assert not vote_outcome(reviewed, ONE_EACH, THREE, on=date(2027, 1, 1)).review_due


def test_motion_may_name_its_own_day_of_review():
    assert decided(stance(hospital), stance(churches), review_on=date(2026, 6, 1)).review_on == date(2026, 6, 1)


def test_what_did_not_pass_has_no_review():
    assert decided(stance(hospital, Position.AGAINST), stance(churches, Position.AGAINST)).review_on is None


def test_steps_of_consent_follow_each_other():
    done: tuple[ConsentStep, ...] = ()
    for step in (ConsentStep.PRESENT, ConsentStep.CLARIFY, ConsentStep.REACT):
        assert vote_outcome(motion(steps_done=done), VotingRule(), THREE, on=FIRST).next_step is step
        done = (*done, step)
    assert vote_outcome(motion(steps_done=done), VotingRule(), THREE, on=FIRST).next_step is ConsentStep.CONSENT
    passed = decided(stance(hospital), stance(churches), rule=VotingRule(), steps_done=done)
    assert passed.next_step is ConsentStep.REVIEW


def test_record_needs_mending_only_where_something_waits():
    quiet = decision_record(THREE, ONE_EACH, motions=[motion(stance(hospital), stance(churches))], on=AFTER)
    missed = decision_record(THREE, ONE_EACH, motions=[motion(stance(hospital))], on=AFTER)
    assert (quiet.needs_mending, missed.needs_mending) == (False, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_on": date(2026, 5, 3)},
        {"opened_on": None},
        {"review_on": date(2026, 5, 10)},
        {"reviewed_on": date(2026, 5, 10)},
        {"id": " "},
    ],
)
def test_motion_whose_days_are_out_of_order_is_refused(wrong: dict[str, Any]):
    with pytest.raises(InputError):
        replace(motion(), **wrong)


@pytest.mark.parametrize("step", [0, 6, True])
def test_exposure_off_the_scale_is_refused_with_both_problems(step: int):
    with pytest.raises(InputError) as refusal:
        Exposure("a", step, step)
    assert [problem.column for problem in refusal.value.problems] == ["likelihood", "harm"]
