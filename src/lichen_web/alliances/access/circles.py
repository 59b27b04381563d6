"""What is seen of circles: by an organisation that could ask, by those inside, and by those who vouch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from lichen_web.accounts.models import Circle, CircleMembership, Convener, Invitation, Membership, Organisation
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.invitations import InvitationView, standing_invitations
from lichen_web.alliances.access.leads import Leads, leads_of
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.circles import genuine_claims, removal_reason, upheld_counts

__all__ = [
    "ASKING",
    "INSIDE",
    "OPEN",
    "PRESENT",
    "PUT_OUT",
    "Asking",
    "CircleCard",
    "CircleInvitation",
    "CircleLinks",
    "CircleMember",
    "CircleTable",
    "CircleView",
    "ClaimView",
    "ConvenedCircle",
    "ConvenerView",
    "PutOut",
    "Standing",
    "circle_links",
    "convened_circle",
    "convened_circles",
    "convener_views",
    "counted",
    "invited_circles",
    "open_circles",
    "own_circle",
    "standing_members",
]

OPEN: Mapping[str, object] = MappingProxyType({"refused_at": None, "left_at": None, "removed_at": None})
"""Neither refused nor gone: asking, or inside."""
ASKING: Mapping[str, object] = MappingProxyType({**OPEN, "admitted_at": None})
"""Waiting for somebody to vouch."""
INSIDE: Mapping[str, object] = MappingProxyType({**OPEN, "admitted_at__isnull": False})
"""In the circle."""
PUT_OUT: Mapping[str, object] = MappingProxyType({"removed_at__isnull": False, "allowed_back_at": None})
"""Put out, and nobody has let it ask again."""
PRESENT: Mapping[str, object] = MappingProxyType({"organisation__suspended_at": None, "organisation__erased_at": None})
"""Of an organisation that can act."""


class Standing(StrEnum):
    """How an organisation stands to a circle."""

    NONE = "none"
    """It has not asked, or has left."""
    ASKED = "asked"
    """It waits for somebody to vouch for it."""
    ADMITTED = "admitted"
    """It is in."""
    REFUSED = "refused"
    """It was not admitted; it may ask again."""
    REMOVED = "removed"
    """It was put out, and may not ask again before somebody lets it: who vouches there, or the host."""


@dataclass(frozen=True, slots=True)
class CircleCard:
    """A circle, as an organisation on this host sees it from outside."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    purpose: str
    """What it is for."""
    members: int
    """How many organisations are in it."""
    standing: Standing
    """How one's own organisation stands to it."""
    because: str
    """Why one's own organisation was put out, if it was by somebody who vouches there; else empty."""


@dataclass(frozen=True, slots=True)
class CircleInvitation:
    """A circle to which a person was invited, as they see it."""

    id: UUID
    """Which."""
    name: str
    """Its name."""


@dataclass(frozen=True, slots=True)
class CircleMember:
    """An organisation in a circle, as the others see it."""

    organisation: UUID
    """Which."""
    name: str
    """Its name."""
    sector: str
    """Its sector."""
    country: str
    """Where."""
    region: str
    """Where it works."""
    website: str
    """Where to read about it."""
    membership: UUID
    """Of its line in the circle."""
    admitted_at: datetime
    """Since when."""
    vouched_by: str
    """Who vouched for it."""
    is_own: bool
    """Whether it is one's own."""


@dataclass(frozen=True, slots=True)
class ConvenerView:
    """A person who vouches in a circle."""

    id: UUID
    """Of the line."""
    person: UUID
    """Who."""
    name: str
    """How others see them."""
    named_at: datetime
    """Since when."""
    is_me: bool
    """Whether it is the one who looks."""


