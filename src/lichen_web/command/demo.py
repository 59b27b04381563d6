"""``lichen-web demo``: made-up organisations to try Lichen with, who did everything themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.resources import files
from typing import Annotated
from uuid import UUID

import typer
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen.audit.values import Audit, Organisation
from lichen.cli.group import Described
from lichen.disclosure.sight import Band
from lichen.errors import NotAllowed
from lichen.files.reading import read_audit_text, read_organisations_text
from lichen_web.accounts.demo import Guest, guest_address
from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import Actor, actor_for
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.disclosure import open_matters
from lichen_web.alliances.access.fit import own_proposals
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.circles import admit, ask_to_join, name_convener, open_circle
from lichen_web.alliances.actions.disclosure import agree_to_codes, disclose_vulnerability
from lichen_web.alliances.actions.facilitation import invite_facilitator
from lichen_web.alliances.actions.fit import answer_proposal, publish_audit
from lichen_web.alliances.actions.host import invite_host
from lichen_web.alliances.actions.listed import list_organisations
from lichen_web.alliances.actions.membership import accept_invitation, invite_colleague, name_delegate
from lichen_web.alliances.actions.organisations import found_organisation
from lichen_web.alliances.blind import Answer
from lichen_web.alliances.keys import open_for_host
from lichen_web.alliances.mails import PURPOSE, bound_to
from lichen_web.alliances.models import Mail
from lichen_web.alliances.work.matching import match_circle
from lichen_web.alliances.work.meeting import meet_circle
from lichen_web.environment import Part

__all__ = ["AtStage", "Stage", "app", "build_demo"]

app = typer.Typer()

_DAY = timedelta(days=1)


class Stage(StrEnum):
    """How far the hospital and the churches have come."""

    AUDIT = "audit"
    """They have begun to name what they lack, and nothing of it is compared."""
    FIT = "fit"
    """They are compared, and each is proposed somebody."""
    DISCLOSURE = "disclosure"
    """They have both said yes, and opened something to each other."""


AtStage = Annotated[Stage, typer.Option(help="How far the demo's hospital and churches have come.")]
_NAMES = {
    Guest.HOST: "Ines Okafor",
    Guest.HOSPITAL: "Brigid Nolan",
    Guest.CHURCHES: "Ruth Adeyemi",
    Guest.FACILITATOR: "Noor Haddad",
    Guest.STRANGER: "Alex Stranger",
}
_COLLEAGUES = {Guest.HOSPITAL: "Sunil Rao", Guest.CHURCHES: "Daniel Osei"}
_NEIGHBOURS = {
    "cafe": "Edith Marsh",
    "city": "Carlos Reyes",
    "distributor": "Dana Whitlock",
    "farmers": "Joss Tern",
    "foundation": "Imogen Lyle",
    "meadow": "Wren Calder",
    "river": "Theo Banks",
    "startup": "Priya Nair",
    "tenants": "Maureen Begum",
    "youth": "Kwame Asante",
}
"""The others of the circle, by their stories, and who leads each: as nobody of them can one enter."""


@app.command(cls=Described)
def demo(stage: AtStage = Stage.DISCLOSURE) -> None:
    """Make up organisations to try Lichen with, on one machine.

    A hospital and three churches in one circle with ten others, a facilitator who serves both, the host, and a
    stranger who must see nothing. Where they are already there, nothing is changed.

    Example:
        lichen-web demo
        lichen-web demo --stage fit
    """
    if not settings.LICHEN.is_local:
        why = _("The demo's people sign in without a password; LICHEN_URL says that others reach this Lichen.")
        raise NotAllowed("on-this-machine", why)
    typer.echo(_("The demo is there.") if build_demo(timezone.now(), stage) else _("The demo was there already."))


def build_demo(at: datetime, stage: Stage = Stage.DISCLOSURE) -> bool:
    """Have the demo's people do what people do, by the acts themselves, over the last three weeks.

    Args:
        at: Now.
        stage: How far the hospital and the churches have come.

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
        for story, name in _NEIGHBOURS.items():
            neighbour = _entered(story, _signed_up(f"{story}@demo.invalid", name), began + _DAY)
            _come_in(neighbour, story, guests[Guest.HOST], circle, began, is_published=True)
        for guest, lead in leads.items():
            _come_in(lead, guest, guests[Guest.HOST], circle, began, is_published=stage is not Stage.AUDIT)
        _served(guests[Guest.FACILITATOR], leads, began + 8 * _DAY)
        list_organisations(_listed(), source=_("a register that was made up"), at=began + 8 * _DAY)
        if connection.vendor == "sqlite":
            _go_on(leads, circle, began + 9 * _DAY, stage)
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
    purpose = _("Organisations of every kind, that would never have met.")
    circle = open_circle(host, name=_("The uncommon table"), purpose=purpose, at=at)
    name_convener(host, circle=circle, email=_address(host), at=at)
    return circle


