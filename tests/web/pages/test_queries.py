"""A list of three asks the database as often as a list of one, and how often that is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lichen_web.alliances.actions.audit import record_vulnerability
from lichen_web.alliances.actions.circles import ask_to_join, open_circle
from lichen_web.alliances.actions.membership import invite_colleague
from tests import cast as organisations
from tests.web.pages.reading import browser
from tests.web.people import WebCast, entered

DAY = timedelta(days=1)
GROWING = {
    "desk": 10,
    "organisation": 20,
    "people": 16,
    "circles": 18,
    "audit": 14,
    "circle_table": 12,
    "host": 18,
    "host_organisations": 9,
    "host_people": 8,
    "host_circles": 8,
}
"""How often each page may ask; those that list what grows."""


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection, ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def more(cast: WebCast) -> None:
    """Two more of everything that is listed."""
    at = timezone.now()
    people = (("Finn Field", "Gail Grow", "Hal Hay"), ("Mira Moor", "Ned North", "Olga Oak"))
    for number, (organisation, names) in enumerate(zip((organisations.farmers, organisations.meadow), people, strict=True)):
        house = entered(organisation, names, at)
        ask_to_join(house.lead, circle=cast.circle, statement="We ask.", signed_name="lead", at=at)
        open_circle(cast.host, name=f"Table {number}", purpose="", at=at)
        invite_colleague(cast.hospital.lead, email=f"new{number}@example.org", role="member", at=at)
    for gap in organisations.hospital.vulnerabilities[1:3]:
        record(cast, gap)


def record(cast: WebCast, gap) -> None:
    record_vulnerability(
        cast.hospital.lead,
        code=gap.code,
        words=gap.words,
        severity=gap.severity,
        rank=None,
        core=False,
        relevance=gap.relevance,
        sensitivity=None,
        at=timezone.now(),
    )


@pytest.mark.parametrize("name", GROWING)
def test_a_longer_list_asks_no_more(cast: WebCast, name: str):
    record(cast, organisations.hospital.vulnerabilities[0])
    who = {"circle_table": cast.convener, "host": cast.host}.get(name.partition("_o")[0].partition("_p")[0], None)
    actor = cast.host if name.startswith("host") else who or cast.hospital.lead
    takes = {"desk": [], "circle_table": [cast.circle]}.get(name, [] if name.startswith("host") else [cast.hospital.id])
    client, address = browser(actor), reverse(name, args=takes)
    asked(client, address)
    before = asked(client, address)
    more(cast)
    assert (asked(client, address), before) == (before, GROWING[name])
