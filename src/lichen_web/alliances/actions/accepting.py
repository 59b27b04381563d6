"""What comes of an invitation that is accepted, for each kind of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from lichen.errors import NotAllowed
from lichen_web.accounts.models import (
    Circle,
    Convener,
    Facilitation,
    Invitation,
    Membership,
    Organisation,
    Person,
    Recovery,
)
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.actions.beginning import held
from lichen_web.alliances.actions.inviting import withdraw_those_of, withdraw_those_to
from lichen_web.alliances.actions.letters import tell_leads_of_hand_over
from lichen_web.alliances.actions.settling import settle
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.organisations import load_team
from lichen_web.alliances.team import Seat, Team, with_seat

__all__ = ["ACCEPTING", "APART_FOR", "INSIDE_OF", "hold_place", "name_as_convener", "withdraw_the_others"]

APART_FOR = timedelta(days=90)
"""So long nobody of the host comes into an organisation that the host recovered."""
INSIDE_OF = (InvitedTo.ORGANISATION, InvitedTo.FACILITATE)
"""What lets somebody see an organisation from inside."""


def hold_place(invitation: Invitation) -> None:
    """Hold the organisation or circle first, as every act does, so that none waits for another in a ring.

    Raises:
        NotThere: It may act no longer, or is closed.
    """
    if invitation.organisation_id:
        held(Organisation.objects.filter(id=invitation.organisation_id, suspended_at=None, erased_at=None))
    if invitation.circle_id:
        held(Circle.objects.filter(id=invitation.circle_id, closed_at=None))


def withdraw_the_others(invitation: Invitation, person: UUID, *, at: datetime) -> None:
    """Take back what else invites somebody to the place to which they come: it would bring them back once they go."""
    to = InvitedTo(invitation.to)
    if to in INSIDE_OF:
        withdraw_those_to(person, at=at, to=INSIDE_OF, organisation=invitation.organisation_id)
    else:
        withdraw_those_to(person, at=at, to=[to], circle=invitation.circle_id)


def name_as_convener(actor: Actor, *, circle: UUID, person: UUID, at: datetime) -> None:
    """Let somebody vouch in a circle whose row is held.

    Raises:
        NotAllowed: They do already.
    """
    if Convener.objects.filter(circle=circle, person=person, ended_at=None).exists():
        raise NotAllowed("already-convener", _("This person vouches in the circle already."))
    convener = Convener.objects.create(circle_id=circle, person_id=person, named_at=at)
    tell("convener_named", by=actor, at=at, about=convener.id, circle=circle, is_hosts=True)


def _join(actor: Actor, invitation: Invitation, at: datetime) -> UUID:
    team = _joinable(actor, invitation, at)
    seat = Seat(uuid4(), actor.person, Role(invitation.role))
    settle(
        actor,
        team,
        with_seat(team, seat),
        "member_joined",
        about=seat.membership,
        at=at,
        payload={"invitation": str(invitation.id), "role": seat.role},
    )
    return team.organisation


def _serve(actor: Actor, invitation: Invitation, at: datetime) -> UUID:
    team = _joinable(actor, invitation, at)
    if team.seat_of(actor.person):
        raise NotAllowed("already-in-it", _("You belong to this organisation: its facilitator comes from outside."))
    before = _handing_over(invitation)
    facilitation = Facilitation.objects.create(
        organisation_id=team.organisation,
        facilitator_id=actor.person,
        scopes=before.scopes if before else invitation.scopes,
        began_at=at,
    )
    tell("facilitation_began", by=actor, at=at, about=facilitation.id, organisations=[team.organisation])
    if before:
        Facilitation.objects.filter(id=before.id).update(ended_at=at, handed_to=facilitation)
        withdraw_those_of(before.facilitator_id, at=at, organisation=team.organisation)
        withdraw_those_to(before.facilitator_id, at=at, to=INSIDE_OF, organisation=team.organisation)
        tell("facilitation_handed_over", by=actor, at=at, about=before.id, organisations=[team.organisation])
        tell_leads_of_hand_over(facilitation.organisation, is_done=True, at=at)
    return team.organisation


def _bring(actor: Actor, invitation: Invitation, at: datetime) -> UUID | None:
    tell("circle_invitation_accepted", by=actor, at=at, about=invitation.id, circle=invitation.circle_id)
    return invitation.circle_id


def _vouch(actor: Actor, invitation: Invitation, at: datetime) -> UUID | None:
    if invitation.circle_id:
        ended = {"circle": invitation.circle_id, "person": actor.person, "ended_at__gt": invitation.sent_at}
        if Convener.objects.filter(**ended).exists():
            raise _older_than_the_end()
        name_as_convener(actor, circle=invitation.circle_id, person=actor.person, at=at)
    return invitation.circle_id


def _host(actor: Actor, invitation: Invitation, at: datetime) -> None:
    Person.objects.filter(id=actor.person, hosting_since=None).update(hosting_since=at)
    tell("host_named", by=actor, at=at, about=invitation.id, is_hosts=True)


ACCEPTING: Mapping[InvitedTo, Callable[[Actor, Invitation, datetime], UUID | None]] = MappingProxyType(
    {
        InvitedTo.ORGANISATION: _join,
        InvitedTo.FACILITATE: _serve,
        InvitedTo.CIRCLE: _bring,
        InvitedTo.CONVENE: _vouch,
        InvitedTo.HOST: _host,
    }
)
"""What is done for each kind of invitation; the id of what somebody is then in, or vouches for."""


def _joinable(actor: Actor, invitation: Invitation, at: datetime) -> Team:
    """The team that somebody would join, unless they serve it from outside."""
    if invitation.organisation_id is None:
        raise NotThere
    serving = Facilitation.objects.filter(organisation=invitation.organisation_id, ended_at=None)
    if serving.filter(facilitator=actor.person).exists():
        raise NotAllowed("already-serving", _("You are the facilitator of this organisation: end that first."))
    left = Membership.objects.filter(person=actor.person, left_at__gt=invitation.sent_at)
    ended = Facilitation.objects.filter(facilitator=actor.person, ended_at__gt=invitation.sent_at)
    if any(rows.filter(organisation=invitation.organisation_id).exists() for rows in (left, ended)):
        raise _older_than_the_end()
    _refuse_the_host(actor, invitation.organisation_id, at)
    return load_team(invitation.organisation_id)


def _handing_over(invitation: Invitation) -> Facilitation | None:
    """The facilitation whose place is taken; its organisation may have ended it meanwhile."""
    if invitation.handing_over_id is None:
        return None
    return held(Facilitation.objects.filter(id=invitation.handing_over_id, ended_at=None))


def _older_than_the_end() -> NotAllowed:
    """Even a link without an address brings nobody back whom it did not know to be gone."""
    return NotAllowed(
        "older-than-the-end", _("This invitation is from before your part in it ended: ask for a new one.")
    )


def _refuse_the_host(actor: Actor, organisation: UUID, at: datetime) -> None:
    """Nobody of the host comes into an organisation by recovering it: they would read what it confessed."""
    recovered = Recovery.objects.filter(organisation=organisation, approved_at__gt=at - APART_FOR)
    own = recovered.filter(Q(asked_by=actor.person) | Q(approved_by=actor.person))
    if (recovered if actor.is_host else own).exists():
        why = _("The host gave this organisation a new lead: for 90 days nobody of the host can come into it.")
        raise NotAllowed("not-for-the-host", why)
