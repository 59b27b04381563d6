"""The Business Master File of the US Internal Revenue Service: every exempt organisation, as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lichen.audit.values import Organisation
from lichen.registry.entries import Entry, Item, Skip, Skipped
from lichen.registry.figures import amount
from lichen.registry.ntee import class_offers, class_sector
from lichen.registry.table_rows import table_rows
from lichen.registry.titles import readable_name
from lichen.scales import Sector, Size, size_of

__all__ = ["COLUMNS", "business_master_entries", "business_master_rows", "employer_id"]

COLUMNS = ("EIN", "NAME", "CITY", "STATE", "ZIP", "SUBSECTION", "FOUNDATION", "NTEE_CD", "REVENUE_AMT")
"""The columns that the file must have; others do not matter."""

_DOCUMENT = "IRS Business Master File, class"
_EIN = re.compile(r"(?:EIN-)?(\d{2})-?(\d{7})")
_PRIVATE_FOUNDATION = frozenset({"02", "03", "04", "2", "3", "4"})
_COOPERATIVE = frozenset({"12", "14", "16", "85"})  # of farmers and utilities, credit unions
_PAGE = "https://apps.irs.gov/app/eos/"


def business_master_rows(path: Path) -> Iterator[Item]:
    """The rows of a file such as ``eo1.csv``.

    Raises:
        InputError: The file cannot be read or is not such a file.
    """
    return table_rows(path, COLUMNS)


def business_master_entries(item: Item) -> Sequence[Entry] | Skipped:
    """What a row says. No gap is suggested: the file says who there is, not how they fare.

    Source:
        The Internal Revenue Service's description of the extract (column names; general knowledge).
    """
    cells = {name: str(item.content[name]) for name in COLUMNS}
    identifier = employer_id(cells["EIN"])
    if not identifier:
        return Skipped(Skip.NO_ID)
    if not cells["NAME"]:
        return Skipped(Skip.UNNAMED)
    try:
        income = amount(cells["REVENUE_AMT"])
    except ValueError:
        return Skipped(Skip.VALUE)
    organisation = Organisation(
        identifier,
        readable_name(cells["NAME"]),
        _sector(cells),
        "US",
        cells["STATE"].upper(),
        # A return that shows nothing and one that was never sent are written alike.
        size_of(income) if income else Size.UNKNOWN,
        offers=class_offers(cells["NTEE_CD"], _DOCUMENT),
    )
    return (Entry(organisation, cells["CITY"].title(), cells["ZIP"], url=_PAGE),)


def employer_id(text: str) -> str:
    """The id of a US employer number; empty where it is none.

    Example:
        >>> employer_id("562210510"), employer_id("EIN-56-2210510"), employer_id("5622105")
        ('US-EIN-562210510', 'US-EIN-562210510', '')
    """
    found = _EIN.fullmatch(text.strip())
    return f"US-EIN-{found[1]}{found[2]}" if found else ""


def _sector(cells: dict[str, str]) -> Sector:
    if cells["FOUNDATION"] in _PRIVATE_FOUNDATION:
        return Sector.FUNDER
    if cells["SUBSECTION"] in _COOPERATIVE:
        return Sector.COOPERATIVE
    return class_sector(cells["NTEE_CD"])
