from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.checkin.schedule import AgreedCheckIns, checkin_due, first_audit_findings, held_checkins
from lichen.checkin.schedule import FirstAuditFinding as Finding
from lichen.checkin.values import CheckIn, CheckInRules
from lichen.days import months_after
from tests.core.checkin.quarters import C, H, december, first, quarters, rating

PILOT = date(2026, 10, 1)
LATER = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("on", "overdue", "in_days"),
    [(date(2026, 12, 20), 0, 1), (date(2026, 12, 21), 0, 0), (date(2026, 12, 22), 1, 0), (date(2028, 12, 21), 731, 0)],
)
def test_a_check_in_is_due_a_quarter_after_the_last(on, overdue, in_days):
    due = checkin_due([first], [H, C], on)

    assert (due.next_on, due.overdue, due.in_days) == (date(2026, 12, 21), overdue, in_days)


def test_the_months_are_for_the_partners_to_say():
    yearly = replace(first, rules=CheckInRules(months=12))

    assert checkin_due([yearly], [H, C], LATER).next_on == date(2027, 9, 21)
    assert checkin_due([first], [H, C], LATER, rules=CheckInRules(months=1)).next_on == date(2026, 10, 21)


def test_the_first_is_due_before_the_pilot():
    assert checkin_due([], [H, C], date(2026, 10, 4), pilot_on=PILOT).overdue == 3
    assert checkin_due([], [H, C], LATER).next_on is None


def test_a_check_in_of_later_has_not_been_held():
    assert checkin_due(quarters, [H, C], date(2026, 12, 1)).last.held_on == first.held_on


CHARTER = AgreedCheckIns(since=date(2027, 1, 20), first_on=date(2027, 4, 20), months=4)


@pytest.mark.parametrize(
    ("on", "next_on"),
    [
        # The first audit was held before the charter, which names the day of its own first check-in.
        (date(2026, 10, 1), date(2027, 4, 20)),
        # The second, of December, was held before it, too; the third, of April, under it.
        (date(2027, 1, 1), date(2027, 4, 20)),
        (LATER, date(2027, 8, 2)),
    ],
)
def test_a_check_in_is_due_as_the_charter_says(on, next_on):
    assert checkin_due(quarters, [H, C], on, agreed=CHARTER).next_on == next_on


def test_under_a_charter_a_check_in_is_late_by_its_day():
    assert [(each.due_on, each.late) for each in held_checkins(quarters, [H, C], LATER, agreed=CHARTER)] == [
        (None, 0),
        (date(2027, 4, 20), 0),
        (date(2027, 4, 20), 0),
    ]
    alone = held_checkins(quarters[-1:], [H, C], LATER, agreed=replace(CHARTER, first_on=date(2027, 3, 31)))
    assert [(each.due_on, each.late) for each in alone] == [(date(2027, 3, 31), 2)]


def test_the_months_of_a_check_in_of_their_own_come_before_the_charter():
    yearly = replace(quarters[-1], rules=CheckInRules(months=12))

    assert checkin_due([yearly], [H, C], LATER, agreed=CHARTER).next_on == date(2028, 4, 2)


def test_without_a_pilot_the_charter_names_the_first_day():
    assert checkin_due([], [H, C], LATER, agreed=CHARTER).next_on == CHARTER.first_on
    assert checkin_due([], [H, C], LATER, pilot_on=PILOT, agreed=CHARTER).next_on == PILOT


def test_who_did_not_answer_is_named():
    assert checkin_due(quarters, [H, C], LATER).last.unanswered == (C,)


def test_every_check_in_says_how_late_it_was():
    assert [(each.due_on, each.late) for each in held_checkins(quarters, [H, C], LATER)] == [
        (None, 0),
        (date(2026, 12, 21), 0),
        (date(2027, 3, 21), 12),
    ]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.lists(st.integers(0, 60), max_size=40))
def test_over_many_years_only_days_late_add_up(start, late):
    """Ten years of quarters, each so many days after it was due."""
    held = [CheckIn(start)]
    for days in late:
        held.append(CheckIn(months_after(held[-1].held_on, 3) + timedelta(days)))

    assert [each.late for each in held_checkins(held, [], date(2200, 1, 1))] == [0, *late]


@pytest.mark.parametrize(
    ("checkins", "found"),
    [
        ((first,), ()),
        ((), (Finding.NOT_HELD,)),
        ((replace(first, trust=first.trust[:1]),), (Finding.ONE_SIDED,)),
        ((replace(first, revealed_on=None),), (Finding.SEALED, Finding.AFTER_PILOT)),
        ((replace(first, announced_on=None),), (Finding.NOT_ANNOUNCED,)),
        ((december,), (Finding.AFTER_PILOT,)),
        ((replace(december, trust=(*december.trust[1:], rating(H, C, 8))),), (Finding.AFTER_PILOT,)),
    ],
)
def test_the_first_audit_comes_before_the_pilot_announced_and_from_both(checkins, found):
    assert first_audit_findings(checkins, LATER, pilot_on=PILOT) == found


def test_without_a_pilot_the_first_audit_is_never_late():
    assert first_audit_findings([december], LATER) == ()
