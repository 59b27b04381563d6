"""Eight processes append events at once: none is lost, no two have one number, and every chain verifies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.chains import verified_chains
from lichen_web.alliances.access.transactions import acting
from lichen_web.alliances.actions.events import mark_chains
from lichen_web.alliances.events import record
from lichen_web.alliances.models import Checkpoint, Event
from lichen_web.alliances.models.event import ChainOf
from lichen_web.environment import Part
from tests.web.postgres import Database
from tests.web.races.racing import DONE, LOCK, Execute, race

PROCESSES, TIMES = 8, 50
HOST = Actor(UUID(int=9), is_host=True)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def append(chains: int, times: int = TIMES) -> None:
    for each in range(times):
        with acting(HOST):
            chain = UUID(int=1 + each % chains)
            record("thing_done", of=ChainOf.CIRCLE, chain=chain, at=NOON, about=uuid4(), payload={"role": "lead"})


def straight(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
    return execute(sql, params, many, context)


def without_a_lock(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
    """The head is read, and another may have read the same."""
    return execute(LOCK.sub("", sql), params, many, context)


def owning(database: object) -> AbstractContextManager[None]:
    """As the owner of the tables, who alone may verify; on SQLite there is nobody else."""
    return database.signed_in(Part.OWNER) if isinstance(database, Database) else nullcontext()


def checked(database: object) -> Counter[tuple[int, int]]:
    """How many chains have how many events and faults."""
    with owning(database):
        return Counter((chain.events, len(chain.faults)) for chain in verified_chains())


@pytest.mark.parametrize("chains", [1, 50])
def test_events_appended_at_once_stand_in_chains_without_a_gap(each_database: object, chains: int):
    assert race([partial(append, chains)] * PROCESSES, straight) == {DONE: PROCESSES}
    assert checked(each_database) == {(PROCESSES * TIMES // chains, 0): chains}


@pytest.mark.long
def test_who_reads_the_head_without_a_lock_is_refused_on_postgresql(on_postgres: Database):
    """And by the constraint alone: what somebody did is then not done at all."""
    found = race([partial(append, 1)] * PROCESSES, without_a_lock)
    assert found["IntegrityError"] > 0
    assert Event.objects.count() < PROCESSES * TIMES


@pytest.mark.long
def test_marks_made_while_others_append_are_true(on_postgres: Database):
    def mark() -> None:
        for _ in range(10):
            mark_chains(at=NOON)

    assert race([partial(append, 5)] * PROCESSES + [mark] * 2, straight) == {DONE: PROCESSES + 2}
    assert Checkpoint.objects.count() > 0
    assert checked(on_postgres) == {(PROCESSES * TIMES // 5, 0): 5}


def test_chains_verify_while_others_append(each_database: object):
    """One moment is looked at: what is appended meanwhile is neither a gap nor a cut."""
    append(3, 6)

    def verify() -> None:
        with owning(each_database):
            assert [chain for _ in range(10) for chain in verified_chains() if chain.faults] == []

    calls: list[Callable[[], None]] = [partial(append, 3)] * 4 + [verify] * 2
    assert race(calls, straight) == {DONE: 6}
