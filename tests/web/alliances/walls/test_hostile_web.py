"""Somebody has signed in to PostgreSQL as the web, and does by SQL what no act does."""

# ruff: noqa: S608 - the SQL that is put together here is the attack

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from lichen_web.accounts.models import Complaint, Membership
from lichen_web.alliances.access.circles import standing_members
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.actions.circles import ask_to_join
from lichen_web.alliances.actions.complaints import answer_complaint, complain, decide_complaint
from lichen_web.alliances.actions.fit import publish_audit, withdraw_audit
from lichen_web.environment import Part
from tests.web.alliances.walls.attacks import refused, say
from tests.web.confiding import NOW, met, opened
from tests.web.people import WebCast
from tests.web.postgres import Database

NEW = "'5d1d1b9c-0000-4000-8000-000000000001'"


@pytest.fixture
def complaint(house: WebCast) -> UUID:
    return complain(house.hospital.lead, circle=house.circle, about=house.churches.id, words="They told.", at=NOW)


# --- Complaints ------------------------------------------------------------------------------------------------------

DECISIONS = (
    "outcome = 'dismissed'",
    "outcome = 'dismissed', decided_at = now()",
    "decided_by_id = NULL, decided_at = now()",
    "reason = ''",
    "forgiven_at = now()",
    "forgiven_because = ''",
)


@pytest.mark.parametrize("decision", DECISIONS)
def test_accused_decides_nothing_about_itself(house: WebCast, complaint: UUID, decision: str):
    with refused():
        say(f"UPDATE lichen_complaint SET {decision} WHERE id = %s", complaint, me=house.churches.id)


def test_accused_touches_nothing_once_it_is_decided(house: WebCast, complaint: UUID):
    answer_complaint(house.churches.lead, complaint=complaint, words="We did not.", at=NOW)
    assert say("UPDATE lichen_complaint SET answer = 'x' WHERE id = %s", complaint, me=house.churches.id) == 0
    decide_complaint(house.host, complaint=complaint, outcome="upheld", reason="They did.", at=NOW)
    for change in ("forgiven_at = now()", "outcome = 'dismissed'", "answer = 'x'"):
        assert say(f"UPDATE lichen_complaint SET {change} WHERE id = %s", complaint, me=house.churches.id) == 0


def test_host_itself_rewrites_no_side_and_no_decision(house: WebCast, complaint: UUID):
    with refused("not changed any more"):
        say("UPDATE lichen_complaint SET words = 'x'", host="yes")
    answer_complaint(house.churches.lead, complaint=complaint, words="We did not.", at=NOW)
    decide_complaint(house.host, complaint=complaint, outcome="dismissed", reason="No.", at=NOW)
    for change in ("answer = 'x'", "outcome = 'upheld'", "decided_by_id = NULL", "forgiven_at = now()"):
        with refused("not changed any more"):
            say(f"UPDATE lichen_complaint SET {change}", host="yes")


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "upheld"},
        {"decided_at": NOW},
        {"answered_at": NOW, "answer": b""},
        {"reason": b""},
        {"forgiven_at": NOW},
    ],
    ids=lambda more: next(iter(more)),
)
def test_complaint_is_made_undecided_and_unanswered(house: WebCast, more: dict[str, object]):
    with working(house.hospital.id), refused("row-level security"):
        make_complaint(house, house.hospital.id, house.churches.id, **more)


def test_complaint_is_made_in_ones_own_name_about_another_of_the_circle(house: WebCast):
    for me, by, about in (
        (house.hospital, house.churches, house.hospital),
        (house.hospital, house.hospital, house.hospital),
        (house.hospital, house.hospital, house.stranger),
        (house.stranger, house.stranger, house.hospital),
    ):
        with working(me.id), refused("row-level security"):
            make_complaint(house, by.id, about.id)


def make_complaint(house: WebCast, by: UUID, about: UUID, **more: object) -> None:
    Complaint.objects.create(circle_id=house.circle, by_id=by, about_id=about, words=b"", made_at=NOW, **more)


