"""The rows of a register's CSV file, one at a time, however large or broken the file is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from lichen.errors import InputError, Problem
from lichen.language import _, ngettext

__all__ = ["Row", "register_rows", "told"]

_LONGEST_ROW = 2**20
_LONGEST_CELL = 2**17
"""Characters: a register's longest text has some thousands."""
_MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register."""

    number: int
    """As a spreadsheet counts: the headings are row 1."""
    cells: Mapping[str, str]
    """The text under each heading, without blanks around it."""


def register_rows(path: Path, headings: Iterable[str]) -> Iterator[Row]:
    """The rows of a CSV file, read one by one, so that memory does not grow with the file.

    Args:
        path: A file in UTF-8 whose first row has the headings.
        headings: Those that must be there. Others may be; the first of two that are alike counts.

    Raises:
        InputError: The file cannot be read, is not such a table, or lacks headings: all that are missing are told.
    """
    with _opened(path) as file:
        records = enumerate(_records(file, path.name), 1)
        _, first = next(records, (1, []))
        names = [name.strip() for name in first]
        _check_headings(names, headings, path.name)
        for number, cells in records:
            if cells:
                yield Row(number, _under(names, cells, number, path.name))


def told(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that are worth telling: all, or the first fifty and how many more there are."""
    more = len(problems) - _MOST_TOLD
    if more <= 0:
        return list(problems)
    what = ngettext("there is {number} more problem", "there are {number} more problems", more).format(number=more)
    return [*problems[:_MOST_TOLD], Problem(what, _("none"), file=problems[0].file)]


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        if not path.is_file():  # a pipe would wait, and a device need never end
            raise OSError
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield file
    except OSError:
        right = _("a file that is there and may be read")
        raise InputError(Problem(_("the file cannot be read"), right, path.name)) from None


def _records(file: TextIO, name: str) -> Iterator[list[str]]:
    lines = _Lines(file)
    try:
        for cells in csv.reader(lines, strict=True):
            if any(len(cell) > _LONGEST_CELL for cell in cells):
                raise csv.Error
            lines.begin_row()
            yield cells
    except UnicodeDecodeError:
        raise _refusal(_("the text is not in UTF-8"), _("the table saved as CSV in UTF-8"), name, lines.row) from None
    except csv.Error:
        right = _("every quotation mark closed and doubled inside of text, and no row of over a million characters")
        raise _refusal(_("a cell does not end where it should"), right, name, lines.row) from None


class _Lines:
    """The lines of a file, until one row has taken up more than any honest row does."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.row, self.taken = file, 1, 0

    def begin_row(self) -> None:
        self.row, self.taken = self.row + 1, 0

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(_LONGEST_ROW):
            self.taken += len(line)
            if self.taken >= _LONGEST_ROW or "\0" in line:
                raise csv.Error
            yield line


def _check_headings(names: Sequence[str], wanted: Iterable[str], file: str) -> None:
    missing = [heading for heading in wanted if heading not in names]
    if missing:
        what, right = _("a column is missing"), _("a heading {heading} in the first row")
        raise InputError([Problem(what, right.format(heading=heading), file, row=1) for heading in missing])


def _under(names: Sequence[str], cells: Sequence[str], number: int, file: str) -> Mapping[str, str]:
    if len(cells) != len(names):
        right = ngettext("{number} cell", "{number} cells", len(names)).format(number=len(names))
        raise _refusal(_("the row has another number of cells than there are headings"), right, file, number)
    return {name: cell.strip() for name, cell in zip(reversed(names), reversed(cells), strict=True)}


def _refusal(what: str, right: str, file: str, row: int) -> InputError:
    return InputError(Problem(what, right, file, row=row))