@dataclass(frozen=True, slots=True)
class CircleView:
    """A circle, as an organisation in it sees it."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    purpose: str
    """What it is for."""
    members: tuple[CircleMember, ...]
    """Who is in it, by name."""
    conveners: tuple[ConvenerView, ...]
    """Who vouches."""
    upheld: int
    """How many complaints against one's own organisation were upheld; at three it is out."""
    invitations: tuple[InvitationView, ...]
    """Links to it that still stand and that the one who looks can take back."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What an organisation stated, and whether it is still what it signed."""

    statement: str
    """Its words."""
    signed_name: str
    """The name typed under them."""
    signed_by: str
    """Who was signed in."""
    signed_at: datetime
    """When."""
    digest: str
    """SHA-256 of the canonical text."""
    is_genuine: bool
    """Whether text, digest and signature belong together."""


@dataclass(frozen=True, slots=True)
class Asking:
    """An organisation that asks to be admitted, or was."""

    membership: UUID
    """Of its line in the circle."""
    organisation: UUID
    """Which."""
    name: str
    """Its name."""
    sector: str
    """Its sector."""
    country: str
    """Where."""
    region: str
    """Where it works."""
    website: str
    """Where to read about it."""
    claim: ClaimView
    """What it stated."""
    asked_at: datetime
    """When it asked."""
    admitted_at: datetime | None
    """Since when it is in; none while it asks."""
    vouched_by: str
    """Who vouched for it, or empty."""
    invited_by: str
    """Who invited one of its people, or empty."""
    leads: Leads
    """What is known here of who leads it."""


@dataclass(frozen=True, slots=True)
class PutOut:
    """An organisation that was put out of a circle, as those see it who vouch there."""

    membership: UUID
    """Of its line in the circle."""
    name: str
    """Its name."""
    by: str
    """Who put it out; empty where three complaints did."""
    because: str
    """Why; empty in that case, too."""
    at: datetime
    """When."""


@dataclass(frozen=True, slots=True)
class CircleTable:
    """A circle, as those see it who vouch in it."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    purpose: str
    """What it is for."""
    asking: tuple[Asking, ...]
    """Who waits, longest first."""
    members: tuple[Asking, ...]
    """Who is in it, by name."""
    conveners: tuple[ConvenerView, ...]
    """Who vouches."""
    put_out: tuple[PutOut, ...]
    """Who was put out and may not ask again yet, last first."""
    invitations: tuple[InvitationView, ...]
    """Links that still stand."""


@dataclass(frozen=True, slots=True)
class CircleLinks:
    """The links to a circle that still stand, as those see them who may take them back."""

    id: UUID
    """Which circle."""
    name: str
    """Its name."""
    invitations: tuple[InvitationView, ...]
    """Each of them, last sent first."""


@dataclass(frozen=True, slots=True)
class ConvenedCircle:
    """A circle in which a person vouches, as their own list has it."""

    id: UUID
    """Which."""
    name: str
    """Its name."""
    asking: int
    """How many organisations wait."""
    members: int
    """How many are in it."""


def open_circles(actor: Actor) -> tuple[CircleCard, ...]:
    """Every open circle on this host, by name, and how the actor's organisation stands to it."""
    may(actor, "open_circles")
    with reading(actor):
        rows = Circle.objects.filter(closed_at=None).annotate(inside=counted(INSIDE)).order_by("name", "id")
        lines = _last_lines(actor)
        return tuple(
            CircleCard(row.id, row.name, row.purpose, row.inside, *_standing(lines.get(row.id))) for row in rows
        )


def invited_circles(actor: Actor) -> tuple[CircleInvitation, ...]:
    """The open circles to which the actor accepted an invitation, and which none of their organisations asked since."""
    with reading(actor):
        theirs = {"organisation__memberships__person": actor.person, "organisation__memberships__left_at": None}
        lines = CircleMembership.objects.filter(**theirs, circle=OuterRef("circle"))
        answered = lines.filter(Q(**OPEN) | Q(removed_at__isnull=False) | Q(asked_at__gte=OuterRef("accepted_at")))
        used = Invitation.objects.filter(to=InvitedTo.CIRCLE, accepted_by=actor.person, circle__closed_at=None)
        rows = used.exclude(Exists(answered)).order_by("circle__name", "circle")
        return tuple(CircleInvitation(*row) for row in rows.values_list("circle", "circle__name").distinct())


