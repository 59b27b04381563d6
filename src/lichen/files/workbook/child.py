"""Opens a workbook in a process of its own, which may not grow or run for long, and prints its cells as JSON.

It imports nothing of Lichen but this file, writes nothing to disk, and speaks only through its output: a list of
``[sheet, [[row, [cell, …]], …]]``. By hand: ``python -m lichen.files.workbook.child < workbook.xlsx``.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from openpyxl import load_workbook

try:
    import resource
except ImportError:  # not on Windows, where the time limit of the parent must do
    resource = None  # type: ignore[assignment]

__all__ = ["TOO_LARGE", "main"]

TOO_LARGE = 3
"""The exit status that says so."""
_MEMORY = 1024 * 2**20
_SECONDS = 20
_MOST_SHEETS, _MOST_ROWS, _MOST_COLUMNS = 30, 50_000, 60
_LONGEST, _MOST_TEXT = 32_767, 20_000_000

Cells = list[str | bool | None]


def main() -> None:
    """Read a workbook from standard input and print its cells."""
    if resource is not None:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    book = load_workbook(io.BytesIO(sys.stdin.buffer.read()), read_only=True, data_only=True, keep_links=False)
    if len(book.worksheets) > _MOST_SHEETS:
        sys.exit(TOO_LARGE)
    room = _Room(_MOST_TEXT)
    json.dump([[sheet.title, list(_rows(sheet, room))] for sheet in book.worksheets], sys.stdout)


class _Room:
    """What is left of the text that one workbook may have; a text that many cells share counts for each."""

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def take(self, row: Cells) -> None:
        lengths = [len(cell) for cell in row if isinstance(cell, str)]
        self.characters -= sum(lengths)
        if self.characters < 0 or max(lengths, default=0) > _LONGEST:
            sys.exit(TOO_LARGE)


def _rows(sheet: Any, room: _Room) -> Iterator[tuple[int, Cells]]:
    rows = sheet.iter_rows(max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(rows, 1):
        row = [_plain(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row and number > _MOST_ROWS:
            sys.exit(TOO_LARGE)
        if row:
            room.take(row)
            yield number, row


def _plain(cell: Any) -> str | bool | None:
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


if __name__ == "__main__":
    main()
