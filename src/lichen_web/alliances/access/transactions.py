"""The transactions in which rows are read and written: the database knows for whom.

PostgreSQL shows a transaction only the rows of the organisation that it named, and forgets the name when it ends; that
is the second wall behind the questions that the rest of this room asks. SQLite has no such thing.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from fcntl import LOCK_EX, flock
from threading import Lock
from uuid import UUID

from django.db import connection, transaction

from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.models import Matter, MatterParty

__all__ = ["acting", "deciding", "looking_back", "reading", "whole", "working"]

_WRITING = Lock()
"""On SQLite one writes at a time. Whoever finds its file locked sleeps, longer each time, and may be passed by all the
others; so those of one process stand in line here, and the processes at the door of :func:`_in_line`."""


def reading(actor: Actor) -> AbstractContextManager[None]:
    """Read as this actor: on PostgreSQL the rows of others are not there; SQLite has no such thing, and no lock."""
    return _told(_said_by(actor)) if connection.vendor == "postgresql" else nullcontext()


def acting(actor: Actor) -> AbstractContextManager[None]:
    """Write as this actor, all or nothing."""
    return _told(_said_by(actor))


@contextmanager
def deciding(actor: Actor, *, matter: UUID) -> Iterator[None]:
    """Within :func:`acting`: see what all parties of one dealing have sealed, to apply its rules, never to show it.

    What was done in the dealings of the same two before it counts in it, and is seen with it.

    Raises:
        NotThere: The actor's organisation is no party of it.
    """
    same_two = Matter.objects.filter(id=matter).values("pair")
    parties = MatterParty.objects.filter(organisation=actor.organisation, matter__pair__in=same_two)
    matters = set(parties.values_list("matter", flat=True))
    if matter not in matters:
        raise NotThere
    with _told({"matter": str(matter), "matters": " ".join(map(str, matters))}):
        yield


def looking_back(actor: Actor, *, matters: Collection[Matter]) -> AbstractContextManager[None]:
    """Within :func:`reading`: see what was done in several dealings, to work out what is open in them.

    Raises:
        NotThere: The actor's organisation is no party of one of them.
    """
    if not all(str(actor.organisation) in matter.pair.split() for matter in matters):
        raise NotThere
    said = {"matters": " ".join(str(matter.id) for matter in matters)}
    return _told(said) if connection.vendor == "postgresql" else nullcontext()


def working(organisation: UUID | None = None) -> AbstractContextManager[None]:
    """Work in the background for one organisation, or for none, all or nothing."""
    return _told(_said(organisation))


def whole() -> AbstractContextManager[None]:
    """See every row, to check, back up, move or re-key them: the owner of the tables alone, never the web or worker."""
    return _told({"whole": "yes"})


def _said_by(actor: Actor) -> dict[str, str]:
    return _said(actor.organisation, is_host=actor.is_host and actor.organisation is None)


def _said(organisation: UUID | None, *, is_host: bool = False) -> dict[str, str]:
    return {"organisation": str(organisation or ""), "host": "yes" if is_host else "", "matter": "", "matters": ""}


@contextmanager
def _told(said: dict[str, str]) -> Iterator[None]:
    """A transaction of which PostgreSQL is told whose it is; within another, all is afterwards as it was before."""
    is_within = connection.in_atomic_block
    is_alone = connection.vendor == "postgresql" or is_within
    with nullcontext() if is_alone else _in_line(), transaction.atomic():
        if connection.vendor != "postgresql":
            yield
            return
        before = _heard(said) if is_within else {}
        _tell(said)
        yield
        _tell(before)


@contextmanager
def _in_line() -> Iterator[None]:
    """One of all threads and processes that write to this SQLite file; the system wakes who waits, the first first.

    The file beside the database holds nothing. Whoever dies lets go of it.
    """
    with _WRITING:
        if connection.is_in_memory_db():  # type: ignore[attr-defined]  # only SQLite's has it, and no other comes here
            yield
            return
        door = os.open(f"{connection.settings_dict['NAME']}-line", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            flock(door, LOCK_EX)
            yield
        finally:
            os.close(door)


def _tell(said: dict[str, str]) -> None:
    """Until the transaction ends."""
    if said:
        with connection.cursor() as cursor:
            settings = ", ".join("set_config(%s, %s, true)" for _ in said)
            cursor.execute(f"SELECT {settings}", [part for word in said for part in (f"lichen.{word}", said[word])])


def _heard(words: dict[str, str]) -> dict[str, str]:
    """What the transaction was told so far."""
    with connection.cursor() as cursor:
        settings = ", ".join("coalesce(current_setting(%s, true), '')" for _ in words)
        cursor.execute(f"SELECT {settings}", [f"lichen.{word}" for word in words])
        return dict(zip(words, cursor.fetchone(), strict=True))