def own_circle(actor: Actor, circle: UUID) -> CircleView:
    """A circle that the actor's organisation is in.

    Raises:
        NotThere: It is in no such circle.
    """
    may(actor, "own_circle")
    with reading(actor):
        inside = CircleMembership.objects.filter(**INSIDE, circle=OuterRef("id"), organisation=actor.organisation)
        row = Circle.objects.filter(Exists(inside), id=circle, closed_at=None).first()
        if row is None:
            raise NotThere
        return CircleView(
            id=row.id,
            name=row.name,
            purpose=row.purpose,
            members=_members(actor, row),
            conveners=convener_views(actor, circle=row.id).get(row.id, ()),
            upheld=upheld_counts(row.id).get(actor.organisation, 0) if actor.organisation else 0,
            invitations=standing_invitations(_own_links(actor), circle=row.id),
        )


def convened_circles(actor: Actor) -> tuple[ConvenedCircle, ...]:
    """The circles in which the actor vouches, by name."""
    with reading(actor):
        rows = Circle.objects.filter(id__in=actor.convenes)
        rows = rows.annotate(inside=counted(INSIDE), asking=counted(ASKING))
        return tuple(ConvenedCircle(row.id, row.name, row.asking, row.inside) for row in rows.order_by("name", "id"))


def convened_circle(actor: Actor, circle: UUID) -> CircleTable:
    """A circle in which the actor vouches: who asks with what claim, and who is in.

    Raises:
        NotThere: They vouch in no such circle.
    """
    may(actor, "convened_circle")
    with reading(actor):
        row = Circle.objects.filter(id=circle, closed_at=None).first()
        if row is None or row.id not in actor.convenes:
            raise NotThere
        seen = _asking(row.id)
        return CircleTable(
            id=row.id,
            name=row.name,
            purpose=row.purpose,
            asking=tuple(each for each in seen if each.admitted_at is None),
            members=tuple(sorted((each for each in seen if each.admitted_at), key=lambda each: each.name)),
            conveners=convener_views(actor, circle=row.id).get(row.id, ()),
            put_out=_put_out(row.id),
            invitations=standing_invitations(circle=row.id),
        )


def circle_links(actor: Actor, circle: UUID) -> CircleLinks:
    """The links to a circle that still stand.

    Raises:
        NotThere: The actor neither vouches in such a circle nor runs this host.
    """
    may(actor, "circle_links")
    with reading(actor):
        row = Circle.objects.filter(id=circle, closed_at=None).first()
        if row is None or not (actor.is_host or row.id in actor.convenes):
            raise NotThere
        return CircleLinks(row.id, row.name, standing_invitations(circle=row.id))


def standing_members(circle: UUID) -> frozenset[UUID]:
    """The organisations that are in a circle and can act: among them matching happens, and nowhere else."""
    rows = CircleMembership.objects.filter(**INSIDE, **PRESENT, circle=circle, circle__closed_at=None)
    return frozenset(rows.values_list("organisation", flat=True))


def convener_views(actor: Actor, **of: UUID) -> dict[UUID, tuple[ConvenerView, ...]]:
    """Who vouches in which circle: in all of them, or ``circle=...``."""
    rows = Convener.objects.filter(**of, ended_at=None).select_related("person").order_by("named_at", "id")
    found: dict[UUID, tuple[ConvenerView, ...]] = {}
    for row in rows:
        seen = ConvenerView(row.id, row.person_id, str(row.person), row.named_at, row.person_id == actor.person)
        found[row.circle_id] = (*found.get(row.circle_id, ()), seen)
    return found


def counted(which: Mapping[str, object]) -> Count:
    """The number of organisations in a circle that stand so to it and can act."""
    asked = {f"memberships__{name}": value for name, value in {**which, **PRESENT}.items()}
    return Count("memberships", filter=Q(**asked), distinct=True)


