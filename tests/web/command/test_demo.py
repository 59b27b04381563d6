"""The demo: built through the acts, once, and whoever enters sees what they may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from lichen.files.reading import read_audit, read_audit_text
from lichen_web.accounts.demo import Guest, guest_address
from lichen_web.accounts.models import Circle, Person
from lichen_web.alliances.access.actors import NotThere, actor_for
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.fit import own_proposals
from lichen_web.alliances.access.organisations import own_organisations
from lichen_web.alliances.models import Event, Mail
from lichen_web.alliances.work.matching import match_circle
from lichen_web.command.demo import build_demo
from lichen_web.environment import Part
from tests.house.source import ROOT

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def guest(which: Guest) -> Person:
    return Person.objects.get(email=guest_address(which))


@pytest.mark.django_db
def test_demo_is_built_once():
    assert build_demo(AT) is True
    events = Event.objects.count()
    assert build_demo(AT) is False
    assert (Event.objects.count(), Mail.objects.count()) == (events, 0)


@pytest.mark.django_db
def test_everybody_of_the_demo_sees_what_they_may(settings):
    build_demo(AT)
    (hospital,) = own_organisations(guest(Guest.HOSPITAL).id)
    (churches,) = own_organisations(guest(Guest.CHURCHES).id)
    (stranger,) = own_organisations(guest(Guest.STRANGER).id)
    assert len(own_audit(actor_for(guest(Guest.HOSPITAL).id, hospital.id)).gaps) == 6
    served = own_audit(actor_for(guest(Guest.FACILITATOR).id, hospital.id))
    assert (len(served.gaps), len(served.offers)) == (0, 5)
    for other in (Guest.STRANGER, Guest.HOST, Guest.CHURCHES):
        with pytest.raises(NotThere):
            actor_for(guest(other).id, hospital.id)
    settings.LICHEN = replace(settings.LICHEN, part=Part.WORKER)
    # Two in a circle are not proposed to each other: everybody there knows who the other is.
    match_circle(Circle.objects.get().id, at=AT)
    told = {
        each.name: [proposal.band for proposal in own_proposals(actor_for(guest(who).id, each.id))]
        for who, each in ((Guest.HOSPITAL, hospital), (Guest.CHURCHES, churches), (Guest.STRANGER, stranger))
    }
    assert told == {hospital.name: [], churches.name: [], stranger.name: []}


@pytest.mark.parametrize("which", [Guest.HOSPITAL, Guest.CHURCHES, Guest.STRANGER])
def test_stories_are_the_examples(which: Guest):
    story = files("lichen_web").joinpath("stories", f"{which}.yaml").read_text(encoding="utf-8")
    assert read_audit_text(story) == read_audit(ROOT / "examples" / f"{which}.yaml")
