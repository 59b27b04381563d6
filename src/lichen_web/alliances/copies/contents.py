"""What a copy says, line after line: a head, then each table's rows, with their count and digest behind them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lichen.errors import LichenError
from lichen_web.alliances.copies.rows import Counted, Tally, read_lines, snapshot, tally_of
from lichen_web.alliances.copies.tables import Migration, schema_of, tables_at

__all__ = ["Broken", "Head", "checked", "copied_lines", "head_of", "section"]


class Broken(LichenError):
    """A copy does not say what it should."""

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__(_("The backup does not say what it should; another one may."))


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the rows."""

    made_at: datetime
    """When it was made."""
    schema: tuple[Migration, ...]
    """The migrations that its database had been through."""
    tables: dict[str, list[str]]
    """The columns of each table; tables and columns in the order in which they come."""

    @property
    def line(self) -> bytes:
        """It as a line."""
        return _line({"made_at": self.made_at.isoformat(), "schema": self.schema, "tables": self.tables})


def copied_lines(using: str, at: datetime) -> Iterator[bytes]:
    """Everything that a copy holds, as it stood at one moment."""
    with snapshot(using):
        schema = schema_of(using)
        tables = tables_at(schema)
        yield Head(at, schema, {table.name: list(table.columns) for table in tables}).line
        for table in tables:
            rows = Counted(read_lines(table, using))
            yield from rows
            yield _closing(table.name, rows.tally)


def head_of(lines: Iterator[bytes]) -> Head:
    """What stands before the rows, taken from the lines.

    Raises:
        Broken: There is no such thing.
    """
    line = next(lines, b"")
    try:
        said = json.loads(line)
        schema = tuple((app, name) for app, name in said["schema"])
        return Head(datetime.fromisoformat(said["made_at"]), schema, said["tables"])
    except (KeyError, TypeError, ValueError):
        raise Broken from None


def section(lines: Iterator[bytes], table: str) -> Iterator[bytes]:
    """The rows of the next table, taken from the lines.

    Raises:
        Broken: They are not those of this table, not as many, or not the same; told behind the last of them.
    """
    closing: list[bytes] = []
    rows = Counted(_rows_until(closing, lines))
    yield from rows
    if closing != [_closing(table, rows.tally)]:
        raise Broken


def checked(lines: Iterator[bytes]) -> dict[str, Tally]:
    """Read a copy to its end, and say how much it holds of each table.

    Raises:
        Broken: It is not what was written.
    """
    tallies = {table: tally_of(section(lines, table)) for table in head_of(lines).tables}
    if next(lines, None) is not None:
        raise Broken
    return tallies


def _rows_until(closing: list[bytes], lines: Iterator[bytes]) -> Iterator[bytes]:
    """The rows, up to what is no row, which is put aside."""
    for line in lines:
        if not line.startswith(b"["):
            closing.append(line)
            return
        yield line


def _closing(table: str, tally: Tally) -> bytes:
    return _line({"table": table, "rows": tally.rows, "digest": tally.digest})


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode()
