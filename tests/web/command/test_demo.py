"""The demo: built through the acts, once, and whoever enters sees what they may."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

import pytest

from lichen.files.reading import read_audit, read_audit_text
from lichen_web.accounts.demo import Guest, guest_address
from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import NotThere, actor_for
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.disclosure import open_matters, visible_items
from lichen_web.alliances.access.fit import own_proposals
from lichen_web.alliances.access.organisations import own_organisations
from lichen_web.alliances.models import Event, Mail
from lichen_web.command.demo import Stage, build_demo
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
def test_everybody_of_the_demo_sees_what_they_may():
    build_demo(AT)
    (hospital,) = own_organisations(guest(Guest.HOSPITAL).id)
    assert len(own_audit(actor_for(guest(Guest.HOSPITAL).id, hospital.id)).gaps) == 6
    served = own_audit(actor_for(guest(Guest.FACILITATOR).id, hospital.id))
    assert (len(served.gaps), len(served.offers)) == (0, 5)
    for other in (Guest.STRANGER, Guest.HOST, Guest.CHURCHES):
        with pytest.raises(NotThere):
            actor_for(guest(other).id, hospital.id)


def bands(which: Guest) -> list[str]:
    (own,) = own_organisations(guest(which).id)
    return [str(each.band) for each in own_proposals(actor_for(guest(which).id, own.id))]


def begun(which: Guest) -> int:
    (own,) = own_organisations(guest(which).id)
    actor = actor_for(guest(which).id, own.id)
    return sum(len(visible_items(actor, matter=matter)) for matter in open_matters(actor))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "proposed", "shown"),
    [(Stage.AUDIT, (0, 0, 0), (0, 0)), (Stage.FIT, (2, 1, 0), (0, 0)), (Stage.DISCLOSURE, (1, 0, 0), (3, 3))],
)
def test_demo_can_be_entered_at_each_stage(stage: Stage, proposed: tuple[int, ...], shown: tuple[int, ...]):
    build_demo(AT, stage)
    assert tuple(len(bands(who)) for who in (Guest.HOSPITAL, Guest.CHURCHES, Guest.STRANGER)) == proposed
    assert tuple(begun(who) for who in (Guest.HOSPITAL, Guest.CHURCHES)) == shown


@pytest.mark.parametrize("which", sorted({each.stem for each in (ROOT / "examples").glob("*.yaml")}))
def test_stories_are_the_examples(which: str):
    story = files("lichen_web").joinpath("stories", f"{which}.yaml").read_text(encoding="utf-8")
    assert read_audit_text(story) == read_audit(ROOT / "examples" / f"{which}.yaml")