def _entered(story: str, person: Actor, at: datetime) -> Actor:
    """The organisation of a story, led by a person who speaks for it; beside a guest a colleague stands in."""
    said = _story(story).organisation
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
    if story in _COLLEAGUES:
        colleague = _signed_up(f"{story}-colleague@demo.invalid", _COLLEAGUES[Guest(story)])
        invite_colleague(lead, email=_address(colleague), role="member", at=at)
        accept_invitation(colleague, token=_sent_to(colleague), at=at)
        name_delegate(lead, delegate=_seat(lead), stand_in=_seat(actor_for(colleague.person, found)), at=at)
    elif story in _NEIGHBOURS:
        name_delegate(lead, delegate=_seat(lead), stand_in=None, at=at)
    return actor_for(person.person, found)


def _come_in(lead: Actor, story: str, convener: Actor, circle: UUID, began: datetime, *, is_published: bool) -> None:
    """Be let in to the circle, audit, and be compared; or have come no further than half an audit."""
    _let_in(lead, convener, circle, began + 3 * _DAY)
    audit = _story(story)
    record_audit(lead, audit=audit if is_published else _half(audit), at=began + 5 * _DAY)
    if is_published:
        publish_audit(lead, circle=circle, at=began + 6 * _DAY)


def _listed() -> tuple[Organisation, ...]:
    """Organisations that are no members."""
    return read_organisations_text(files("lichen_web").joinpath("stories", "listed.json").read_text("utf-8"), "json")


def _half(audit: Audit) -> Audit:
    said = audit.organisation
    return replace(audit, organisation=replace(said, vulnerabilities=said.vulnerabilities[:3], offers=said.offers[:1]))


def _go_on(leads: Mapping[Guest, Actor], circle: UUID, at: datetime, stage: Stage) -> None:
    """Do what the worker does otherwise. On PostgreSQL it alone may; there it compares as soon as it starts."""
    before = settings.LICHEN
    settings.LICHEN = replace(before, part=Part.WORKER)
    try:
        match_circle(circle, at=at)
        if stage is Stage.DISCLOSURE:
            _open_up(leads, circle, at + _DAY)
    finally:
        settings.LICHEN = before


def _open_up(leads: Mapping[Guest, Actor], circle: UUID, at: datetime) -> None:
    """Both say yes to whoever fits best, meet, show which gaps match, and one of them each in its own words."""
    for lead in leads.values():
        best, *_others = sorted(own_proposals(lead), key=lambda each: list(Band).index(each.band), reverse=True)
        answer_proposal(lead, proposal=best.id, answer=Answer.INTERESTED, at=at)
    meet_circle(circle, at=at + _DAY)
    for lead in leads.values():
        agree_to_codes(lead, matter=_matter(lead), at=at + 2 * _DAY)
    for days, lead in enumerate(leads.values(), 3):
        gap = own_audit(lead).gaps[0]
        disclose_vulnerability(lead, matter=_matter(lead), vulnerability=gap.id, at=at + days * _DAY)


def _matter(actor: Actor) -> UUID:
    with reading(actor):
        (matter,) = open_matters(actor)
    return matter


def _let_in(lead: Actor, convener: Actor, circle: UUID, at: datetime) -> None:
    statement = _("We have done this work for more than ten years, and our neighbours will tell you so.")
    name = Person.objects.get(id=lead.person).name
    asked = ask_to_join(lead, circle=circle, statement=statement, signed_name=name, at=at)
    admit(actor_for(convener.person), membership=asked, at=at + _DAY)


def _served(facilitator: Actor, leads: dict[Guest, Actor], at: datetime) -> None:
    opened = {Guest.HOSPITAL: ["offers"], Guest.CHURCHES: ["offers", "gaps"]}
    for days, (guest, lead) in enumerate(leads.items()):
        invite_facilitator(lead, email=_address(facilitator), scopes=opened[guest], at=at + days * _DAY)
        accept_invitation(facilitator, token=_sent_to(facilitator), at=at + days * _DAY)


def _story(name: str) -> Audit:
    text = files("lichen_web").joinpath("stories", f"{name}.yaml").read_text(encoding="utf-8")
    return read_audit_text(text, name=f"{name}.yaml")


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
