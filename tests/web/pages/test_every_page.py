"""Every page that is only read, for those of the cast who may; each with its heading, and never with another's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.pages.reading import browser, heading
from tests.web.people import WebCast

OWN = {
    "organisation": "St Brigid's Hospital",
    "people": "People of St Brigid's Hospital",
    "invite_colleague": "Invite a colleague",
    "name_delegate": "Who speaks for St Brigid's Hospital",
    "facilitators": "Who serves you from outside",
    "invite_facilitator": "Invite a facilitator",
    "change_organisation": "What others may know",
    "history": "What happened",
    "audit": "What you lack, and what you can give",
    "record_vulnerability": "Name a gap",
    "record_offer": "Name something you can give",
    "record_sitting": "Two questions, and how you made it",
    "rank_vulnerabilities": "What needs outside help most?",
    "review_audit": "What is still missing",
    "own_removed": "Removed lately",
    "circles": "Circles",
    "complaints": "Complaints",
    "leave_organisation": "Leave St Brigid's Hospital",
    "erase_organisation": "Erase St Brigid's Hospital",
}
HOST = {
    "host": "What waits for the host",
    "host_organisations": "Organisations on this host",
    "host_people": "People on this host",
    "hosts": "Who runs this host",
    "invite_another_host": "Invite somebody to run this host",
    "step_down": "Step down",
    "host_circles": "Circles on this host",
    "open_circle": "Open a circle",
    "host_complaints": "Complaints",
    "host_mails": "Mails that could not be sent",
    "host_jobs": "Jobs that failed",
    "host_keys": "The host’s keys",
    "host_events": "What happened on this host",
}


def seen(actor, address: str) -> tuple[int, str]:
    answer = browser(actor).get(address)
    return answer.status_code, heading(answer)


@pytest.mark.parametrize(("name", "title"), OWN.items())
def test_a_lead_sees_the_page(cast: WebCast, name: str, title: str):
    assert seen(cast.hospital.lead, reverse(name, args=[cast.hospital.id])) == (200, title)


@pytest.mark.parametrize("name", OWN)
def test_a_stranger_sees_of_it_what_is_nowhere(cast: WebCast, name: str):
    client = browser(cast.stranger.lead)
    theirs, nowhere = (reverse(name, args=[each]) for each in (cast.hospital.id, cast.circle))
    answers = [client.get(address) for address in (theirs, nowhere, "/nowhere/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1
    assert cast.hospital.name not in answers[0].content.decode()


@pytest.mark.parametrize(("name", "title"), HOST.items())
def test_the_host_sees_the_console(cast: WebCast, name: str, title: str):
    assert seen(cast.host, reverse(name)) == (200, title)


@pytest.mark.parametrize("name", HOST)
def test_to_a_lead_there_is_no_console(cast: WebCast, name: str):
    answer = browser(cast.hospital.lead).get(reverse(name))
    assert (answer.status_code, answer.content) == (404, browser().get("/nowhere/").content)


def test_a_convener_sees_the_table_and_a_member_does_not(cast: WebCast):
    address = reverse("circle_table", args=[cast.circle])
    assert seen(cast.convener, address) == (200, "Eastfield table")
    assert seen(cast.hospital.lead, address)[0] == 404


def test_a_member_sees_their_circle(cast: WebCast):
    address = reverse("circle", args=[cast.hospital.id, cast.circle])
    assert seen(cast.hospital.lead, address) == (200, "Eastfield table")
    assert seen(cast.stranger.lead, reverse("circle", args=[cast.stranger.id, cast.circle]))[0] == 404


def test_a_facilitator_sees_whom_they_serve(cast: WebCast):
    assert seen(cast.facilitator, reverse("facilitating")) == (200, "Organisations I serve")
    assert seen(cast.facilitator, reverse("organisation", args=[cast.churches.id])) == (200, cast.churches.name)


@pytest.mark.parametrize("name", ["desk", "facilitating", "host", "found_organisation"])
def test_nobody_in_particular_is_asked_to_sign_in(db, name: str):
    assert browser().get(reverse(name))["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


def test_pages_that_are_only_read_take_no_other_method(cast: WebCast):
    client = browser(cast.hospital.lead)
    assert client.post(reverse("people", args=[cast.hospital.id])).status_code == 405
    assert client.get(reverse("delegate_away", args=[cast.hospital.id])).status_code == 405
