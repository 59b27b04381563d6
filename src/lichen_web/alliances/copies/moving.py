"""A living database carried into another, of either kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS as HERE
from django.db import connections
from django.utils.translation import gettext as _

from lichen.errors import NotAllowed
from lichen_web.alliances.copies.halts import halt_in, lift, name_of, refuse_halted
from lichen_web.alliances.copies.restoring import made_ready, refuse_filled, settle
from lichen_web.alliances.copies.rows import Tally, alone, put, read_lines, snapshot, tally_of
from lichen_web.alliances.copies.tables import Table, bring_up, is_current, schema_of, tables_at
from lichen_web.alliances.models.halt import Halt, Why
from lichen_web.environment import Part, environment_from

__all__ = ["SQLITE", "THERE", "database_there", "move"]

THERE = "there"
"""The database at the other end."""
SQLITE = "sqlite"
"""The word for the file in the home."""


def database_there(to: str) -> dict[str, Any]:
    """The settings of the database at the other end, for the owner of its tables.

    Args:
        to: Its address, or ``sqlite``.

    Raises:
        InputError: It is no such address.
    """
    if to == SQLITE:
        return dict(settings.SQLITE)
    address = environment_from({"LICHEN_DATABASE_URL": to}).database
    return {**settings.POSTGRESQL, **replace(settings.LICHEN, database=address, part=Part.OWNER).database_parts}


def move(database: Mapping[str, Any], *, at: datetime) -> dict[str, Tally]:
    """Carry everything from the database that is set into another, which must be empty, and leave the old one.

    Nobody writes meanwhile. Both stay as they were until everything has arrived and was read again; then the new one
    has it all, and the old one, which keeps every row, takes no more. Whoever is interrupted calls it again.

    Args:
        database: The settings of the other, in the words of Django.
        at: When.

    Returns:
        How much there was of each table.

    Raises:
        InputError: This one was left, or is not whole.
        NotAllowed: The other holds something, or has other tables.
        NotKept: The other does not keep a row as it is. Nothing has changed.
    """
    schema = schema_of(HERE)
    with _connected(database):
        if _has_arrived():
            tallies = _tallies(tables_at(schema))
        else:
            refuse_halted(HERE)
            if not is_current(HERE):
                raise NotAllowed("same-tables", _("This database is of another version. First: lichen-web migrate"))
            tallies = _carry(made_ready(schema, THERE), at)
        bring_up(THERE)
        lift(THERE)
    return tallies


@contextmanager
def _connected(database: Mapping[str, Any]) -> Iterator[None]:
    connections.settings[THERE] = connections.configure_settings({HERE: {}, THERE: dict(database)})[THERE]
    try:
        yield
    finally:
        connections[THERE].close()
        del connections[THERE], connections.settings[THERE]


def _has_arrived() -> bool:
    """Whether all is there already, and only the last word was missing."""
    here, there = halt_in(HERE), halt_in(THERE) if schema_of(THERE) else None
    return here is not None and there is not None and (here.id, here.why) == (there.id, Why.LEFT)


def _carry(tables: Sequence[Table], at: datetime) -> dict[str, Tally]:
    """Copy every row; mark the new database as not finished, then the old one as left.

    A kill between the two leaves the old one in use, and a new one on which nobody starts.
    """
    move = uuid4()
    with alone(tables, HERE):
        with alone(tables, THERE):
            refuse_filled(tables, THERE)
            tallies = {table.name: put(table, read_lines(table, HERE), THERE) for table in tables}
            settle(tables, THERE)
            Halt.objects.using(THERE).create(id=move, why=Why.UNFINISHED, other=name_of(HERE)[:200], since=at)
        Halt.objects.create(id=move, why=Why.LEFT, other=name_of(THERE)[:200], since=at)
    return tallies


def _tallies(tables: Sequence[Table]) -> dict[str, Tally]:
    with snapshot(THERE):
        return {table.name: tally_of(read_lines(table, THERE)) for table in tables}
