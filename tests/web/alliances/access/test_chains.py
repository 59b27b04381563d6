"""Every change that somebody with the whole database could make to the chains is found."""

# ruff: noqa: S608 - the SQL that is put together here is the attack

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from lichen_web.alliances.access.chains import ChainFault, Fault, VerifiedChain, newest_marks, verified_chains
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.actions.events import mark_chains
from lichen_web.alliances.events import HOST_CHAIN, START, Mark, event_hash, record, signed_mark
from lichen_web.alliances.models import Chain, Event, EventPayload
from lichen_web.alliances.models.event import ChainOf

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CIRCLE, OTHER = UUID(int=7), UUID(int=8)


@pytest.fixture
def chains(any_database: str) -> None:
    """Six events of a circle, every second with a payload, and two of another chain."""
    for number in range(1, 7):
        told(number)
    for number in (1, 2):
        told(number, ChainOf.ORGANISATION, OTHER)


def told(number: int, of: ChainOf = ChainOf.CIRCLE, chain: UUID = CIRCLE) -> None:
    payload = {"role": "lead", "grüß": str(number)} if number % 2 == 0 else None
    person, about = UUID(int=100 + number), UUID(int=200 + number)
    at = NOON + timedelta(microseconds=number)
    with working(OTHER):
        say_host()
        record(
            "member_joined", of=of, chain=chain, at=at, person=person, organisation=OTHER, about=about, payload=payload
        )


def say_host() -> None:
    """On PostgreSQL, in whose chains anybody of the host may write."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lichen.host', 'yes', true)")


@pytest.fixture
def verified(chains: None, as_owner) -> Callable[..., dict[UUID, VerifiedChain]]:
    def run(*against: Mark) -> dict[UUID, VerifiedChain]:
        with as_owner():
            return {chain.id: chain for chain in verified_chains(against)}

    return run


@pytest.fixture
def faults(verified) -> Callable[..., list[tuple[str, int]]]:
    """What is wrong with the circle's chain, after it was made sure that nothing is with the other."""

    def run(*against: Mark) -> list[tuple[str, int]]:
        found = verified(*against)
        assert found[OTHER].faults == ()
        return [(each.fault.name, each.number) for each in found[CIRCLE].faults]

    return run


def test_what_was_written_verifies(verified):
    assert verified() == {
        CIRCLE: VerifiedChain(CIRCLE, "circle", events=6, erased=0, faults=()),
        OTHER: VerifiedChain(OTHER, "organisation", events=2, erased=0, faults=()),
    }


def test_erased_payload_is_counted_and_no_fault(verified, tamper):
    tamper(f"DELETE FROM lichen_event_payload WHERE event_id = {row(4)}")
    assert verified()[CIRCLE] == VerifiedChain(CIRCLE, "circle", events=6, erased=1, faults=())


def row(number: int, chain: UUID = CIRCLE) -> int:
    return Event.objects.get(chain=chain, number=number).id


def as_stored(value: UUID | bytes) -> str:
    """A value as it stands in SQL on the database that is tested."""
    if isinstance(value, bytes):
        return f"X'{value.hex()}'" if connection.vendor == "sqlite" else f"'\\x{value.hex()}'::bytea"
    return f"'{value.hex}'" if connection.vendor == "sqlite" else f"'{value}'"


FIELDS = {
    "what": "'member_left'",
    "happened_at": "'2026-11-22 12:00:00.000009+00'",
    "person": as_stored,
    "organisation": as_stored,
    "about": as_stored,
}


@pytest.mark.parametrize("field", FIELDS)
def test_changed_field_is_found(field: str, faults, tamper):
    value = FIELDS[field] if isinstance(FIELDS[field], str) else FIELDS[field](UUID(int=999))
    tamper(f"UPDATE lichen_event SET {field} = {value} WHERE id = {row(3)}")
    assert faults() == [("CONTENT", 3)]


@pytest.mark.parametrize("field", ["person", "organisation", "about"])
def test_emptied_field_is_found(field: str, faults, tamper):
    tamper(f"UPDATE lichen_event SET {field} = NULL WHERE id = {row(3)}")
    assert faults() == [("CONTENT", 3)]


def test_changed_hash_is_found(faults, tamper):
    tamper(f"UPDATE lichen_event SET hash = '{'a' * 64}' WHERE id = {row(3)}")
    assert faults() == [("CONTENT", 3), ("LINK", 4)]


def test_changed_hash_of_the_event_before_is_found(faults, tamper):
    tamper(f"UPDATE lichen_event SET previous_hash = '{'a' * 64}' WHERE id = {row(3)}")
    assert faults() == [("LINK", 3), ("CONTENT", 3)]


