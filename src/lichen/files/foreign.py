"""Tables that were made for something else: which column means which field is guessed, and can be put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal

from lichen.audit.values import Audit, Organisation
from lichen.errors import InputError, Problem
from lichen.files import csv_text
from lichen.files.audits import audit_of
from lichen.files.draft import Cell, Draft, Reading, Row, is_blank, told
from lichen.files.schema import OFFER, VULNERABILITY, Field
from lichen.files.shapes import folded
from lichen.files.storage import checked_size
from lichen.files.tables import Grid, column_letter, names_of
from lichen.files.workbook import reading as workbook
from lichen.language import _

__all__ = ["Column", "Kind", "Table", "fields_of", "foreign_tables", "read_table"]

Kind = Literal["gaps", "offers"]

_MOST_ROWS = 1_000
_MOST_COLUMNS = 40
_SHOWN = 3
_LIKELY = 0.8
_LINE = 60
_LEFT_OUT = frozenset({"confirmed", "source_name", "source_sentence", "source_confidence", "source_url"})
_SAID_AS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "words": (
            "problem",
            "gap",
            "weakness",
            "challenge",
            "need",
            "issue",
            "description",
            "details",
            "what",
            "offer",
        ),
        "code": ("category", "area", "topic", "theme", "type"),
        "severity": ("severity", "impact", "how bad", "seriousness", "how serious", "score"),
        "rank": ("priority", "order", "place", "no", "#"),
        "core": ("essential", "vital"),
        "sensitivity": ("confidentiality", "confidential", "secrecy"),
        "relevance": ("relevant", "relevance"),
        "strength": ("strength", "quality", "how good"),
        "evidence": ("proof", "evidence"),
        "kinds": ("form", "kind", "given as"),
        "spare": ("capacity", "available", "availability", "amount", "how much"),
    }
)
"""What people write above a column, beside the headings of the template."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    index: int
    """Which, from 0."""
    letter: str
    """The letters that a spreadsheet shows above it."""
    heading: str
    """What stands above it."""
    examples: tuple[str, ...]
    """The first few things in it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with headings of its own."""

    sheet: str
    """The sheet it stands on; empty where there are none."""
    header: int
    """The number of the row with the headings."""
    headings: tuple[Cell, ...]
    """What stands there."""
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    """The rows below, each with its number."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that have a heading."""
        return tuple(
            Column(index, column_letter(index), str(heading).strip(), self._examples(index))
            for index, heading in enumerate(self.headings)
            if not is_blank(heading)
        )

    def guess(self, kind: Kind) -> dict[int, str]:
        """Which field each column likely means; each field once, and columns that mean none are left out."""
        found: dict[int, str] = {}
        for column in self.columns:
            name = _likely(column.heading, kind)
            if name and name not in found.values():
                found[column.index] = name
        if "words" not in found.values() and "code" not in found.values():
            free = [column for column in self.columns if column.index not in found]
            longest = max(free, key=lambda column: sum(map(len, column.examples)), default=None)
            found |= {longest.index: "words"} if longest else {}
        return found

    def _examples(self, index: int) -> tuple[str, ...]:
        cells = (str(row[index]).strip() for _number, row in self.rows if index < len(row) and not is_blank(row[index]))
        return tuple(
            cell if len(cell) <= _LINE else f"{cell[:_LINE]}…"
            for cell, _place in zip(cells, range(_SHOWN), strict=False)
        )


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The fields that a column of gaps, or of offers, can mean."""
    return tuple(name for name in _fields(kind) if name not in _LEFT_OUT)


def foreign_tables(raw: bytes, format: str, name: str = "") -> tuple[Table, ...]:
    """The tables in a file that was made for something else.

    Args:
        raw: What the file holds.
        format: ``csv`` or ``xlsx``; any other has no tables.
        name: What to call the file in messages.

    Returns:
        None where the file is laid out as Lichen's own, and can be read as it is.

    Raises:
        InputError: The file cannot be read, or is too large for an audit.
    """
    reading = Reading(name)
    if format == "csv":
        grids = csv_text.foreign_grids(checked_size(raw, csv_text.LARGEST, reading), reading)
    elif format == "xlsx":
        grids = workbook.foreign_grids(checked_size(raw, workbook.LARGEST, reading), reading)
    else:
        return ()
    tables = tuple(table for grid in grids if (table := _table(grid)))
    for table in tables:
        if len(table.rows) > _MOST_ROWS or len(table.headings) > _MOST_COLUMNS:
            right = _("at most {rows} rows and {columns} columns").format(rows=_MOST_ROWS, columns=_MOST_COLUMNS)
            raise reading.refusal(_("the table is too large for an audit"), right, sheet=table.sheet)
    if grids and not tables:
        raise reading.refusal(_("there is no table in it"), _("headings in one row, and a gap or an offer a row below"))
    return tables


def read_table(table: Table, columns: Mapping[int, str], kind: Kind, *, of: Organisation, name: str = "") -> Audit:
    """The gaps or offers in a table.

    Args:
        table: The table.
        columns: Which field each column means, by its index; the others are left out.
        kind: What its rows are.
        of: Whose they are.
        name: What to call the file in messages.

    Raises:
        InputError: A column or a cell cannot be used; bears every problem at once, each with its place.
    """
    reading = Reading(name)
    problems = list(_column_problems(table, columns, kind))
    if problems:
        raise InputError(told(problems))
    rows = tuple(row for row in _rows(table, columns) if not all(map(is_blank, row.cells.values())))
    items = (rows, ()) if kind == "gaps" else ((), rows)
    audit = audit_of(Draft(Row({"id": of.id, "name": of.name or of.id}), *items), reading)
    reading.refuse()
    return audit


def _fields(kind: Kind) -> Mapping[str, Field]:
    return VULNERABILITY if kind == "gaps" else OFFER


def _likely(heading: str, kind: Kind) -> str:
    fields = fields_of(kind)
    known = {**{word: name for name in fields for word in _SAID_AS.get(name, ())}, **names_of(fields)}
    asked = folded(heading)[:100]
    if asked in known:
        return known[asked]
    within = next((name for word, name in known.items() if len(word) > 3 and word in asked), "")
    return within or next((known[near] for near in get_close_matches(asked, known, 1, _LIKELY)), "")


def _table(grid: Grid) -> Table | None:
    """The table of a sheet: its headings are the first row with as many texts as the widest of the next few."""
    for place, (number, cells) in enumerate(grid.rows[:20]):
        texts = [cell for cell in cells if isinstance(cell, str) and not is_blank(cell) and not _is_number(cell)]
        width = max((len(row) for _number, row in grid.rows[place + 1 : place + 6]), default=0)
        if texts and len(texts) * 2 > width and grid.rows[place + 1 :]:
            rows = tuple((row, tuple(below)) for row, below in grid.rows[place + 1 :])
            return Table(grid.sheet, number, tuple(cells), rows)
    return None


def _is_number(cell: str) -> bool:
    return cell.strip().replace(".", "", 1).isdigit()


def _rows(table: Table, columns: Mapping[int, str]) -> Sequence[Row]:
    labels = {name: str(table.headings[index]).strip() for index, name in columns.items()}
    letters = {name: column_letter(index) for index, name in columns.items()} if table.sheet else {}
    return [
        Row(
            {name: cells[index] for index, name in columns.items() if index < len(cells)},
            table.sheet,
            number,
            labels,
            letters=letters,
        )
        for number, cells in table.rows
    ]


def _column_problems(table: Table, columns: Mapping[int, str], kind: Kind) -> list[Problem]:
    names = list(columns.values())
    problems = [
        Problem(_("two columns mean the same"), _("one of them"), sheet=table.sheet, column=name)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if not {"words", "code"} & set(names):
        right = _("the column in which it is said what the row is about")
        problems.append(Problem(_("no column says what it is about"), right, sheet=table.sheet))
    known = {column.index for column in table.columns}
    if not known.issuperset(columns) or not set(fields_of(kind)).issuperset(names):
        problems.append(Problem(_("there is no such column"), _("one of the table"), sheet=table.sheet))
    return problems