def _last_lines(actor: Actor) -> dict[UUID, CircleMembership]:
    rows = CircleMembership.objects.filter(organisation=actor.organisation).order_by("asked_at")
    return {row.circle_id: row for row in rows}


def _standing(row: CircleMembership | None) -> tuple[Standing, str]:
    """How an organisation stands by its last line, and why it was put out."""
    if row is None or row.left_at or row.allowed_back_at:
        return Standing.NONE, ""
    if row.removed_at:
        return Standing.REMOVED, removal_reason(row)
    if row.refused_at:
        return Standing.REFUSED, ""
    return (Standing.ADMITTED if row.admitted_at else Standing.ASKED), ""


def _own_links(actor: Actor) -> Q:
    """What the actor sent, and as a lead, what anybody sent for their organisation."""
    led = Q(organisation=actor.organisation) if actor.role is Role.LEAD else Q()
    return Q(sent_by=actor.person) | led


def _put_out(circle: UUID) -> tuple[PutOut, ...]:
    rows = CircleMembership.objects.filter(**PUT_OUT, **PRESENT, circle=circle)
    return tuple(
        PutOut(row.id, row.organisation.name, str(row.removed_by or ""), removal_reason(row), row.removed_at)
        for row in rows.select_related("organisation", "removed_by").order_by("-removed_at", "id")
        if row.removed_at
    )


def _members(actor: Actor, circle: Circle) -> tuple[CircleMember, ...]:
    rows = CircleMembership.objects.filter(**INSIDE, **PRESENT, circle=circle).select_related(
        "organisation", "vouched_by"
    )
    return tuple(_member(actor, row, row.organisation) for row in rows.order_by("organisation__name", "id"))


def _member(actor: Actor, row: CircleMembership, organisation: Organisation) -> CircleMember:
    return CircleMember(
        organisation=organisation.id,
        name=organisation.name,
        sector=organisation.sector,
        country=organisation.country,
        region=organisation.region,
        website=organisation.website,
        membership=row.id,
        admitted_at=row.admitted_at or row.asked_at,
        vouched_by=str(row.vouched_by or ""),
        is_own=organisation.id == actor.organisation,
    )


def _asking(circle: UUID) -> tuple[Asking, ...]:
    rows = CircleMembership.objects.filter(**OPEN, **PRESENT, circle=circle)
    related = rows.select_related("organisation", "vouched_by", "claim", "claim__signed_by").order_by("asked_at", "id")
    invited, genuine = _invited_by(circle), genuine_claims([row.claim for row in related])
    inside = {row.organisation_id: row.organisation.name for row in related if row.admitted_at}
    leads = leads_of([row.organisation_id for row in related], inside=inside)
    return tuple(
        Asking(
            membership=row.id,
            organisation=row.organisation_id,
            name=row.organisation.name,
            sector=row.organisation.sector,
            country=row.organisation.country,
            region=row.organisation.region,
            website=row.organisation.website,
            claim=ClaimView(
                statement=row.claim.statement,
                signed_name=row.claim.signed_name,
                signed_by=str(row.claim.signed_by),
                signed_at=row.claim.signed_at,
                digest=row.claim.digest,
                is_genuine=row.claim_id in genuine,
            ),
            asked_at=row.asked_at,
            admitted_at=row.admitted_at,
            vouched_by=str(row.vouched_by or ""),
            invited_by=invited.get(row.organisation_id, ""),
            leads=leads[row.organisation_id],
        )
        for row in related
    )


def _invited_by(circle: UUID) -> dict[UUID, str]:
    """Who invited somebody of an organisation to the circle, by organisation."""
    used = Invitation.objects.filter(to=InvitedTo.CIRCLE, circle=circle, accepted_by__isnull=False)
    senders = {row.accepted_by_id: str(row.sent_by or "") for row in used.select_related("sent_by").order_by("sent_at")}
    people = Membership.objects.filter(person__in=senders, left_at=None).values_list("organisation", "person")
    return {organisation: senders[person] for organisation, person in people}
