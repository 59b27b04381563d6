"""What each page asks for: to whom it is there, and how many questions it costs however much there is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lichen.errors import NotAllowed
from lichen_web.alliances.access import circles, complaints, host, organisations
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.invitations import invitation_behind
from lichen_web.alliances.actions.circles import ask_to_join, invite_to_circle, open_circle
from lichen_web.alliances.actions.membership import invite_colleague
from tests import cast as organisations_of_the_cast
from tests.web.alliances.actions.acts import NOW, upheld
from tests.web.people import WebCast, entered, signed_up, token_for

ONE_THING: dict[str, tuple[Callable[[Actor, UUID], Any], str, str]] = {
    "own_circle": (circles.own_circle, "circle", "hospital"),
    "convened_circle": (circles.convened_circle, "circle", "convener"),
    "own_complaint": (complaints.own_complaint, "complaint", "hospital"),
}
"""A look at one thing, whose id it takes, and who may."""
LISTS: dict[str, tuple[Callable[[Actor], Any], str, int]] = {
    "own_organisation": (organisations.own_organisation, "hospital", 6),
    "facilitated_organisations": (organisations.facilitated_organisations, "facilitator", 1),
    "open_circles": (circles.open_circles, "hospital", 2),
    "convened_circles": (circles.convened_circles, "convener", 1),
    "own_complaints": (complaints.own_complaints, "hospital", 1),
    "console": (host.console, "host", 7),
    "host_organisations": (host.host_organisations, "host", 2),
    "host_people": (host.host_people, "host", 2),
    "host_circles": (host.host_circles, "host", 2),
    "recoveries": (host.recoveries, "host", 1),
    "complaints": (host.complaints, "host", 1),
}
"""A look at many things, who may, and how many questions it asks."""


def looking(cast: WebCast, who: str) -> Actor:
    found = getattr(cast, who)
    return found.lead if hasattr(found, "lead") else found


def asked(look: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as told, suppress(NotThere):
        look()
    return [each["sql"].partition("WHERE")[0] for each in told]


def more_of_everything(cast: WebCast) -> None:
    """Two more organisations that ask, three complaints' worth of words, and links."""
    for number, organisation in enumerate((organisations_of_the_cast.youth, organisations_of_the_cast.river)):
        newcomer = entered(organisation, tuple(f"P{number}{letter} Nu" for letter in "abc"), NOW)
        ask_to_join(newcomer.lead, circle=cast.circle, statement="We help.", signed_name="P", at=NOW)
    upheld(cast, 2)
    for number in range(3):
        invite_colleague(cast.hospital.lead, email=f"n{number}@example.org", role="member", at=NOW)
        invite_to_circle(cast.hospital.lead, circle=cast.circle, email=f"n{number}@example.org", at=NOW)


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_the_same_number_of_questions_however_long_it_is(name: str, cast: WebCast):
    look, who, number = LISTS[name]
    actor = looking(cast, who)
    few = asked(lambda: look(actor))
    more_of_everything(cast)
    assert len(few) == number
    assert len(asked(lambda: look(actor))) == number


def test_table_of_a_circle_asks_the_same_number_of_questions_however_many_ask(cast: WebCast):
    look = partial(circles.convened_circle, cast.convener, cast.circle)
    few = asked(look)
    more_of_everything(cast)
    assert len(asked(look)) == len(few) == 9


@pytest.mark.parametrize("name", ONE_THING)
def test_not_there_and_not_yours_ask_the_same_questions(name: str, cast: WebCast):
    look, what, who = ONE_THING[name]
    more_of_everything(cast)
    there = cast.circle if what == "circle" else complaints.own_complaints(cast.hospital.lead)[0].id
    look(looking(cast, who), there)
    for stranger in (cast.stranger.lead, cast.facilitator, cast.host):
        questions = [asked(partial(look, stranger, one)) for one in (there, uuid4())]
        assert questions[0] == questions[1]
        with pytest.raises(NotThere):
            look(stranger, there)


def test_convener_of_one_circle_asks_as_much_about_another_as_about_none(cast: WebCast):
    other = open_circle(cast.host, name="Westfield table", purpose="", at=NOW)
    questions = [asked(partial(circles.convened_circle, cast.convener, one)) for one in (other, uuid4())]
    assert questions[0] == questions[1]


def test_facilitator_is_told_that_circles_and_complaints_are_for_those_who_belong(cast: WebCast):
    for look in (circles.open_circles, complaints.own_complaints):
        with pytest.raises(NotAllowed):
            look(cast.serving_hospital)


def test_links_are_seen_by_leads_alone(cast: WebCast):
    invite_colleague(cast.hospital.lead, email="n@example.org", role="member", at=NOW)
    assert [each.email for each in organisations.own_organisation(cast.hospital.lead).invitations] == ["n@example.org"]
    for other in (cast.hospital.member, cast.hospital.observer, cast.serving_hospital):
        assert organisations.own_organisation(other).invitations == ()


def test_organisation_is_seen_by_its_people_alone(cast: WebCast):
    seen = organisations.own_organisation(cast.hospital.member)
    assert (seen.id, seen.name, seen.sector, seen.region) == (cast.hospital.id, cast.hospital.name, "health", "London")
    assert [(each.name, each.role, each.is_me) for each in seen.people] == [
        ("Brigid Nolan", "lead", False),
        ("Sunil Rao", "member", True),
        ("Mary Quill", "observer", False),
    ]
    assert seen.me == seen.people[1]
    assert seen.delegation is not None
    assert seen.delegation.speaker == seen.people[0]
    for stranger in (cast.convener, cast.host, cast.facilitator):
        with pytest.raises(NotThere):
            organisations.own_organisation(stranger)


def test_own_organisations_are_those_that_a_person_belongs_to_or_serves(cast: WebCast):
    own = organisations.own_organisations(cast.facilitator.person)
    assert [(each.name, each.is_facilitated) for each in own] == [
        ("St Brigid's Hospital", True),
        ("Three Churches of Eastfield", True),
    ]
    assert [each.role for each in organisations.own_organisations(cast.hospital.observer.person)] == ["observer"]
    assert organisations.own_organisations(cast.host.person) == ()


def test_circles_are_offered_to_every_organisation_and_shown_from_inside_to_members(cast: WebCast):
    (card,) = circles.open_circles(cast.stranger.lead)
    assert (card.name, card.members, card.standing) == ("Eastfield table", 2, "none")
    assert [each.name for each in circles.own_circle(cast.hospital.observer, cast.circle).members] == [
        "St Brigid's Hospital",
        "Three Churches of Eastfield",
    ]


def test_link_says_what_it_offers_and_no_more(cast: WebCast):
    signed_up("Wanda Bell")
    invite_to_circle(cast.hospital.lead, circle=cast.circle, email="wanda@example.org", at=NOW)
    offer = invitation_behind(token_for("wanda@example.org"), at=NOW)
    assert offer is not None
    assert (offer.to, offer.circle_name, offer.organisation) == ("circle", "Eastfield table", "St Brigid's Hospital")
    assert (offer.sent_by, offer.is_addressed, offer.role) == ("Brigid Nolan", True, "")
