"""What stands in the way of a pilot, at its boundaries, and one finding for each thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.findings import Weight
from lichen.days import months_after
from lichen.pilot.findings import PILOT_WEIGHTS, PilotFindingCode
from lichen.pilot.looking import clashing_donors, moves_money, pilot_findings
from lichen.pilot.values import (
    DonorApproach,
    Exchanged,
    Expected,
    Interests,
    Pilot,
    PilotRules,
    PilotTerms,
    RedLine,
    Settled,
    SuccessTest,
    TeamHours,
)
from tests.core.pilot.fairs import REVEALED, C, H, expecting, fair, fairs, reviewed, volunteers, wrote
from tests.strategies import modest

TERMS = fairs.terms
SCREENED, HELPERS = TERMS.tests


def codes(pilot: Pilot, on: date = REVEALED) -> list[str]:
    return [each.code.value for each in pilot_findings(pilot, on)]


def figures(pilot: Pilot, code: PilotFindingCode, on: date = REVEALED) -> dict[str, object]:
    [found] = [each for each in pilot_findings(pilot, on) if each.code is code]
    return dict(found.figures)


def with_terms(**terms: object) -> Pilot:
    return replace(fairs, terms=replace(TERMS, **terms))  # type: ignore[arg-type]


def test_pilot_that_is_ready_has_no_finding():
    assert codes(fairs) == []


@pytest.mark.parametrize(
    ("pilot", "code"),
    [
        (replace(fairs, expectations=fairs.expectations[:3]), "expectations-unwritten"),
        (replace(fairs, revealed_on=None), "expectations-sealed"),
        (replace(fairs, revealed_on=date(2026, 9, 30)), "written-late"),
        (replace(fairs, interests=fairs.interests[:1]), "interests-unsaid"),
        (replace(fairs, shared_goals=()), "shared-goals-unsaid"),
        (replace(fairs, steps=(fair(cost=4001),)), "steps-over-budget"),
        (with_terms(exchanged=()), "nothing-exchanged"),
        (with_terms(exchanged=TERMS.exchanged[:1]), "one-way-only"),
        (with_terms(starts_on=None), "start-unsaid"),
        (with_terms(ends_on=None), "end-unsaid"),
        (with_terms(ends_on=date(2027, 2, 2)), "too-long"),
        (with_terms(budget=None), "budget-unsaid"),
        (with_terms(budget=10_000), "budget-over"),
        (with_terms(hours=TERMS.hours[:1]), "hours-unsaid"),
        (with_terms(donors=(*TERMS.donors, DonorApproach("eastfield TRUST", C))), "donors-clash"),
        (with_terms(tests=(SCREENED,)), "tests-missing"),
        (with_terms(tests=(SCREENED, replace(HELPERS, by=None))), "test-open-ended"),
        (with_terms(tests=(SCREENED, replace(HELPERS, by=date(2027, 1, 21)))), "test-late"),
        (with_terms(review_on=None), "review-unsaid"),
        (with_terms(review_on=date(2027, 2, 2)), "review-late"),
    ],
)
def test_each_thing_that_is_wrong_has_a_finding_of_its_own(pilot: Pilot, code: str):
    assert codes(pilot) == [code]


def test_last_day_is_early_enough_to_look_back_and_that_day_to_reach_a_test():
    last = date(2027, 2, 1)
    assert codes(with_terms(review_on=last, tests=(SCREENED, replace(HELPERS, by=last)))) == []


def test_review_is_overdue_from_the_day_after_it_until_all_have_answered():
    days = [date(2027, 1, 20), date(2027, 1, 21)]
    assert [codes(fairs, day) for day in days] == [[], ["review-overdue"]]
    assert codes(replace(fairs, reviews=reviewed.reviews[:1]), days[1]) == ["review-overdue"]
    assert figures(fairs, PilotFindingCode.REVIEW_OVERDUE, days[1]) == {"partners": (H, C)}
    assert codes(reviewed, days[1]) == []


def test_differences_are_counted_by_what_they_ask_for():
    hall = Expected("The hall", "assets.venue")
    pilot = expecting(
        wrote(H, H, gives=[Expected("posters")]),
        wrote(H, C, gives=[volunteers, hall], decides=[Expected("the day", "governance.decision_speed")]),
        wrote(C, H, gives=[Expected("leaflets"), Expected("A grant", "funding.grantmaking")]),
        wrote(C, C, gives=[replace(volunteers, amount=20)], does_not=[hall]),
        interests=(Interests(H, red_lines=(RedLine("No money", "funding.grantmaking"),)), Interests(C, ("x",))),
        shared_goals=("x",),
        terms=TERMS,
    )
    assert [(each.code.value, dict(each.figures)) for each in pilot_findings(pilot, REVEALED)] == [
        ("expectations-contradict", {"count": 1}),
        ("red-line-crossed", {"count": 1}),
        ("expectations-differ", {"count": 2}),
        ("questions", {"count": 3}),
    ]


def test_sealed_expectations_are_counted_by_nobody():
    pilot = replace(expecting(wrote(C, C, gives=[volunteers])), revealed_on=None)
    known = {"expectations-contradict", "expectations-differ", "questions", "red-line-crossed", "red-line-near"}
    assert known & {*codes(pilot)} == set()


def test_settled_differences_are_no_findings():
    pilot = replace(fairs, expectations=(*fairs.expectations[:-1], wrote(C, C)))
    settled = (Settled("thirty volunteers", "Thirty."), Settled("which Sundays", "They choose."))
    assert figures(pilot, PilotFindingCode.EXPECTATIONS_DIFFER) == {"count": 2}
    assert codes(replace(pilot, settled=settled)) == []


def test_one_way_names_who_gives_and_who_receives_nothing():
    third = replace(fairs, partners=(H, C, "third"))
    assert figures(third, PilotFindingCode.ONE_WAY_ONLY) == {
        "giving_nothing": ("third",),
        "receiving_nothing": ("third",),
    }
    assert figures(with_terms(exchanged=TERMS.exchanged[:1]), PilotFindingCode.ONE_WAY_ONLY) == {
        "giving_nothing": (C,),
        "receiving_nothing": (H,),
    }


@given(st.dates(date(2000, 1, 1), date(9998, 1, 1)), st.integers(1, 24), st.integers(-40, 40))
@modest
def test_pilot_is_too_long_exactly_after_the_same_day_so_many_months_later(begun: date, months: int, beyond: int):
    ends_on = max(begun, months_after(begun, months) + timedelta(days=beyond))
    pilot = replace(with_terms(starts_on=begun, ends_on=ends_on, review_on=begun, tests=()), rules=PilotRules(months))
    assert ("too-long" in codes(pilot, begun)) is (ends_on > months_after(begun, months))


def test_pilot_at_the_end_of_time_is_measured_without_a_fault():
    pilot = replace(with_terms(starts_on=date.max, ends_on=date.max), rules=PilotRules(months=120))
    assert "too-long" not in codes(pilot)


@pytest.mark.parametrize(
    ("budget", "rules", "over"),
    [
        (9_999.99, PilotRules(), False),
        (10_000, PilotRules(), True),
        (0, PilotRules(), False),
        (10_000, PilotRules(budget=10_000.01), False),
        (250, PilotRules(budget=250), True),
    ],
)
def test_budget_stays_under_what_the_rules_say(budget: float, rules: PilotRules, over: bool):
    pilot = replace(with_terms(budget=budget), rules=rules)
    assert codes(pilot) == (["budget-over"] if over else [])


@given(st.floats(0, 1e6), st.floats(1, 1e6))
@modest
def test_budget_is_over_exactly_from_the_limit_on(budget: float, limit: float):
    pilot = replace(with_terms(budget=budget), rules=PilotRules(budget=limit))
    assert (codes(pilot) == ["budget-over"]) is (budget >= limit)


def test_larger_thing_behind_the_gate_is_no_cost_of_the_pilot():
    assert codes(replace(fairs, steps=(fair(cost=4000), fair(held_on=None, cost=90_000, scales=True)))) == []


@pytest.mark.parametrize(
    ("pilot", "moves"),
    [
        (Pilot("p", ("a", "b")), False),
        (Pilot("p", ("a", "b"), terms=PilotTerms(budget=0)), False),
        (Pilot("p", ("a", "b"), terms=PilotTerms(budget=0.01)), True),
        (Pilot("p", ("a", "b"), terms=PilotTerms(exchanged=(Exchanged("a", "b", "A grant", kind="funding"),))), True),
        (Pilot("p", ("a", "b"), terms=PilotTerms(exchanged=(Exchanged("a", "b", "Time", kind="staff_time"),))), False),
        (expecting(wrote(H, C, gives=[Expected("x", kind="funding")])), True),
        (Pilot("p", ("a", "b"), steps=(fair(cost=1),)), True),
    ],
)
def test_money_moves_where_it_is_spent_given_or_expected(pilot: Pilot, moves: bool):
    assert moves_money(pilot, REVEALED) is moves


def test_expected_money_is_known_to_nobody_before_the_revelation():
    pilot = expecting(wrote(H, C, gives=[Expected("x", kind="funding")]))
    assert [moves_money(pilot, REVEALED - timedelta(days=days)) for days in (1, 0)] == [False, True]
    assert not moves_money(replace(pilot, expectations=pilot.expectations[:3]), REVEALED)


def test_donor_whom_one_partner_approaches_twice_is_no_clash():
    assert clashing_donors([DonorApproach("Trust", "a"), DonorApproach("Trust", "a")]) == {}


def test_hours_of_nobody_at_all_are_asked_of_everybody():
    assert figures(with_terms(hours=()), PilotFindingCode.HOURS_UNSAID) == {"partners": (H, C)}
    assert codes(with_terms(hours=(TeamHours(H, 0), TeamHours(C, 0)))) == []


def test_every_finding_has_a_weight_and_the_heaviest_come_first():
    assert {*PILOT_WEIGHTS} == {*PilotFindingCode}
    weights = [each.weight for each in pilot_findings(Pilot("p", ("a", "b")), REVEALED)]
    assert weights == sorted(weights, key=tuple(Weight).index)


def test_test_for_somebody_at_most_counts_as_one():
    quick = SuccessTest("waiting", "days", 3, H, at_most=True, by=date(2027, 1, 1))
    assert codes(with_terms(tests=(SCREENED, quick))) == []
