"""The points that two parties give to the items they divide: a small table, or a document."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from os import PathLike
from pathlib import Path
from typing import Any

from lichen.errors import InputError, Problem
from lichen.files import json_text, yaml_text
from lichen.files.draft import Reading, shown_name
from lichen.files.storage import decoded, read_bounded
from lichen.language import _

__all__ = ["read_points"]

_LARGEST = 10**6  # bytes
_READERS = {"yaml": yaml_text, "yml": yaml_text, "json": json_text}
_POINTS = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?", re.ASCII)

_Table = Mapping[str, Mapping[str, Any]]


def read_points(path: str | PathLike[str]) -> Mapping[str, Mapping[str, Fraction]]:
    """What each of two parties gives to each item, from a file whose suffix says the format: .csv, .yaml or .json.

    ::

        item,Hospital,Churches           Hospital: {donors: 60, credit: 40}
        donors,60,30                     Churches: {donors: 30, credit: 70}
        credit,40,70

    Args:
        path: The file: of a table the first row names the two parties, and the first column the items.

    Returns:
        For each party, by name, the points of each item; what was left empty is 0.

    Raises:
        InputError: The file cannot be used; bears every problem at once, each with its place.
    """
    path = Path(path)
    suffix, reading = path.suffix[1:].lower(), Reading(path.name)
    if suffix != "csv" and suffix not in _READERS:
        raise InputError(Problem(_("points are not kept in this format"), ".csv, .yaml, .json", file=path.name))
    raw = read_bounded(path, _LARGEST, reading)
    table = _in_rows(raw, reading) if suffix == "csv" else _in_document(_READERS[suffix].tree_in(raw, reading), reading)
    found = {
        party: {item: _points(cell, reading, party, row) for row, (item, cell) in enumerate(cells.items(), 1)}
        for party, cells in table.items()
    }
    reading.finish()
    return found


def _in_document(tree: Any, reading: Reading) -> _Table:
    groups = list(tree.values()) if isinstance(tree, Mapping) else []
    if len(groups) != 2 or not all(isinstance(group, Mapping) for group in groups):
        raise reading.refusal(_("these are not the points of two parties"), _("two names, each with items and points"))
    items = dict.fromkeys(item for group in groups for item in group)
    return {party: {item: group.get(item) for item in items} for party, group in tree.items()}


def _in_rows(raw: bytes, reading: Reading) -> _Table:
    rows = [row for row in _rows(decoded(raw, reading), reading) if any(cell.strip() for cell in row)]
    heading, *below = rows or [[]]
    parties, items = [cell.strip() for cell in heading[1:3]], [row[0].strip() for row in below]
    if len(heading) != 3 or len({*parties} - {""}) != 2 or any(len(row) != 3 for row in below):
        right = _("a row of headings (item, one party, the other), then a row for each item")
        raise reading.refusal(_("these are not the points of two parties"), right)
    if len({*items} - {""}) < len(items):
        raise reading.refusal(_("an item has no name, or two have the same"), _("a name of its own for each item"))
    return {
        party: dict(zip(items, (row[place] for row in below), strict=True)) for place, party in enumerate(parties, 1)
    }


def _rows(text: str, reading: Reading) -> Iterator[Sequence[str]]:
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error:
        right = _("every quotation mark closed, and doubled inside of text")
        raise reading.refusal(_("a cell does not end where it should, or is far too long"), right) from None


def _points(cell: Any, reading: Reading, party: str, row: int) -> Fraction:
    text = cell.strip() if isinstance(cell, str) else "" if cell is None else "?"
    if text and not _POINTS.fullmatch(text):
        reading.tell(Problem(_("these are no points"), _("a number from 0 up"), row=row, column=shown_name(party)))
        return Fraction(0)
    return Fraction(text.replace(",", ".") or 0)
