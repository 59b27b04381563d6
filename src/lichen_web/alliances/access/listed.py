"""Organisations that are no members: public data for everybody inside, what we noted of them for us alone.

Our own audit is opened in memory for each question. Nothing of it, and no answer, is kept anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from lichen.audit.values import Organisation, Vulnerability
from lichen.fit.listing import Filter, Listing, Wanted, Way, World
from lichen.fit.matrix import MapRow, vulnerability_map
from lichen.fit.pairs import Fit, NoFit, pair_fit
from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.permissions import is_allowed, may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.audit import OwnAudit
from lichen_web.alliances.bridge.listed import (
    Listed,
    Note,
    Search,
    as_listed,
    as_said,
    load_listing,
    load_notes,
    load_searches,
)
from lichen_web.alliances.keys import open_for_host
from lichen_web.alliances.models import CorrectionRequest, Delisting, Event, ListedOrganisation

__all__ = [
    "CORRECTION",
    "CorrectionView",
    "HostListed",
    "ListSearch",
    "Listed",
    "ListedView",
    "Note",
    "SavedSearchView",
    "added_by",
    "best_in",
    "correction",
    "host_listed",
    "listed_map",
    "listed_named",
    "listed_organisation",
    "listed_organisations",
    "listed_row",
    "own_as_seen",
    "place_of_correction",
    "saved_search",
    "saved_searches",
]

CORRECTION = "correction"
"""Which of the host's keys requests are sealed with."""
_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class ListSearch:
    """A stretch of what a search found."""

    listed: int
    """How many organisations are listed at all."""
    total: int
    """How many of them were found."""
    mutual: int
    """How many of those fit both ways, as far as is known."""
    fits: tuple[Fit, ...]
    """The stretch, with the reasons."""
    told: frozenset[str]
    """Ids of those of whom we noted something that they said."""
    nothing: NoFit | None
    """Why nobody was found, filters apart."""
    without: Mapping[Filter, int]
    """How many more there would be without one filter."""
    in_worlds: Mapping[World | None, int]
    """How many there would be at each distance from our own world; under none, at any."""


@dataclass(frozen=True, slots=True)
class ListedView:
    """One listed organisation beside ours."""

    id: UUID
    """Which."""
    name: str
    """Its name; where it is listed no longer, as we noted it."""
    listed: Listed | None
    """What public records say of it; None where it is listed no longer and we have notes."""
    fit: Fit | None
    """How it and we fit, as far as anybody knows."""
    notes: tuple[Note, ...]
    """What we noted, last first."""
    removed: tuple[Note, ...]
    """What we took back and can still put back."""
    is_ours: bool = False
    """Whether we added it by hand, and nothing has replaced what we wrote: then we may put it right or take it back."""


