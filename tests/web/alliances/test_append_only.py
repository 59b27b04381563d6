"""What happened stays as it was told: both databases refuse to change it, whoever asks."""

# ruff: noqa: S608 - the SQL that is put together here is the attack

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.transactions import acting, whole, working
from lichen_web.alliances.events import record
from lichen_web.alliances.models import Chain, Event, EventPayload
from lichen_web.alliances.models.event import ChainOf
from lichen_web.environment import Part
from tests.web.postgres import Database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError), transaction.atomic():
        yield


@pytest.fixture
def happened(any_database: str) -> Event:
    with working():
        record("host_invited", of=ChainOf.HOST, at=NOON, payload={"role": "host"})
    return Event.objects.get()


CHANGES = {
    "event changed": "UPDATE lichen_event SET what = 'x'",
    "event deleted": "DELETE FROM lichen_event",
    "payload changed": "UPDATE lichen_event_payload SET payload = '{}'",
    "head deleted": "DELETE FROM lichen_chain",
    "checkpoint changed": "UPDATE lichen_checkpoint SET number = 1",
    "checkpoint deleted": "DELETE FROM lichen_checkpoint",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_happened_cannot_be_changed(happened: Event, as_owner, change: str):
    if change.startswith("checkpoint"):
        with working():
            happened.chain.checkpoints.create(number=1, hash="", signed_at=NOON, signature=b"", verify_key=b"")
    for begin in (transaction.atomic, as_owner):
        with begin(), refused(), connection.cursor() as cursor:
            cursor.execute(CHANGES[change])
    assert [Chain.objects.count(), Event.objects.get().what] == [1, "host_invited"]


@pytest.mark.parametrize("table", ["lichen_event", "lichen_event_payload", "lichen_chain", "lichen_checkpoint"])
def test_what_happened_cannot_be_emptied(on_postgres: Database, table: str):
    for part_of_lichen in Part:
        with on_postgres.signed_in(part_of_lichen), refused(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["lichen_event", "lichen_event_payload", "lichen_chain"])
def test_what_happened_cannot_be_replaced_on_sqlite(table: str):
    """An insertion in the place of another row deletes that row there, past the triggers of deletion."""
    with working():
        record("host_invited", of=ChainOf.HOST, at=NOON, payload={"role": "host"})
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    with working():
        record("host_invited", of=ChainOf.HOST, at=NOON + timedelta(days=1), payload={"role": "host"})


def test_payload_is_erased_by_the_owner_of_the_tables_alone(on_postgres: Database):
    with acting(Actor(uuid4(), is_host=True)):
        record("host_invited", of=ChainOf.HOST, at=NOON, payload={"role": "host"})
        with refused():
            EventPayload.objects.all().delete()
    with on_postgres.signed_in(Part.OWNER), whole():
        assert EventPayload.objects.all().delete()[0] == 1


def test_payload_can_be_erased_on_sqlite(db):
    with working():
        record("host_invited", of=ChainOf.HOST, at=NOON, payload={"role": "host"})
        assert EventPayload.objects.all().delete()[0] == 1
