"""A copy put into an empty database: all of it or nothing, and only what is to the bit what was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS as HERE
from django.db import connections
from django.utils.translation import gettext as _

from lichen.errors import InputError, NotAllowed, Problem
from lichen_web.alliances.copies.contents import Broken, Head, checked, head_of, section
from lichen_web.alliances.copies.files import read_file
from lichen_web.alliances.copies.halts import lift
from lichen_web.alliances.copies.rows import Tally, alone, holds_rows, put
from lichen_web.alliances.copies.tables import (
    Migration,
    Table,
    bring_to,
    bring_up,
    is_newer,
    schema_of,
    tables_at,
)
from lichen_web.alliances.keys import replay_erasures
from lichen_web.alliances.models.halt import Halt, Why
from lichen_web.keyring import Keyring

__all__ = ["Restored", "made_ready", "refuse_filled", "restore", "settle"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    made_at: datetime
    """When the backup was made."""
    tallies: dict[str, Tally]
    """How much there was of each table."""
    erased: int
    """How many organisations had keys in it although they were erased since; they have none any more."""


def restore(path: Path, ring: Keyring, *, at: datetime) -> Restored:
    """Put a backup into the database that is set, which must be empty.

    Nothing is written before the whole file was opened and found to be what was written. Then everything comes at
    once; until the tables are as this version needs them and erasures are replayed, nobody can start on it.

    Args:
        path: The backup.
        ring: The host's keys, among them the one it was made with.
        at: When it is restored.

    Raises:
        InputError: The file is no backup, is one of a newer Lichen, is not to the bit what was written, or the ring has
            not its key.
        NotAllowed: The database holds something, or has other tables than the backup.
    """
    head = _checked_head(path, ring)
    tables = made_ready(head.schema, HERE)
    with alone(tables, HERE):
        refuse_filled(tables, HERE)
        tallies = _fill(tables, path, ring)
        settle(tables, HERE)
        Halt.objects.create(why=Why.UNFINISHED, other=path.name[:200], since=at)
    bring_up(HERE)
    with alone((), HERE):
        lift(HERE)
        erased = replay_erasures()
    return Restored(head.made_at, tallies, erased)


def made_ready(schema: Iterable[Migration], using: str) -> tuple[Table, ...]:
    """The tables of a database, made if it has none.

    Args:
        schema: The migrations that what will be put in has been through.
        using: Which database.

    Raises:
        NotAllowed: It has other tables.
    """
    there = schema_of(using)
    if not there:
        bring_to(using, schema)
    elif there != tuple(schema):
        why = _("This database has the tables of another version of Lichen. Give one that has no tables at all.")
        raise NotAllowed("same-tables", why)
    return tables_at(schema)


def refuse_filled(tables: Iterable[Table], using: str) -> None:
    """Stand against mixing what comes with what is there.

    Raises:
        NotAllowed: A table holds something.
    """
    if any(holds_rows(table, using) for table in tables):
        why = _("There is a Lichen in this database already, and nothing is ever put into the midst of another.")
        right = _("Name one that is empty: another LICHEN_DATABASE_URL, or a new LICHEN_HOME.")
        raise NotAllowed("database-empty", f"{why} {right}")


def settle(tables: Iterable[Table], using: str) -> None:
    """Have the database count on from the numbers that came."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)


def _checked_head(path: Path, ring: Keyring) -> Head:
    head = head_of(read_file(path, ring))
    if is_newer(head.schema):
        what, right = _("this backup is of a newer version of Lichen"), _("that version, or a newer one")
        raise InputError(Problem(what, right, file=path.name))
    checked(read_file(path, ring))
    return head


def _fill(tables: Iterable[Table], path: Path, ring: Keyring) -> dict[str, Tally]:
    lines, named = read_file(path, ring), {table.name: table for table in tables}
    told = head_of(lines).tables
    if told != {name: list(table.columns) for name, table in named.items()}:
        raise Broken
    return {name: put(named[name], section(lines, name), HERE) for name in told}