@dataclass(frozen=True, slots=True)
class SavedSearchView:
    """A saved search, and to whom it writes."""

    search: Search
    """It."""
    writes_to: str
    """The name of the person who saved it."""
    found: int
    """How many there are now."""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A request to put a listed organisation right, or to take it off."""

    id: UUID
    """Which."""
    organisation: str
    """Which organisation it is about, in the words of whoever asked."""
    words: str
    """What is wrong."""
    name: str
    """Who asked."""
    email: str
    """Where they can be answered."""
    asked_at: datetime
    """When."""
    outcome: str
    """How it ended; empty until it does."""
    reason: str
    """What the host answered."""
    decided_at: datetime | None
    """When."""
    candidates: tuple[Listed, ...] = ()
    """Listed organisations that it may be about."""


@dataclass(frozen=True, slots=True)
class HostListed:
    """The list, as the host sees it."""

    listed: int
    """How many organisations are listed."""
    changed_at: datetime | None
    """When the list last changed."""
    delisted: int
    """How many are not to be listed again."""
    waiting: int
    """How many requests wait for an answer."""
    requests: tuple[CorrectionView, ...]
    """Every request: those that wait first, then the last asked."""


# --- Searching -------------------------------------------------------------------------------------------------------


def listed_organisations(actor: Actor, *, wanted: Wanted, way: Way, start: int, count: int) -> ListSearch:
    """Which listed organisations could help us, or could be helped by us; by what the actor may see of our audit.

    Raises:
        NotThere: The actor acts for no organisation.
    """
    may(actor, "listed_organisations")
    me = own_as_seen(actor)
    with reading(actor):
        listing, notes = load_listing(), _notes(actor)
        found = listing.search(me, wanted, way=way, told=_told(listing, notes))
        return ListSearch(
            listed=len(listing),
            total=found.total,
            mutual=found.mutual,
            fits=found.fits(start, count),
            told=frozenset(str(note.about) for note in notes),
            nothing=found.nothing,
            without=found.without(),
            in_worlds=found.in_worlds(),
        )


def listed_named(actor: Actor, *, words: str, start: int, count: int) -> tuple[int, tuple[Fit, ...]]:
    """Listed organisations by their name, whether they fit or not: how many, and a stretch of them with the reasons.

    Raises:
        NotThere: The actor acts for no organisation.
    """
    may(actor, "listed_organisations")
    me = own_as_seen(actor)
    with reading(actor):
        listing, notes = load_listing(), _notes(actor)
    found, told = listing.named(words), {one.id: one for one in _told(listing, notes)}
    return len(found), tuple(pair_fit(me, told.get(one.id, one)) for one in found[start : start + count])


def best_in(me: Organisation, wanted: Wanted, notes: tuple[Note, ...], count: int) -> tuple[str, ...]:
    """The ids of those that a search shows first; within a transaction that is open."""
    listing = load_listing()
    return listing.search(me, wanted, told=_told(listing, notes)).ids(count)


def listed_organisation(actor: Actor, listed: UUID) -> ListedView:
    """One of them, with what we noted.

    Raises:
        NotThere: It is not listed, and we have noted nothing of it.
    """
    may(actor, "listed_organisations")
    me = own_as_seen(actor)
    with reading(actor):
        row = ListedOrganisation.objects.filter(id=listed).first()
        notes = tuple(note for note in _notes(actor, removed=True) if note.about == listed)
        is_ours = row is not None and added_by(organisation_of(actor), row)
    standing = tuple(note for note in notes if note.removed_at is None)
    if row is None and not notes:
        raise NotThere
    seen = as_listed(row) if row else None
    return ListedView(
        id=listed,
        name=seen.organisation.name if seen else notes[0].name,
        listed=seen,
        fit=pair_fit(me, as_said(seen.organisation, standing)) if seen else None,
        notes=standing,
        removed=tuple(note for note in notes if note.removed_at is not None),
        is_ours=is_ours,
    )


def added_by(organisation: UUID, row: ListedOrganisation) -> bool:
    """Whether a row says what an organisation wrote by hand; no import and no host has changed it since."""
    wrote = Event.objects.filter(chain=organisation, about=row.id, what__in=("organisation_listed", "listed_changed"))
    return wrote.filter(happened_at=row.changed_at).exists()


def listed_map(actor: Actor) -> tuple[MapRow, ...]:
    """Our five heaviest gaps, for each the three listed organisations that excel at it, and what those lack.

    Raises:
        NotThere: The actor acts for no organisation.
    """
    may(actor, "listed_organisations")
    me = own_as_seen(actor)
    with reading(actor):
        listing, notes = load_listing(), _notes(actor)
    told = _told(listing, notes)
    if not told:
        return vulnerability_map(me, listing.index)
    # Who told us something competes with the best of the others, as what they told.
    among = {one.id: one for one in told}
    for row in vulnerability_map(me, listing.index, each=3 + len(told)):
        for other in row.excelling:
            known = listing.get(other.id)
            if known is not None:
                among.setdefault(other.id, known)
    return vulnerability_map(me, among.values())


def own_as_seen(actor: Actor) -> Organisation:
    """Our organisation with the gaps and offers that this actor may see; of a gap without its words, the code."""
    return _with_codes(own_audit(actor))


def listed_row(listed: UUID) -> ListedOrganisation:
    """The row of one of them, for the act that is about it.

    Raises:
        NotThere: It is not listed.
    """
    row = ListedOrganisation.objects.filter(id=listed).first()
    if row is None:
        raise NotThere
    return row


# --- Saved searches --------------------------------------------------------------------------------------------------


def saved_searches(actor: Actor) -> tuple[SavedSearchView, ...]:
    """Our saved searches, those that can be put back among them, and how many each finds now.

    Raises:
        NotThere: The actor does not belong to the organisation.
    """
    may(actor, "saved_searches")
    me = own_as_seen(actor)
    with reading(actor):
        searches = load_searches(organisation_of(actor), only=Q())
        names = {one.id: str(one) for one in Person.objects.filter(id__in={each.person for each in searches})}
        listing, notes = load_listing(), _notes(actor)
        told = _told(listing, notes)
    return tuple(
        SavedSearchView(each, names[each.person], listing.search(me, each.wanted, told=told).total) for each in searches
    )


def saved_search(actor: Actor, search: UUID) -> Search:
    """One of them.

    Raises:
        NotThere: It is not ours.
    """
    may(actor, "saved_searches")
    with reading(actor):
        found = load_searches(organisation_of(actor), only=Q(id=search, removed_at=None))
    if not found:
        raise NotThere
    return found[0]


# --- The host --------------------------------------------------------------------------------------------------------


def host_listed(actor: Actor) -> HostListed:
    """The list and the requests about it.

    Raises:
        NotThere: The actor does not run this host.
    """
    may(actor, "host_listed")
    with reading(actor):
        last = ListedOrganisation.objects.order_by("-changed_at").values_list("changed_at", flat=True).first()
        requests = tuple(map(_correction, CorrectionRequest.objects.order_by("-asked_at", "id")))
        waiting = tuple(each for each in requests if each.decided_at is None)
        return HostListed(
            listed=ListedOrganisation.objects.count(),
            changed_at=last,
            delisted=Delisting.objects.count(),
            waiting=len(waiting),
            requests=(*waiting, *(each for each in requests if each.decided_at is not None)),
        )


def correction(actor: Actor, request: UUID) -> CorrectionView:
    """One request, with the listed organisations that it may be about.

    Raises:
        NotThere: There is none, or the actor does not run this host.
    """
    may(actor, "decide_correction")
    with reading(actor):
        row = CorrectionRequest.objects.filter(id=request).first()
        if row is None:
            raise NotThere
        view = _correction(row)
        return replace(view, candidates=_candidates(view.organisation))


def place_of_correction(request: UUID, part: str) -> tuple[str, ...]:
    """Where a sealed part of a request belongs."""
    return (CorrectionRequest._meta.db_table, str(request), part)


def _correction(row: CorrectionRequest) -> CorrectionView:
    told = open_for_host(CORRECTION, row.sealed, bound_to=place_of_correction(row.id, "words"))
    answered = row.reason and open_for_host(CORRECTION, row.reason, bound_to=place_of_correction(row.id, "reason"))
    return CorrectionView(
        id=row.id,
        organisation=told["organisation"],
        words=told["words"],
        name=told["name"],
        email=told["email"],
        asked_at=row.asked_at,
        outcome=row.outcome,
        reason=answered["text"] if answered else "",
        decided_at=row.decided_at,
    )


def _candidates(said: str) -> tuple[Listed, ...]:
    every = ListedOrganisation.objects.order_by("name", "id")
    ways: tuple[Callable[[str], dict[str, str]], ...] = (
        lambda text: {"reference__iexact": text},
        lambda text: {"reference__iendswith": f"-{text}"},
        lambda text: {"name__iexact": text},
        lambda text: {"name__icontains": text},
    )
    found: dict[UUID, Listed] = {}
    for text in filter(None, {said.strip(), *(part.strip() for part in said.split(",")[:4])}):
        for way in ways:
            for row in every.filter(**way(text))[:_MOST_CANDIDATES]:
                found.setdefault(row.id, as_listed(row))
    return tuple(found.values())[:_MOST_CANDIDATES]


def _notes(actor: Actor, *, removed: bool = False) -> tuple[Note, ...]:
    """Our notes, for who belongs to us; within a transaction that is open."""
    if not is_allowed(actor, "listed_notes"):
        return ()
    return load_notes(organisation_of(actor), removed=removed)


def _told(listing: Listing, notes: tuple[Note, ...]) -> tuple[Organisation, ...]:
    """Those of whom we noted what they said, as we know them now."""
    known = (listing.get(about) for about in dict.fromkeys(str(note.about) for note in notes))
    return tuple(as_said(one, notes) for one in known if one is not None)


def _with_codes(own: OwnAudit) -> Organisation:
    gaps = tuple(
        item.vulnerability or Vulnerability(item.code, sensitivity=item.sensitivity) for item in own.gaps if item.code
    )
    return replace(own.audit.organisation, vulnerabilities=gaps)