def test_complaint_is_not_deleted(house: WebCast, complaint: UUID):
    for said in ({"me": house.hospital.id}, {"me": house.churches.id}, {"host": "yes"}):
        with refused("permission denied"):
            say("DELETE FROM lichen_complaint", **said)


# --- Dealings and grants ---------------------------------------------------------------------------------------------


def test_party_brings_in_no_third(house: WebCast):
    dealing = met(house)
    for me, joining in ((house.hospital, house.stranger), (house.stranger, house.stranger)):
        with refused("row-level security"):
            say(
                "INSERT INTO lichen_matter_party (id, matter_id, organisation_id) VALUES (%s, %s, %s)",
                uuid4(),
                dealing.id,
                joining.id,
                me=me.id,
                matter=dealing.id,
            )


def test_dealing_is_opened_by_one_of_two_who_share_its_circle(house: WebCast):
    hospital, stranger = house.hospital.id, house.stranger.id
    for me, pair in (
        (stranger, f"{hospital} {stranger}"),
        (stranger, f"{hospital} {house.churches.id}"),
        (hospital, f"{hospital} {hospital}"),
        (hospital, str(hospital)),
        (hospital, f"{hospital} {house.churches.id} {stranger}"),
    ):
        with refused():
            say(
                "INSERT INTO lichen_matter (id, circle_id, pair, opened_at, last_number) VALUES (%s, %s, %s, now(), 0)",
                uuid4(),
                house.circle,
                pair,
                me=me,
            )


REWRITTEN = (
    "withdrawn_at = now(), reader_id = {stranger}",
    "withdrawn_at = now(), owner_id = {stranger}",
    "withdrawn_at = now(), matter_id = {new}, sealed_key = ''",
    "withdrawn_at = now()",
    "sealed_key = 'x'",
    "granted_at = now(), withdrawn_at = now(), sealed_key = ''",
)


@pytest.mark.parametrize("change", REWRITTEN)
def test_grant_is_not_rewritten_by_shutting_it(house: WebCast, change: str):
    dealing = opened(house)
    change = change.format(stranger=f"'{house.stranger.id}'", new=NEW)
    for me in (house.hospital, house.churches):
        with refused():
            say(f"UPDATE lichen_grant SET {change}", me=me.id, matter=dealing.id)


def test_either_side_shuts_all_that_is_open(house: WebCast):
    """Which is what the policy is for."""
    dealing = opened(house)
    shut = "UPDATE lichen_grant SET withdrawn_at = now(), sealed_key = ''"
    assert say(shut, me=house.hospital.id, matter=dealing.id) == 6


def test_what_was_shut_stays_shut(house: WebCast):
    dealing = opened(house)
    say("UPDATE lichen_grant SET withdrawn_at = now(), sealed_key = ''", me=house.hospital.id, matter=dealing.id)
    for me in (house.hospital, house.churches):
        with refused():
            say("UPDATE lichen_grant SET withdrawn_at = NULL", me=me.id, matter=dealing.id)
        with refused("permission denied"):
            say("DELETE FROM lichen_grant", me=me.id, matter=dealing.id)


def test_grant_is_of_a_part_of_its_owner_to_the_other_of_the_two(house: WebCast):
    dealing = opened(house)
    ours, theirs, others = (part_of(each.id) for each in (house.hospital, house.churches, house.hospital))
    hospital, churches, stranger = house.hospital.id, house.churches.id, house.stranger.id
    for part, owner, reader in (
        (theirs, hospital, churches),
        (ours, hospital, stranger),
        (ours, hospital, hospital),
        (others, stranger, churches),
    ):
        with refused("row-level security"):
            give(dealing.id, part, owner, reader, me=hospital, matter=dealing.id)
    with refused("row-level security"):
        give(dealing.id, ours, hospital, churches, me=hospital)


def part_of(owner: UUID) -> UUID:
    ((part,),) = say("SELECT id FROM lichen_sealed_part WHERE rung = 4 LIMIT 1", me=owner)
    return part


