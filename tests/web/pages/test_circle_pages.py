"""Circles by their pages: putting out, letting back, links, history; and who runs the host."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from lichen_web.accounts.models import CircleMembership
from lichen_web.alliances import actions
from lichen_web.alliances.access.circles import circle_links, open_circles, standing_members
from lichen_web.alliances.access.events import circle_events, host_events, own_events
from lichen_web.alliances.access.host import forgivable, hosts
from lichen_web.alliances.access.organisations import own_organisations
from lichen_web.alliances.actions.circles import invite_to_circle
from lichen_web.alliances.actions.host import invite_another_host
from lichen_web.pages.happenings import TOLD, told
from tests.web.alliances.actions.acts import upheld
from tests.web.pages.reading import browser, heading
from tests.web.people import WebCast

REASON = "They sold the list of members."


@pytest.fixture
def line(cast: WebCast) -> CircleMembership:
    """The hospital's in the circle."""
    return CircleMembership.objects.get(organisation=cast.hospital.id, circle=cast.circle)


def sent(cast: WebCast):
    return invite_to_circle(cast.hospital.lead, circle=cast.circle, email="x@example.org", at=timezone.now())


def test_convener_puts_a_member_out_and_lets_it_ask_again(cast: WebCast, line: CircleMembership):
    client, table = browser(cast.convener), reverse("circle_table", args=[cast.circle])
    address = reverse("put_out", args=[cast.circle, line.id])
    assert heading(client.get(address)) == "Put St Brigid's Hospital out of the circle"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": REASON})["Location"] == table
    assert standing_members(cast.circle) == {cast.churches.id}
    page = browser(cast.hospital.observer).get(reverse("circles", args=[cast.hospital.id])).content.decode()
    assert (REASON in page, "you were put out" in page) == (True, True)
    assert REASON in client.get(table).content.decode()
    assert client.post(reverse("let_back", args=[cast.circle, line.id]))["Location"] == table
    assert [each.standing for each in open_circles(cast.hospital.lead)] == ["none"]


def test_nobody_else_reads_why_or_puts_anybody_out(cast: WebCast, line: CircleMembership):
    for who in (cast.churches.lead, cast.stranger.lead, cast.host):
        address = reverse("put_out", args=[cast.circle, line.id])
        assert browser(who).post(address, {"reason": REASON}).status_code == 404
    browser(cast.convener).post(reverse("put_out", args=[cast.circle, line.id]), {"reason": REASON})
    for who, organisation in ((cast.churches.lead, cast.churches.id), (cast.stranger.lead, cast.stranger.id)):
        assert REASON not in browser(who).get(reverse("circles", args=[organisation])).content.decode()


@pytest.mark.parametrize("who", ["lead", "convener", "host"])
def test_link_is_taken_back_by_whoever_sent_it_by_a_convener_and_by_the_host(cast: WebCast, who: str):
    invitation = sent(cast)
    theirs = reverse("circle", args=[cast.hospital.id, cast.circle])
    here = {"lead": theirs, "convener": reverse("circle_table", args=[cast.circle])}
    here |= {"host": reverse("circle_links", args=[cast.circle])}
    client = browser({"lead": cast.hospital.lead, "convener": cast.convener, "host": cast.host}[who])
    assert "x@example.org" in client.get(here[who]).content.decode()
    deed = reverse("withdraw_circle_link", args=[cast.circle, invitation])
    if who == "lead":
        deed = reverse("withdraw_partner_link", args=[cast.hospital.id, cast.circle, invitation])
    assert client.post(deed)["Location"] == here[who]
    assert circle_links(cast.convener, cast.circle).invitations == ()
    assert client.post(deed).status_code == 404


def test_others_neither_see_nor_take_back_a_link(cast: WebCast):
    invitation = sent(cast)
    for who, organisation in ((cast.churches.lead, cast.churches.id), (cast.hospital.observer, cast.hospital.id)):
        page = browser(who).get(reverse("circle", args=[organisation, cast.circle])).content.decode()
        assert "x@example.org" not in page
        deed = reverse("withdraw_partner_link", args=[organisation, cast.circle, invitation])
        assert browser(who).post(deed).status_code == 404
    for who in (cast.stranger.lead, cast.hospital.lead, cast.facilitator):
        assert browser(who).get(reverse("circle_links", args=[cast.circle])).status_code == 404
        assert browser(who).post(reverse("withdraw_circle_link", args=[cast.circle, invitation])).status_code == 404
    assert len(circle_links(cast.convener, cast.circle).invitations) == 1


def test_convener_reads_before_vouching_that_one_person_leads_several(cast: WebCast):
    page = browser(cast.convener).get(reverse("circle_table", args=[cast.circle])).content.decode()
    assert "Before you vouch:" not in page
    client = browser(cast.host)
    client.post(reverse("found_organisation"), {"name": "Puppet", "sector": "health", "country": "GB"})
    client.post(reverse("found_organisation"), {"name": "Puppet 2", "sector": "health", "country": "GB"})
    own = [each.id for each in own_organisations(cast.host.person)]
    statement = {"statement": "We are.", "signed_name": "Ines"}
    client.post(reverse("ask_to_join", args=[own[0], cast.circle]), statement)
    page = " ".join(browser(cast.convener).get(reverse("circle_table", args=[cast.circle])).content.decode().split())
    assert "Before you vouch: one of its leads runs this host. One of its leads also leads another organisation" in page


