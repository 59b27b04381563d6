"""Listed organisations as values and as rows; and what members keep about them, sealed to themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.fit.listing import Listing, Wanted, World
from lichen.registry.listable import has_registration, spoken_name
from lichen.scales import Sector, Size
from lichen_web.alliances import keys
from lichen_web.alliances.models import Delisting, ListedNote, ListedOrganisation, ListState, SavedSearch

__all__ = [
    "Listed",
    "Note",
    "Search",
    "as_listed",
    "as_said",
    "delisted",
    "digests_of",
    "items_of",
    "list_changed",
    "load_listing",
    "load_notes",
    "load_searches",
    "reference_of",
    "save_note",
    "save_search",
]


@dataclass(frozen=True, slots=True)
class Listed:
    """One listed organisation."""

    id: UUID
    """Of its row."""
    reference: str
    """Its number on a register, or empty."""
    organisation: Organisation
    """What public records say of it; its id is that of the row."""
    website: str
    """Where to read about it, or empty."""
    source: str
    """From which file or record it comes."""
    listed_at: datetime
    """Since when it is listed."""
    changed_at: datetime
    """When it last changed."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a member noted of a conversation or event with a listed organisation; nobody else reads it."""

    id: UUID
    """Of its row."""
    about: UUID
    """About which listed organisation."""
    name: str
    """What that was called then; it may be listed no longer."""
    who: str
    """Who was there."""
    where: str
    """Where it was."""
    on: date
    """When it was."""
    words: str
    """What was said."""
    evidence: int
    """How sure it is: a step of the evidence ladder."""
    offers: str
    """Code of what they said that they can give, or empty."""
    lacks: str
    """Code of what they said that they lack, or empty."""
    made_at: datetime
    """When it was written."""
    removed_at: datetime | None
    """When it was taken back."""


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search."""

    id: UUID
    """Of its row."""
    name: str
    """As its owners call it."""
    wanted: Wanted
    """Whom it looks among."""
    person: UUID
    """Who saved it, and is written to."""
    made_at: datetime
    """When it was saved."""
    looked_at: datetime
    """Up to when was looked for something new."""
    written_at: datetime | None
    """When a mail last told of it."""
    off_since: datetime | None
    """Since when it does not write."""
    removed_at: datetime | None = None
    """When it was taken back."""


# --- The list --------------------------------------------------------------------------------------------------------


def load_listing() -> Listing:
    """Every listed organisation, laid out for searching: once a process, and anew when the list has changed.

    It holds nothing but public data, so it may outlive the request for which it was made.
    """
    version = ListState.objects.values_list("version", flat=True).first()
    with _LAID_OUT.lock:
        if _LAID_OUT.listing is None or _LAID_OUT.version != version:
            rows = ListedOrganisation.objects.order_by("id").iterator(chunk_size=1000)
            # The version was read before the rows: if they are newer, the next who asks lays them out again.
            _LAID_OUT.listing, _LAID_OUT.version = Listing(as_listed(row).organisation for row in rows), version
        return _LAID_OUT.listing


def list_changed() -> None:
    """Say that the list is another one now, within the transaction that changed it."""
    ListState.objects.update_or_create(id=1, defaults={"version": uuid4()})


def as_listed(row: ListedOrganisation) -> Listed:
    """A row as a value."""
    organisation = Organisation(
        id=str(row.id),
        name=row.name,
        sector=Sector(row.sector),
        country=row.country,
        region=row.region,
        size=Size(row.size),
        vulnerabilities=tuple(_gap(item) for item in row.items["gaps"]),
        offers=tuple(_offer(item) for item in row.items["offers"]),
    )
    return Listed(row.id, row.reference, organisation, row.website, row.source, row.listed_at, row.changed_at)


def items_of(organisation: Organisation) -> dict[str, list[dict[str, Any]]]:
    """What an organisation may be listed with, as JSON says it; it is ``listable`` already."""
    gaps = [
        {"code": each.code, "severity": each.severity, "source": _source(each)} for each in organisation.vulnerabilities
    ]
    offers = [
        {"code": each.code, "strength": each.strength, "evidence": each.evidence, "source": _source(each)}
        for each in organisation.offers
    ]
    return {"gaps": gaps, "offers": offers}


def reference_of(organisation: Organisation) -> str:
    """The number that a register gave an organisation, or empty."""
    return organisation.id if has_registration(organisation) else ""


def digests_of(reference: str, name: str, country: str) -> tuple[str, ...]:
    """By what it is known again who is not to be listed: its number, and its name and country."""
    told = [f"name {spoken_name(name, country)}", *([f"reference {reference}"] if reference else [])]
    return tuple(hashlib.sha256(f"lichen listed {each}".encode()).hexdigest() for each in told)


def delisted(candidates: Iterable[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Which of these are not to be listed again.

    A number on a register decides where there is one; else name and country do.

    Args:
        candidates: Of each its number or nothing, its name and its country.
    """
    deciding = {each: digests_of(*each)[-1] for each in candidates}
    known = set(Delisting.objects.filter(digest__in=set(deciding.values())).values_list("digest", flat=True))
    return {each for each, digest in deciding.items() if digest in known}


