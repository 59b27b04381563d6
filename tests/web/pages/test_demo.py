"""The demo is entered from this machine alone, and only where the host asked for one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings as ours
from django.urls import reverse

from lichen_web.accounts.demo import DemoBackend, Guest, guest_address
from lichen_web.accounts.models import Person
from lichen_web.door import ON_LOOPBACK
from tests.web.pages.reading import browser, heading

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000", ON_LOOPBACK: True}
BACKENDS = [*ours.AUTHENTICATION_BACKENDS, f"{DemoBackend.__module__}.{DemoBackend.__qualname__}"]


@pytest.fixture
def demo(settings, db):
    settings.LICHEN = replace(ours.LICHEN, url="http://127.0.0.1:8000", demo=True)
    settings.AUTHENTICATION_BACKENDS = BACKENDS
    for guest in Guest:
        Person.objects.create_user(guest_address(guest), name=guest)


def test_five_cards_are_shown(demo):
    answer = browser(**HERE).get(reverse("demo"))
    assert (heading(answer), answer.content.count(b'name="guest"')) == ("Enter as somebody", 5)


@pytest.mark.parametrize("guest", list(Guest))
def test_one_press_enters(demo, guest: Guest):
    client = browser(**HERE)
    assert client.post(reverse("enter_demo"), {"guest": guest})["Location"] == reverse("desk")
    assert heading(client.get(reverse("desk"))) == f"Welcome, {guest}"


def test_nobody_else_can_be_entered(demo):
    Person.objects.create_user("brigid@example.org")
    for guest in ("", "brigid@example.org", "hospital@demo.invalid"):
        assert browser(**HERE).post(reverse("enter_demo"), {"guest": guest}).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_HOST": "lichen.example.org"},
        {ON_LOOPBACK: False},
        {ON_LOOPBACK: "True"},
        {"HTTP_LICHEN_ON_LOOPBACK": "True", ON_LOOPBACK: None},
    ],
)
def test_from_elsewhere_or_through_a_proxy_there_is_no_demo(demo, settings, asked: dict[str, object]):
    settings.ALLOWED_HOSTS = ["*"]
    nowhere = browser().get("/nowhere/").content
    client = browser(**{**HERE, **asked})
    for answer in (client.get(reverse("demo")), client.post(reverse("enter_demo"), {"guest": Guest.HOST})):
        assert (answer.status_code, answer.content) == (404, nowhere)


def test_without_the_setting_there_is_no_demo(db):
    assert browser(**HERE).get(reverse("demo")).status_code == 404
    assert [each for each in ours.AUTHENTICATION_BACKENDS if "demo" in each] == []


def test_a_host_that_others_reach_has_no_demo(demo, settings):
    settings.LICHEN = replace(settings.LICHEN, url="https://lichen.example.org")
    assert browser(**HERE).get(reverse("demo")).status_code == 404
