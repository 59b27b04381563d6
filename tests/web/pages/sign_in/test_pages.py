"""Every page of signing in: there, in the house's frame, and within the policy against injected scripts."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from lichen_web.accounts.models import Person
from lichen_web.pages.sign_in.urls import OWN

ANYBODY = ["account_login", "account_signup", "account_reset_password", "account_password_reset_completed"]
ANYBODY += ["account_inactive"]
SIGNED_IN = ["account_logout", "account_reauthenticate", "account_email", "account_change_password"]
SIGNED_IN += ["account_sessions", "mfa_index", "mfa_list_webauthn", "mfa_activate_totp", "mfa_add_webauthn"]
SIGNED_IN += ["mfa_generate_recovery_codes"]
LATER = {
    "account_email_verification_sent": "shown while a code is awaited",
    "account_confirm_password_reset_code": "shown while a code is awaited",
    "account_complete_password_reset": "shown once a code was typed in",
    "account_set_password": "for those who have none",
    "mfa_authenticate": "shown between password and second factor",
    "mfa_reauthenticate": "for those who have a second factor",
    "mfa_deactivate_totp": "for those who have an app",
    "mfa_view_recovery_codes": "for those who have codes",
    "mfa_login_webauthn": "takes what a browser sends",
    "mfa_reauthenticate_webauthn": "for those who have a passkey",
    "mfa_edit_webauthn": "of a passkey",
    "mfa_remove_webauthn": "of a passkey",
}


@pytest.fixture
def confirmed(person: Person, password: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": password})
    client.post(reverse("account_reauthenticate"), {"password": password})
    return client


def assert_in_frame(content: str) -> None:
    """One heading, the house around it, and nothing that the policy would hold back."""
    assert content.count("<h1>") == 1
    assert content.count('<main id="main"') == 1
    assert re.findall(r"<[^>]+ (?:style|on\w+)=", content) == []
    assert re.findall(r"<style", content) == []
    scripts = re.findall(r"<script([^>]*)>", content)
    assert [tag for tag in scripts if 'src="/static/' not in tag and 'type="application/json"' not in tag] == []


def test_every_routed_page_is_tested():
    names = {each.name for each in OWN if isinstance(each, URLPattern)}
    assert names == {*ANYBODY, *SIGNED_IN, *LATER}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ANYBODY)
def test_a_page_for_anybody(client: Client, name: str):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert_in_frame(response.content.decode())


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_page_for_the_signed_in(confirmed: Client, client: Client, name: str):
    response = confirmed.get(reverse(name))
    assert response.status_code == 200
    assert_in_frame(response.content.decode())
    stranger = client.get(reverse(name))
    assert (stranger.status_code, stranger.url.partition("?")[0] in {reverse("account_login"), reverse("front")}) == (
        302,
        True,
    )


def test_the_square_of_an_app_is_shown_without_asking_another_house(confirmed: Client):
    response = confirmed.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;base64,' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["login/code/", "login/code/confirm/", "signup/passkey/", "3rdparty/", "3rdparty/signup/", "social/signup/",
     "oidc/any/login/", "saml/any/acs/", "2fa/recovery-codes/download/", "2fa/trust/", "confirm-email/abc/"],
)  # fmt: skip
def test_what_is_not_needed_is_not_there(client: Client, path: str):
    assert client.get(f"/account/{path}").status_code == 404


@pytest.mark.django_db
def test_too_many_requests_are_told_in_plain_words(client: Client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    answers = [client.post(reverse("account_signup"), {}) for _turn in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert_in_frame(answers[1].content.decode())
