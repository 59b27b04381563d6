"""What comes of an invitation that is accepted, for each kind of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from lichen.errors import NotAllowed
from lichen_web.accounts.models import Circle, Convener, Facilitation, Invitation, Organisation, Person, Recovery
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.actions.beginning import held
from lichen_web.alliances.actions.letters import tell_leads_of_hand_over
from lichen_web.alliances.actions.settling import settle
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.organisations import load_team
from lichen_web.alliances.team import Seat, Team, with_seat

__all__ = ["ACCEPTING", "hold_place", "name_as_convener"]


def hold_place(invitation: Invitation) -> None:
    """Hold the organisation or circle first, as every act does, so that none waits for another in a ring.

    Raises:
        NotThere: It may act no longer, or is closed.
    """
    if invitation.organisation_id:
        held(Organisation.objects.filter(id=invitation.organisation_id, suspended_at=None, erased_at=None))
    if invitation.circle_id:
        held(Circle.objects.filter(id=invitation.circle_id, closed_at=None))


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
    team = _joinable(actor, invitation)
    _refuse_the_host(actor, invitation)
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
    team = _joinable(actor, invitation)
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
        tell("facilitation_handed_over", by=actor, at=at, about=before.id, organisations=[team.organisation])
        tell_leads_of_hand_over(facilitation.organisation, is_done=True, at=at)
    return team.organisation


def _bring(actor: Actor, invitation: Invitation, at: datetime) -> UUID | None:
    tell("circle_invitation_accepted", by=actor, at=at, about=invitation.id, circle=invitation.circle_id)
    return invitation.circle_id


def _vouch(actor: Actor, invitation: Invitation, at: datetime) -> UUID | None:
    if invitation.circle_id:
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


def _joinable(actor: Actor, invitation: Invitation) -> Team:
    """The team that somebody would join, unless they serve it from outside."""
    if invitation.organisation_id is None:
        raise NotThere
    serving = Facilitation.objects.filter(organisation=invitation.organisation_id, ended_at=None)
    if serving.filter(facilitator=actor.person).exists():
        raise NotAllowed("already-serving", _("You are the facilitator of this organisation: end that first."))
    return load_team(invitation.organisation_id)


def _handing_over(invitation: Invitation) -> Facilitation | None:
    """The facilitation whose place is taken; its organisation may have ended it meanwhile."""
    if invitation.handing_over_id is None:
        return None
    return held(Facilitation.objects.filter(id=invitation.handing_over_id, ended_at=None))


def _refuse_the_host(actor: Actor, invitation: Invitation) -> None:
    """Nobody of the host comes into an organisation by recovering it: they would read what it confessed."""
    recovery = Recovery.objects.filter(invitation=invitation).first()
    if recovery and (actor.is_host or actor.person in {recovery.asked_by_id, recovery.approved_by_id}):
        raise NotAllowed("not-for-the-host", _("Nobody of the host can be the new lead of what they recover."))
