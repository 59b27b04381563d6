from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.checkin.needs import NeedMove, need_changes, needs_on, outgrown_needs
from lichen.checkin.values import CheckIn, CheckInRules, NeedNow
from tests.cast import churches_audit, hospital_audit
from tests.core.checkin.quarters import C, H, quarters

AUDITS = (replace(hospital_audit, audited_on=date(2026, 9, 1)), replace(churches_audit, audited_on=None))
LATER = date(2027, 6, 1)
LANGUAGES = (H, "people.languages")


def moves(before, now) -> list[tuple[str, str, int, int]]:
    return [(change.code, change.move.value, change.before, change.now) for change in need_changes(before, now)]


def test_what_changed_since_the_last_check_in_and_since_the_audit():
    audit, december, now = (
        needs_on(AUDITS, (), LATER),
        needs_on(AUDITS, quarters, date(2026, 12, 21)),
        needs_on(AUDITS, quarters, LATER),
    )

    assert moves(december, now) == [("ops.logistics", "new", 0, 2), ("people.volunteers", "gone", 3, 0)]
    assert moves(audit, now) == [
        ("funding.fundraising", "down", 4, 3),
        ("ops.logistics", "new", 0, 2),
        ("people.languages", "down", 4, 1),
        ("people.volunteers", "gone", 3, 0),
    ]


def test_a_need_that_got_worse_is_up():
    worse = CheckIn(LATER, needs=(NeedNow(C, "knowledge.evaluation", 5),))

    assert moves(needs_on(AUDITS, (), LATER), needs_on(AUDITS, (worse,), LATER)) == [
        ("knowledge.evaluation", "up", 2, 5)
    ]


def test_an_audit_made_since_is_newer_than_the_check_in():
    again = (replace(hospital_audit, audited_on=date(2027, 5, 1)),)

    assert needs_on(again, quarters, LATER)[LANGUAGES] == 4


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2027, 3, 1), []),
        (LATER, [(H, "people.languages", 1, date(2026, 12, 21), 2)]),
    ],
)
def test_slight_at_two_check_ins_of_its_owner_may_be_outgrown(on, found):
    """It was written in December only; in April the hospital answered and did not change it."""
    seen = [
        (each.owner, each.code, each.severity, each.since, each.times) for each in outgrown_needs(AUDITS, quarters, on)
    ]

    assert seen == found


def test_a_check_in_that_the_owner_left_out_is_not_counted():
    silent = (*quarters[:2], replace(quarters[2], answered_by=(C,), trust=(), needs=()))

    assert outgrown_needs(AUDITS, silent, LATER) == ()


def test_a_need_that_grew_again_is_not_outgrown():
    grown = (*quarters, CheckIn(date(2027, 5, 1), answered_by=(H,), needs=(NeedNow(H, "people.languages", 3),)))

    assert "people.languages" not in [each.code for each in outgrown_needs(AUDITS, grown, LATER)]


def test_what_is_slight_and_how_often_is_for_the_partners_to_say():
    strict = CheckInRules(outgrown=0, outgrown_times=1)

    assert [each.code for each in outgrown_needs(AUDITS, quarters, LATER, strict)] == ["people.volunteers"]


severities = st.dictionaries(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), st.integers(0, 5))


@given(severities, severities)
def test_going_back_turns_every_change_round(before, now):
    other_way = {
        NeedMove.UP: NeedMove.DOWN,
        NeedMove.DOWN: NeedMove.UP,
        NeedMove.NEW: NeedMove.GONE,
        NeedMove.GONE: NeedMove.NEW,
    }
    forth, back = need_changes(before, now), need_changes(now, before)

    assert [(each.owner, each.code, each.now, other_way[each.move]) for each in forth] == [
        (each.owner, each.code, each.before, each.move) for each in back
    ]
