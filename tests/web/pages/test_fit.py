"""The pages of the fit: rung 1 and nothing else, answers that nobody else hears, and lists that nobody else sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lichen_web.accounts.models import Membership
from lichen_web.alliances.access.actors import actor_for
from lichen_web.alliances.access.fit import own_exclusions, own_proposals
from lichen_web.alliances.actions.circles import leave_circle
from lichen_web.alliances.bridge.fit import save_proposal
from lichen_web.alliances.models import Proposal
from lichen_web.alliances.work.matching import match_circle
from lichen_web.alliances.work.meeting import meet_circle
from lichen_web.environment import Part
from tests.web.alliances.work.circles import AT, DAY, circle_of_six, newcomer
from tests.web.pages.reading import browser, heading, said
from tests.web.people import House, WebCast

CODES = re.compile(r"\b(?:trust|people|assets|knowledge|funding|service|ops)\.[a-z_]+")
LABELS = ("Trust in underserved communities", "Medical and clinical expertise", "Fundraising")


@pytest.fixture(scope="module")
def compared_circle(django_db_setup, django_db_blocker) -> Iterator[WebCast]:
    """A circle of six, compared once for all the tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        everybody = circle_of_six()
        at_night(match_circle, everybody)
        yield everybody
        transaction.set_rollback(True)


@pytest.fixture
def people(compared_circle: WebCast, db) -> WebCast:
    return compared_circle


def at_night(work: Callable[..., None], people: WebCast) -> None:
    with override_settings(LICHEN=replace(settings.LICHEN, part=Part.WORKER)):
        work(people.circle, at=AT + 2 * DAY)


def seen(house: House, name: str = "fit", *more: object) -> str:
    answer = browser(house.lead).get(reverse(name, args=[house.id, *more]))
    assert answer.status_code == 200
    return answer.content.decode()


def main_of(page: str, house: House) -> str:
    """A page's own part, without what is random or one's own name."""
    own = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", page[page.index("<main") : page.index("</main>")])
    return re.sub(r'value="[A-Za-z0-9]{64}"', "TOKEN", own).replace(house.name, "US")


def answered(client: Client, people: WebCast, house: House, answer: str):
    (proposal,) = own_proposals(house.lead)
    return client.post(reverse("answer_proposal", args=[house.id, proposal.id]), {"answer": answer}, follow=True)


def test_both_sides_are_shown_the_same_page_and_rung_one_alone(people: WebCast):
    pages = [main_of(seen(house), house) for house in (people.hospital, people.churches)]
    assert pages[0] == pages[1]
    assert "A good fit" in pages[0]
    for house in (people.hospital, people.churches):
        page = seen(house)
        assert (CODES.findall(page), [label for label in LABELS if label in page]) == ([], [])
    assert people.churches.name not in seen(people.hospital)


@pytest.mark.parametrize("answer", ["interested", "later", "not-for-us", "take-back"])
def test_answer_is_said_back_and_the_other_page_stays_as_it_was(people: WebCast, answer: str):
    before = seen(people.churches).count("<form"), main_of(seen(people.churches), people.churches)
    page = answered(browser(people.hospital.lead), people, people.hospital, answer)
    assert (page.status_code, len(said(page))) == (200, 1)
    at_night(meet_circle, people)
    assert (seen(people.churches).count("<form"), main_of(seen(people.churches), people.churches)) == before


def test_after_both_said_yes_it_is_proposed_no_longer(people: WebCast):
    for house in (people.hospital, people.churches):
        answered(browser(house.lead), people, house, "interested")
    assert "You said yes" in seen(people.hospital)
    at_night(meet_circle, people)
    assert "A good fit" not in seen(people.hospital)


def test_answer_that_is_none_of_these_is_nowhere(people: WebCast):
    assert answered(browser(people.hospital.lead), people, people.hospital, "perhaps").status_code == 404


