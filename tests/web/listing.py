"""Organisations to list, as ``lichen import`` writes them, and listing them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.scales import Sector, Size
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions.corrections import ask_correction
from lichen_web.alliances.actions.listed import Tally, add_listed, list_organisations
from lichen_web.alliances.actions.listed_notes import note_listed, remove_note, remove_search, save_search
from lichen_web.alliances.models import ListedOrganisation

__all__ = [
    "LISTED_AT",
    "a_correction",
    "depot",
    "id_of",
    "kept_about_listed",
    "listed",
    "many",
    "register",
    "removed_about_listed",
    "trust",
]

LISTED_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
register = Source(
    "Charity register, activities", "We run a hall and a food bank in the ward.", 0.62, "https://reg.example"
)
trust = Organisation(
    id="GB-CHC-1000340",
    name="Eastfield Community Trust",
    sector=Sector.NONPROFIT,
    country="GB",
    region="London",
    size=Size.MEDIUM,
    offers=(
        Offer("trust.underserved", source=register, confirmed=False),
        Offer("assets.venue", source=register, confirmed=False),
    ),
)
depot = Organisation(
    id="GB-SC-SC012345",
    name="Northern Depot",
    sector=Sector.BUSINESS,
    country="GB",
    region="Yorkshire",
    size=Size.LARGE,
    vulnerabilities=(Vulnerability("knowledge.medical", source=register, confirmed=False),),
    offers=(Offer("people.volunteers", source=register, confirmed=False),),
)
HALL = {
    "name": "Mill Hall",
    "sector": "nonprofit",
    "country": "GB",
    "region": "Leeds",
    "size": "",
    "website": "",
    "reference": "",
    "offers": ["community venue", "Hundreds of volunteers every Saturday"],
    "evidence": 2,
    "source": "Their leaflet",
    "source_url": "",
    "at": LISTED_AT,
}
"""What a member writes of one that it knows."""


def listed(*organisations: Organisation, at: datetime = LISTED_AT, is_dry: bool = False) -> Tally:
    return list_organisations(organisations or (trust, depot), source="Register, 2026", at=at, is_dry=is_dry)


def id_of(organisation: Organisation) -> UUID:
    return ListedOrganisation.objects.get(reference=organisation.id).id


def kept_about_listed(who: Actor, at: datetime, *, again: bool = False) -> dict[str, UUID]:
    """A listed organisation, a note about it and a saved search, as an address names them."""
    if not again:
        listed(trust, at=at)
    return {"listed": id_of(trust), "note": a_note(who, at), "search": a_search(who, at)}


def removed_about_listed(who: Actor, at: datetime) -> dict[str, dict[str, UUID]]:
    """A note and a search that were taken back, for the addresses that put them back."""
    note, search = a_note(who, at), a_search(who, at)
    remove_note(who, note=note, at=at)
    remove_search(who, search=search, at=at)
    return {"restore_listed_note": {"note": note}, "restore_search": {"search": search}}


def added_to_the_list(who: Actor, at: datetime) -> dict[str, dict[str, UUID]]:
    """One that their organisation added itself, for the addresses that put it right and take it back."""
    added = add_listed(who, **{**HALL, "at": at})
    return {name: {"listed": added} for name in ("change_listed", "withdraw_listed")}


def a_note(who: Actor, at: datetime) -> UUID:
    said = {"who": "Ann", "where": "", "on": at.date(), "words": "We met.", "evidence": 1, "offers": "", "lacks": ""}
    return note_listed(who, listed=id_of(trust), **said, at=at)


def a_search(who: Actor, at: datetime) -> UUID:
    return save_search(who, name="all", sectors=[], place="", sizes=[], world="", at=at)


def a_correction(at: datetime) -> UUID:
    return ask_correction(organisation=trust.name, words="Wrong.", name="Ann", email="a@example.org", at=at)


def many(count: int) -> tuple[Organisation, ...]:
    """Made up, all able to help somebody who lacks a venue or volunteers."""
    codes = (
        "assets.venue",
        "people.volunteers",
        "trust.community",
        "ops.logistics",
        "knowledge.local",
        "tech.cybersecurity",
    )
    regions = ("London", "Yorkshire", "Wales", "Scotland")
    return tuple(
        Organisation(
            id=f"GB-CHC-{2_000_000 + number}",
            name=f"Charity {number:05}",
            sector=[*Sector][number % 9],
            country="GB",
            region=regions[number % 4],
            size=[*Size][number % 7],
            offers=tuple(
                Offer(codes[(number + step) % 6], 1 + (number + step) % 5, source=register, confirmed=False)
                for step in range(1 + number % 4)
            ),
        )
        for number in range(count)
    )
