"""Links that somebody can use once: what stands behind one, and which still stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from lichen_web.accounts.models import Invitation
from lichen_web.accounts.models.invitation import InvitedTo

__all__ = [
    "InvitationOffer",
    "InvitationView",
    "invitation_behind",
    "link_digest",
    "standing_invitations",
    "usable_invitations",
]


@dataclass(frozen=True, slots=True)
class InvitationOffer:
    """What somebody who holds a link is offered."""

    to: InvitedTo
    """To what."""
    organisation: str
    """The name of the organisation, or empty."""
    circle: UUID | None
    """The id of the circle."""
    circle_name: str
    """Its name, or empty."""
    role: str
    """As what, in an organisation."""
    scopes: tuple[str, ...]
    """What a facilitator will see."""
    sent_by: str
    """Who sent it, as others see them; empty for the first host's."""
    expires_at: datetime
    """Until when it can be used."""
    is_addressed: bool
    """Whether only a person with the address that it was sent to can use it."""
    is_handing_over: bool
    """Whether it takes the place of a facilitator."""


@dataclass(frozen=True, slots=True)
class InvitationView:
    """A link that still stands, as those who may withdraw it see it."""

    id: UUID
    """Which."""
    to: InvitedTo
    """To what."""
    email: str
    """To whom it was sent; empty for a link that its sender passes on."""
    role: str
    """As what, in an organisation."""
    sent_at: datetime
    """When."""
    expires_at: datetime
    """Until when it can be used."""
    sent_by: str
    """Who sent it, as others see them; empty for the first host's."""


def link_digest(token: str) -> str:
    """All that is kept of a link's secret."""
    return sha256(token.encode()).hexdigest()


def usable_invitations(*, at: datetime) -> Q:
    """Neither used nor withdrawn nor over, by somebody who may still act, to something that is still there."""
    unused = Q(accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    sender = Q(sent_by=None) | Q(sent_by__suspended_at=None)
    place = Q(organisation__suspended_at=None, organisation__erased_at=None, circle__closed_at=None)
    return unused & sender & place


def invitation_behind(token: str, *, at: datetime) -> InvitationOffer | None:
    """What a link offers; none if it was used, withdrawn, is over, or never was."""
    rows = Invitation.objects.filter(usable_invitations(at=at), digest=link_digest(token))
    row = rows.select_related("organisation", "circle", "sent_by").first()
    if row is None:
        return None
    return InvitationOffer(
        to=InvitedTo(row.to),
        organisation=row.organisation.name if row.organisation else "",
        circle=row.circle_id,
        circle_name=row.circle.name if row.circle else "",
        role=row.role,
        scopes=tuple(row.scopes),
        sent_by=str(row.sent_by) if row.sent_by else "",
        expires_at=row.expires_at,
        is_addressed=bool(row.email),
        is_handing_over=row.handing_over_id is not None,
    )


def standing_invitations(*which: Q, **of: object) -> tuple[InvitationView, ...]:
    """The links of an organisation, of a circle or of the host, neither used nor withdrawn, last sent first."""
    rows = Invitation.objects.filter(*which, **of, accepted_at=None, withdrawn_at=None).select_related("sent_by")
    return tuple(
        InvitationView(
            id=row.id,
            to=InvitedTo(row.to),
            email=row.email,
            role=row.role,
            sent_at=row.sent_at,
            expires_at=row.expires_at,
            sent_by=str(row.sent_by or ""),
        )
        for row in rows.order_by("-sent_at", "id")
    )
