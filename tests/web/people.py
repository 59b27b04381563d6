"""The cast on the web: people who did everything by the actions themselves, down to using the links in their mail.

Their organisations are those of ``tests/cast.py``. The stranger has one too, in no circle with the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress

from lichen.audit.values import Organisation
from lichen_web.accounts.models import Membership, Person
from lichen_web.alliances.access.actors import Actor, actor_for
from lichen_web.alliances.access.circles import convened_circle
from lichen_web.alliances.actions.circles import admit, ask_to_join, name_convener, open_circle
from lichen_web.alliances.actions.facilitation import invite_facilitator
from lichen_web.alliances.actions.host import invite_host
from lichen_web.alliances.actions.membership import accept_invitation, invite_colleague, name_delegate
from lichen_web.alliances.actions.organisations import found_organisation
from lichen_web.alliances.keys import open_for_host
from lichen_web.alliances.mails import PURPOSE, bound_to
from lichen_web.alliances.models import Mail
from tests import cast

__all__ = [
    "PASSWORD",
    "House",
    "WebCast",
    "address",
    "cast_of",
    "entered",
    "letter_in",
    "letters",
    "membership_of",
    "signed_up",
    "token_for",
    "token_in",
]

PASSWORD = "seven-churches-by-the-river"  # noqa: S105 - everybody's in the tests
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class House:
    """An organisation and its people, each as they act for it."""

    id: UUID
    name: str
    lead: Actor
    """Founded it, and speaks for it."""
    member: Actor
    """Stands in for the lead."""
    observer: Actor


@dataclass(frozen=True, slots=True)
class WebCast:
    """Everybody, and where they are."""

    host: Actor
    second_host: Actor
    convener: Actor
    circle: UUID
    hospital: House
    churches: House
    """Both in the circle."""
    stranger: House
    """In no circle, and nobody there knows anything of the others."""
    facilitator: Actor
    """As themselves."""
    serving_hospital: Actor
    """The facilitator, to whom the hospital has opened its offers."""
    serving_churches: Actor
    """The facilitator, to whom the churches have opened offers and gaps."""


def signed_up(name: str) -> Actor:
    """A person with a verified address, as signing up leaves them."""
    email = f"{name.split()[0].lower()}@example.org"
    person = Person.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return actor_for(person.id)


def address(actor: Actor) -> str:
    """A person's address."""
    return Person.objects.get(id=actor.person).email


def letters(to: str) -> list[dict[str, str]]:
    """The mails written to an address that wait to be sent, last first."""
    waiting = Mail.objects.exclude(sealed=b"").order_by("-written_at", "-id")
    return [letter for letter in map(letter_in, waiting) if letter["to"] == to]


def letter_in(row: Mail) -> dict[str, str]:
    """What a mail says, and which kind it is."""
    return {**open_for_host(PURPOSE, bytes(row.sealed), bound_to=bound_to(row.id)), "kind": row.kind}


def token_in(letter: dict[str, str]) -> str:
    """The secret of the link in a mail; empty where there is none."""
    found = re.search(r"/invitations/([\w-]+)/", letter["text"])
    return found[1] if found else ""


def token_for(email: str) -> str:
    """The secret in the last link that an address was sent."""
    return next(filter(None, map(token_in, letters(email))))


def membership_of(actor: Actor) -> UUID:
    """The id of somebody's line in the organisation for which they act."""
    return Membership.objects.get(organisation=actor.organisation, person=actor.person, left_at=None).id


def entered(organisation: Organisation, people: tuple[str, str, str], at: datetime) -> House:
    """An organisation with a lead who speaks for it, a member who stands in, and an observer."""
    lead, member, observer = (signed_up(name) for name in people)
    found = found_organisation(
        lead,
        name=organisation.name,
        sector=organisation.sector,
        country=organisation.country,
        region=organisation.region,
        size=organisation.size,
        website="",
        is_public_body=False,
        at=at,
    )
    leading = actor_for(lead.person, found)
    for number, (colleague, role) in enumerate(((member, "member"), (observer, "observer")), 1):
        invite_colleague(leading, email=address(colleague), role=role, at=at + number * MINUTE)
        accept_invitation(colleague, token=token_for(address(colleague)), at=at + number * MINUTE)
    house = House(found, organisation.name, leading, actor_for(member.person, found), actor_for(observer.person, found))
    name_delegate(leading, delegate=membership_of(leading), stand_in=membership_of(house.member), at=at + 3 * MINUTE)
    return house


def cast_of(at: datetime) -> WebCast:
    """Everybody, within the half hour after a moment; all their acts are in the record."""
    host, second_host = (_hosting(name, at) for name in ("Ines Okafor", "Jonas Lind"))
    convener = signed_up("Cora Whitfield")
    circle = open_circle(host, name="Eastfield table", purpose="Who can help whom, east of the river.", at=at + MINUTE)
    name_convener(host, circle=circle, email=address(convener), at=at + 2 * MINUTE)
    accept_invitation(convener, token=token_for(address(convener)), at=at + 3 * MINUTE)
    convener = actor_for(convener.person)
    hospital = entered(cast.hospital, ("Brigid Nolan", "Sunil Rao", "Mary Quill"), at + 5 * MINUTE)
    churches = entered(cast.churches, ("Ruth Adeyemi", "Daniel Osei", "Peter Lamb"), at + 5 * MINUTE)
    stranger = entered(cast.stranger, ("Alex Stranger", "Sam Stranger", "Kim Stranger"), at + 5 * MINUTE)
    for house in (hospital, churches):
        _let_in(house, convener, circle, at + 10 * MINUTE)
    facilitator = signed_up("Noor Haddad")
    for house, scopes, then in (
        (hospital, ["offers"], at + 20 * MINUTE),
        (churches, ["offers", "gaps"], at + 22 * MINUTE),
    ):
        invite_facilitator(house.lead, email=address(facilitator), scopes=scopes, at=then)
        accept_invitation(facilitator, token=token_for(address(facilitator)), at=then + MINUTE)
    return WebCast(
        host=host,
        second_host=second_host,
        convener=convener,
        circle=circle,
        hospital=hospital,
        churches=churches,
        stranger=stranger,
        facilitator=facilitator,
        serving_hospital=actor_for(facilitator.person, hospital.id),
        serving_churches=actor_for(facilitator.person, churches.id),
    )


def _hosting(name: str, at: datetime) -> Actor:
    person = signed_up(name)
    accept_invitation(person, token=invite_host(email=address(person), at=at), at=at)
    return actor_for(person.person)


def _let_in(house: House, convener: Actor, circle: UUID, at: datetime) -> None:
    statement = f"{house.name} has worked in Eastfield for years."
    asked = ask_to_join(house.lead, circle=circle, statement=statement, signed_name="the lead", at=at)
    assert [each.membership for each in convened_circle(convener, circle).asking] == [asked]
    admit(convener, membership=asked, at=at + MINUTE)
