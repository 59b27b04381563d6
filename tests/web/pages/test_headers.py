"""The headers of every answer, to the letter."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.web.pages.reading import browser

POLICY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
    " microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def policy(answer) -> dict[str, str]:
    """The headers that matter, with the parts of the policy in the order of the alphabet."""
    found = {name: answer.headers.get(name, "") for name in POLICY}
    parts = sorted(part.strip() for part in found["Content-Security-Policy"].split(";"))
    return {**found, "Content-Security-Policy": "; ".join(parts)}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("address", ["/", "/desk/", "/first-questions/", "/nowhere/", "/account/login/", "/healthz"])
def test_every_answer_to_nobody_bears_the_headers(db, method: str, address: str):
    assert policy(browser().generic(method, address)) == POLICY


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("name", ["organisation", "people", "invite_colleague", "audit", "erase_organisation"])
def test_every_answer_to_somebody_bears_the_headers(cast, method: str, name: str):
    address = reverse(name, args=[cast.hospital.id])
    assert policy(browser(cast.hospital.lead).generic(method, address)) == POLICY


def test_no_page_has_a_script_or_a_style_of_its_own_in_it(cast):
    """Scripts are files, fetched from here."""
    client = browser(cast.hospital.lead)
    for name in ("organisation", "people", "audit", "record_vulnerability", "circles", "history"):
        page = client.get(reverse(name, args=[cast.hospital.id])).content.decode()
        assert re.findall(r"<script(?! src=\"/static/)[^>]*>|<script[^>]*>[^<]+", page) == []
        assert (page.count("<style"), page.count(" style=")) == (0, 0)


def test_pages_fetch_nothing_from_elsewhere(cast):
    page = browser(cast.hospital.lead).get(reverse("organisation", args=[cast.hospital.id])).content.decode()
    assert [part for part in page.split('"') if part.startswith(("http:", "https:", "//"))] == []
