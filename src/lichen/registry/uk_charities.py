"""The registers of charities of the United Kingdom, as one CSV file.

The file is that of the charity-classification project (CC BY 4.0), which joins the registers of England and Wales
(``ccew``), Scotland (``oscr``) and Northern Ireland (``ccni``). What a charity could give is only suggested, from
its own words there, each suggestion with its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from lichen.audit.values import Organisation
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.registry.entries import Entry, Item, Skip, Skipped
from lichen.registry.rows import Row, register_rows, told
from lichen.registry.suggestions import Passage, suggestions
from lichen.registry.table_rows import table_rows
from lichen.registry.titles import readable_name
from lichen.registry.uk_places import region_of
from lichen.registry.uk_sectors import sector_of
from lichen.scales import Size, size_of

__all__ = [
    "ACTIVITIES",
    "COLUMNS",
    "OBJECTS",
    "RegisterProgress",
    "charity_entries",
    "charity_rows",
    "read_uk_charities",
]

COLUMNS = ("org_id", "name", "postcode", "active", "activities", "objects", "source", "income")
"""The columns that the file must have. ``ICNPTSO`` is used where it is there; others do not matter."""
ACTIVITIES = "Charity register, activities"
"""Name of the source where a charity says what it does."""
OBJECTS = "Charity register, objects"
"""Name of the source where its governing document says what it may do."""

_PAGES = {
    "ccew": "https://register-of-charities.charitycommission.gov.uk/charity-details/?regid={number}&subid=0",
    "oscr": "https://www.oscr.org.uk/about-charities/search-the-register/charity-details?number={number}",
    "ccni": "https://www.charitycommissionni.org.uk/charity-details/?regId={number}&subId=0",
}
_ID = re.compile(r"GB-(?:CHC|SC|NIC)-([A-Z0-9-]{1,20})")
_INCOME = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_ACTIVE = {"true": True, "false": False}
_STEP = 25
"""Rows between two calls of a progress callback."""


@dataclass(frozen=True, slots=True)
class RegisterProgress:
    """How far the reading of a register has come. Every row is one of kept, inactive, unnamed or repeated."""

    of: int
    """Rows in the file."""
    rows: int = 0
    """Rows read so far."""
    kept: int = 0
    """Rows that became an organisation."""
    inactive: int = 0
    """Left out: no longer on the register."""
    unnamed: int = 0
    """Left out: the row has an id and nothing else."""
    repeated: int = 0
    """Left out: the same id, or the same name at the same postcode, stands further up; many charities of England
    are on the Scottish register too."""


def read_uk_charities(
    path: str | PathLike[str], *, progress: Callable[[RegisterProgress], None] | None = None
) -> Iterator[Organisation]:
    """The active charities of a register file, each with the offers that its own words suggest.

    The whole file is checked before the first organisation comes; then one row at a time is read, so that memory
    does not grow with what the texts hold. No offer is confirmed and hardly ever is a gap suggested: an empty
    ``vulnerabilities`` means that nobody knows.

    Args:
        path: A CSV file in UTF-8 with at least ``COLUMNS``.
        progress: Called now and then, and once when all is read, when it has the final counts.

    Returns:
        An iterator of organisations, in the order of the file.

    Raises:
        InputError: The file cannot be used; bears every problem at once, each with row and column.

    Source:
        Charity register data, CC BY 4.0; what is suggested and how: docs/decisions/0008-register-suggestions.md.
    """
    rows = _checked(Path(path))
    return _organisations(Path(path), progress or _untold, rows)


def _untold(_progress: RegisterProgress) -> None:
    """For callers who do not ask how far it is."""


def _checked(path: Path) -> int:
    """The number of rows, once every row is known to be usable."""
    problems: list[Problem] = []
    number = 0
    for row in register_rows(path, COLUMNS):
        number += 1
        if row.cells["name"]:
            problems += [replace(problem, file=path.name, row=row.number) for problem in _problems(row.cells)]
    if problems:
        raise InputError(told(problems))
    return number


def _problems(cells: Mapping[str, str]) -> Iterator[Problem]:
    if not _ID.fullmatch(cells["org_id"]):
        yield Problem(_("this is no id of a charity"), "GB-CHC-…, GB-SC-…, GB-NIC-…", column="org_id")
    if cells["active"].lower() not in _ACTIVE:
        yield Problem(_("this does not say whether the charity is active"), "True, False", column="active")
    if cells["source"] not in _PAGES:
        yield Problem(_("this register is not known"), ", ".join(_PAGES), column="source")
    if cells["income"] and not _INCOME.fullmatch(cells["income"]):
        yield Problem(_("this is not an amount of money"), _("a number, such as 125000, or nothing"), column="income")


def _organisations(path: Path, progress: Callable[[RegisterProgress], None], of: int) -> Iterator[Organisation]:
    counts = dict.fromkeys(("kept", "inactive", "unnamed", "repeated"), 0)
    met: set[object] = set()
    for number, row in enumerate(register_rows(path, COLUMNS), 1):
        fate = _fate(row, met)
        counts[fate] += 1
        if fate == "kept":
            yield _organisation(row.cells)
        if number % _STEP == 0 and number < of:
            progress(RegisterProgress(of, number, **counts))
    progress(RegisterProgress(of, of, **counts))


def _fate(row: Row, met: set[object]) -> str:
    cells = row.cells
    if not cells["name"]:
        return "unnamed"
    if not _ACTIVE[cells["active"].lower()]:
        return "inactive"
    same = {cells["org_id"], (_bare_name(cells["name"]), re.sub(r"\W", "", cells["postcode"]).upper())}
    if same & met:
        return "repeated"
    met |= same
    return "kept"


def _bare_name(name: str) -> str:
    """A name without what two registers write differently."""
    spoken = re.sub(r"\b(?:the|and|limited|ltd|uk|united kingdom)\b|\W", "", name.lower())
    return spoken or name


def _organisation(cells: Mapping[str, str]) -> Organisation:
    register = cells["source"]
    found = suggestions(
        (Passage(ACTIVITIES, cells["activities"]), Passage(OBJECTS, cells["objects"], legal=True)),
        name=cells["name"],
        url=_page(register, cells["org_id"]),
    )
    return Organisation(
        id=cells["org_id"],
        name=readable_name(cells["name"], cells["activities"]),
        sector=sector_of(cells["name"], cells.get("ICNPTSO", "")),
        country="GB",
        region=region_of(cells["postcode"], register),
        size=size_of(float(cells["income"])) if cells["income"] else Size.UNKNOWN,
        vulnerabilities=found.vulnerabilities,
        offers=found.offers,
    )


def _page(register: str, org_id: str) -> str:
    """The charity's page on its register."""
    found = _ID.fullmatch(org_id)
    return _PAGES[register].format(number=found[1]) if found else ""


def charity_rows(path: Path) -> Iterator[Item]:
    """The rows of a register file, a broken one told as such instead of refused with the whole file.

    Raises:
        InputError: The file cannot be read or is not such a register.
    """
    return table_rows(path, COLUMNS)


def charity_entries(item: Item) -> Sequence[Entry] | Skipped:
    """What a row says of a charity. One that stands on two registers gives two entries: see ``likely_twins``."""
    cells = {name: str(cell) for name, cell in item.content.items()}
    if not cells["name"]:
        return Skipped(Skip.UNNAMED)
    if wrong := [problem.column for problem in _problems(cells)]:
        return Skipped(Skip.NO_ID if "org_id" in wrong else Skip.VALUE)
    if not _ACTIVE[cells["active"].lower()]:
        return Skipped(Skip.INACTIVE)
    page = _page(cells["source"], cells["org_id"])
    return (Entry(_organisation(cells), postcode=cells["postcode"].upper(), url=page),)
