"""Several processes that do something at the same moment, and what became of each.

Every write is slowed a little, so that what was asked before it has time to become untrue. The naive variant is the
same code with its locks and conditions taken out of the SQL: what somebody writes who looks first and acts then.
"""

from __future__ import annotations

import multiprocessing
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from typing import Any

from django.conf import settings
from django.db import connection, connections

from lichen.errors import NotAllowed
from lichen_web.alliances.access.actors import NotThere
from lichen_web.environment import Part
from tests.web.homes import Home, living_in

__all__ = ["DONE", "NOT_THERE", "as_worker", "by_the_worker", "later", "naive", "race", "right"]

DONE, NOT_THERE = "done", "not there"
PAUSE = 0.02
FORK = multiprocessing.get_context("fork")

Execute = Callable[..., Any]
LOCK = re.compile(r' FOR (NO KEY )?UPDATE( OF "\w+")?')
CONDITION = re.compile(r'(?:"\w+"\.)?"\w+" IS NULL AND | AND (?:"\w+"\.)?"\w+" IS NULL')


def right(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Everything as it is written, only slower."""
    if sql.startswith(("INSERT", "UPDATE")):
        time.sleep(PAUSE)
    return execute(sql, params, many, context)


def naive(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
    """No row is held, and no change asks whether it still may be; the chains of events are left as they are."""
    if "lichen_chain" not in sql:
        sql = LOCK.sub("", sql)
        head, where, conditions = sql.partition(" WHERE ")
        sql = head + where + CONDITION.sub("", conditions) if sql.startswith("UPDATE") else sql
    return right(execute, sql, params, many, context)


def race(steps: Sequence[Callable[[], object]], variant: Execute = right) -> Counter[str]:
    """Do all of it at once, each in a process of its own.

    Args:
        steps: What each process does; called in it.
        variant: How its SQL is run.

    Returns:
        How often each thing became of one: ``done``, a rule that was broken, ``not there``, or the class of an error.
    """
    connections.close_all()
    barrier, outcomes = FORK.Barrier(len(steps)), FORK.SimpleQueue()
    runners = [FORK.Process(target=_run, args=(step, variant, barrier, outcomes), daemon=True) for step in steps]
    for runner in runners:
        runner.start()
    found = Counter(outcomes.get() for _ in runners)
    for runner in runners:
        runner.join(timeout=30)
    return found


@contextmanager
def as_worker() -> Iterator[None]:
    """What is done within is done as the worker does it: with its keys, in its role, and as slowly as the rest."""
    slowed = tuple(connection.execute_wrappers)
    with living_in(Home(settings.LICHEN), Part.WORKER):
        connection.execute_wrappers.extend(slowed)
        yield


def by_the_worker(work: Callable[..., object], *said: object, **more: object) -> None:
    """A step that is the worker's."""
    with as_worker():
        work(*said, **more)


def later(seconds: float, step: Callable[[], object]) -> None:
    """A step that is taken a moment after the others."""
    time.sleep(seconds)
    step()


def _run(step: Callable[[], object], variant: Execute, barrier: Barrier, outcomes: Any) -> None:
    connection.ensure_connection()
    barrier.wait(timeout=60)
    outcomes.put(_outcome(step, variant))


def _outcome(step: Callable[[], object], variant: Execute) -> str:
    try:
        with connection.execute_wrapper(variant):
            step()
    except NotAllowed as refused:
        return refused.rule
    except NotThere:
        return NOT_THERE
    except Exception as error:  # what else became of it is for the test to judge
        return type(error).__name__
    return DONE
