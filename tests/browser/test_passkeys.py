"""Passkeys in a real browser, with an authenticator that Chromium plays: adding one, signing in, the second factor."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from lichen_web.accounts.models import Person
from tests.browser.conftest import Opened

SECRET = "moss under granite weather"  # noqa: S105 - of nobody

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(transactional_db: None) -> Person:
    ada = Person.objects.create_user("ada@hospital.example", SECRET, name="Ada Adeyemi")
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    return ada


@pytest.fixture
def page(opened: Opened) -> Page:
    """A browser with a fingerprint reader."""
    page = opened()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    reader = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**reader, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in(page: Page, house: str) -> None:
    page.goto(f"{house}/account/login/")
    page.get_by_label("Email").fill("ada@hospital.example")
    page.get_by_label("Password").fill(SECRET)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, house: str, *, name: str) -> None:
    page.goto(f"{house}/account/2fa/passkeys/add/")
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(SECRET)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    page.get_by_label("Name").fill(name)
    expect(page.get_by_label("It may sign me in without my password")).to_be_checked()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page, house: str) -> None:
    page.goto(f"{house}/account/logout/")
    page.get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_and_signs_in_without_a_password(live_server: LiveServer, person: Person, page: Page):
    house = live_server.url
    sign_in(page, house)
    add_passkey(page, house, name="My telephone")
    kinds = Authenticator.objects.values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "webauthn"]
    sign_out(page, house)
    page.goto(f"{house}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{house}/desk/")
    page.goto(f"{house}/account/2fa/passkeys/")
    expect(page.get_by_role("listitem").filter(has_text="My telephone")).to_be_visible()


def test_with_a_passkey_the_password_alone_is_not_enough(live_server: LiveServer, person: Person, page: Page):
    house = live_server.url
    sign_in(page, house)
    add_passkey(page, house, name="My telephone")
    sign_out(page, house)
    sign_in(page, house)
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{house}/desk/")


def test_a_passkey_confirms_that_it_is_you(live_server: LiveServer, person: Person, page: Page):
    house = live_server.url
    sign_in(page, house)
    add_passkey(page, house, name="My telephone")
    page.goto(f"{house}/account/2fa/passkeys/reauthenticate/?next=/account/sessions/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{house}/account/sessions/")


def test_who_is_suspended_does_not_come_in_by_passkey(live_server: LiveServer, person: Person, page: Page):
    house = live_server.url
    sign_in(page, house)
    add_passkey(page, house, name="My telephone")
    sign_out(page, house)
    Person.objects.update(suspended_at=person.joined_at)
    page.goto(f"{house}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="You cannot sign in now")).to_be_visible()


def test_a_browser_without_a_passkey_says_so(live_server: LiveServer, person: Person, page: Page):
    page.goto(f"{live_server.url.replace('localhost', '127.0.0.1')}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Passkeys need a name instead of numbers")).to_be_visible()
