"""Match cards, publications and proposals, as values and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.disclosure.sight import Band
from lichen.scales import Sector, Size
from lichen_web.accounts import models as accounts
from lichen_web.alliances import keys
from lichen_web.alliances.models import MatchCard, ProbeCharge, Proposal, Publication

__all__ = [
    "Proposed",
    "Published",
    "end_proposals",
    "load_cards",
    "load_charge",
    "load_proposals",
    "load_publication",
    "save_charge",
    "save_proposal",
    "save_publication",
    "withdraw_publication",
]


@dataclass(frozen=True, slots=True)
class Published:
    """What an organisation lets be compared in a circle."""

    id: UUID
    """Of the publication."""
    organisation: Organisation
    """Five gaps and five offers, without words."""
    published_at: datetime
    """Since when."""
    stands_until: datetime
    """Before this it cannot be replaced, not even by withdrawing it: else anybody could ask anew each night."""
    is_withdrawn: bool = False
    """Whether it was taken out of matching since."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal, opened by the side that it is for."""

    id: UUID
    """Of the proposal."""
    circle: UUID
    """In which circle."""
    other: str
    """Whom it is about: kept for what comes of it, and shown to nobody."""
    band: Band
    """How good the fit is."""
    sector: str
    """Of the other; empty where too few look alike."""
    region: str
    """The same."""
    size: str
    """The same."""
    made_at: datetime
    """When it was found."""


def load_publication(organisation: UUID, circle: UUID) -> Published | None:
    """What an organisation last let be compared in a circle, withdrawn since or not; locked while it is dealt with."""
    every = Publication.objects.select_for_update(of=("self",)).select_related("organisation")
    row = every.filter(organisation=organisation, circle=circle).order_by("-published_at", "-id").first()
    if row is None:
        return None
    entry = keys.open_own(organisation, row.sealed, row.wrapped_key, bound_to=_publication_place(row.id))
    card = _card(row.organisation, entry)
    return Published(row.id, card, row.published_at, row.stands_until, is_withdrawn=row.withdrawn_at is not None)


def save_publication(organisation: UUID, circle: UUID, card: Organisation, *, at: datetime, until: datetime) -> UUID:
    """Let a card be compared in a circle: one copy for its owner, one that only the matcher opens."""
    publication, entry = uuid4(), _entry(card)
    own = keys.seal(organisation, entry, bound_to=_publication_place(publication))
    Publication.objects.create(
        id=publication,
        organisation_id=organisation,
        circle_id=circle,
        published_at=at,
        stands_until=until,
        sealed=own.sealed,
        wrapped_key=own.wrapped_key,
    )
    MatchCard(publication_id=publication, sealed=keys.seal_to_matcher(entry, bound_to=_card_place(publication))).save(
        force_insert=True
    )
    return publication


def withdraw_publication(publication: UUID, *, at: datetime) -> None:
    """Take a card out of matching."""
    Publication.objects.filter(id=publication, withdrawn_at=None).update(withdrawn_at=at)


def load_cards(circle: UUID) -> tuple[Organisation, ...]:
    """The cards of a circle, for the matcher alone: of members who are admitted and whose organisation stands."""
    members = accounts.CircleMembership.objects.filter(
        circle=circle,
        admitted_at__isnull=False,
        left_at=None,
        removed_at=None,
        organisation__suspended_at=None,
        organisation__erased_at=None,
    )
    cards = MatchCard.objects.select_related("publication__organisation").filter(
        publication__circle=circle,
        publication__withdrawn_at=None,
        publication__organisation__in=members.values("organisation"),
    )
    return tuple(
        _card(
            card.publication.organisation,
            keys.open_as_matcher(card.sealed, bound_to=_card_place(card.publication_id)),
        )
        for card in cards
    )


def load_charge(organisation: UUID, quarter: str) -> int:
    """How many codes an organisation has asked with in a quarter, locked until the transaction ends."""
    ProbeCharge.objects.get_or_create(organisation_id=organisation, quarter=quarter)
    return ProbeCharge.objects.select_for_update().get(organisation=organisation, quarter=quarter).codes


def save_charge(organisation: UUID, quarter: str, codes: int) -> None:
    """Charge an organisation for more codes; the database adds, so that no charge is lost."""
    ProbeCharge.objects.filter(organisation=organisation, quarter=quarter).update(codes=F("codes") + codes)


def load_proposals(organisation: UUID, circle: UUID | None = None) -> tuple[Proposed, ...]:
    """The proposals that stand for an organisation, the newest first."""
    rows = Proposal.objects.filter(organisation=organisation, ended_at=None).order_by("-made_at", "id")
    found = list(rows if circle is None else rows.filter(circle=circle))
    parts = [(row.sealed, row.wrapped_key, _proposal_place(row.id, row.circle_id)) for row in found]
    opened = keys.open_all_own(organisation, parts) if parts else ()
    return tuple(
        Proposed(row.id, row.circle_id, made_at=row.made_at, **{**entry, "band": Band(entry["band"])})
        for row, entry in zip(found, opened, strict=True)
    )


def save_proposal(organisation: UUID, circle: UUID, entry: Mapping[str, str], *, method: str, at: datetime) -> None:
    """Propose somebody to an organisation, sealed under its own keys.

    Args:
        organisation: To whom.
        circle: In which circle.
        entry: other, band, sector, region and size.
        method: How it was found.
        at: When.
    """
    proposal = uuid4()
    own = keys.seal(organisation, entry, bound_to=_proposal_place(proposal, circle))
    Proposal.objects.create(
        id=proposal,
        organisation_id=organisation,
        circle_id=circle,
        sealed=own.sealed,
        wrapped_key=own.wrapped_key,
        method=method,
        made_at=at,
    )


def end_proposals(proposals: Iterable[UUID], *, at: datetime) -> None:
    """Let proposals stand no longer."""
    Proposal.objects.filter(id__in=list(proposals), ended_at=None).update(ended_at=at)


def _publication_place(publication: UUID) -> tuple[str, ...]:
    return ("lichen_publication", str(publication))


def _card_place(publication: UUID) -> tuple[str, ...]:
    return ("lichen_match_card", str(publication))


def _proposal_place(proposal: UUID, circle: UUID) -> tuple[str, ...]:
    return ("lichen_proposal", str(proposal), str(circle))


def _entry(card: Organisation) -> dict[str, Any]:
    return {
        "sector": str(card.sector),
        "country": card.country,
        "region": card.region,
        "size": str(card.size),
        "gaps": [[gap.code, gap.severity, gap.rank] for gap in card.vulnerabilities],
        "offers": [[offer.code, offer.strength, offer.evidence] for offer in card.offers],
    }


def _card(organisation: accounts.Organisation, entry: Mapping[str, Any]) -> Organisation:
    """The card as it was published: who looks like whom stands as long as what is compared."""
    return Organisation(
        str(organisation.id),
        organisation.name,
        sector=Sector(entry["sector"]),
        country=entry["country"],
        region=entry["region"],
        size=Size(entry["size"]),
        vulnerabilities=tuple(Vulnerability(*gap) for gap in entry["gaps"]),
        offers=tuple(Offer(*offer) for offer in entry["offers"]),
    )
