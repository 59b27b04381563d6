"""What the tests of the audit pages type, and what they read."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lichen_web.alliances.access.audit import OwnItem, own_audit
from tests.web.people import House

__all__ = ["GAP", "OFFER", "TOWN", "address", "chosen", "gaps_of", "htmx", "labels", "message_of", "rows_of"]

TOWN = "The council does not answer our letters."
GAP = {
    "words": "Our van is broken and nobody drives any more.",
    "code": "assets.vehicles",
    "severity": "4",
    "relevance": "yes",
    "sensitivity": "",
    "done": "1",
}
OFFER = {"words": "Three halls.", "code": "assets.venue", "strength": "4", "evidence": "2", "spare": "", "done": "1"}


def address(name: str, house: House, item: UUID | None = None) -> str:
    return reverse(name, args=[house.id, item] if item else [house.id])


def gaps_of(house: House) -> tuple[OwnItem, ...]:
    return own_audit(house.lead).gaps


def htmx(client: Client, to: str, typed: dict[str, object], *, at: str) -> HttpResponse:
    """What the page sends by itself, from where it is shown."""
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at}"}
    return client.post(to, typed, headers=headers)


def labels(answer: HttpResponse) -> list[str]:
    """What can be chosen, as people read it."""
    found = re.findall(r'class="choice">.*?<strong>(.*?)</strong>', answer.content.decode(), re.DOTALL)
    return [unescape(each) for each in found]


def chosen(answer: HttpResponse) -> str | None:
    """The code that is chosen, if any."""
    found = re.search(r'name="code" value="([^"]*)" checked', answer.content.decode())
    return found and found[1]


def rows_of(answer: HttpResponse) -> list[str]:
    """The rows of the audit, as people read them."""
    found = re.findall(r'<li class="item".*?>(.*?)</li>', answer.content.decode(), re.DOTALL)
    return [unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each))).strip() for each in found]


def message_of(answer: HttpResponse) -> str:
    """The page or part as it reads."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))).strip()
