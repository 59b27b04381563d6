"""The mails that acts post: plain, short, and without a word of what anybody confessed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from lichen_web.accounts.models import Circle, Complaint, Invitation, Membership, Organisation, Person
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances.bridge.circles import UPHELD_AND_OUT
from lichen_web.alliances.bridge.organisations import load_team
from lichen_web.alliances.mails import post

__all__ = [
    "link",
    "tell_hosts_of_another",
    "tell_hosts_of_own_convener",
    "tell_hosts_of_stepping_down",
    "tell_leads_of_hand_over",
    "tell_of_admission",
    "tell_of_complaint",
    "tell_of_meeting",
    "tell_of_outcome",
    "tell_of_proposal",
    "tell_of_removal",
    "tell_of_return",
    "tell_upheld",
    "write_invitation",
]


def link(token: str) -> str:
    """Where an invitation is answered."""
    return f"{settings.LICHEN.url}/invitations/{token}/"


def write_invitation(invitation: Invitation, *, to: str, token: str, at: datetime) -> None:
    """Send somebody their link; one without an address goes to its sender, to pass on."""
    offer = {
        InvitedTo.ORGANISATION: _("to join {organisation}"),
        InvitedTo.CIRCLE: _("to bring an organisation into the circle {circle}"),
        InvitedTo.CONVENE: _("to vouch for organisations in the circle {circle}"),
        InvitedTo.FACILITATE: _("to serve {organisation} as its facilitator"),
        InvitedTo.HOST: _("to run this host"),
    }[InvitedTo(invitation.to)].format(organisation=invitation.organisation, circle=invitation.circle)
    opening = (
        _("{sender} invites you {offer} on Lichen.")
        if invitation.email
        else _("Here is the link that you asked for. It invites whoever you pass it on to {offer} on Lichen.")
    )
    text = _("{opening} {about}\n\n{link}\n\nThe link works once, until {day}. If it means nothing to you, let it be.")
    post(
        "invitation",
        to=to,
        subject=_("An invitation on Lichen"),
        text=text.format(
            opening=opening.format(offer=offer, sender=_sender(invitation)),
            link=link(token),
            day=invitation.expires_at.strftime("%d %B %Y"),
            about=_("On Lichen organisations find partners whose gaps fit theirs, and open up to them step by step."),
        ),
        at=at,
    )


def tell_hosts_of_own_convener(circle: Circle, person: UUID, *, at: datetime) -> None:
    """Somebody of the host vouches in a circle because they said so themselves: the others of the host are told."""
    text = _("{person} of the host has named themselves convener of the circle {circle}.")
    text += "\n\n" + _("Each of you can end that under Circles.")
    _to_hosts_but(person, "own_convener", _("Somebody of the host vouches in a circle"), text, at, circle=circle)


def tell_hosts_of_another(person: UUID, *, at: datetime) -> None:
    """Somebody of the host has invited another person to run it: the others are told."""
    text = _("{person} has invited another person to run this host with you.")
    text += "\n\n" + _("Each of you can take the link back, or suspend somebody, under Who runs this host.")
    _to_hosts_but(person, "host_invited", _("Somebody else is invited to run this host"), text, at)


def tell_hosts_of_stepping_down(person: UUID, *, at: datetime) -> None:
    """Somebody runs this host no longer: the others are told."""
    text = _("{person} has stepped down: they run this host no longer.")
    _to_hosts_but(person, "host_stepped_down", _("Somebody runs this host no longer"), text, at)


def tell_leads_of_hand_over(organisation: Organisation, *, is_done: bool, at: datetime) -> None:
    """The facilitator hands over to somebody: the leads are told, and can end it."""
    said = (
        _("{organisation} has a new facilitator: the one before has handed over to them.")
        if is_done
        else _("The facilitator of {organisation} has invited a successor.")
    )
    text = said + "\n\n" + _("If you do not want that, a lead can end it under Facilitators.")
    _to_leads(organisation, "hand_over", _("Your facilitator hands over"), text, at)


def tell_of_admission(organisation: Organisation, circle: Circle, *, is_admitted: bool, at: datetime) -> None:
    """An organisation asked to be in a circle, and was answered."""
    text = (
        _("{organisation} is now in the circle {circle}.")
        if is_admitted
        else _("{organisation} was not admitted to the circle {circle}. You can ask its conveners why, and ask again.")
    )
    _to_leads(organisation, "admission", _("Your circle has answered"), text, at, circle=circle)


def tell_of_removal(organisation: Organisation, circle: Circle, *, at: datetime) -> None:
    """An organisation was put out of a circle; it reads why on its pages, never in a mail."""
    text = _("{organisation} was put out of the circle {circle} by somebody who vouches there. Read why on Lichen:")
    _to_leads(
        organisation, "put_out", _("You are out of a circle"), text + "\n\n{address}", at, **_of(circle, organisation)
    )


def tell_of_return(organisation: Organisation, circle: Circle, *, at: datetime) -> None:
    """An organisation that was put out may ask again."""
    text = _("{organisation} may ask again to be let in to the circle {circle}:")
    _to_leads(organisation, "let_back", _("You may ask again"), text + "\n\n{address}", at, **_of(circle, organisation))


def tell_of_meeting(organisation: Organisation, circle: Circle, *, others: int, at: datetime) -> None:
    """Everybody said yes to a blind proposal; who they are stands on the pages, and in no mail."""
    text = (
        _("A partner of your circle {circle} and you both said yes to a proposal. See on Lichen who it is:")
        if others == 1
        else _("Two partners of your circle {circle} and you all said yes to a ring of three. See on Lichen who it is:")
    )
    address = f"{settings.LICHEN.url}/organisations/{organisation.id}/"
    subject = _("You have all said yes")
    _to_leads(organisation, "met", subject, text + "\n\n{address}", at, circle=circle, address=address)


def tell_of_complaint(complaint: Complaint, *, at: datetime) -> None:
    """Somebody complained about an organisation; it can answer."""
    text = _("There is a complaint about {organisation} in the circle {circle}. Please read and answer it on Lichen:")
    _of_complaint(complaint.about, complaint, "complaint", _("A complaint waits for your answer"), text, at)


def tell_of_outcome(organisation: Organisation, complaint: Complaint, *, at: datetime) -> None:
    """A complaint was decided; each side reads on its pages how."""
    text = _("A complaint in the circle {circle} that concerns {organisation} has been decided. Read how on Lichen:")
    _of_complaint(organisation, complaint, "outcome", _("A complaint has been decided"), text, at)


def tell_of_proposal(organisation: Organisation, matter: UUID, *, at: datetime) -> None:
    """Another organisation of a circle proposes to deal with this one. It may answer, or let it be."""
    address = f"{settings.LICHEN.url}/organisations/{organisation.id}/dealings/{matter}/"
    text = _("Somebody in a circle of yours proposes to deal with {organisation}. Read who it is on Lichen:")
    quiet = _("You owe no answer: whoever lets it be is mailed no second time, and nobody is told.")
    text += "\n\n{address}\n\n" + quiet
    _to_leads(organisation, "proposal", _("Somebody proposes to deal with you"), text, at, address=address)


def tell_upheld(complaint: Complaint, *, upheld: int, at: datetime) -> None:
    """A complaint was upheld: a warning, and at last the end."""
    if upheld >= UPHELD_AND_OUT:
        subject = _("You are out of a circle")
        text = _("{upheld} complaints about {organisation} were upheld in the circle {circle}: it is out of it.")
    else:
        subject = _("A complaint about you was upheld")
        text = _("{upheld} of {limit} complaints about {organisation} were upheld in the circle {circle}.")
        text += " " + _("At {limit} it is out.")
    counts = {"upheld": upheld, "limit": UPHELD_AND_OUT}
    _of_complaint(complaint.about, complaint, "complaint_upheld", subject, text, at, **counts)


def _of(circle: Circle, organisation: Organisation) -> dict[str, object]:
    """A circle, and where the organisation sees how it stands to it."""
    return {"circle": circle, "address": f"{settings.LICHEN.url}/organisations/{organisation.id}/circles/"}


def _sender(invitation: Invitation) -> str:
    """Who invites, and for whom; nobody does whom the server itself invites."""
    person, place = invitation.sent_by or settings.LICHEN.host, invitation.organisation or invitation.circle
    return _("{person}, for {place},").format(person=person, place=place) if place else str(person)


def _of_complaint(
    organisation: Organisation, complaint: Complaint, kind: str, subject: str, text: str, at: datetime, **more: object
) -> None:
    """A mail about a complaint, with the address where that side reads it, and none of its words."""
    address = f"{settings.LICHEN.url}/organisations/{organisation.id}/complaints/#complaint-{complaint.id}"
    _to_leads(organisation, kind, subject, text + "\n\n{address}", at, circle=complaint.circle, address=address, **more)


def _to_hosts_but(person: UUID, kind: str, subject: str, text: str, at: datetime, **more: object) -> None:
    """A mail to everybody else who runs this host."""
    said = text.format(person=Person.objects.get(id=person), **more)
    others = Person.objects.filter(hosting_since__isnull=False, suspended_at=None).exclude(id=person)
    for address in others.order_by("email").values_list("email", flat=True):
        post(kind, to=address, subject=subject, text=said, at=at)


def _to_leads(organisation: Organisation, kind: str, subject: str, text: str, at: datetime, **more: object) -> None:
    """A mail to each lead, and to whoever speaks for the organisation."""
    for address in _addresses(organisation.id):
        post(kind, to=address, subject=subject, text=text.format(organisation=organisation, **more), at=at)


def _addresses(organisation: UUID) -> list[str]:
    voice = load_team(organisation).voice
    rows = Membership.objects.filter(organisation=organisation, left_at=None, person__suspended_at=None)
    told = rows.filter(role=Role.LEAD) | rows.filter(id__in=[voice.delegate, voice.stand_in] if voice else [])
    return list(told.order_by("person__email").values_list("person__email", flat=True))
