"""Sessions at rest: hashed, sealed, bound to their row, ended for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from lichen_web.accounts.models import Person, Session
from lichen_web.accounts.sessions import SessionStore, end_sessions, row_key, sign_ins_of, write_sign_in
from lichen_web.environment import Environment

pytestmark = pytest.mark.django_db


def kept(**content: object) -> SessionStore:
    store = SessionStore()
    store.update(content)
    store.save()
    return store


def test_what_is_remembered_comes_back():
    store = kept(colour="grey")
    assert dict(SessionStore(store.session_key).items()) == {"colour": "grey"}


def test_neither_the_key_nor_the_content_stands_in_the_row():
    store = kept(word="planted-word")
    row = str(Session.objects.values().get())
    assert ("planted-word" in row, store.session_key in row) == (False, False)


def test_the_key_of_a_row_opens_nothing():
    store = kept(colour="grey")
    assert dict(SessionStore(row_key(store.session_key)).items()) == {}


def test_content_moved_to_another_row_does_not_open():
    mine, theirs = kept(who="me"), kept(who="them")
    data = Session.objects.get(session_key=row_key(theirs.session_key)).session_data
    Session.objects.filter(session_key=row_key(mine.session_key)).update(session_data=data)
    assert dict(SessionStore(mine.session_key).items()) == {}


def test_content_that_was_tampered_with_does_not_open():
    store = kept(who="me")
    for data in ("", "nonsense", "AAAA"):
        Session.objects.update(session_data=data)
        assert dict(SessionStore(store.session_key).items()) == {}


def test_a_session_that_is_over_is_empty():
    store = kept(colour="grey")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert dict(SessionStore(store.session_key).items()) == {}


def test_an_ended_session_does_not_come_back_by_a_late_save():
    person = Person.objects.create_user("ada@hospital.example", None)
    store = kept(**{SESSION_KEY: str(person.id)})
    end_sessions(person.id)
    store["late"] = "page"
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_ending_leaves_those_of_others_and_the_one_that_goes_on():
    ada, bo = (Person.objects.create_user(f"{name}@hospital.example", None) for name in ("ada", "bo"))
    here, _there, other = (kept(**{SESSION_KEY: str(who.id)}) for who in (ada, ada, bo))
    end_sessions(ada.id, but=here.session_key)
    left = set(Session.objects.values_list("session_key", flat=True))
    assert left == {row_key(here.session_key), row_key(other.session_key)}


def test_a_person_sees_their_own_sessions_last_come_first():
    ada, bo = (Person.objects.create_user(f"{name}@hospital.example", None) for name in ("ada", "bo"))
    now = timezone.now()
    stores = [kept(**{SESSION_KEY: str(who.id)}) for who in (ada, ada, bo)]
    for minutes, store in enumerate(stores):
        write_sign_in(store, at=now + timedelta(minutes=minutes), address="192.0.2.1", browser=f"browser {minutes}")
        store.save()
    found = sign_ins_of(ada.id, at=now, here=stores[0].session_key)
    assert [(each.browser, each.address, each.is_here) for each in found] == [
        ("browser 1", "192.0.2.1", False),
        ("browser 0", "192.0.2.1", True),
    ]
    assert sign_ins_of(ada.id, at=now + timedelta(days=1), here=None) == ()


# --- Idle ------------------------------------------------------------------------------------------------------------

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def half_an_hour(settings) -> None:
    settings.LICHEN = replace(settings.LICHEN, idle_minutes=30)


def began(minutes_ago: float, left: timedelta) -> SessionStore:
    """A session that began so long ago, and has so much of its idle time left."""
    store = kept()
    began_at = timezone.now() - timedelta(minutes=minutes_ago)
    write_sign_in(store, at=began_at, address="", browser="")
    store.save()
    Session.objects.update(expire_date=timezone.now() + left)
    return store


def left() -> timedelta:
    return Session.objects.get().expire_date - timezone.now()


@pytest.mark.usefixtures("half_an_hour")
def test_a_session_is_over_after_its_idle_time():
    store = began(30, -timedelta(seconds=1))
    assert dict(SessionStore(store.session_key).items()) == {}


@pytest.mark.usefixtures("half_an_hour")
def test_a_click_begins_the_idle_time_anew():
    store = began(25, timedelta(minutes=5))
    assert SessionStore(store.session_key).get("signed_in") is not None
    assert HALF_AN_HOUR - timedelta(minutes=1) < left() <= HALF_AN_HOUR


@pytest.mark.usefixtures("half_an_hour")
def test_not_every_click_is_written_down():
    store = began(1, timedelta(minutes=29))
    SessionStore(store.session_key).get("signed_in")
    assert left() < timedelta(minutes=29)


@pytest.mark.usefixtures("half_an_hour")
def test_no_click_carries_a_session_over_its_twelve_hours():
    store = began(12 * 60 - 10, timedelta(minutes=5))
    SessionStore(store.session_key).get("signed_in")
    assert timedelta(minutes=9) < left() <= timedelta(minutes=10)


def test_unless_the_host_says_otherwise_somebody_can_be_idle_for_twelve_hours():
    assert Environment().idle_minutes == 12 * 60
    kept(colour="grey")
    assert timedelta(hours=11, minutes=59) < left() <= timedelta(hours=12)


def test_idle_time_goes_on_in_both_databases(any_database: str, half_an_hour: None):
    store = began(25, timedelta(minutes=5))
    SessionStore(store.session_key).get("signed_in")
    assert left() > timedelta(minutes=29)
