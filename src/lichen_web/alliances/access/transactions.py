"""The transactions in which rows are read and written: the database knows for whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from lichen_web.alliances.access.actors import Actor

__all__ = ["acting", "deciding", "reading"]


@contextmanager
def reading(actor: Actor) -> Iterator[None]:
    """Read as this actor: on PostgreSQL the rows of others are not there; SQLite has no such thing, and no lock."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _tell("organisation", actor.organisation)
            yield
    else:
        yield


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Write as this actor, all or nothing."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _tell("organisation", actor.organisation)
        yield


@contextmanager
def deciding(matter: UUID) -> Iterator[None]:
    """Within :func:`acting`: see what all parties of one dealing have sealed, to apply its rules, never to show it."""
    if connection.vendor == "postgresql":
        _tell("matter", matter)
    yield
    if connection.vendor == "postgresql":
        _tell("matter", None)


def _tell(what: str, value: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"lichen.{what}", str(value or "")])