def give(dealing: UUID, part: UUID, owner: UUID, reader: UUID, *, me: UUID, **said: object) -> None:
    say(
        "INSERT INTO lichen_grant (id, part_id, owner_id, reader_id, matter_id, sealed_key, granted_at)"
        " VALUES (%s, %s, %s, %s, %s, '', now())",
        uuid4(),
        part,
        owner,
        reader,
        dealing,
        me=me,
        **said,
    )


def test_step_comes_next_and_before_the_end(house: WebCast):
    dealing = met(house)
    step = (
        "INSERT INTO lichen_matter_event (id, matter_id, number, by_id, happened_at, sealed, wrapped_key)"
        " VALUES (%s, %s, %s, %s, now(), '', '')"
    )
    for number in (2, 4):
        with refused("row-level security"):
            say(step, uuid4(), dealing.id, number, house.hospital.id, me=house.hospital.id, matter=dealing.id)
    say("UPDATE lichen_matter SET ended_at = now() WHERE id = %s", dealing.id, me=house.hospital.id)
    with refused("row-level security"):
        say(step, uuid4(), dealing.id, 3, house.hospital.id, me=house.hospital.id, matter=dealing.id)


# --- Parts and keys --------------------------------------------------------------------------------------------------


def test_no_part_is_put_under_a_gap_of_another(house: WebCast):
    """It would take the place of the next version, and tell whether there is such a gap."""
    ((gap,),) = say("SELECT id FROM lichen_vulnerability LIMIT 1", me=house.hospital.id)
    put = (
        "INSERT INTO lichen_sealed_part (id, organisation_id, vulnerability_id, rung, version, sealed, wrapped_key,"
        " sealed_at) VALUES (%s, %s, %s, 3, %s, '', '', now())"
    )
    for there, version in ((gap, 1), (gap, 2), (uuid4(), 1)):
        with refused("row-level security"):
            say(put, uuid4(), house.stranger.id, there, version, me=house.stranger.id)


COPIED = (
    "INSERT INTO lichen_organisation_key (organisation_id, host_key, data_key, public_key, private_key, verify_key,"
    " signing_key, made_at) SELECT %s, host_key, data_key, public_key, private_key, verify_key, signing_key, made_at"
    " FROM lichen_organisation_key LIMIT 1"
)


def test_keys_are_given_to_nobody_in_whom_something_happened(house: WebCast):
    say("DELETE FROM lichen_organisation_key", me=house.churches.id)
    for me in (house.stranger.id, house.churches.id, None):
        with refused("row-level security"):
            say(COPIED, house.churches.id, me=me)


def test_keys_are_not_changed(house: WebCast):
    with refused("permission denied"):
        say("UPDATE lichen_organisation_key SET public_key = 'x'", me=house.hospital.id)


def test_nobody_is_said_to_be_erased_whose_keys_are_there(house: WebCast):
    """Else the next restore would destroy them."""
    with refused("its keys are still there"):
        say("INSERT INTO lichen_erasure VALUES (%s, now())", house.hospital.id, me=house.stranger.id)


# --- Matching --------------------------------------------------------------------------------------------------------


@pytest.fixture
def published(house: WebCast) -> WebCast:
    publish_audit(house.hospital.lead, circle=house.circle, at=NOW)
    return house


def test_card_is_neither_changed_nor_replaced(published: WebCast):
    me = published.hospital.id
    with refused("permission denied"):
        say("UPDATE lichen_match_card SET sealed = 'x'", me=me)
    assert say("DELETE FROM lichen_match_card", me=me) == 0
    withdraw_audit(published.hospital.lead, circle=published.circle, at=NOW)
    assert say("DELETE FROM lichen_match_card", me=me) == 0


def test_card_of_what_was_withdrawn_is_not_written(house: WebCast):
    me = house.hospital.id
    assert say(PUBLISHED, uuid4(), me, house.circle, me=me) == 1
    say("UPDATE lichen_publication SET withdrawn_at = now()", me=me)
    with refused("row-level security"):
        say("INSERT INTO lichen_match_card (publication_id, sealed) SELECT id, 'x' FROM lichen_publication", me=me)


