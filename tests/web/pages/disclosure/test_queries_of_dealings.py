"""However much was opened, written and looked at, the pages ask the database as often as for one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.messages import send_message
from lichen_web.alliances.models import Grant, Matter
from tests.cast import churches_audit
from tests.web.confiding import C1, C2, C3, H1, H2, NOW, Dealing, audited, gap_of, met
from tests.web.pages.reading import browser
from tests.web.people import WebCast
from tests.web.ringing import agree, entered_alone, gaps_of, of, ringed, tell

LISTS = {"dealings": 11, "shown": 27}
"""The pages of all dealings together."""
OFTEN = {
    **LISTS,
    "dealing": 33,
    "dealing_fit": 33,
    "messages": 17,
    "agree_to_codes": 27,
    "brief": 41,
    "rewrite_brief": 41,
}
IN_A_RING = {"dealing": 64, "dealing_fit": 64, "agree_to_codes": 114, "brief": 71, "messages": 15}
"""The other two dealings of the ring are laid open with it, once each; agreeing is to both of the others."""


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def counts(dealing: Dealing, pages: Iterable[str] = OFTEN) -> dict[str, int]:
    lead, here = browser(dealing.hospital.lead), [dealing.hospital.id]
    return {name: asked(lead, reverse(name, args=here if name in LISTS else [*here, dealing.id])) for name in pages}


def opened_up(hospital: Actor, other: Actor, matter: UUID) -> None:
    """Both sides of a dealing show the other a gap in their words."""
    told = [(who, gaps_of(who)[code]) for who, code in ((hospital, H1), (other, C1))]
    for who, (gap, version) in told:
        disclosure.agree_to_codes(who, matter=matter, among={gap: version}, at=NOW)
    for who, (gap, _version) in told:
        disclosure.disclose_vulnerability(who, matter=matter, vulnerability=gap, at=NOW)


def others(cast: WebCast, many: int) -> None:
    """As many more dealings of the hospital, each as far as the first one."""
    lead = cast.hospital.lead
    for number in range(many):
        other = entered_alone(cast, f"Una{number} Round", churches_audit)
        disclosure.introduce(lead, other, circle=cast.circle, at=NOW)
        opened_up(lead, other, Matter.objects.get(parties__organisation=of(other)).id)


def test_more_is_no_more_questions(cast: WebCast):
    dealing = met(audited(cast))
    opened_up(cast.hospital.lead, cast.churches.lead, dealing.id)
    for house in (cast.hospital, cast.churches):
        send_message(house.lead, matter=dealing.id, words="One", at=NOW)
        disclosure.hold_conversation(house.lead, matter=dealing.id, held_on=NOW.date(), came_back="One", at=NOW)
    before = counts(dealing)
    now = timezone.now()
    for house in (cast.hospital, cast.churches):
        disclosure.agree_to_codes(house.lead, matter=dealing.id, at=now)
    for house, code in ((cast.hospital, H2), (cast.churches, C2), (cast.churches, C3)):
        disclosure.disclose_vulnerability(house.lead, matter=dealing.id, vulnerability=gap_of(house, code), at=now)
    for number in range(15):
        for house in (cast.hospital, cast.churches):
            send_message(house.lead, matter=dealing.id, words="More", at=now + timedelta(seconds=number))
            talk = {"held_on": now.date(), "came_back": f"{number}"}
            disclosure.hold_conversation(house.lead, matter=dealing.id, **talk, at=now + timedelta(seconds=number))
    assert (before, counts(dealing)) == (OFTEN, OFTEN)


def test_thirty_dealings_with_something_open_in_each_are_no_more_questions_than_one(cast: WebCast):
    dealing = met(audited(cast))
    opened_up(cast.hospital.lead, cast.churches.lead, dealing.id)
    before = counts(dealing, LISTS)
    others(cast, 29)
    open_here = Grant.objects.filter(reader=cast.hospital.id, part__rung=4, withdrawn_at=None)
    assert len({grant.matter_id for grant in open_here}) == 30
    assert (before, counts(dealing, LISTS)) == (LISTS, LISTS)
    page = browser(cast.hospital.lead).get(reverse("shown", args=[cast.hospital.id])).content.decode()
    assert page.count(f'"/organisations/{cast.hospital.id}/dealings/') >= 60


def test_pages_of_a_ring_lay_each_of_its_three_dealings_open_once(cast: WebCast):
    ring = ringed(cast)
    agree(ring, 0, 1, 2)
    for who in (0, 1, 2):
        tell(ring, who)
    client, here = browser(ring.three[0]), [of(ring.three[0]), ring.matter(0, 1)]
    assert {name: asked(client, reverse(name, args=here)) for name in IN_A_RING} == IN_A_RING


def test_nobody_is_told_how_many_questions_a_refusal_took(cast: WebCast):
    """What is not there for a stranger costs the same whether it exists or not."""
    dealing = met(audited(cast))
    lead = browser(cast.stranger.lead)
    found = []
    for matter in (dealing.id, cast.circle):
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(reverse("dealing", args=[cast.stranger.id, matter])).status_code == 404
        found.append(len(queries))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ["dealings", "shown", "dealing", "messages"])
def test_no_page_is_kept_anywhere(cast: WebCast, name: str):
    dealing = met(audited(cast))
    takes = [cast.hospital.id] if name in LISTS else [cast.hospital.id, dealing.id]
    assert browser(cast.hospital.lead).get(reverse(name, args=takes)).headers["Cache-Control"] == "no-store"
