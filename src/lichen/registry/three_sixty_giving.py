"""Grants published to the 360Giving standard, as JSON or CSV: who gave what to whom, and for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lichen.audit.values import Offer, Organisation, Source
from lichen.registry.entries import Entry, Item, Skip, Skipped
from lichen.registry.ids import NOWHERE, jurisdiction, made_id
from lichen.registry.json_items import json_items
from lichen.registry.suggestions import LEAST_CONFIDENCE, Passage, suggestions
from lichen.registry.table_rows import opened, table_rows
from lichen.registry.titles import readable_name
from lichen.registry.uk_places import region_of
from lichen.scales import Sector

__all__ = ["HEADINGS", "grant_entries", "grant_rows"]

HEADINGS = ("Identifier", "Title", "Description", "Recipient Org:Identifier", "Recipient Org:Name",
            "Funding Org:Identifier", "Funding Org:Name")  # fmt: skip
"""The columns that a file in CSV must have; others do not matter."""
DESCRIPTION_WEIGHT = 0.8
"""What a suggestion loses because it is a funder who describes one project (a proposal)."""
GIVING_CONFIDENCE = 0.9
"""How likely a funder of one published grant has money to give (a proposal)."""

_DOCUMENT = "360Giving, description of a grant"
_GRANT = "360Giving, grant"
_PAGE = "https://grantnav.threesixtygiving.org/grant/{id}"


def grant_rows(path: Path) -> Iterator[Item]:
    """The grants of a file; what begins as JSON is read as JSON, anything else as CSV.

    Raises:
        InputError: The file cannot be read or is not such a file.
    """
    with opened(path) as (file, _raw):
        beginning = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    return json_items(path, ("grants",)) if beginning[:1] in (b"{", b"[") else table_rows(path, HEADINGS)


def grant_entries(item: Item) -> Sequence[Entry] | Skipped:
    """What a grant says: its funder gives money, and its recipient may be able to do what it was given for.

    No gap is suggested: who was given money for something has done it, or has it now.

    Source:
        The 360Giving data standard (names of its fields; general knowledge).
    """
    grant = item.content
    try:
        funder, recipient = _party(grant, "funding"), _party(grant, "recipient")
    except (AttributeError, TypeError):
        return Skipped(Skip.VALUE)
    told = [party for party in (funder, recipient) if party.get("id") and party.get("name")]
    if not told:
        return Skipped(Skip.PERSON if _is_to_a_person(grant) else Skip.NO_ID)
    number = made_id("", _text(grant.get("id") or grant.get("Identifier")))
    url = _PAGE.format(id=number) if number else ""
    entries = []
    if funder in told:
        sentence = (
            f"Grant {number} was published by this funder." if number else "A grant was published by this funder."
        )
        source = Source(_GRANT, sentence, GIVING_CONFIDENCE, url)
        offer = Offer("funding.grantmaking", evidence=3, source=source, confirmed=False)
        entries.append(_entry(funder, Sector.FUNDER, (offer,)))
    if recipient in told and recipient.get("id") != funder.get("id"):
        entries.append(_entry(recipient, Sector.NONPROFIT, _offers(grant, recipient, url)))
    return entries


def _offers(grant: Mapping[str, Any], recipient: Mapping[str, Any], url: str) -> tuple[Offer, ...]:
    words = ". ".join(
        filter(None, (_text(grant.get(name)) for name in ("title", "Title", "description", "Description")))
    )
    found = suggestions([Passage(_DOCUMENT, words)], _text(recipient["name"]), url).offers
    weighed = ((offer, offer.confidence * DESCRIPTION_WEIGHT) for offer in found)
    return tuple(
        replace(offer, source=replace(offer.source, confidence=round(likely, 2)))
        for offer, likely in weighed
        if offer.source is not None and likely >= LEAST_CONFIDENCE
    )


def _entry(party: Mapping[str, Any], sector: Sector, offers: tuple[Offer, ...]) -> Entry:
    identifier = made_id("", _text(party["id"]))
    country = jurisdiction(identifier)
    country = "" if country in (NOWHERE, "XI") else country
    postcode = _text(party.get("postalCode"))
    region = region_of(postcode, "") if country in ("", "GB") else ""
    organisation = Organisation(identifier, readable_name(_text(party["name"])), sector, country, region, offers=offers)
    return Entry(organisation, _text(party.get("addressLocality")), postcode)


def _party(grant: Mapping[str, Any], role: str) -> Mapping[str, Any]:
    """The first organisation in a role, by the keys of the JSON form."""
    found = grant.get(f"{role}Organization")
    if found:
        return dict(found[0])
    heading = f"{role.title()} Org"
    names = {"id": "Identifier", "name": "Name", "postalCode": "Postal Code", "addressLocality": "City"}
    return {key: grant.get(f"{heading}:{name}", "") for key, name in names.items()}


def _is_to_a_person(grant: Mapping[str, Any]) -> bool:
    return bool(grant.get("recipientIndividual") or grant.get("Recipient Ind:Identifier"))


def _text(found: object) -> str:
    return " ".join(str(found).split()) if isinstance(found, str | int) else ""