def test_others_neither_see_nor_answer_it(people: WebCast):
    (proposal,) = own_proposals(people.hospital.lead)
    address = reverse("answer_proposal", args=[people.hospital.id, proposal.id])
    told = {"answer": "interested"}
    for actor, status in ((people.stranger.lead, 404), (people.churches.lead, 404), (people.hospital.observer, 403)):
        assert browser(actor).post(address, told).status_code == status
    assert (
        "We are interested"
        not in browser(people.hospital.observer).get(reverse("fit", args=[people.hospital.id])).content.decode()
    )


def test_page_says_what_is_compared_and_what_is_kept_out(people: WebCast):
    page = seen(people.hospital, "comparing", people.circle)
    assert "Trust in underserved communities" in page
    assert "1 is kept out of it" in page
    assert "highly sensitive" in page
    assert "This quarter 10 of 10 are used." in page


def test_publishing_and_withdrawing_by_the_page(people: WebCast):
    house = people.hospital
    client, back = browser(house.lead), reverse("comparing", args=[house.id, people.circle])
    withdrawn = client.post(reverse("withdraw_audit", args=[house.id, people.circle]), follow=True)
    assert withdrawn.redirect_chain == [(back, 302)]
    again = client.post(reverse("publish_audit", args=[house.id, people.circle]), follow=True)
    assert again.redirect_chain == [(reverse("fit", args=[house.id]), 302)]
    assert heading(client.get(back)) == "Compared in Eastfield table"


def test_circle_that_is_small_says_what_everybody_sees_anyway(people: WebCast):
    for other in own_exclusions(people.hospital.lead).others[:2]:
        leave_circle(_lead_of(other.id), circle=people.circle, at=AT + 2 * DAY)
    assert "There need to be at least six" in seen(people.hospital, "comparing", people.circle)


def test_who_is_never_to_be_met_stands_on_no_page_of_theirs(people: WebCast):
    house, other = people.hospital, people.churches
    before = main_of(seen(other), other), main_of(seen(house), house)
    client = browser(house.lead)
    client.post(reverse("exclude", args=[house.id]), {"other": other.id})
    assert [each.name for each in own_exclusions(house.lead).never] == [other.name]
    at_night(match_circle, people)
    assert (main_of(seen(other), other), main_of(seen(house), house)) == before
    client.post(reverse("end_exclusion", args=[house.id]), {"other": other.id})
    assert own_exclusions(house.lead).never == ()
    for wrong in ("", "no-id", str(people.stranger.id)):
        assert client.post(reverse("exclude", args=[house.id]), {"other": wrong}).status_code == 404


def test_no_fit_yet_says_what_would_help(people: WebCast):
    anna = next(each for each in own_exclusions(people.hospital.lead).others if each.name == "Anna Ash's")
    page = browser(_lead_of(anna.id)).get(reverse("fit", args=[anna.id])).content.decode()
    assert "No fit yet" in page
    assert "1 of five are compared" in page


OFTEN = {"fit": 12, "exclusions": 11}


def test_pages_ask_as_often_for_one_as_for_thirty(people: WebCast):
    own = people.hospital.id
    standing = Proposal.objects.filter(organisation=own, ended_at=None).order_by("id")
    standing.exclude(id=standing[0].id).update(ended_at=AT)
    assert {name: asked(people, name) for name in OFTEN} == OFTEN
    for number in range(29):
        other = newcomer(people, f"Nell{number} North").organisation
        entry = {"other": str(other), "band": "good", "sector": "nonprofit", "region": "", "size": "small"}
        save_proposal(own, people.circle, entry, method="pair", at=AT)
    assert standing.count() == 30
    assert {name: asked(people, name) for name in OFTEN} == OFTEN


def asked(people: WebCast, name: str) -> int:
    client, address = browser(people.hospital.lead), reverse(name, args=[people.hospital.id])
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def _lead_of(organisation):
    row = Membership.objects.get(organisation=organisation, role="lead")
    return actor_for(row.person_id, organisation)
