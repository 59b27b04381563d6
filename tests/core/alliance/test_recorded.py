"""What of an alliance is counted: who stayed, when all had signed, how long answers took, and how it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.alliance.recorded import agreed_on, alliance_lifetime, alliance_record
from lichen.alliance.values import Alliance
from lichen.charter.agreement.terms import Signature
from lichen.charter.requests import ChangeRequest, Reply
from lichen.charter.threat import Model
from lichen.charter.values import Charter
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter
from lichen.progress.records import Felt, ReplyTime, Stay
from lichen.progress.survival import Lifetime
from lichen.progress.values import Course, EndReason, Membership, Progress, SatisfactionAnswer
from tests.cast import churches_audit, hospital_audit

H, C = "example-hospital", "example-churches"
FOUNDED, ON = date(2026, 3, 1), date(2026, 9, 1)
OLD, NEW = "a" * 64, "b" * 64
EASTFIELD = Alliance("Eastfield", formed_on=FOUNDED, partners=(hospital_audit, churches_audit))


def with_course(**parts: object) -> Alliance:
    return replace(EASTFIELD, course=Course(**parts))  # type: ignore[arg-type]


def test_lifetime_of_one_that_lives_is_cut_off_at_the_day():
    assert alliance_lifetime(EASTFIELD, ON) == Lifetime(184, ended=False)


def test_lifetime_of_one_that_ended_has_its_reason():
    ended = with_course(ended_on=date(2026, 5, 1), ended_because=EndReason.GOAL_MET)
    assert alliance_lifetime(ended, ON) == Lifetime(61, True, EndReason.GOAL_MET)
    assert alliance_lifetime(ended, date(2026, 4, 1)) == Lifetime(31, ended=False)


def test_lifetime_begins_with_the_first_partner_where_no_founding_is_told():
    joined = with_course(memberships=(Membership(H, date(2026, 4, 1)),))
    assert alliance_lifetime(replace(joined, formed_on=None), date(2026, 4, 2)) == Lifetime(1, ended=False)
    assert alliance_lifetime(replace(EASTFIELD, formed_on=None), ON) is None
    assert alliance_lifetime(EASTFIELD, date(2026, 2, 1)) is None


def test_partners_without_memberships_stay_from_the_founding():
    assert alliance_record(EASTFIELD, ON).stays == (Stay(FOUNDED, ON, False), Stay(FOUNDED, ON, False))


def test_who_goes_on_the_day_of_the_end_has_not_left():
    course = {
        "memberships": (
            Membership(H, FOUNDED, date(2026, 6, 1), EndReason.MONEY),
            Membership(C, FOUNDED, date(2026, 8, 1)),
            Membership("later", date(2026, 8, 15)),
        ),
        "ended_on": date(2026, 8, 1),
    }
    assert alliance_record(with_course(**course), ON).stays == (
        Stay(FOUNDED, date(2026, 6, 1), True, EndReason.MONEY),
        Stay(FOUNDED, date(2026, 8, 1), False),
    )


def test_who_leaves_later_is_still_there():
    course = {"memberships": (Membership(H, FOUNDED, date(2026, 10, 1), EndReason.MONEY),)}
    assert alliance_record(with_course(**course), ON).stays == (Stay(FOUNDED, ON, False),)


@pytest.mark.parametrize(
    ("signatures", "expected"),
    [
        ([(H, OLD, 3)], None),
        ([(H, OLD, 3), (C, NEW, 4)], None),
        ([(H, OLD, 3), (C, NEW, 4), (H, NEW, 9)], date(2026, 4, 9)),
        ([(H, OLD, 3), (C, OLD, 4), (H, NEW, 9), (C, NEW, 9)], date(2026, 4, 4)),
    ],
)
def test_agreed_when_all_have_signed_the_same(signatures, expected):
    signed = tuple(Signature(party, digest, date(2026, 4, day)) for party, digest, day in signatures)
    alliance = replace(EASTFIELD, charter=Charter(signatures=signed))
    assert agreed_on(alliance, ON) == expected
    assert agreed_on(alliance, date(2026, 4, 1)) is None


def test_first_contact_is_the_one_written_down_else_the_first_talk():
    talk = DisclosureEvent(date(2026, 2, 1), Act.TALKED, conversation=Conversation((H, C)))
    talked = replace(EASTFIELD, matters=(Matter("m", (H, C), date(2026, 1, 1), (talk,)),))
    assert alliance_record(talked, ON).agreement == Lifetime(212, ended=False)
    written = replace(talked, course=Course(first_contact_on=date(2026, 8, 31)))
    assert alliance_record(written, ON).agreement == Lifetime(1, ended=False)
    assert alliance_record(EASTFIELD, ON).agreement is None


def test_replies_know_whether_both_sides_had_a_liaison():
    requests = (
        ChangeRequest("a", H, C, "x", date(2026, 4, 1), liaison_asking="T", liaison_asked="A", answer=Reply.ACCEPTED,
                      answered_on=date(2026, 4, 11)),
        ChangeRequest("b", H, C, "x", date(2026, 8, 2), liaison_asking="T"),
        ChangeRequest("c", H, C, "x", date(2026, 9, 2)),
    )  # fmt: skip
    record = alliance_record(replace(EASTFIELD, charter=Charter(Model.UNCOMMON_COMPLEMENT, requests=requests)), ON)
    assert record.replies == (ReplyTime(10, True, True), ReplyTime(30, False, False))
    assert record.is_uncommon is True


def test_satisfaction_takes_first_and_last_and_nobody_without_a_name():
    surveys = (
        SatisfactionAnswer(H, date(2026, 4, 1), satisfied=3),
        SatisfactionAnswer(H, date(2026, 7, 1), satisfied=6),
        *(SatisfactionAnswer(C, date(2026, 4, 1), satisfied=2, unnamed=True, person=str(n)) for n in range(6)),
    )
    record = alliance_record(replace(EASTFIELD, progress=Progress(surveys=surveys)), ON)
    assert record.felt == (Felt(3, 6, 2),)
