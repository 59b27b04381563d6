"""The Research Organization Registry's dump: universities, institutes, hospitals and funders of the world, as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lichen.audit.values import Offer, Organisation, Source
from lichen.registry.entries import Entry, Item, Skip, Skipped
from lichen.registry.figures import coordinates
from lichen.registry.json_items import json_items
from lichen.scales import Sector

__all__ = ["TYPES", "research_entries", "research_rows"]

TYPES: dict[str, tuple[Sector, tuple[str, ...]]] = {
    "healthcare": (Sector.HEALTH, ("service.clinical_delivery", "knowledge.medical")),
    "education": (Sector.EDUCATION, ("service.education_delivery", "knowledge.research")),
    "government": (Sector.GOVERNMENT, ()),
    "company": (Sector.BUSINESS, ()),
    "funder": (Sector.FUNDER, ("funding.grantmaking",)),
    "nonprofit": (Sector.NONPROFIT, ()),
    "facility": (Sector.OTHER, ("knowledge.research",)),
    "archive": (Sector.OTHER, ("knowledge.data_access",)),
    "other": (Sector.OTHER, ()),
}
"""The sector of each type and what it suggests; of several types the first here gives the sector (ours)."""
CONFIDENCE = 0.6
"""How likely an organisation of a type does what the type is named for (a proposal)."""

_DOCUMENT = "Research Organization Registry, type"
_ID = re.compile(r"(?:https?://ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})")


def research_rows(path: Path) -> Iterator[Item]:
    """The organisations of a dump, in version 1 or 2 of its schema.

    Raises:
        InputError: The file cannot be read or is no such list.
    """
    return json_items(path)


def research_entries(item: Item) -> Sequence[Entry] | Skipped:
    """What an item of the dump says. The id is ``XI-ROR-`` and the nine signs of its own."""
    found = item.content
    number = _ID.fullmatch(str(found.get("id", "")))
    if not number:
        return Skipped(Skip.NO_ID)
    if found.get("status", "active") != "active":
        return Skipped(Skip.INACTIVE)
    try:
        name, place = _name(found), _place(found)
        types = tuple(str(each).lower() for each in _list(found.get("types")))
    except (AttributeError, TypeError):
        return Skipped(Skip.VALUE)
    if not name:
        return Skipped(Skip.UNNAMED)
    sector = next((sector for each, (sector, _codes) in TYPES.items() if each in types), Sector.OTHER)
    north, east = coordinates(place.get("lat"), place.get("lng"))
    organisation = Organisation(
        f"XI-ROR-{number[1]}",
        name,
        sector,
        str(place.get("country_code") or ""),
        str(place.get("country_subdivision_name") or ""),
        offers=_offers(types),
    )
    url = f"https://ror.org/{number[1]}"
    return (Entry(organisation, str(place.get("name") or ""), "", north, east, url),)


@lru_cache(maxsize=1024)
def _offers(types: tuple[str, ...]) -> tuple[Offer, ...]:
    return tuple(
        Offer(code, source=Source(_DOCUMENT, f"Type: {each}", CONFIDENCE), confirmed=False)
        for each in types
        for code in TYPES.get(each, (Sector.OTHER, ()))[1]
    )


def _name(found: dict[str, object]) -> str:
    names = _list(found.get("names"))
    shown = [name for name in names if "ror_display" in _list(name.get("types"))] or names
    said = shown[0].get("value") if shown else found.get("name")
    return " ".join(str(said or "").split())


def _place(found: dict[str, object]) -> dict[str, Any]:
    """Where it is, by the keys of version 2."""
    places = _list(found.get("locations"))
    if places:
        return dict(places[0].get("geonames_details") or {})
    country: Any = found.get("country") or {}
    old = dict(next(iter(_list(found.get("addresses"))), {}))
    return {
        "country_code": country.get("country_code"),
        "name": old.get("city"),
        "country_subdivision_name": old.get("state"),
        "lat": old.get("lat"),
        "lng": old.get("lng"),
    }


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
