"""Who belongs to an organisation, as what, and who speaks for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q

from lichen.errors import refuse
from lichen_web.accounts.models import Invitation
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.invitations import link_digest, usable_invitations
from lichen_web.alliances.actions.accepting import ACCEPTING, INSIDE_OF, hold_place, withdraw_the_others
from lichen_web.alliances.actions.beginning import begun
from lichen_web.alliances.actions.given import address_problems, choice_problems, tidy
from lichen_web.alliances.actions.inviting import Offer, send_invitation, withdraw_those_of, withdraw_those_to
from lichen_web.alliances.actions.leaving import end_sessions_of_those_only_in
from lichen_web.alliances.actions.settling import settle, settle_voice
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.organisations import load_team
from lichen_web.alliances.team import Seat, Team, with_delegate_away, with_role, with_voice, without_seat

__all__ = [
    "accept_invitation",
    "change_role",
    "invite_colleague",
    "leave_organisation",
    "name_delegate",
    "remove_member",
    "set_delegate_away",
    "withdraw_invitation",
]


_STANDING = Q(accepted_at=None, withdrawn_at=None)
"""Neither used nor taken back; asked again in the same statement that changes it."""


def invite_colleague(actor: Actor, *, email: str, role: str, at: datetime) -> UUID:
    """Invite somebody to the organisation, by a link that works once.

    Args:
        actor: A lead.
        email: Where the link is sent; only a person with that address can use it. Empty sends the link to the actor,
            who passes it on: then whoever comes first can.
        role: What they will be in it.
        at: When.

    Returns:
        The id of the invitation.

    Raises:
        InputError: Something typed cannot be used.
        NotAllowed: The actor is no lead.
    """
    email = tidy(email)
    refuse(address_problems("email", email, is_needed=False), choice_problems("role", [role], Role.values))
    with begun(actor, "invite_colleague") as lead:
        organisation = organisation_of(lead)
        offer = Offer(InvitedTo.ORGANISATION, organisation=organisation, role=role)
        invitation = send_invitation(lead, offer, email=email, at=at).id
        tell(
            "colleague_invited",
            by=lead,
            at=at,
            about=invitation,
            organisations=[organisation],
            payload={"role": role},
        )
    return invitation


def withdraw_invitation(actor: Actor, *, invitation: UUID, at: datetime) -> None:
    """Take an invitation back: its link works no longer.

    Raises:
        NotThere: It is nobody's of the actor's to withdraw, or was used or withdrawn before.
    """
    with begun(actor, "withdraw_invitation") as who:
        row = Invitation.objects.filter(_withdrawable(who), _STANDING, id=invitation).first()
        if row is None or not Invitation.objects.filter(_STANDING, id=row.id).update(withdrawn_at=at, email=""):
            raise NotThere
        of = [row.organisation_id] if row.organisation_id else []
        tell(
            "invitation_withdrawn",
            by=who,
            at=at,
            about=row.id,
            organisations=of,
            circle=row.circle_id,
            is_hosts=row.to == InvitedTo.HOST,
        )


def accept_invitation(actor: Actor, *, token: str, at: datetime) -> UUID | None:
    """Use a link.

    Args:
        actor: Who holds it.
        token: Its secret.
        at: When.

    Returns:
        The id of the organisation or circle that it was for; none for the host.

    Raises:
        NotThere: The link was used, withdrawn, is over, is for another address, or never was.
        NotAllowed: The actor is in it already, or may not be.
    """
    with begun(Actor(actor.person), "accept_invitation") as guest:
        own = EmailAddress.objects.filter(user=guest.person, verified=True).values_list("email", flat=True)
        addressed = Q(email="") | Q(email__in=[each.lower() for each in own])
        offered = Invitation.objects.filter(usable_invitations(at=at), addressed, digest=link_digest(token))
        invitation = offered.select_related("organisation").first()
        if invitation is None:
            raise NotThere
        hold_place(invitation)
        used = {"accepted_by": guest.person, "accepted_at": at, "email": ""}
        if not Invitation.objects.filter(_STANDING, id=invitation.id).update(**used):
            raise NotThere
        withdraw_the_others(invitation, guest.person, at=at)
        return ACCEPTING[InvitedTo(invitation.to)](guest, invitation, at)


def change_role(actor: Actor, *, membership: UUID, role: str, at: datetime) -> None:
    """Make somebody a lead, a member or an observer.

    Raises:
        InputError: There is no such role.
        NotThere: They are not in the organisation.
        NotAllowed: The actor is no lead, or it would have no lead left.
    """
    refuse(choice_problems("role", [role], Role.values))
    with begun(actor, "change_role") as lead:
        team, seat = _seat(lead, membership)
        if seat.role == role:
            return
        after = with_role(team, seat, Role(role))
        settle(lead, team, after, "role_changed", about=membership, at=at, payload={"from": seat.role, "to": role})
        withdraw_those_of(seat.person, at=at, organisation=team.organisation)
        withdraw_those_to(seat.person, at=at, to=INSIDE_OF, organisation=team.organisation)


def remove_member(actor: Actor, *, membership: UUID, at: datetime) -> None:
    """Put somebody out of the organisation; their line stays in the record.

    Raises:
        NotThere: They are not in it.
        NotAllowed: The actor is no lead, or it would have no lead left.
    """
    with begun(actor, "remove_member") as lead:
        _depart(lead, *_seat(lead, membership), "member_removed", at=at)


def leave_organisation(actor: Actor, *, at: datetime) -> None:
    """Leave the organisation: the actor's sessions end if they belong nowhere else, the record stays.

    Raises:
        NotAllowed: The actor is its last lead, or serves it without belonging to it.
    """
    with begun(actor, "leave_organisation") as leaver:
        team = load_team(organisation_of(leaver))
        seat = team.seat_of(leaver.person)
        if seat is None:
            raise NotThere
        _depart(leaver, team, seat, "member_left", at=at)


def name_delegate(actor: Actor, *, delegate: UUID, stand_in: UUID | None, at: datetime) -> None:
    """Name who speaks for the organisation outside it, and who does while they are away.

    Args:
        actor: A lead.
        delegate: The membership of who speaks.
        stand_in: That of who stands in, or none.
        at: When.

    Raises:
        NotThere: One of them is not in the organisation.
        NotAllowed: The actor is no lead, or one of them cannot speak for it.
    """
    with begun(actor, "name_delegate") as lead:
        team, seat = _seat(lead, delegate)
        second = _seat(lead, stand_in)[1] if stand_in else None
        settle_voice(lead, team, with_voice(team, seat, second), at=at)


def set_delegate_away(actor: Actor, *, is_away: bool, at: datetime) -> None:
    """Say that the delegate is away, so that the stand-in speaks, or that they are back.

    Raises:
        NotAllowed: Nobody stands in, or the actor is neither a lead nor the delegate.
    """
    with begun(actor, "set_delegate_away") as who:
        team = load_team(organisation_of(who))
        seat = team.seat_of(who.person)
        if seat is None:
            raise NotThere
        was = team.voice.away_since if team.voice else None
        after = with_delegate_away(team, seat, (was or at) if is_away else None)
        if after != team:
            about = team.voice.delegate if team.voice else None
            settle(who, team, after, "delegate_went_away" if is_away else "delegate_came_back", about=about, at=at)


def _depart(actor: Actor, team: Team, seat: Seat, what: str, *, at: datetime) -> None:
    settle(actor, team, without_seat(team, seat), what, about=seat.membership, at=at)
    withdraw_those_of(seat.person, at=at, organisation=team.organisation)
    withdraw_those_to(seat.person, at=at, to=INSIDE_OF, organisation=team.organisation)
    end_sessions_of_those_only_in(team.organisation, [seat.person])


def _withdrawable(actor: Actor) -> Q:
    """What they sent themselves, what a lead finds in their organisation, a convener in their circle, and the host."""
    own = Q(sent_by=actor.person)
    leading = Q(organisation=actor.organisation) if actor.role is Role.LEAD else Q()
    hosting = Q(to=InvitedTo.HOST) | Q(circle__isnull=False) if actor.is_host else Q()
    return own | Q(circle__in=actor.convenes) | leading | hosting


def _seat(actor: Actor, membership: UUID) -> tuple[Team, Seat]:
    team = load_team(organisation_of(actor))
    seat = team.seat(membership)
    if seat is None:
        raise NotThere
    return team, seat