PUBLISHED = (
    "INSERT INTO lichen_publication (id, organisation_id, circle_id, published_at, stands_until, sealed, wrapped_key)"
    " VALUES (%s, %s, %s, now(), now(), '', '')"
)


@pytest.mark.parametrize("change", ["stands_until = now()", "withdrawn_at = now(), circle_id = gen_random_uuid()"])
def test_publication_is_only_withdrawn(published: WebCast, change: str):
    with refused("not changed any more"):
        say(f"UPDATE lichen_publication SET {change}", me=published.hospital.id)
    with refused("permission denied"):
        say("DELETE FROM lichen_publication", me=published.hospital.id)


def test_nothing_is_published_in_a_circle_of_others(house: WebCast):
    with refused("row-level security"):
        say(PUBLISHED, uuid4(), house.stranger.id, house.circle, me=house.stranger.id)


@pytest.mark.parametrize("change", ["codes = 0", "codes = codes - 1", "codes = codes + 11", "quarter = '2031Q1'"])
def test_charge_only_grows(published: WebCast, change: str):
    with refused("not changed any more"):
        say(f"UPDATE lichen_probe_charge SET {change}", me=published.hospital.id)
    with refused("permission denied"):
        say("DELETE FROM lichen_probe_charge", me=published.hospital.id)


def test_web_makes_changes_and_deletes_no_proposal(house: WebCast):
    made = "INSERT INTO lichen_proposal (id, organisation_id, circle_id, sealed, wrapped_key, method, made_at)"
    with refused("permission denied"):
        say(f"{made} VALUES (%s, %s, %s, '', '', '', now())", uuid4(), house.hospital.id, house.circle)
    with refused("permission denied"):
        say("DELETE FROM lichen_proposal", me=house.hospital.id)


# --- People and circles ----------------------------------------------------------------------------------------------


def test_nobody_is_admitted_for_whom_no_convener_vouches(house: WebCast):
    asked = ask_to_join(house.stranger.lead, circle=house.circle, statement="We care.", signed_name="S", at=NOW)
    for voucher in (None, house.stranger.lead.person, house.host.person):
        with refused("a convener vouches"):
            say(
                "UPDATE lichen_circle_membership SET admitted_at = now(), vouched_by_id = %s WHERE id = %s",
                voucher,
                asked,
                me=house.stranger.id,
            )
    with refused("a convener vouches"):
        say(
            "INSERT INTO lichen_circle_membership (id, circle_id, organisation_id, claim_id, asked_at, admitted_at)"
            " SELECT %s, circle_id, organisation_id, claim_id, now(), now() FROM lichen_circle_membership LIMIT 1",
            uuid4(),
            me=house.stranger.id,
        )
    assert house.stranger.id not in standing_members(house.circle)


def test_who_left_does_not_come_back_by_their_old_line(house: WebCast):
    with working():
        Membership.objects.filter(person=house.hospital.observer.person).update(left_at=NOW)
    for change in ("left_at = NULL", f"organisation_id = '{house.stranger.id}'", f"person_id = {NEW}"):
        with refused("not changed any more"):
            say(f"UPDATE lichen_membership SET {change} WHERE left_at IS NOT NULL")


KEPT = (
    "lichen_circle",
    "lichen_circle_membership",
    "lichen_claim",
    "lichen_convener",
    "lichen_delegation",
    "lichen_event_payload",
    "lichen_facilitation",
    "lichen_invitation",
    "lichen_key_copy",
    "lichen_matter",
    "lichen_membership",
    "lichen_offer",
    "lichen_organisation",
    "lichen_person",
    "lichen_recovery",
    "lichen_sitting",
    "lichen_vulnerability",
)


@pytest.mark.parametrize("table", KEPT)
def test_line_of_what_was_is_not_deleted(entered_house: WebCast, postgres: Database, table: str):
    for part in (Part.WEB, Part.WORKER):
        with postgres.signed_in(part), refused("permission denied"):
            say(f"DELETE FROM {table}")


def test_signed_statement_is_not_changed(house: WebCast):
    with refused("permission denied"):
        say("UPDATE lichen_claim SET statement = 'x'")
