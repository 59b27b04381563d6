"""The rows of a table that may be large or broken: a row that cannot be read is counted, and costs nobody the rest."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.entries import Item, Skip

__all__ = ["LONGEST_ROW", "opened", "table_rows"]

LONGEST_ROW = 2**20
"""Characters: a register's longest text has some thousands."""
_MOST_COLUMNS = 2_000
_LINE = 2**16

csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW))


def table_rows(path: Path, headings: Iterable[str], *, encoding: str = "utf-8", delimiter: str = ",") -> Iterator[Item]:
    """The rows of a CSV file, packed by gzip or not, read one by one.

    Memory does not grow with the file, nor with its longest row.

    Args:
        path: A file whose first row has the headings.
        headings: Those that must be there. Others may be; the first of two that are alike counts.
        encoding: Of the text.
        delimiter: What stands between two cells.

    Raises:
        InputError: The file cannot be read, is no such table, or lacks headings: all that are missing are told.
    """
    with opened(path) as (file, raw):
        lines = _Lines(file, encoding)
        reader = csv.reader(lines, delimiter=delimiter)
        names = _headings(reader, lines, list(headings), path.name)
        number = 1
        while True:
            number += 1
            lines.begin_row()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = []
                lines.why = lines.why or Skip.BROKEN
            if lines.why is Skip.TOO_LONG:
                lines.skip_line()
                reader = csv.reader(lines, delimiter=delimiter)
            if cells or lines.why:
                yield _item(number, raw.tell(), names, cells, lines.why)


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """A file as it is read, unpacked where it is packed by gzip, and as it lies on the disk.

    Raises:
        InputError: It cannot be read, or not to its end.
    """
    with ExitStack() as stack:
        try:
            if not path.is_file():
                raise OSError
            raw = stack.enter_context(path.open("rb"))
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            file = stack.enter_context(gzip.GzipFile(fileobj=raw)) if packed else raw
            yield file, raw  # type: ignore[misc]
        except (OSError, EOFError, zlib.error):
            right = _("a whole file that is there and may be read")
            raise InputError(Problem(_("the file cannot be read"), right, path.name)) from None


class _Lines:
    """The lines of a file, until one row has taken up more than any honest row does."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        signed = "utf-8-sig" if encoding.lower().replace("_", "-") == "utf-8" else encoding
        try:
            # What is not in the encoding comes as lone surrogates, so that it costs its own row only.
            self.file = io.TextIOWrapper(file, encoding=signed, errors="surrogateescape", newline="")
        except LookupError:
            raise InputError(Problem(_("this encoding is not known"), "utf-8, cp1252, …")) from None
        self.taken, self.is_within = 0, False
        self.why: Skip | None = None

    def begin_row(self) -> None:
        self.taken, self.why = 0, None

    def skip_line(self) -> None:
        """Read on to the end of the line that was too long, whatever its length."""
        while self.is_within and (line := self.file.readline(_LINE)):
            self.is_within = not line.endswith("\n")

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = self.file.readline(LONGEST_ROW)
        except UnicodeError:
            self.why = Skip.ENCODING
            raise StopIteration from None
        if not line:
            raise StopIteration
        self.taken += len(line)
        if self.taken >= LONGEST_ROW:
            self.why, self.is_within = Skip.TOO_LONG, not line.endswith("\n")
            raise csv.Error
        if "\0" in line:
            self.why = Skip.BROKEN
            line = line.replace("\0", " ")
        if not line.isascii() and any("\ud800" <= letter <= "\udfff" for letter in line):
            self.why = self.why or Skip.ENCODING
        return line


def _headings(reader: Iterator[list[str]], lines: _Lines, wanted: Sequence[str], file: str) -> list[str]:
    try:
        names = [name.strip() for name in next(reader)]
    except (StopIteration, csv.Error):
        names = []
    missing = [heading for heading in wanted if heading not in names]
    if lines.why in (Skip.ENCODING, Skip.BROKEN):
        what, right = _("the headings are not in this encoding"), _("the table saved as CSV in UTF-8")
        raise InputError(Problem(what, right, file, row=1))
    if not names or len(names) > _MOST_COLUMNS or missing:
        what, right = _("a column is missing"), _("a heading {heading} in the first row")
        told = missing[:50] or [wanted[0] if wanted else "id"]
        raise InputError([Problem(what, right.format(heading=heading), file, row=1) for heading in told])
    return names


def _item(number: int, at: int, names: Sequence[str], cells: Sequence[str], why: Skip | None) -> Item:
    if why is None and len(cells) != len(names):
        why = Skip.CELLS
    if why:
        return Item(number, at, broken=why)
    return Item(number, at, {name: cell.strip() for name, cell in zip(reversed(names), reversed(cells), strict=True)})
