"""The clause as a whole on a day, and what is wrong between it and the partners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lichen.charter.clause.checks import clause_problems
from lichen.charter.clause.renegotiation import Phase
from lichen.charter.clause.values import Capacity, Clause, ClauseTerms, Ground, Happening, MinimumDuty, Renegotiation
from lichen.charter.clause.watch import clause_watch
from tests.cast import churches, churches_audit, hospital, hospital_audit

PARTNERS = (hospital_audit, churches_audit)
AGREED, ON = date(2026, 9, 30), date(2026, 11, 22)
HALLS = "halls on weekdays"
FALL = (Capacity(churches.id, HALLS, 3, AGREED), Capacity(churches.id, HALLS, 2, date(2026, 11, 1)))
ASKED = Renegotiation(churches.id, Ground.CAPACITY_DOWN, date(2026, 11, 10), what=HALLS)


def watched(clause: Clause, on: date = ON) -> list[tuple[str, Ground, date | None]]:
    found = clause_watch(clause, PARTNERS, on=on, agreed_on=AGREED).triggers
    return [(each.trigger.partner, each.trigger.ground, each.request and each.request.asked_on) for each in found]


def test_change_stands_with_the_request_that_came_of_it():
    assert watched(Clause(capacities=FALL)) == [(churches.id, Ground.CAPACITY_DOWN, None)]
    assert watched(Clause(capacities=FALL, renegotiations=(ASKED,))) == [
        (churches.id, Ground.CAPACITY_DOWN, ASKED.asked_on)
    ]


def test_request_about_something_else_or_taken_back_leaves_the_change_unasked():
    for other in (
        replace(ASKED, what="the car park"),
        replace(ASKED, partner=hospital.id),
        replace(ASKED, ground=Ground.CAPACITY_UP),
        replace(ASKED, withdrawn_on=date(2026, 11, 12)),
    ):
        assert watched(Clause(capacities=FALL, renegotiations=(other,)))[0][2] is None


def test_settlement_is_the_new_ground_to_stand_on():
    settled = replace(ASKED, settled_on=date(2026, 11, 20))
    assert watched(Clause(capacities=FALL, renegotiations=(settled,))) == []
    further = (*FALL, Capacity(churches.id, HALLS, 1, date(2026, 11, 21)))
    assert [each[:2] for each in watched(Clause(capacities=further, renegotiations=(settled,)))] == [
        (churches.id, Ground.CAPACITY_DOWN)
    ]


def test_audits_are_compared_only_with_earlier_ones():
    eased = replace(churches, vulnerabilities=churches.vulnerabilities[1:])
    now = (hospital_audit, replace(churches_audit, organisation=eased))
    blind = clause_watch(Clause(), now, on=ON)
    seen = clause_watch(Clause(), now, on=ON, before=PARTNERS)
    assert (blind.audits_compared, blind.triggers, blind.needs_talk) == (False, (), False)
    assert [(each.trigger.partner, each.trigger.ground) for each in seen.triggers] == [(churches.id, Ground.NEED_EASED)]
    assert (seen.audits_compared, seen.needs_talk) == (True, True)


def test_requests_stand_in_the_order_of_asking_and_later_ones_are_not_seen():
    later = replace(ASKED, partner=hospital.id, asked_on=date(2026, 11, 5))
    clause = Clause(renegotiations=(ASKED, later))
    states = clause_watch(clause, PARTNERS, on=ON).requests
    assert [state.renegotiation.partner for state in states] == [hospital.id, churches.id]
    assert [state.phase for state in states] == [Phase.TALKS, Phase.NOTICE]
    assert clause_watch(clause, PARTNERS, on=date(2026, 11, 4)).requests == ()


def test_everything_wrong_in_the_clause_is_told_with_its_place():
    clause = Clause(
        ClauseTerms(events=("a fire",), minimum_duties=(MinimumDuty("nobody", "a thing"),)),
        (Capacity("nobody", HALLS, 1, ON),),
        (Happening("nobody", "a flood", ON),),
        (
            Renegotiation("nobody", Ground.EVENT, ON, what="a flood"),
            Renegotiation(churches.id, Ground.NEED_WORSE, ON, gap="no.such", what=HALLS),
            Renegotiation(churches.id, Ground.CAPACITY_DOWN, ON, gap="ops.logistics", what=HALLS),
        ),
    )
    assert [problem.place for problem in clause_problems(clause, (hospital, churches))] == [
        "charter, clause, terms, minimum_duties, item 1, partner",
        "charter, clause, capacities, item 1, partner",
        "charter, clause, happenings, item 1, partner",
        "charter, clause, renegotiations, item 1, partner",
        "charter, clause, happenings, item 1, event",
        "charter, clause, renegotiations, item 1, what",
        "charter, clause, renegotiations, item 2, gap",
        "charter, clause, renegotiations, item 2, what",
        "charter, clause, renegotiations, item 3, gap",
        "charter, clause, renegotiations, item 3, what",
    ]


def test_clause_that_agrees_with_the_partners_has_no_problem():
    clause = Clause(
        ClauseTerms(events=("a fire",), minimum_duties=(MinimumDuty(churches.id, "one hall"),)),
        FALL,
        (Happening(hospital.id, "a fire", ON),),
        (
            ASKED,
            Renegotiation(hospital.id, Ground.EVENT, ON, what="a fire"),
            Renegotiation(hospital.id, Ground.NEED_WORSE, ON, gap="trust.underserved"),
            Renegotiation(hospital.id, Ground.NEED_EASED, ON),
        ),
    )
    assert clause_problems(clause, (hospital, churches)) == []