def test_host_forgives_what_put_an_organisation_out(cast: WebCast):
    upheld(cast, 3, timezone.now() - timedelta(hours=1))
    client, address = browser(cast.host), reverse("forgive_complaints", args=[cast.circle, cast.hospital.id])
    assert address in client.get(reverse("host_complaints")).content.decode()
    assert heading(client.get(address)) == "Let St Brigid's Hospital ask again"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "A new board."})["Location"] == reverse("host_complaints")
    assert forgivable(cast.host) == ()
    page = browser(cast.churches.lead).get(reverse("complaints", args=[cast.churches.id])).content.decode()
    assert "A new board." in page
    assert client.get(address).status_code == 404
    for who in (cast.hospital.lead, cast.convener):
        assert browser(who).get(address).status_code == 404


def test_host_invites_another_takes_it_back_and_steps_down(cast: WebCast):
    client = browser(cast.host)
    assert heading(client.get(reverse("hosts"))) == "Who runs this host"
    made = client.post(reverse("invite_another_host"), {"email": "wanda@example.org"})
    assert made["Location"] == reverse("hosts")
    (invitation,) = hosts(cast.host).invitations
    assert client.post(reverse("withdraw_host_link", args=[invitation.id]))["Location"] == reverse("hosts")
    assert hosts(cast.host).invitations == ()
    assert client.post(reverse("step_down"))["Location"] == reverse("desk")
    assert client.get(reverse("hosts")).status_code == 404
    last = browser(cast.second_host).post(reverse("step_down"))
    assert (last.status_code, len(hosts(cast.second_host).people)) == (403, 1)


def test_host_takes_back_no_other_link_there(cast: WebCast):
    invitation = sent(cast)
    assert browser(cast.host).post(reverse("withdraw_host_link", args=[invitation])).status_code == 404


@pytest.mark.parametrize("name", ["hosts", "invite_another_host", "step_down"])
def test_nobody_else_sees_who_runs_the_host(cast: WebCast, name: str):
    for who in (cast.hospital.lead, cast.convener, cast.facilitator):
        assert browser(who).get(reverse(name)).status_code == 404


# --- History ---------------------------------------------------------------------------------------------------------


def test_history_is_told_in_sentences(cast: WebCast):
    sentences = [told(each) for each in own_events(cast.hospital.observer)]
    assert sentences[::-1] == [
        "Brigid Nolan entered St Brigid's Hospital.",
        "Brigid Nolan put on record that Brigid Nolan speaks for you.",
        "Brigid Nolan invited a colleague (member).",
        "Sunil Rao joined (member).",
        "Brigid Nolan invited a colleague (observer).",
        "Mary Quill joined (observer).",
        "Brigid Nolan put on record that Brigid Nolan speaks for you.",
        "Brigid Nolan asked to join Eastfield table.",
        "Cora Whitfield vouched for you: you are in Eastfield table.",
        "Brigid Nolan invited a facilitator, opening to them: What we can give.",
        "Noor Haddad began to serve you as facilitator.",
    ]


def test_history_names_nobody_whom_the_reader_may_not_know(cast: WebCast, line: CircleMembership):
    upheld(cast, 3, timezone.now())
    sentences = [told(each) for each in own_events(cast.hospital.observer)][:5]
    assert sentences[:3] == [
        "St Brigid's Hospital is out of a circle after three complaints that were upheld.",
        "The host decided a complaint between you and Three Churches of Eastfield in Eastfield table: upheld.",
        "Brigid Nolan answered what Three Churches of Eastfield complained about in Eastfield table.",
    ]
    assert sentences[3] == "Three Churches of Eastfield complained about you in Eastfield table."


def test_circles_history_is_read_by_who_vouches_there_and_by_nobody_else(cast: WebCast):
    sent(cast)
    invite_another_host(cast.host, email="wanda@example.org", at=timezone.now())
    sentences = [told(each) for each in circle_events(cast.convener, cast.circle)]
    assert sentences[:2] == [
        "Brigid Nolan invited somebody to the circle.",
        "Cora Whitfield vouched for Three Churches of Eastfield.",
    ]
    address = reverse("circle_history", args=[cast.circle])
    assert heading(browser(cast.convener).get(address)) == "What happened in Eastfield table"
    for who in (cast.hospital.lead, cast.stranger.lead, cast.host):
        assert browser(who).get(address).status_code == 404
    assert told(next(iter(host_events(cast.host)))) == "Ines Okafor invited somebody to run this host."


def test_history_is_grouped_by_day_and_asks_no_more_for_a_longer_list(cast: WebCast):
    page = browser(cast.hospital.lead).get(reverse("history", args=[cast.hospital.id])).content.decode()
    assert (page.count('<h2 class="day">'), page.count("<li><p>")) == (1, 11)


def test_event_without_a_sentence_of_its_own_is_told_all_the_same(cast: WebCast):
    event = replace(own_events(cast.hospital.lead)[0], what="something_new_happened")
    assert told(event) == "Something new happened, by Noor Haddad."


def test_every_event_of_these_rooms_has_a_sentence():
    """Whoever records something new here writes how it is told."""
    known = {each.rpartition(":")[2] for each in TOLD}
    written = set(re.findall(r'(?:tell|_tell|record|settle)\(\s*(?:\w+, )*(?:team, after, )?"([a-z_]+)"', sources()))
    assert written - known == set()


def sources() -> str:
    rooms = (
        "accepting",
        "circles",
        "complaints",
        "facilitation",
        "host",
        "keys",
        "membership",
        "organisations",
        "work",
    )
    folder = Path(actions.__file__).parent
    return "\n".join((folder / f"{room}.py").read_text(encoding="utf-8") for room in rooms)
