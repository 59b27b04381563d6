"""Entries from any CSV file or workbook, by a mapping."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.entries import Entry, Item, Skip, Skipped
from lichen.registry.figures import amount, coordinates
from lichen.registry.ids import made_id
from lichen.registry.loading import Register
from lichen.registry.mapping import TableMapping
from lichen.registry.suggestions import Passage, suggestions
from lichen.registry.table_rows import LONGEST_ROW, table_rows
from lichen.registry.titles import readable_name
from lichen.scales import Sector, Size, size_of

__all__ = ["mapped_register"]

_WORKBOOKS = (".xlsx", ".xlsm")
_UNPACKED = 4 * 2**30
_SHARED = 2**28  # what openpyxl holds in memory whole
_MOST_CODES = 40
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ParseError,
)
"""What openpyxl raises at files that are no workbook, or only begin as one."""


def mapped_register(mapping: TableMapping) -> Register:
    """The register that a mapping makes of a table.

    Args:
        mapping: Which column holds what; see :func:`~lichen.registry.mapping.read_mapping`.

    Raises:
        InputError: When the rows are read: the file is no table or workbook, or lacks a column or the sheet.
    """

    def items(path: Path) -> Iterator[Item]:
        wanted = list(mapping.columns.values())
        if path.suffix.lower() in _WORKBOOKS:
            return _workbook_rows(path, wanted, mapping.sheet)
        return table_rows(path, wanted, encoding=mapping.encoding, delimiter=mapping.delimiter)

    return Register(mapping.source, items, lambda item: _entries(item, mapping), mapping.variant)


def _entries(item: Item, mapping: TableMapping) -> Sequence[Entry] | Skipped:
    cells = {name: str(item.content.get(heading, "")) for name, heading in mapping.columns.items()}
    identifier, name = made_id(mapping.id_prefix, cells["id"]), cells["name"]
    if not identifier:
        return Skipped(Skip.NO_ID)
    if not name:
        return Skipped(Skip.UNNAMED)
    try:
        income = amount(cells.get("income"))
    except ValueError:
        return Skipped(Skip.VALUE)
    suggested = suggestions([Passage(mapping.source, cells.get("activities", ""))], name, cells.get("url", ""))
    gaps = [Vulnerability(code, source=why, confirmed=False) for code, why in _codes(cells, "gaps", mapping)]
    offers = [Offer(code, source=why, confirmed=False) for code, why in _codes(cells, "offers", mapping)]
    organisation = Organisation(
        identifier,
        readable_name(name),
        _sector(cells.get("sector", ""), mapping),
        (cells.get("country") or mapping.country).upper()[:2],
        cells.get("region", ""),
        Size.UNKNOWN if income is None else size_of(income),
        (*suggested.vulnerabilities, *gaps),
        (*suggested.offers, *offers),
    )
    north, east = coordinates(cells.get("latitude"), cells.get("longitude"))
    rest = {each: cells.get(each, "") for each in ("locality", "postcode", "url", "edition")}
    return (Entry(organisation, latitude=north, longitude=east, **rest),)


def _codes(cells: Mapping[str, str], column: str, mapping: TableMapping) -> Iterator[tuple[str, Source]]:
    for code in [each.strip() for each in cells.get(column, "").split(";")][:_MOST_CODES]:
        if code in taxonomy().capabilities:
            said = f"{mapping.columns[column]}: {code}"
            yield code, Source(mapping.source, said, mapping.confidence, cells.get("url", ""))


def _sector(word: str, mapping: TableMapping) -> Sector:
    if word in mapping.sectors:
        return mapping.sectors[word]
    return Sector(word.lower()) if word.lower() in set(Sector) else mapping.sector


def _workbook_rows(path: Path, headings: Sequence[str], sheet: str) -> Iterator[Item]:
    """The rows of a sheet, a row at a time; cells with formulas have the value that was saved with them."""
    _vet(path)
    try:
        with catch_warnings():
            simplefilter("ignore")  # openpyxl warns of what it leaves out, such as a list of choices
            book = load_workbook(path, read_only=True, data_only=True)
        try:
            if sheet and sheet not in book.sheetnames:
                raise InputError(
                    Problem(_("there is no such sheet"), ", ".join(book.sheetnames[:20]), path.name, sheet)
                )
            table = book[sheet] if sheet else book.worksheets[0]
            rows = table.iter_rows(values_only=True)
            names = [_cell(cell) for cell in next(rows, ())]
            missing = [heading for heading in headings if heading not in names]
            if missing:
                what, right = _("a column is missing"), _("a heading {heading} in the first row")
                raise InputError([Problem(what, right.format(heading=each), path.name, row=1) for each in missing])
            whole, of = path.stat().st_size, max(table.max_row or 1, 1)
            for number, row in enumerate(rows, 2):
                cells = [_cell(cell) for cell in row]
                if any(cells):
                    yield _row_item(number, whole * min(number, of) // of, names, cells)
        finally:
            book.close()
    except _UNREADABLE as broken:
        if isinstance(broken, InputError):
            raise
        raise InputError(
            Problem(_("the workbook cannot be read"), _("an .xlsx file as Excel saves it"), path.name)
        ) from None


def _row_item(number: int, at: int, names: Sequence[str], cells: Sequence[str]) -> Item:
    if sum(map(len, cells)) > LONGEST_ROW:
        return Item(number, at, broken=Skip.TOO_LONG)
    return Item(number, at, dict(zip(names, (*cells, *[""] * (len(names) - len(cells))), strict=False)))


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _vet(path: Path) -> None:
    """Refuse a file that would unpack to more than any honest table, before anything unpacks it."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise InputError(
            Problem(_("the workbook cannot be read"), _("an .xlsx file as Excel saves it"), path.name)
        ) from None
    shared = sum(part.file_size for part in parts if "sharedStrings" in part.filename or "styles" in part.filename)
    if len(parts) > 10_000 or shared > _SHARED or sum(part.file_size for part in parts) > _UNPACKED:
        raise InputError(Problem(_("the workbook is too large"), _("the same table as CSV"), path.name))
