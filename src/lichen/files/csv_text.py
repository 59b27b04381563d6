"""CSV: one table, whose column ``record`` says what each row is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import Problem
from lichen.files.documents import MANY, ONE
from lichen.files.draft import Cell, Draft, Reading, Row, is_blank
from lichen.files.formulas import guarded, unguarded
from lichen.files.schema import HEAD, OFFER, VULNERABILITY
from lichen.files.shapes import folded
from lichen.files.storage import decoded
from lichen.files.tables import Grid, drafts_in_rows, header_place, names_of, plain_text, rows_under
from lichen.language import _

__all__ = ["LARGEST", "drafts_in", "foreign_grids", "written"]

LARGEST = 64 * 2**20
"""Bytes."""
_MOST_ROWS = 250_000
_MOST_COLUMNS = 200
_MOST_CELLS = 3_000_000
"""Cells with something in them."""
_LONGEST_ROW = 2**20
"""Characters."""
_KINDS = {"organisation": "organisation", "vulnerability": "vulnerability", "gap": "vulnerability", "offer": "offer"}
_ALWAYS = ("record", "organisation", "id", "name")
_COLUMNS = tuple(dict.fromkeys(("record", "organisation", *HEAD, *VULNERABILITY, *OFFER, "lichen", "taxonomy")))


def drafts_in(raw: bytes, reading: Reading) -> list[Draft]:
    """The organisations in a CSV file.

    Raises:
        InputError: The table cannot be read, is too large, or has no headings that Lichen knows.
    """
    grid = Grid("", list(_records(raw, reading)))
    known = names_of(_COLUMNS)
    place = header_place(grid, known)
    if place is None or "record" not in {known.get(folded(str(cell))) for cell in grid.rows[place][1]}:
        right = _("headings in one row: record, id, name, code, severity, words and others")
        raise reading.refusal(_("there are no headings that Lichen knows, or none is record"), right, row=1)
    _check_width(grid, place, reading)
    kinds: dict[str, list[Row]] = {"organisation": [], "vulnerability": [], "offer": []}
    for row in rows_under(grid, place, known, reading):
        kind = _KINDS.get(folded(str(row.cells.get("record", ""))))
        if kind is None:
            problem = Problem(_("this is no kind of row"), _("organisation, vulnerability or offer"))
            reading.tell(row.placed(problem, "record"))
        else:
            kinds[kind].append(row)
    _check_form(kinds["organisation"], reading)
    return drafts_in_rows(kinds["organisation"], kinds["vulnerability"], kinds["offer"], reading)


def foreign_grids(raw: bytes, reading: Reading) -> list[Grid]:
    """The cells of a table that has no column ``record``; none of one that has, and can be read as it is.

    Raises:
        InputError: The table cannot be read, or is too large.
    """
    grid = Grid("", list(_records(raw, reading)))
    place = header_place(grid, {"record": "record"}, wanted=1)
    return [grid] if place is None else []


def written(drafts: Sequence[Draft], form: str) -> bytes:
    """The drafts as CSV that spreadsheets open as text: with a byte order mark, and nothing they would execute."""
    rows = [cells for draft in drafts for cells in _rows_of(draft, form)]
    columns = [name for name in _COLUMNS if name in _ALWAYS or any(name in cells for cells in rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([guarded(plain_text(cells.get(name))) for name in columns] for cells in rows)
    return text.getvalue().encode("utf-8-sig")


def _records(raw: bytes, reading: Reading) -> Iterator[tuple[int, Sequence[Cell]]]:
    number = filled = 0
    delimiter, lines = _delimiter(decoded(raw, reading)), _Lines(raw)
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            lines.begin_row()
            filled += sum(map(bool, cells))
            if number > _MOST_ROWS or len(cells) > _MOST_COLUMNS or filled > _MOST_CELLS:
                right = _("at most {rows:,} rows, {columns} columns and {cells:,} cells with something in them")
                right = right.format(rows=_MOST_ROWS, columns=_MOST_COLUMNS, cells=_MOST_CELLS)
                raise reading.refusal(_("the table is too large"), right, row=number)
            if any(cells):
                yield number, [unguarded(cell) for cell in cells]
    except csv.Error:
        what = _("a cell does not end where it should, or is far too long")
        right = _("every quotation mark closed, and doubled inside of text")
        raise reading.refusal(what, right, row=number + 1) from None


class _Lines:
    """The lines of a table one by one, until a row has taken up more than any honest row does."""

    def __init__(self, raw: bytes) -> None:
        self.opened = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8-sig", newline="")
        self.taken = 0

    def begin_row(self) -> None:
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.opened.readline(_LONGEST_ROW):
            self.taken += len(line)
            if self.taken >= _LONGEST_ROW:
                raise csv.Error
            yield line


def _delimiter(text: str) -> str:
    line = next((line for line in text[:10_000].splitlines() if any(mark in line for mark in ",;\t")), ",")
    return max(",;\t", key=line.count)


def _check_width(grid: Grid, place: int, reading: Reading) -> None:
    width = len(grid.rows[place][1])
    for number, cells in grid.rows[place + 1 :]:
        if not all(map(is_blank, cells[width:])):
            right = _("quotation marks around every text that has the separator in it")
            reading.tell(Problem(_("the row has more cells than there are headings"), right, row=number))


def _check_form(heads: Sequence[Row], reading: Reading) -> None:
    for head in heads:
        if head.cells.get("lichen", ONE) not in (ONE, MANY, ""):
            problem = Problem(_("this row has another format, perhaps of a newer Lichen"), f"{ONE}, {MANY}")
            reading.tell(head.placed(problem, "lichen"))


def _rows_of(draft: Draft, form: str) -> Iterator[Mapping[str, Cell]]:
    owner = {"organisation": draft.head.cells["id"]}
    yield {"record": "organisation", **draft.head.cells, "lichen": form, "taxonomy": taxonomy().version}
    yield from ({"record": "vulnerability", **owner, **row.cells} for row in draft.vulnerabilities)
    yield from ({"record": "offer", **owner, **row.cells} for row in draft.offers)
