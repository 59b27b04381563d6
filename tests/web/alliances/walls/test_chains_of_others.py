"""An event is written at the end of a chain, in the name of whoever did it, by somebody who has to do with it."""

# ruff: noqa: S608 - the SQL that is put together here is the attack

from __future__ import annotations

import json
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.chains import verified_chains
from lichen_web.alliances.access.transactions import acting, working
from lichen_web.alliances.actions.complaints import complain
from lichen_web.alliances.events import payload_hash, record
from lichen_web.alliances.models.event import ChainOf
from lichen_web.environment import Part
from tests.web.alliances.walls.attacks import refused, say
from tests.web.confiding import NOW, met
from tests.web.people import WebCast
from tests.web.postgres import Database


def tell(by: UUID | None, chain: UUID, of: ChainOf, *, organisation: UUID | None, person: UUID | None = None) -> None:
    with working(by):
        record("member_removed", of=of, chain=chain, at=NOW, organisation=organisation, person=person)


def test_event_in_the_chain_of_strangers_is_refused(house: WebCast):
    me, lead = house.stranger.id, house.stranger.lead.person
    for of, chain in (
        (ChainOf.ORGANISATION, house.hospital.id),
        (ChainOf.CIRCLE, house.circle),
        (ChainOf.ALLIANCE, met(house).id),
    ):
        with refused("this chain is of others"):
            tell(me, chain, of, organisation=me, person=lead)


@pytest.mark.parametrize("name", ["hospital", None])
def test_event_in_the_name_of_another_is_refused(house: WebCast, name: str | None):
    """Not even where one may write: in one's own chain, and in that of the accused."""
    other = getattr(house, name).id if name else None
    for chain in (house.churches.id, house.hospital.id):
        with refused("told by whoever did it"):
            tell(house.churches.id, chain, ChainOf.ORGANISATION, organisation=other, person=house.hospital.lead.person)


def test_event_by_nobody_who_is_known_there_is_refused(house: WebCast):
    for person in (None, house.stranger.lead.person, uuid4()):
        with refused("this chain is of others"):
            tell(None, house.hospital.id, ChainOf.ORGANISATION, organisation=None, person=person)


def test_who_shares_a_circle_is_told_of_by_name(house: WebCast):
    """A complaint stands in the chain of the accused, with the name of whoever made it."""
    complain(house.hospital.lead, circle=house.circle, about=house.churches.id, words="They told.", at=NOW)
    found = say(
        "SELECT what, organisation FROM lichen_event WHERE chain_id = %s ORDER BY number DESC LIMIT 1",
        house.churches.id,
    )
    assert found == [("complaint_made", house.hospital.id)]


APPENDED = (
    "INSERT INTO lichen_event (chain_id, number, what, happened_at, organisation, payload_hash, previous_hash, hash)"
    " SELECT id, {number}, 'x', now(), id, '', {previous}, repeat('a', 64) FROM lichen_chain WHERE id = %s"
)


@pytest.mark.parametrize(
    ("number", "previous"),
    [("last_number + 2", "last_hash"), ("last_number", "last_hash"), ("last_number + 1", "repeat('0', 64)")],
)
def test_event_stands_at_the_end_alone(house: WebCast, number: str, previous: str):
    with refused():
        say(APPENDED.format(number=number, previous=previous), house.hospital.id, me=house.hospital.id)


HEADS = (
    "last_number = last_number - 1",
    "last_number = last_number + 1",
    "last_hash = repeat('0', 64)",
    "last_number = last_number + 1, last_hash = repeat('a', 64)",
    "\"of\" = 'host'",
)


@pytest.mark.parametrize("change", HEADS)
def test_head_follows_its_events(house: WebCast, change: str):
    with refused("its last event"):
        say(f"UPDATE lichen_chain SET {change}")


@pytest.mark.parametrize(
    "values",
    [
        f"('{UUID(int=101)}', 'host', 0, repeat('0', 64))",
        f"('{UUID(int=102)}', 'circle', 3, repeat('0', 64))",
        f"('{UUID(int=103)}', 'circle', 0, repeat('1', 64))",
    ],
)
def test_chain_begins_at_its_beginning(house: WebCast, values: str):
    with refused("its last event"):
        say(f'INSERT INTO lichen_chain (id, "of", last_number, last_hash) VALUES {values}')


# --- Payloads --------------------------------------------------------------------------------------------------------


def test_no_other_payload_is_put_under_an_event(entered_house: WebCast, postgres: Database):
    """Not even where the one that was there has been erased."""
    house = entered_house
    postgres.tamper("DELETE FROM lichen_event_payload")
    put = "INSERT INTO lichen_event_payload (event_id, salt, payload) SELECT id, '', '{}' FROM lichen_event"
    for where in ("payload_hash = ''", "payload_hash <> ''"):
        for me in (house.hospital.id, house.stranger.id, None):
            with refused("row-level security"):
                say(f"{put} WHERE {where} AND chain_id = %s LIMIT 1", house.hospital.id, me=me)


def test_payload_is_not_changed_or_erased(house: WebCast):
    for act in ("UPDATE lichen_event_payload SET payload = '{}'", "DELETE FROM lichen_event_payload"):
        with refused("permission denied"):
            say(act, me=house.hospital.id)


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)))


@settings(max_examples=150, deadline=None)
@given(payload=st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4), salt=st.binary(min_size=16, max_size=16))
def test_postgresql_hashes_what_python_hashes(payload: dict[str, str], salt: bytes, entered_house: WebCast):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT '{' || lichen_escaped((SELECT string_agg(to_json(key)::text || ':' || to_json(value)::text, ','"
            " ORDER BY key COLLATE \"C\") FROM jsonb_each_text(%s::jsonb))) || '}'",
            [json.dumps(payload)],
        )
        (said,) = cursor.fetchone()
    assert sha256(salt + said.encode()).hexdigest() == payload_hash(salt, payload)


def test_all_that_was_told_verifies(entered_house: WebCast, postgres: Database):
    with acting(Actor(uuid4(), is_host=True)):
        record("key_copied", of=ChainOf.HOST, at=NOW, payload={"grüß": '𝄞 \x7f "quoted" \\'})
    with postgres.signed_in(Part.OWNER):
        assert [chain.faults for chain in verified_chains() if chain.faults] == []
