"""Sending an invitation by a link that works once; what every kind of invitation has in common."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lichen.errors import NotAllowed
from lichen_web.accounts.models import Facilitation, Invitation, Person
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.invitations import link_digest
from lichen_web.alliances.actions.beginning import held
from lichen_web.alliances.actions.letters import write_invitation

__all__ = [
    "A_DAY_BY_ONE",
    "A_DAY_TO_ONE",
    "OFFERED_FOR",
    "Offer",
    "send_invitation",
    "withdraw_those_of",
    "withdraw_those_to",
    "written_invitation",
]

OFFERED_FOR = timedelta(days=14)
"""So long a link can be used."""
A_DAY_BY_ONE = 30
"""So many invitations one person can send in a day: whoever signs up could mail half the world by this host."""
A_DAY_TO_ONE = 3
"""So many can go to one address in a day, whoever sends them."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """To what somebody is invited."""

    to: InvitedTo
    """To what."""
    organisation: UUID | None = None
    """To which organisation."""
    circle: UUID | None = None
    """To which circle."""
    role: str = ""
    """As what."""
    scopes: Collection[str] = ()
    """What a facilitator will see."""
    handing_over: Facilitation | None = None
    """Whose place a facilitator will take."""


def send_invitation(actor: Actor, offer: Offer, *, email: str, at: datetime) -> Invitation:
    """Write an invitation and post its link: to the address, or without one to the sender, who passes it on.

    Raises:
        NotAllowed: The sender has sent too many today, or too many went to this address.
    """
    _count_those_of_today(actor.person, email, at)
    invitation, token = written_invitation(offer, email=email, sent_by=actor.person, at=at)
    to = email or Person.objects.values_list("email", flat=True).get(id=actor.person)
    write_invitation(invitation, to=to, token=token, at=at)
    return invitation


def written_invitation(offer: Offer, *, email: str, sent_by: UUID | None, at: datetime) -> tuple[Invitation, str]:
    """An invitation and its secret, of which nothing but a digest is kept."""
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        to=offer.to,
        organisation_id=offer.organisation,
        circle_id=offer.circle,
        role=offer.role,
        email=email.lower(),
        digest=link_digest(token),
        scopes=sorted(offer.scopes),
        handing_over=offer.handing_over,
        sent_by_id=sent_by,
        sent_at=at,
        expires_at=at + OFFERED_FOR,
    )
    return invitation, token


def withdraw_those_of(person: UUID, *, at: datetime, **of: UUID | str) -> None:
    """Take back what somebody who goes has still out, so that no door stays open behind them."""
    standing = Invitation.objects.filter(**of, sent_by=person, accepted_at=None, withdrawn_at=None)
    standing.update(withdrawn_at=at, email="")


def withdraw_those_to(person: UUID, *, at: datetime, to: Collection[InvitedTo], **of: UUID | None) -> None:
    """Take back what else is addressed to somebody who comes, changes or goes: an older link brings nobody back."""
    own = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    standing = Invitation.objects.filter(**of, to__in=to, accepted_at=None, withdrawn_at=None)
    standing.filter(email__in=[each.lower() for each in own]).update(withdrawn_at=at, email="")


def _count_those_of_today(sender: UUID, email: str, at: datetime) -> None:
    """Refuse one more than a day allows; the sender is held, so that they are counted one by one."""
    held(Person.objects.filter(id=sender))
    today = Invitation.objects.filter(sent_at__gt=at - _DAY).order_by("-sent_at")
    again = _free_again(today.filter(sent_by=sender), A_DAY_BY_ONE)
    if again:
        why = _("You have sent {limit} invitations within a day. You can send the next from {again} on.")
        raise NotAllowed("invitations-a-day", why.format(limit=A_DAY_BY_ONE, again=again))
    again = _free_again(today.filter(email=email.lower()), A_DAY_TO_ONE) if email else None
    if again:
        why = _("{limit} invitations went to this address within a day. You can send the next from {again} on.")
        raise NotAllowed("invitations-to-one", why.format(limit=A_DAY_TO_ONE, again=again))


def _free_again(counted: QuerySet[Invitation], limit: int) -> str | None:
    """When there is room for one more, if there is none now."""
    first = counted.values_list("sent_at", flat=True)[limit - 1 : limit].first()
    return f"{first + _DAY:%d %B %Y, %H:%M} UTC" if first else None
