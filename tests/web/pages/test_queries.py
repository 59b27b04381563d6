"""A list of three asks the database as often as a list of one, and how often that is."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_q.models import Failure

from lichen_web.alliances.actions.audit import record_vulnerability
from lichen_web.alliances.actions.circles import ask_to_join, open_circle
from lichen_web.alliances.actions.complaints import complain, decide_complaint
from lichen_web.alliances.actions.membership import invite_colleague
from lichen_web.alliances.mails import post
from lichen_web.alliances.models import Mail
from tests import cast as organisations
from tests.web.pages.reading import browser
from tests.web.people import WebCast, entered

DAY = timedelta(days=1)
HOST, CONVENER, LEAD = "host", "convener", "lead"
GROWING = {
    "desk": (LEAD, 10),
    "organisation": (LEAD, 14),
    "people": (LEAD, 13),
    "circles": (LEAD, 15),
    "audit": (LEAD, 12),
    "facilitators": (LEAD, 13),
    "history": (LEAD, 18),
    "complaints": (LEAD, 8),
    "circle_table": (CONVENER, 15),
    "host": (HOST, 19),
    "host_organisations": (HOST, 8),
    "host_people": (HOST, 8),
    "host_circles": (HOST, 8),
    "host_complaints": (HOST, 8),
    "host_mails": (HOST, 7),
    "host_jobs": (HOST, 7),
    "host_events": (HOST, 15),
}
"""The pages that list what grows: who looks, and how often the page asks."""


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def more(cast: WebCast, complaint: UUID) -> None:
    """Two more of everything that is listed."""
    at = timezone.now()
    people = (("Finn Field", "Gail Grow", "Hal Hay"), ("Mira Moor", "Ned North", "Olga Oak"))
    for number, (organisation, names) in enumerate(
        zip((organisations.farmers, organisations.meadow), people, strict=True)
    ):
        house = entered(organisation, names, at)
        ask_to_join(house.lead, circle=cast.circle, statement="We ask.", signed_name="lead", at=at)
        open_circle(cast.host, name=f"Table {number}", purpose="", at=at)
        invite_colleague(cast.hospital.lead, email=f"new{number}@example.org", role="member", at=at)
        decide_complaint(cast.host, complaint=complaint, outcome="dismissed", reason="They came.", at=at)
        complaint = complained(cast)
        given_up(at)
    for gap in organisations.hospital.vulnerabilities[1:3]:
        record(cast, gap)


def complained(cast: WebCast) -> UUID:
    words = "They did not come."
    return complain(cast.churches.lead, circle=cast.circle, about=cast.hospital.id, words=words, at=timezone.now())


def given_up(at: datetime) -> None:
    """A mail and a job that were tried in vain."""
    mail = post("test", to="nobody@example.org", subject="-", text="-", at=at)
    Mail.objects.filter(id=mail).update(tries=6, claimed_at=at, failed_at=at, failure="Refused")
    tried = {"args": ("send_mail", str(mail)), "started": at, "stopped": at, "attempt_count": 3, "success": False}
    Failure.objects.create(id=uuid4().hex, name="some words", func="", kwargs={}, result="OSError : there", **tried)


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


@pytest.mark.parametrize(("name", "who", "often"), [(name, *expected) for name, expected in GROWING.items()])
def test_a_longer_list_asks_no_more(cast: WebCast, name: str, who: str, often: int):
    actors = {LEAD: cast.hospital.lead, CONVENER: cast.convener, HOST: cast.host}
    takes = {"circle_table": [cast.circle], "desk": []}.get(name, [cast.hospital.id] if who == LEAD else [])
    client, address = browser(actors[who]), reverse(name, args=takes)
    record(cast, organisations.hospital.vulnerabilities[0])
    complaint = complained(cast)
    given_up(timezone.now())
    asked(client, address)  # what is read once in a session is read here
    before = asked(client, address)
    more(cast, complaint)
    assert (before, asked(client, address)) == (often, often)