def test_changed_number_is_found(faults, tamper):
    tamper(f"UPDATE lichen_event SET number = 9 WHERE id = {row(6)}")
    assert faults() == [("NUMBER", 9), ("CONTENT", 9), ("HEAD", 9)]


def test_hash_of_a_payload_that_was_changed_or_emptied_is_found(faults, tamper):
    tamper(f"UPDATE lichen_event SET payload_hash = '' WHERE id = {row(4)}")
    assert faults() == [("CONTENT", 4), ("PAYLOAD", 4)]


def test_changed_payload_is_found(faults, tamper):
    tamper(f"""UPDATE lichen_event_payload SET payload = '{{"role": "observer"}}' WHERE event_id = {row(4)}""")
    assert faults() == [("PAYLOAD", 4)]


def test_changed_salt_is_found(faults, tamper):
    tamper(f"UPDATE lichen_event_payload SET salt = {as_stored(bytes(16))} WHERE event_id = {row(4)}")
    assert faults() == [("PAYLOAD", 4)]


def test_payload_put_under_an_event_that_had_none_is_found(faults, tamper):
    tamper(
        "INSERT INTO lichen_event_payload (event_id, salt, payload) VALUES"
        f' ({row(3)}, {as_stored(b"salt")}, \'{{"role": "lead"}}\')'
    )
    assert faults() == [("PAYLOAD", 3)]


def test_swapped_payloads_are_found(faults, tamper):
    two, four = row(2), row(4)
    tamper(
        f"UPDATE lichen_event_payload SET event_id = -1 WHERE event_id = {two}",
        f"UPDATE lichen_event_payload SET event_id = {two} WHERE event_id = {four}",
        f"UPDATE lichen_event_payload SET event_id = {four} WHERE event_id = -1",
    )
    assert faults() == [("PAYLOAD", 2), ("PAYLOAD", 4)]


def test_deleted_event_is_found(faults, tamper):
    tamper(f"DELETE FROM lichen_event WHERE id = {row(3)}")
    assert faults() == [("NUMBER", 4), ("LINK", 4)]


def test_deleted_event_is_found_even_if_the_others_are_numbered_anew(faults, tamper):
    tamper(f"DELETE FROM lichen_event WHERE id = {row(5)}", f"UPDATE lichen_event SET number = 5 WHERE id = {row(6)}")
    assert faults() == [("LINK", 5), ("CONTENT", 5), ("HEAD", 5)]


def test_swapped_events_are_found(faults, tamper):
    three, four = row(3), row(4)
    tamper(
        f"UPDATE lichen_event SET number = 99 WHERE id = {three}",
        f"UPDATE lichen_event SET number = 3 WHERE id = {four}",
        f"UPDATE lichen_event SET number = 4 WHERE id = {three}",
    )
    assert faults() == [("LINK", 3), ("CONTENT", 3), ("LINK", 4), ("CONTENT", 4), ("LINK", 5)]


def test_inserted_event_is_found(faults, tamper):
    last = Event.objects.get(chain=CIRCLE, number=6)
    false = Event(chain_id=CIRCLE, number=7, what="member_left", happened_at=NOON, previous_hash=last.hash)
    false.hash = event_hash(false, "circle")
    tamper(inserted(false))
    assert faults() == [("HEAD", 7)]


def inserted(event: Event) -> str:
    return (
        "INSERT INTO lichen_event (chain_id, number, what, happened_at, payload_hash, previous_hash, hash) VALUES"
        f" ({as_stored(event.chain_id)}, {event.number}, '{event.what}', '2026-11-22 12:00:00+00', '',"
        f" '{event.previous_hash}', '{event.hash}')"
    )


def test_cut_tail_is_found(faults, tamper):
    tamper(f"DELETE FROM lichen_event WHERE id = {row(6)}")
    assert faults() == [("HEAD", 5)]


def test_changed_head_is_found(faults, tamper):
    tamper(f"UPDATE lichen_chain SET last_number = 7 WHERE id = {as_stored(CIRCLE)}")
    assert faults() == [("HEAD", 6)]


def test_chain_that_is_said_to_be_of_something_else_is_found(faults, tamper):
    tamper(f"UPDATE lichen_chain SET \"of\" = 'alliance' WHERE id = {as_stored(CIRCLE)}")
    assert faults() == [("CONTENT", number) for number in range(1, 7)]


def test_head_that_was_taken_away_is_found(faults, tamper):
    tamper(f"DELETE FROM lichen_chain WHERE id = {as_stored(CIRCLE)}")
    assert faults()[-1] == ("HEAD", 6)


def test_event_moved_into_another_chain_is_found(verified, tamper):
    tamper(f"UPDATE lichen_event SET chain_id = {as_stored(OTHER)}, number = 3 WHERE id = {row(6)}")
    found = verified()
    assert found[CIRCLE].faults == (ChainFault(Fault.HEAD, 5),)
    assert [each.fault for each in found[OTHER].faults] == [Fault.LINK, Fault.CONTENT, Fault.HEAD]


