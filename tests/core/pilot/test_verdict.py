"""The verdict and its arithmetic, against a plain reckoning of every combination of answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from lichen.pilot.values import HiddenWeakness, Measured, Pilot, PilotReview, PilotRules, Worked
from lichen.pilot.verdict import Verdict, VerdictOutcome, VerdictReason, WeaknessSeen, verdict, weaknesses_seen
from tests.core.pilot.fairs import REVIEWED, C, H, answered, fairs, reviewed

Reason = VerdictReason


def judged(*reviews: PilotReview, **more: object) -> Verdict:
    return verdict(replace(fairs, reviews=reviews, **more))  # type: ignore[arg-type]


def test_pilot_in_which_everything_worked_went_well():
    found = verdict(reviewed)
    assert (found.outcome, found.reasons, found.is_success) == (VerdictOutcome.WENT_WELL, (), True)
    assert (found.worked, len(found.directions), found.met, len(found.tests), found.serious) == (2, 2, 2, 2, 0)


def test_every_combination_of_answers_and_numbers_has_its_outcome():
    """3⁴ answers and 2² numbers: well if all say yes and reach the number, stop if both say no of one direction."""
    for mine, theirs, back, forth in product(Worked, repeat=4):
        for one, other in product((99, 100), repeat=2):
            found = judged(answered(H, mine, theirs, one), answered(C, back, forth, other))
            both_no = (mine, back) == (Worked.NO,) * 2 or (theirs, forth) == (Worked.NO,) * 2
            all_yes = {mine, theirs, back, forth} == {Worked.YES}
            well = all_yes and min(one, other) >= 100
            expected = VerdictOutcome.STOP if both_no else VerdictOutcome.WENT_WELL if well else VerdictOutcome.ADJUST
            assert found.outcome is expected
            assert found.worked == [{mine, back}, {theirs, forth}].count({Worked.YES})
            assert found.met == 1 + (min(one, other) >= 100)
            assert (Reason.TEST_FAILED in found.reasons) is (min(one, other) < 100)
            fell = [{mine, back}, {theirs, forth}]
            assert (Reason.FELL_SHORT in found.reasons) is any(pair not in ({Worked.YES}, {Worked.NO}) for pair in fell)


def test_disagreement_is_kept_side_by_side_and_the_lower_answer_counts():
    [direction, _back] = judged(answered(H, Worked.YES), answered(C, Worked.NO)).directions
    assert ([by for by, _worked, _words in direction.answers], direction.lowest, direction.is_agreed) == (
        [H, C],
        Worked.NO,
        False,
    )


def test_direction_needs_the_answers_of_both_its_sides():
    found = judged(answered(H), replace(answered(C), exchanges=answered(C).exchanges[:1]))
    assert (found.worked, found.reasons) == (1, (Reason.DIRECTION_UNANSWERED,))
    nobody = judged(replace(answered(H), exchanges=()), replace(answered(C), exchanges=()))
    assert (nobody.directions[0].lowest, nobody.reasons) == (None, (Reason.DIRECTION_UNANSWERED,))


@pytest.mark.parametrize(
    ("pilot", "reasons"),
    [
        (replace(reviewed, terms=replace(fairs.terms, exchanged=())), (Reason.NOTHING_EXCHANGED,)),
        (replace(reviewed, terms=replace(fairs.terms, exchanged=fairs.terms.exchanged[:1])), (Reason.ONE_WAY,)),
        (replace(reviewed, terms=replace(fairs.terms, tests=())), (Reason.NO_TESTS,)),
        (
            replace(fairs, reviews=(replace(answered(H), measured=()), replace(answered(C), measured=()))),
            (Reason.TEST_UNMEASURED,),
        ),
        (replace(fairs, reviews=(answered(H),)), (Reason.UNANSWERED,)),
    ],
)
def test_what_is_missing_is_a_reason(pilot: Pilot, reasons: tuple[VerdictReason, ...]):
    found = verdict(pilot)
    assert (found.reasons, found.is_success) == (reasons, False)


@pytest.mark.parametrize(("number", "met"), [(3, True), (3.01, False), (-1, True)])
def test_test_that_wants_at_most_is_met_at_or_below_it(number: float, met: bool):
    low = replace(fairs.terms.tests[0], wanted=3, at_most=True)
    pilot = replace(reviewed, terms=replace(fairs.terms, tests=(low,)))
    reviews = tuple(replace(each, measured=(Measured(low.id, number),)) for each in reviewed.reviews)
    assert verdict(replace(pilot, reviews=reviews)).tests[0].is_met is met


def test_number_that_only_one_measured_is_enough_and_two_may_differ():
    [screened, _helpers] = judged(answered(H), replace(answered(C), measured=())).tests
    assert (screened.numbers, screened.is_met, screened.is_agreed) == (((H, 104),), True, True)
    [screened, _helpers] = judged(answered(H), answered(C, number=98)).tests
    assert (screened.is_met, screened.is_agreed) == (False, False)


def test_weaknesses_are_put_together_with_the_highest_severity():
    mine = (HiddenWeakness(C, "reach.events", 2, "zq"), HiddenWeakness(H, "people.languages", 3))
    theirs = (HiddenWeakness(H, "people.languages", 5), HiddenWeakness(H, "people.languages", 4))
    pilot = replace(fairs, reviews=(answered(H, weaknesses=mine), answered(C, weaknesses=theirs)))
    assert weaknesses_seen(pilot) == (
        WeaknessSeen(H, "people.languages", 5, (H, C), True),
        WeaknessSeen(C, "reach.events", 2, (H,), False),
    )
    assert "zq" not in repr(verdict(pilot).weaknesses)


@pytest.mark.parametrize(
    ("code", "severity", "rules", "outcome"),
    [
        ("people.languages", 3, PilotRules(), VerdictOutcome.WENT_WELL),
        ("people.languages", 4, PilotRules(), VerdictOutcome.ADJUST),
        ("people.languages", 4, PilotRules(serious=5), VerdictOutcome.WENT_WELL),
        ("funding.solvency", 1, PilotRules(serious=5), VerdictOutcome.ADJUST),
    ],
    ids=["slight", "serious", "by other rules", "material fact"],
)
def test_serious_weakness_must_be_settled_before_it_is_a_success(code, severity, rules, outcome):
    seen = answered(H, weaknesses=(HiddenWeakness(C, code, severity),))
    assert judged(seen, answered(C), rules=rules).outcome is outcome


def test_adjustment_makes_what_fell_short_a_success_and_never_what_stopped():
    partly = answered(H, Worked.PARTLY), answered(C)
    stopped = answered(H, Worked.NO), answered(C, Worked.NO)
    days = [None, REVIEWED - timedelta(days=1), REVIEWED, date(2027, 3, 1)]
    assert [judged(*partly, adjusted_on=day).is_success for day in days] == [False, False, True, True]
    assert [judged(*stopped, adjusted_on=day).is_success for day in days] == [False] * 4