# --- What members keep about it --------------------------------------------------------------------------------------


def save_note(organisation: UUID, note: Note) -> None:
    """Seal a note; that of which it is stands inside, so that nobody sees who talks with whom."""
    said = asdict(note) | {"on": note.on.isoformat(), "about": str(note.about)}
    for kept_beside in ("id", "made_at", "removed_at"):
        del said[kept_beside]
    made = keys.seal(organisation, said, bound_to=_note_place(note.id))
    ListedNote.objects.create(
        id=note.id,
        organisation_id=organisation,
        sealed=made.sealed,
        wrapped_key=made.wrapped_key,
        made_at=note.made_at,
    )


def load_notes(organisation: UUID, *, removed: bool = False) -> tuple[Note, ...]:
    """The notes of an organisation, the last written first; those that were taken back, too, if asked for."""
    every = ListedNote.objects.filter(organisation=organisation).order_by("-made_at", "-id")
    rows = list(every if removed else every.filter(removed_at=None))
    sealed = [(row.sealed, row.wrapped_key, _note_place(row.id)) for row in rows]
    opened = keys.open_all_own(organisation, sealed) if sealed else ()
    return tuple(_note(row, said) for row, said in zip(rows, opened, strict=True))


def as_said(listed: Organisation, notes: Sequence[Note]) -> Organisation:
    """A listed organisation as it is known to whoever wrote these notes: what it told goes before what is guessed."""
    about = [note for note in notes if str(note.about) == listed.id]
    offered = {note.offers: _said_offer(note) for note in reversed(about) if note.offers}
    lacked = {note.lacks: _said_gap(note) for note in reversed(about) if note.lacks}
    return replace(
        listed,
        offers=(*offered.values(), *(each for each in listed.offers if each.code not in offered)),
        vulnerabilities=(*lacked.values(), *(each for each in listed.vulnerabilities if each.code not in lacked)),
    )


def save_search(organisation: UUID, *, name: str, wanted: Wanted, person: UUID, at: datetime) -> UUID:
    """Seal a search."""
    search = uuid4()
    said = {
        "name": name,
        "sectors": sorted(wanted.sectors),
        "place": wanted.place,
        "sizes": sorted(wanted.sizes),
        "world": wanted.world or "",
    }
    made = keys.seal(organisation, said, bound_to=_search_place(search))
    SavedSearch.objects.create(
        id=search,
        organisation_id=organisation,
        person_id=person,
        sealed=made.sealed,
        wrapped_key=made.wrapped_key,
        made_at=at,
        looked_at=at,
    )
    return search


def load_searches(organisation: UUID, *, only: Q) -> tuple[Search, ...]:
    """The saved searches of an organisation that are asked for, the first saved first."""
    rows = list(SavedSearch.objects.filter(only, organisation=organisation).order_by("made_at", "id"))
    sealed = [(row.sealed, row.wrapped_key, _search_place(row.id)) for row in rows]
    opened = keys.open_all_own(organisation, sealed) if sealed else ()
    return tuple(_search(row, said) for row, said in zip(rows, opened, strict=True))


class _LaidOut:
    """The one listing of this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.listing: Listing | None = None
        self.version: UUID | None = None


_LAID_OUT = _LaidOut()


def _source(item: Offer | Vulnerability) -> dict[str, Any] | None:
    return asdict(item.source) if item.source else None


def _gap(item: Mapping[str, Any]) -> Vulnerability:
    return Vulnerability(item["code"], item["severity"], source=Source(**item["source"]), confirmed=False)


def _offer(item: Mapping[str, Any]) -> Offer:
    source = Source(**item["source"])
    return Offer(item["code"], item["strength"], item["evidence"], source=source, confirmed=False)


def _said_offer(note: Note) -> Offer:
    return Offer(note.offers, evidence=note.evidence)


def _said_gap(note: Note) -> Vulnerability:
    return Vulnerability(note.lacks)


def _note(row: ListedNote, said: Mapping[str, Any]) -> Note:
    told = {**said, "on": date.fromisoformat(said["on"]), "about": UUID(said["about"])}
    return Note(**told, id=row.id, made_at=row.made_at, removed_at=row.removed_at)


def _search(row: SavedSearch, said: Mapping[str, Any]) -> Search:
    wanted = Wanted(
        frozenset(map(Sector, said["sectors"])),
        said["place"],
        frozenset(map(Size, said["sizes"])),
        World(said["world"]) if said["world"] else None,
    )
    return Search(
        id=row.id,
        name=said["name"],
        wanted=wanted,
        person=row.person_id,
        made_at=row.made_at,
        looked_at=row.looked_at,
        written_at=row.written_at,
        off_since=row.off_since,
        removed_at=row.removed_at,
    )


def _note_place(note: UUID) -> tuple[str, ...]:
    return (ListedNote._meta.db_table, str(note))


def _search_place(search: UUID) -> tuple[str, ...]:
    return (SavedSearch._meta.db_table, str(search))
