"""Rows as lines of text that say the same whichever database they come from: read, written, counted and digested."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext as _

from lichen.errors import LichenError, NotAllowed
from lichen_web.alliances.copies.tables import Table
from lichen_web.environment import Part

__all__ = [
    "Counted",
    "NotKept",
    "Tally",
    "alone",
    "holds_rows",
    "line_of",
    "put",
    "read_lines",
    "snapshot",
    "tally_of",
]

_AT_ONCE = 1000
"""How many rows are in memory at a time."""


class NotKept(LichenError):
    """A database does not keep a row as it is."""

    def __init__(self, table: str) -> None:
        """Name the row's table, and nothing of the row."""
        super().__init__(_("The other database does not keep a row of {table} as it is.").format(table=table))


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is of a table, and which."""

    rows: int
    """How many rows."""
    digest: str
    """SHA-256 of their lines, in the order of their key."""


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """Read everything as it stood at one moment, while others go on writing.

    Raises:
        NotAllowed: PostgreSQL would not show everything.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        with transaction.atomic(using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            _see_every_row(cursor)
            yield
    else:
        with connection.cursor() as cursor:  # the ORM's own transactions are IMMEDIATE here, and would stop who writes
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


@contextmanager
def alone(tables: Iterable[Table], using: str) -> Iterator[None]:
    """Read and write everything, all or nothing, while nobody else can write.

    Raises:
        NotAllowed: PostgreSQL would not show everything.
    """
    connection = connections[using]
    with transaction.atomic(using):
        if connection.vendor == "postgresql":  # SQLite's transactions are IMMEDIATE
            with connection.cursor() as cursor:
                for table in tables:
                    cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table.name)} IN EXCLUSIVE MODE")
                _see_every_row(cursor)
        yield


def read_lines(table: Table, using: str) -> Iterator[bytes]:
    """The rows of a table, one line each, in the order of their key."""
    rows = table.model._base_manager.using(using).order_by(table.key)
    names = (field.attname for field in table.fields)
    return map(line_of, rows.values_list(*names).iterator(chunk_size=_AT_ONCE))


def put(table: Table, lines: Iterable[bytes], using: str) -> Tally:
    """Put rows into a table, as they are: no default, no present time, nothing but what the lines say.

    They are read again afterwards, so that what a database does not keep to the letter is found.

    Returns:
        How many there were, and their digest.

    Raises:
        NotKept: The database does not take a row, or keeps something else.
    """
    counted = Counted(lines)
    _insert(table, counted, using)
    if tally_of(read_lines(table, using)) != counted.tally:
        raise NotKept(table.name)
    return counted.tally


def holds_rows(table: Table, using: str) -> bool:
    """Whether there is anything in a table."""
    return table.model._base_manager.using(using).exists()


class Counted:
    """Lines on their way, counted and digested as they pass."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        """Count these lines; nothing has passed yet."""
        self._lines, self._digest, self._rows = lines, sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        """Let the lines pass."""
        for line in self._lines:
            self._digest.update(line + b"\n")
            self._rows += 1
            yield line

    @property
    def tally(self) -> Tally:
        """Of the lines that have passed."""
        return Tally(self._rows, self._digest.hexdigest())


def tally_of(lines: Iterable[bytes]) -> Tally:
    """Count and digest lines."""
    counted = Counted(lines)
    deque(counted, maxlen=0)
    return counted.tally


def line_of(row: Iterable[object]) -> bytes:
    """One row as a line: a JSON list with the keys of its objects in order.

    Example:
        >>> line_of([UUID(int=7), b"seal", datetime(2026, 11, 22, 9, 30, 0, 1, tzinfo=UTC), None])
        b'["00000000-0000-0000-0000-000000000007","c2VhbA==","2026-11-22T09:30:00.000001+00:00",null]'
    """
    return json.dumps(
        list(row), default=_plain, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()


def _see_every_row(cursor: CursorWrapper) -> None:
    """Until the transaction ends. To anybody but the owner PostgreSQL would go on hiding rows without a word."""
    cursor.execute("SELECT set_config('lichen.whole', 'yes', true), pg_has_role(%s, 'USAGE')", [Part.OWNER.role])
    if not cursor.fetchone()[1]:
        why = _("Only the owner of the tables sees every row. Leave LICHEN_PART unset, or set it to owner.")
        raise NotAllowed("owner-alone", why)


def _insert(table: Table, lines: Iterable[bytes], using: str) -> None:
    quoted = connections[using].ops.quote_name
    columns, places = ", ".join(map(quoted, table.columns)), ", ".join(["%s"] * len(table.columns))
    statement = " ".join(("INSERT INTO", quoted(table.name), f"({columns}) VALUES ({places})"))
    rows = (_stored(table, line, using) for line in lines)
    with connections[using].cursor() as cursor:
        while some := list(islice(rows, _AT_ONCE)):
            try:
                cursor.executemany(statement, some)
            except (DatabaseError, ValueError):  # whose words quote the row
                raise NotKept(table.name) from None


def _stored(table: Table, line: bytes, using: str) -> list[Any]:
    """The values of a line as the database takes them."""
    values = zip(table.fields, json.loads(line), strict=True)
    plain = ((field, None if value is None else field.to_python(value)) for field, value in values)
    return [field.get_db_prep_save(value, connections[using]) for field, value in plain]


def _plain(value: object) -> str:
    match value:
        case bytes() | memoryview():
            return b64encode(value).decode()
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case UUID() | Decimal():
            return str(value)
    raise TypeError(type(value).__name__)
