"""The sheets of items: one row a gap or an offer, under headings that stay in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lichen.files.draft import Cell, Row
from lichen.files.schema import HEAD, OFFER, VULNERABILITY
from lichen.files.shapes import Text
from lichen.files.wording import headings, help_texts
from lichen.files.workbook.choices import add_choices, label
from lichen.files.workbook.looks import (
    EXAMPLE,
    HEADING,
    HINT,
    ITEM,
    LEAD,
    NUMBER,
    TITLE,
    Look,
    height_for,
    lay_out_print,
    put,
)
from lichen.files.workbook.sheets import example_mark, mark_heading

__all__ = ["fill_items", "fill_table"]

_FIELDS = {**HEAD, **VULNERABILITY, **OFFER}
_HEADINGS = 4
_ROOM = 18
_WIDTHS = {
    "words": 56,
    "code": 32,
    "severity": 24,
    "sensitivity": 26,
    "kinds": 24,
    "spare": 30,
    "evidence": 24,
    "source_sentence": 56,
}
_WIDTH = 15
_LOWEST, _HIGHEST = 28, 400


def fill_items(
    sheet: Worksheet,
    purpose: str,
    rows: Sequence[Row],
    columns: Sequence[str],
    ranges: Mapping[str, str],
    example: Mapping[str, Cell] | None = None,
) -> None:
    """Lay out one sheet of items with room for more, beginning with an example where there is one to show."""
    sheet.sheet_view.showGridLines = False
    put(sheet, 1, 1, sheet.title, TITLE)
    sheet.merge_cells("A1:B1")
    put(sheet, 2, 1, purpose, LEAD)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(columns) + 1)
    for row, height in ((1, 34), (2, 20), (3, 62), (_HEADINGS, 34)):
        sheet.row_dimensions[row].height = height
    columns = (*columns, *_further(rows, columns))
    _head(sheet, _HEADINGS, ("mark", *columns))
    sheet.column_dimensions["A"].width = 10
    first = _HEADINGS + 1
    if example is not None:
        _line(sheet, first, columns, example_mark(), example, EXAMPLE)
        first += 1
    last = first + max(_ROOM, len(rows) + 10)
    for place in range(last - first):
        cells = rows[place].cells if place < len(rows) else {}
        _line(sheet, first + place, columns, place + 1, cells, ITEM)
    for column, name in enumerate(columns, 2):
        letter = get_column_letter(column)
        add_choices(sheet, name, f"{letter}{first}:{letter}{last + 200}", ranges)
        put(sheet, 3, column, help_texts().get(name), HINT)
    sheet.freeze_panes = f"A{_HEADINGS + 1}"
    lay_out_print(sheet, _HEADINGS)


def fill_table(sheet: Worksheet, rows: Sequence[Mapping[str, Cell]], fields: Sequence[str]) -> None:
    """Lay out one sheet of a workbook of many organisations: plain rows under headings."""
    columns = [name for name in fields if any(name in cells for cells in rows)]
    _head(sheet, 1, columns)
    for place, cells in enumerate(rows, 2):
        for column, name in enumerate(columns, 1):
            put(sheet, place, column, _shown(name, cells.get(name)), ITEM)
    sheet.freeze_panes = "A2"
    lay_out_print(sheet, 1)


def _further(rows: Sequence[Row], columns: Sequence[str]) -> list[str]:
    return [name for name in _FIELDS if name not in columns and any(name in row.cells for row in rows)]


def _head(sheet: Worksheet, row: int, columns: Sequence[str]) -> None:
    for column, name in enumerate(columns, 1):
        put(sheet, row, column, mark_heading() if name == "mark" else headings()[name], HEADING)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, _WIDTH)


def _line(
    sheet: Worksheet, row: int, columns: Sequence[str], mark: Cell, cells: Mapping[str, Cell], look: Look
) -> None:
    put(sheet, row, 1, mark, look if look is EXAMPLE else NUMBER)
    texts = ((str(cells.get(name, "")), _WIDTHS.get(name, _WIDTH)) for name in columns)
    sheet.row_dimensions[row].height = min(_HIGHEST, max(_LOWEST, *(height_for(*text) for text in texts)))
    for column, name in enumerate(columns, 2):
        free = isinstance(_FIELDS[name].shape, Text) and name != "code"
        put(sheet, row, column, _shown(name, cells.get(name)), look, text=free)


def _shown(name: str, cell: Cell) -> Cell:
    return cell if cell is None or name == "organisation" else label(name, cell)
