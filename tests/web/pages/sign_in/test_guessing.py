"""Whoever guesses is stopped, and the owner of the account is not."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.test import Client
from django.urls import reverse

from lichen_web.accounts.models import Person
from lichen_web.pages.sign_in.browsers import COOKIE

LOGIN = reverse("account_login")


def tried(client: Client, person: Person, password: str) -> bool:
    """Whether this lets somebody in."""
    client.post(LOGIN, {"login": person.email, "password": password})
    return SESSION_KEY in client.session


def at(place: int) -> str:
    """An address of the network."""
    return f"198.51.{100 + place // 250}.{1 + place % 250}"


def guessed(person: Person, times: int, *, each_from: int = 2) -> None:
    """So many guesses at an account, a few from each of many places."""
    for number in range(times):
        assert not tried(Client(REMOTE_ADDR=at(number // each_from)), person, f"guess {number}")


@pytest.fixture
def known(person: Person, password: str) -> Client:
    """The owner's browser, in which they were signed in before."""
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert tried(client, person, password)
    client.post(reverse("account_logout"))
    return client


def test_ten_tries_of_a_stranger_do_not_shut_the_owner_out(person: Person, password: str):
    guessed(person, 10, each_from=10)
    assert tried(Client(REMOTE_ADDR="192.0.2.7"), person, password)


def test_a_stranger_at_one_place_is_stopped_at_ten_whatever_they_send(person: Person, password: str):
    client = Client(REMOTE_ADDR="198.51.100.7")
    for number in range(10):
        tried(client, person, f"guess {number}")
    assert not tried(client, person, password)


def test_all_addresses_of_one_network_are_one_place(person: Person, password: str):
    for number in range(10):
        tried(Client(REMOTE_ADDR=f"2001:db8::{number + 1:x}"), person, f"guess {number}")
    assert not tried(Client(REMOTE_ADDR="2001:db8::ffff"), person, password)
    assert tried(Client(REMOTE_ADDR="2001:db8:0:1::1"), person, password)


def test_guesses_from_many_places_are_stopped_together(person: Person, password: str):
    """Fifty an hour, from wherever: the right one among a thousand lets nobody in."""
    guessed(person, 50)
    assert not any(tried(Client(REMOTE_ADDR=at(500 + number)), person, password) for number in range(5))


@pytest.mark.long
def test_a_thousand_guesses_from_a_thousand_places_come_to_fifty(person: Person, password: str):
    assert [tried(Client(REMOTE_ADDR=at(n)), person, f"guess {n}" if n < 50 else password) for n in range(1000)] == [
        False
    ] * 1000


def test_meanwhile_the_owner_comes_in_by_a_browser_that_knows_them(person: Person, password: str, known: Client):
    guessed(person, 50)
    assert tried(known, person, password)


def test_a_browser_that_is_known_is_known_from_another_place_too(person: Person, password: str, known: Client):
    guessed(person, 50)
    assert tried(moved(known), person, password)


def moved(client: Client) -> Client:
    """The same browser, elsewhere."""
    other = Client(REMOTE_ADDR="203.0.113.9")
    other.cookies = client.cookies
    return other


def test_a_browser_that_is_known_guesses_no_more_than_others(person: Person, password: str, known: Client):
    """Whoever has stolen it, and asks from a new place each time."""
    for number in range(10):
        known.defaults["REMOTE_ADDR"] = at(number)
        assert not tried(known, person, f"guess {number}")
    known.defaults["REMOTE_ADDR"] = at(400)
    assert not tried(known, person, password)


def test_a_browser_is_known_to_one_account_alone(person: Person, password: str, known: Client):
    bo = Person.objects.create_user("bo@parish.example", password, name="Bo")
    EmailAddress.objects.create(user=bo, email=bo.email, primary=True, verified=True)
    guessed(bo, 50)
    assert not tried(known, bo, password)


def test_the_cookie_names_nobody_and_cannot_be_made(person: Person, password: str, known: Client):
    cookie = known.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 90 * 24 * 60 * 60)
    assert [each for each in (str(person.id), person.email) if each in cookie.value] == []
    guessed(person, 50)
    forged = Client(REMOTE_ADDR="203.0.113.9")
    forged.cookies[COOKIE] = signing.Signer(key="another").sign(cookie.value.rpartition(":")[0])
    assert not tried(forged, person, password)


def test_an_address_that_nobody_has_is_stopped_alike(db):
    nobody = Person(email="nobody@nowhere.example")
    guessed(nobody, 50)
    page = Client(REMOTE_ADDR=at(600)).post(LOGIN, {"login": nobody.email, "password": "guess"})
    assert b"This was tried too often." in page.content


def test_guessing_and_coming_in_work_on_both_databases(any_database: str, password: str):
    bo = Person.objects.create_user("bo@parish.example", password, name="Bo")
    EmailAddress.objects.create(user=bo, email=bo.email, primary=True, verified=True)
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert tried(client, bo, password)
    client.post(reverse("account_logout"))
    guessed(bo, 50)
    assert not tried(Client(REMOTE_ADDR="203.0.113.9"), bo, password)
    assert tried(client, bo, password)
