"""What the host does: suspends and lets back, and gives an organisation whose last lead has gone a new one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext as _

from lichen.errors import NotAllowed, refuse
from lichen_web.accounts.models import Organisation, Person, Recovery
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.organisation import Role
from lichen_web.accounts.sessions import end_sessions
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.transactions import acting, working
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.given import address_problems, text_problems, tidy
from lichen_web.alliances.actions.inviting import (
    Offer,
    send_invitation,
    withdraw_those_of,
    withdraw_those_to,
    written_invitation,
)
from lichen_web.alliances.actions.leaving import end_sessions_of_those_only_in, people_in
from lichen_web.alliances.actions.letters import tell_hosts_of_another, tell_hosts_of_stepping_down
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.organisations import load_team
from lichen_web.alliances.events import record
from lichen_web.alliances.models.event import ChainOf

__all__ = [
    "approve_recovery",
    "ask_recovery",
    "invite_another_host",
    "invite_host",
    "lift_suspension",
    "lift_suspension_of_person",
    "refuse_recovery",
    "step_down",
    "suspend_organisation",
    "suspend_person",
]


def invite_host(*, email: str, at: datetime) -> str:
    """Invite somebody to run this host; asked at the server's own terminal, so that there is a first one.

    Args:
        email: Only a person with that address can use the link; empty lets whoever holds it.
        at: When.

    Returns:
        The secret of the link, which is kept nowhere.

    Raises:
        InputError: It is no address.
    """
    email = tidy(email)
    refuse(address_problems("email", email, is_needed=False))
    with working():
        invitation, token = written_invitation(Offer(InvitedTo.HOST), email=email, sent_by=None, at=at)
        record("host_invited", of=ChainOf.HOST, at=at, about=invitation.id)
    return token


def invite_another_host(actor: Actor, *, email: str, at: datetime) -> UUID:
    """Invite somebody to run this host, too, by a link that works once and for that address alone.

    Args:
        actor: Who runs it already.
        email: Where the link is sent.
        at: When.

    Returns:
        The id of the invitation.

    Raises:
        InputError: It is no address.
        NotThere: The actor does not run this host.
        NotAllowed: That person runs it already.
    """
    email = tidy(email).lower()
    refuse(address_problems("email", email))
    with begun(actor, "invite_another_host") as host:
        if _is_of_the_host(email):
            raise NotAllowed("already-host", _("Whoever has this address runs this host already."))
        invitation = send_invitation(host, Offer(InvitedTo.HOST), email=email, at=at).id
        tell("host_invited", by=host, at=at, about=invitation, is_hosts=True)
        tell_hosts_of_another(host.person, at=at)
    return invitation


def step_down(actor: Actor, *, at: datetime) -> None:
    """Run this host no longer; the last who can sign in cannot.

    Raises:
        NotThere: The actor does not run this host.
        NotAllowed: Nobody else who can sign in runs it.
    """
    with acting(actor):
        _hold_hosts_and(actor.person)
        with begun(actor, "step_down") as host:
            others = Person.objects.filter(hosting_since__isnull=False, suspended_at=None).exclude(id=host.person)
            if not others.exists():
                raise NotAllowed("last-host", _("Nobody else runs this host: invite somebody first."))
            tell_hosts_of_stepping_down(host.person, at=at)
            Person.objects.filter(id=host.person).update(hosting_since=None)
            withdraw_those_of(host.person, at=at, to=InvitedTo.HOST)
            withdraw_those_to(host.person, at=at, to=[InvitedTo.HOST])
            tell("host_stepped_down", by=host, at=at, about=host.person, is_hosts=True)


def suspend_organisation(actor: Actor, *, organisation: UUID, at: datetime) -> None:
    """Let an organisation act no longer; whoever is only there is signed out. The record is kept.

    Raises:
        NotThere: There is no such organisation, or the actor does not run this host.
    """
    with begun(actor, "suspend_organisation") as host:
        row = held(Organisation.objects.filter(id=organisation))
        if row.suspended_at is None:
            Organisation.objects.filter(id=row.id).update(suspended_at=at)
            tell("organisation_suspended", by=host, at=at, about=row.id, organisations=[row.id], is_hosts=True)
            end_sessions_of_those_only_in(row.id, people_in(row.id))


def lift_suspension(actor: Actor, *, organisation: UUID, at: datetime) -> None:
    """Let an organisation act again.

    Raises:
        NotThere: There is no such organisation, or the actor does not run this host.
    """
    with begun(actor, "lift_suspension") as host:
        row = held(Organisation.objects.filter(id=organisation))
        if row.suspended_at:
            Organisation.objects.filter(id=row.id).update(suspended_at=None)
            tell("suspension_lifted", by=host, at=at, about=row.id, organisations=[row.id], is_hosts=True)


def suspend_person(actor: Actor, *, person: UUID, at: datetime) -> None:
    """Keep a person from signing in, and sign them out. Their memberships stand, their links do not work.

    Raises:
        NotThere: There is no such person, or the actor does not run this host.
        NotAllowed: It is the actor.
    """
    with acting(actor):
        _hold_hosts_and(person)
        with begun(actor, "suspend_person") as host:
            if person == host.person:
                raise NotAllowed("not-oneself", _("You cannot suspend yourself: another person of the host can."))
            _suspend(host, person, "person_suspended", at, suspended_at=at)
            end_sessions(person)


def lift_suspension_of_person(actor: Actor, *, person: UUID, at: datetime) -> None:
    """Let a person sign in again.

    Raises:
        NotThere: There is no such person, or the actor does not run this host.
    """
    with begun(actor, "lift_suspension_of_person") as host:
        _suspend(host, person, "suspension_of_person_lifted", at, suspended_at=None)


def ask_recovery(actor: Actor, *, organisation: UUID, email: str, reason: str, at: datetime) -> UUID:
    """Ask that an organisation whose last lead has gone be given a new one; a second person of the host decides.

    A lead who is there in name only is suspended first.

    Args:
        actor: The first person of the host.
        organisation: Which organisation.
        email: The address of the new lead, who is nobody of the host.
        reason: How it was checked that they may be it.
        at: When.

    Returns:
        The id of the recovery.

    Raises:
        InputError: Something typed cannot be used.
        NotThere: There is no such organisation, or the actor does not run this host.
        NotAllowed: The organisation has a lead, a recovery waits, or the address is one of the host's own.
    """
    email, reason = tidy(email).lower(), tidy(reason)
    refuse(address_problems("email", email), text_problems("reason", reason, longest=2000))
    with begun(actor, "ask_recovery") as host:
        row = held(Organisation.objects.filter(id=organisation, erased_at=None))
        _refuse_if_led(row.id)
        if _is_of_the_host(email):
            raise NotAllowed("not-for-the-host", _("Nobody of the host can be the new lead of what they recover."))
        if Recovery.objects.filter(organisation=row, approved_at=None, refused_at=None).exists():
            raise NotAllowed("already-asked", _("A recovery of this organisation waits to be decided."))
        new = Recovery.objects.create(
            organisation=row, email=email, reason=reason, asked_by_id=host.person, asked_at=at
        )
        _tell_recovery(host, "recovery_asked", new, at)
    return new.id


def approve_recovery(actor: Actor, *, recovery: UUID, at: datetime) -> None:
    """Approve what somebody else of the host asked for: the new lead is invited, and nobody reads a thing by it.

    Raises:
        NotThere: No such recovery waits, or the actor does not run this host.
        NotAllowed: The actor asked for it, it was decided before, or the organisation has a lead again.
    """
    with begun(actor, "approve_recovery") as host:
        row = _waiting(recovery)
        if row.asked_by_id == host.person:
            raise NotAllowed("two-people", _("You asked for it yourself: another person of the host decides."))
        _refuse_if_led(row.organisation_id)
        offer = Offer(InvitedTo.ORGANISATION, organisation=row.organisation_id, role=Role.LEAD)
        invitation = send_invitation(host, offer, email=row.email, at=at)
        _decide(row, approved_at=at, approved_by=host.person, invitation=invitation)
        _tell_recovery(host, "recovery_approved", row, at)


def refuse_recovery(actor: Actor, *, recovery: UUID, at: datetime) -> None:
    """Refuse a recovery, or take one's own back.

    Raises:
        NotThere: No such recovery waits, or the actor does not run this host.
        NotAllowed: It was decided before.
    """
    with begun(actor, "refuse_recovery") as host:
        row = _waiting(recovery)
        _decide(row, refused_at=at)
        _tell_recovery(host, "recovery_refused", row, at)


def _hold_hosts_and(person: UUID) -> None:
    """In one order, so that two of the host who suspend each other do so one after the other."""
    rows = Person.objects.filter(Q(hosting_since__isnull=False) | Q(id=person)).order_by("id")
    list(rows.select_for_update(no_key=True).values_list("id"))


def _suspend(host: Actor, person: UUID, what: str, at: datetime, *, suspended_at: datetime | None) -> None:
    row = held(Person.objects.filter(id=person))
    if (row.suspended_at is None) != (suspended_at is None):
        Person.objects.filter(id=row.id).update(suspended_at=suspended_at)
        tell(what, by=host, at=at, about=row.id, is_hosts=True)


def _refuse_if_led(organisation: UUID) -> None:
    if load_team(organisation).leads:
        why = _("The organisation has a lead who can sign in. If they have gone, suspend them first.")
        raise NotAllowed("has-a-lead", why)


def _is_of_the_host(email: str) -> bool:
    people = Person.objects.filter(hosting_since__isnull=False)
    also = EmailAddress.objects.filter(user__in=people, email__iexact=email)
    return people.filter(email=email).exists() or also.exists()


def _waiting(recovery: UUID) -> Recovery:
    """A recovery, with its organisation held; whether it still waits is asked in the statement that decides it."""
    row = Recovery.objects.filter(id=recovery).first()
    if row is None:
        raise NotThere
    held(Organisation.objects.filter(id=row.organisation_id))
    return row


def _decide(row: Recovery, **decision: object) -> None:
    waiting = Recovery.objects.filter(id=row.id, approved_at=None, refused_at=None)
    if not waiting.update(**decision, email=""):
        raise NotAllowed("already-decided", _("This recovery was decided before."))


def _tell_recovery(host: Actor, what: str, row: Recovery, at: datetime) -> None:
    tell(what, by=host, at=at, about=row.id, organisations=[row.organisation_id], is_hosts=True)