# --- Against marks ---------------------------------------------------------------------------------------------------


def written_anew(tamper, length: int) -> None:
    """What somebody can do who has the whole database and knows how hashes are made: a chain with another past."""
    tamper(*(f"DELETE FROM {table} WHERE {where}" for table, where in WHOLLY.items()))
    tamper(f"UPDATE lichen_chain SET last_number = 0, last_hash = '{START}' WHERE id = {as_stored(CIRCLE)}")
    for number in range(1, length + 1):
        told(number + 50)


WHOLLY = {
    "lichen_event_payload": "event_id IN (SELECT id FROM lichen_event WHERE number > 0 AND chain_id IN"
    " (SELECT id FROM lichen_chain WHERE \"of\" = 'circle'))",
    "lichen_event": "chain_id IN (SELECT id FROM lichen_chain WHERE \"of\" = 'circle')",
}


def test_chain_written_anew_is_found_by_the_marks_of_the_database(faults, tamper):
    mark_chains(at=NOON)
    written_anew(tamper, length=6)
    assert faults() == [("MARK", 6)]


def test_chain_written_anew_with_its_marks_is_found_by_marks_kept_elsewhere(faults, tamper):
    mark_chains(at=NOON)
    kept = newest_marks()
    written_anew(tamper, length=6)
    tamper("DELETE FROM lichen_checkpoint")
    assert faults() == []
    assert faults(*kept) == [("MARK", 6)]


def test_chain_cut_with_its_head_is_found_by_marks_kept_elsewhere(faults, tamper):
    mark_chains(at=NOON)
    kept = newest_marks()
    five = Event.objects.get(chain=CIRCLE, number=5)
    tamper(
        "DELETE FROM lichen_checkpoint",
        f"DELETE FROM lichen_event WHERE id = {row(6)}",
        f"UPDATE lichen_chain SET last_number = 5, last_hash = '{five.hash}' WHERE id = {as_stored(CIRCLE)}",
    )
    assert faults() == []
    assert faults(*kept) == [("MARK", 6)]


def test_chain_that_is_gone_is_found_by_marks_kept_elsewhere(verified, tamper):
    mark_chains(at=NOON)
    kept = newest_marks()
    tamper(
        "DELETE FROM lichen_checkpoint",
        *(f"DELETE FROM {table} WHERE {where}" for table, where in WHOLLY.items()),
        f"DELETE FROM lichen_chain WHERE id = {as_stored(CIRCLE)}",
    )
    assert CIRCLE not in verified()
    assert verified(*kept)[CIRCLE].faults == (ChainFault(Fault.HEAD, 0), ChainFault(Fault.MARK, 6))


def test_chain_that_went_on_after_its_mark_verifies_against_it(faults):
    mark_chains(at=NOON)
    kept = newest_marks()
    told(7)
    assert faults(*kept) == []


def test_mark_that_the_host_did_not_sign_is_found(faults):
    mark = signed_mark(CIRCLE, "circle", 6, Chain.objects.get(id=CIRCLE).last_hash, at=NOON)
    assert faults(mark) == []
    for false in (
        replace(mark, signature=bytes(64)),
        replace(mark, signed_at=NOON + timedelta(days=1)),
        replace(mark, verify_key=bytes(32)),
    ):
        assert faults(false) == [("SIGNATURE", 6)]


def test_changed_mark_in_the_database_is_found(faults, tamper):
    mark_chains(at=NOON)
    tamper(f"UPDATE lichen_checkpoint SET number = 5 WHERE chain_id = {as_stored(CIRCLE)}")
    assert faults() == [("SIGNATURE", 5), ("MARK", 5)]


def test_marking_twice_changes_nothing(chains):
    assert [mark_chains(at=NOON), mark_chains(at=NOON)] == [2, 0]
    told(7)
    assert mark_chains(at=NOON) == 1
    assert {(mark.chain, mark.number) for mark in newest_marks()} == {(CIRCLE, 7), (OTHER, 2)}


def test_payloads_are_out_of_sight_but_for_the_owner(chains):
    """Without an organisation the web sees none; SQLite keeps no such wall."""
    assert EventPayload.objects.count() == (0 if connection.vendor == "postgresql" else 4)


def test_no_chain_is_no_fault(any_database, as_owner):
    with as_owner():
        assert list(verified_chains()) == []


def test_chain_of_the_host_is_its_own(any_database, as_owner, tmp_path: Path):
    with working():
        record("key_copied", of=ChainOf.HOST, at=NOON)
    with as_owner():
        assert list(verified_chains()) == [VerifiedChain(HOST_CHAIN, "host", events=1, erased=0, faults=())]
