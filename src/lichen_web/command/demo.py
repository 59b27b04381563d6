"""``lichen-web demo``: made-up organisations to try Lichen with, who did everything themselves."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from importlib.resources import files
from uuid import UUID

import typer
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen.audit.values import Audit
from lichen.cli.group import Described
from lichen.errors import NotAllowed
from lichen.files.reading import read_audit_text
from lichen_web.accounts.demo import Guest, guest_address
from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import Actor, actor_for
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.circles import admit, ask_to_join, name_convener, open_circle
from lichen_web.alliances.actions.facilitation import invite_facilitator
from lichen_web.alliances.actions.fit import publish_audit
from lichen_web.alliances.actions.host import invite_host
from lichen_web.alliances.actions.membership import accept_invitation, invite_colleague, name_delegate
from lichen_web.alliances.actions.organisations import found_organisation
from lichen_web.alliances.keys import open_for_host
from lichen_web.alliances.mails import PURPOSE, bound_to
from lichen_web.alliances.models import Mail

__all__ = ["app", "build_demo"]

app = typer.Typer()

_DAY = timedelta(days=1)
_NAMES = {
    Guest.HOST: "Ines Okafor",
    Guest.HOSPITAL: "Brigid Nolan",
    Guest.CHURCHES: "Ruth Adeyemi",
    Guest.FACILITATOR: "Noor Haddad",
    Guest.STRANGER: "Alex Stranger",
}
_COLLEAGUES = {Guest.HOSPITAL: "Sunil Rao", Guest.CHURCHES: "Daniel Osei"}


@app.command(cls=Described)
def demo() -> None:
    """Make up organisations to try Lichen with, on one machine.

    A hospital and three churches in one circle, a facilitator who serves both, the host, and a stranger who must see
    nothing. Where they are already there, nothing is changed.

    Example:
        lichen-web demo
    """
    if not settings.LICHEN.is_local:
        why = _("The demo's people sign in without a password; LICHEN_URL says that others reach this Lichen.")
        raise NotAllowed("on-this-machine", why)
    typer.echo(_("The demo is there.") if build_demo(timezone.now()) else _("The demo was there already."))


def build_demo(at: datetime) -> bool:
    """Have the demo's people do what people do, by the acts themselves, over the last three weeks.

    Args:
        at: Now.

    Returns:
        Whether there was anything to do.
    """
    if Person.objects.filter(email=guest_address(Guest.HOST)).exists():
        return False
    began = at - 21 * _DAY
    with transaction.atomic():
        guests = {guest: _signed_up(guest_address(guest), name) for guest, name in _NAMES.items()}
        circle = _hosted_circle(guests[Guest.HOST], began)
        leads = {guest: _entered(guest, guests[guest], began + _DAY) for guest in (Guest.HOSPITAL, Guest.CHURCHES)}
        _entered(Guest.STRANGER, guests[Guest.STRANGER], began + 2 * _DAY)
        for guest, lead in leads.items():
            _let_in(lead, guests[Guest.HOST], circle, began + 3 * _DAY)
            record_audit(lead, audit=_story(guest), at=began + 5 * _DAY)
            publish_audit(lead, circle=circle, at=began + 6 * _DAY)
        _served(guests[Guest.FACILITATOR], leads, began + 8 * _DAY)
        Mail.objects.all().delete()  # nobody reads what was written to them
    return True


def _signed_up(email: str, name: str) -> Actor:
    """A person as signing up leaves them, but for a password, which nobody needs here."""
    person = Person.objects.create_user(email, name=name)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return actor_for(person.id)


def _hosted_circle(person: Actor, at: datetime) -> UUID:
    accept_invitation(person, token=invite_host(email=_address(person), at=at), at=at)
    host = actor_for(person.person)
    purpose = _("Who can help whom, east of the river.")
    circle = open_circle(host, name=_("Eastfield table"), purpose=purpose, at=at)
    name_convener(host, circle=circle, email=_address(host), at=at)
    return circle


def _entered(guest: Guest, person: Actor, at: datetime) -> Actor:
    """The organisation of a guest, who leads it and speaks for it, with a colleague who stands in."""
    said = _story(guest).organisation
    found = found_organisation(
        person,
        name=said.name,
        sector=said.sector,
        country=said.country,
        region=said.region,
        size=said.size,
        website="",
        is_public_body=False,
        at=at,
    )
    lead = actor_for(person.person, found)
    if guest in _COLLEAGUES:
        colleague = _signed_up(f"{guest}-colleague@demo.invalid", _COLLEAGUES[guest])
        invite_colleague(lead, email=_address(colleague), role="member", at=at)
        accept_invitation(colleague, token=_sent_to(colleague), at=at)
        name_delegate(lead, delegate=_seat(lead), stand_in=_seat(actor_for(colleague.person, found)), at=at)
    return lead


def _let_in(lead: Actor, convener: Actor, circle: UUID, at: datetime) -> None:
    statement = _("We have worked in Eastfield for more than ten years.")
    name = Person.objects.get(id=lead.person).name
    asked = ask_to_join(lead, circle=circle, statement=statement, signed_name=name, at=at)
    admit(actor_for(convener.person), membership=asked, at=at + _DAY)


def _served(facilitator: Actor, leads: dict[Guest, Actor], at: datetime) -> None:
    opened = {Guest.HOSPITAL: ["offers"], Guest.CHURCHES: ["offers", "gaps"]}
    for days, (guest, lead) in enumerate(leads.items()):
        invite_facilitator(lead, email=_address(facilitator), scopes=opened[guest], at=at + days * _DAY)
        accept_invitation(facilitator, token=_sent_to(facilitator), at=at + days * _DAY)


def _story(guest: Guest) -> Audit:
    text = files("lichen_web").joinpath("stories", f"{guest}.yaml").read_text(encoding="utf-8")
    return read_audit_text(text, name=f"{guest}.yaml")


def _address(actor: Actor) -> str:
    return Person.objects.get(id=actor.person).email


def _seat(actor: Actor) -> UUID:
    return Person.objects.get(id=actor.person).memberships.get(organisation=actor.organisation, left_at=None).id


def _sent_to(actor: Actor) -> str:
    """The secret of the last link in somebody's mail, as they would open it."""
    for row in Mail.objects.order_by("-written_at", "-id"):
        letter = open_for_host(PURPOSE, bytes(row.sealed), bound_to=bound_to(row.id))
        found = re.search(r"/invitations/([\w-]+)/", letter["text"])
        if letter["to"] == _address(actor) and found:
            return found[1]
    raise LookupError(_address(actor))
