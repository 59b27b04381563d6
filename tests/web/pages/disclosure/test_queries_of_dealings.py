"""However much was opened, written and looked at, the pages ask the database as often as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lichen_web.accounts.models import Organisation
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.messages import send_message
from lichen_web.alliances.bridge.disclosure import pair_of
from lichen_web.alliances.models import Matter, MatterParty
from tests.web.confiding import C1, C2, C3, H1, H2, NOW, Dealing, audited, disclose, gap_of, met
from tests.web.pages.reading import browser
from tests.web.people import WebCast

OFTEN = {
    "dealings": 10,
    "shown": 29,
    "dealing": 44,
    "dealing_fit": 44,
    "messages": 17,
    "agree_to_codes": 30,
    "brief": 62,
    "rewrite_brief": 62,
}


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def counts(dealing: Dealing) -> dict[str, int]:
    lead, here = browser(dealing.hospital.lead), [dealing.hospital.id]
    return {
        name: asked(lead, reverse(name, args=here if name in {"dealings", "shown"} else [*here, dealing.id]))
        for name in OFTEN
    }


def others(dealing: Dealing, many: int) -> None:
    """Dealings with so many more."""
    own = dealing.hospital.id
    for number in range(many):
        other = Organisation.objects.create(name=f"Other {number}", sector="nonprofit", founded_at=NOW).id
        row = Matter.objects.create(circle_id=dealing.cast.circle, pair=pair_of(own, other), opened_at=NOW, met_at=NOW)
        for each in (own, other):
            MatterParty.objects.create(matter=row, organisation_id=each)


def test_more_is_no_more_questions(cast: WebCast):
    dealing = met(audited(cast))
    one = {name: gap_of(house, name) for house, name in ((cast.hospital, H1), (cast.churches, C1))}
    disclosure.agree_to_codes(cast.hospital.lead, matter=dealing.id, among={one[H1]: 1}, at=NOW)
    disclosure.agree_to_codes(cast.churches.lead, matter=dealing.id, among={one[C1]: 1}, at=NOW)
    disclose(cast.hospital, dealing, H1)
    disclose(cast.churches, dealing, C1)
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
    others(dealing, 29)
    assert (before, counts(dealing)) == (OFTEN, OFTEN)


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
    takes = [cast.hospital.id] if name in {"dealings", "shown"} else [cast.hospital.id, dealing.id]
    assert browser(cast.hospital.lead).get(reverse(name, args=takes)).headers["Cache-Control"] == "no-store"
