"""One of everything that whoever vouches, or runs the host, can find in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from lichen_web.accounts.models import CircleMembership
from lichen_web.alliances.access.actors import Actor, actor_for
from lichen_web.alliances.actions.circles import admit, ask_to_join, invite_to_circle, put_out
from lichen_web.alliances.actions.complaints import answer_complaint, complain, decide_complaint
from lichen_web.alliances.actions.host import invite_another_host
from lichen_web.alliances.actions.organisations import found_organisation
from tests.web.people import WebCast, signed_up

__all__ = ["found_in_a_circle"]


def found_in_a_circle(people: WebCast, at: datetime) -> Mapping[str, Mapping[str, UUID]]:
    """The ids in the addresses of each."""
    out, complained_about = _member(people, "Moss and Sons", at), _member(people, "Fern and Sons", at)
    put_out(people.convener, membership=_line(out), reason="They sold the list.", at=at)
    for _time in range(3):
        _upheld(people, complained_about, at)
    link = invite_to_circle(people.hospital.lead, circle=people.circle, email="partner@example.org", at=at)
    return {
        "put_out": {"membership": _line(people.churches.lead)},
        "let_back": {"membership": _line(out)},
        "forgive_complaints": {"about": _id(complained_about)},
        "withdraw_partner_link": {"invitation": link},
        "withdraw_circle_link": {"invitation": link},
        "withdraw_host_link": {"invitation": invite_another_host(people.host, email="third@example.org", at=at)},
    }


def _member(people: WebCast, name: str, at: datetime) -> Actor:
    """Whoever speaks for a new organisation in the circle."""
    person = signed_up(name).person
    place = {"sector": "business", "country": "GB", "region": "", "size": "", "website": "", "is_public_body": False}
    lead = actor_for(person, found_organisation(Actor(person), name=name, **place, at=at))
    asked = ask_to_join(lead, circle=people.circle, statement="We are.", signed_name=name, at=at)
    admit(people.convener, membership=asked, at=at)
    return lead


def _upheld(people: WebCast, about: Actor, at: datetime) -> None:
    made = complain(people.churches.lead, circle=people.circle, about=_id(about), words="They did not come.", at=at)
    answer_complaint(about, complaint=made, words="We did.", at=at)
    decide_complaint(people.host, complaint=made, outcome="upheld", reason="They did not.", at=at)


def _line(of: Actor) -> UUID:
    return CircleMembership.objects.get(organisation=of.organisation).id


def _id(of: Actor) -> UUID:
    assert of.organisation is not None
    return of.organisation
