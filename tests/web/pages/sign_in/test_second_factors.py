"""Authenticator apps and recovery codes: setting up, signing in, never gone round, sealed at rest."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from lichen_web.accounts.models import Person
from lichen_web.accounts.models.session import Session

AUTHENTICATE = reverse("mfa_authenticate")
ACTIVATE = reverse("mfa_activate_totp")


def digits(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def signed_in(person: Person, password: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": password})
    return client


@pytest.fixture
def confirmed(signed_in: Client, password: str) -> Client:
    """Signed in, and the password typed once more just now."""
    signed_in.post(reverse("account_reauthenticate"), {"password": password})
    return signed_in


@pytest.fixture
def secret(confirmed: Client) -> str:
    """The secret of an authenticator app that is set up."""
    shown = confirmed.get(ACTIVATE).context["form"].secret
    confirmed.post(ACTIVATE, {"code": digits(shown)})
    return str(shown)


@pytest.fixture
def codes(secret: str, confirmed: Client) -> list[str]:
    return list(confirmed.get(reverse("mfa_view_recovery_codes")).context["unused_codes"])


def begun(person: Person, password: str) -> tuple[Client, object]:
    """A browser in which the password was typed, and the answer to that."""
    client = Client()
    return client, client.post(reverse("account_login"), {"login": person.email, "password": password})


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


@pytest.mark.parametrize(
    "page",
    ["mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn", "account_email"],
)
def test_before_a_factor_changes_the_password_is_asked_for_again(signed_in: Client, page: str):
    form = {"action_add": "", "email": "new@hospital.example"}
    response = signed_in.post(reverse(page), form)
    assert response.url.partition("?")[0] == reverse("account_reauthenticate")


def test_the_password_opens_the_door_for_five_minutes_only(confirmed: Client):
    assert confirmed.get(ACTIVATE).status_code == 200
    session = confirmed.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert confirmed.get(ACTIVATE).status_code == 302


def test_setting_up_an_app_gives_recovery_codes_once(confirmed: Client, postbox, django_capture_on_commit_callbacks):
    shown = confirmed.get(ACTIVATE)
    with django_capture_on_commit_callbacks(execute=True):
        response = confirmed.post(ACTIVATE, {"code": digits(shown.context["form"].secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    first, second = (confirmed.get(response.url).context for _visit in range(2))
    assert (len(set(first["unused_codes"])), set(second["unused_codes"])) == (10, {"****"})
    assert postbox.kinds == ["totp_activated"]


def test_a_wrong_code_sets_nothing_up(confirmed: Client):
    shown = confirmed.get(ACTIVATE)
    wrong = digits(shown.context["form"].secret, steps=10)
    assert confirmed.post(ACTIVATE, {"code": wrong}).status_code == 200
    assert not Authenticator.objects.exists()


def test_no_secret_of_a_factor_stands_in_a_row(confirmed: Client, secret: str, codes: list[str]):
    confirmed.get(ACTIVATE)
    rows = str([*Authenticator.objects.values(), *Session.objects.values()])
    assert [word for word in (secret, *codes) if word in rows] == []
    seeds = {row.type: row.data.get("secret") or row.data.get("seed") for row in Authenticator.objects.all()}
    assert {kind: len(seed) > 80 for kind, seed in seeds.items()} == {"totp": True, "recovery_codes": True}


def test_the_secret_that_is_being_set_up_is_sealed_in_the_session(confirmed: Client):
    shown = confirmed.get(ACTIVATE).context["form"].secret
    assert confirmed.session["mfa.totp.secret"] == shown
    assert shown not in str(list(Session.objects.values()))


def test_the_password_alone_no_longer_signs_in(person: Person, password: str, secret: str):
    client, response = begun(person, password)
    assert (response.url, is_signed_in(client)) == (AUTHENTICATE, False)
    assert client.get(reverse("account_sessions")).status_code == 302
    assert client.post(AUTHENTICATE, {"code": digits(secret)}).url == reverse("desk")
    assert is_signed_in(client)


def test_digits_work_once(person: Person, password: str, secret: str):
    code = digits(secret)
    first, second = (begun(person, password)[0] for _browser in range(2))
    first.post(AUTHENTICATE, {"code": code})
    second.post(AUTHENTICATE, {"code": code})
    assert (is_signed_in(first), is_signed_in(second)) == (True, False)


def test_old_and_wrong_digits_do_not_work(person: Person, password: str, secret: str):
    client, _response = begun(person, password)
    for code in (digits(secret, steps=-2), digits(secret, steps=2), "", "abcdef"):
        assert client.post(AUTHENTICATE, {"code": code}).status_code == 200
    assert not is_signed_in(client)


def test_digits_cannot_be_guessed_many_times(person: Person, password: str, secret: str, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "100/m/ip,5/300s/key"}
    client, _response = begun(person, password)
    wrong = digits(secret, steps=10)
    for _attempt in range(5):
        client.post(AUTHENTICATE, {"code": wrong})
    late = client.post(AUTHENTICATE, {"code": digits(secret)})
    assert (b"This was tried too often" in late.content, is_signed_in(client)) == (True, False)


def test_a_recovery_code_works_once(person: Person, password: str, codes: list[str]):
    outcomes = []
    for code in (codes[3], codes[3], codes[4]):
        client, _response = begun(person, password)
        client.post(AUTHENTICATE, {"code": code})
        outcomes.append(is_signed_in(client))
    assert outcomes == [True, False, True]


def test_new_recovery_codes_take_the_place_of_the_old(confirmed: Client, person: Person, password: str, codes):
    confirmed.post(reverse("mfa_generate_recovery_codes"))
    new = confirmed.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert set(new) & set(codes) == set()
    for code, works in ((codes[0], False), (new[0], True)):
        client, _response = begun(person, password)
        client.post(AUTHENTICATE, {"code": code})
        assert is_signed_in(client) == works


def test_a_new_password_by_mail_does_not_go_round_the_second_factor(person: Person, secret: str, postbox):
    client, new = Client(), "seven kettles in a field"
    client.post(reverse("account_reset_password"), {"email": person.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": postbox.code})
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    assert not is_signed_in(client)
    client, response = begun(person, new)
    assert (response.url, is_signed_in(client)) == (AUTHENTICATE, False)
    assert [row.type for row in Authenticator.objects.order_by("type")] == ["recovery_codes", "totp"]


def test_doing_without_the_app_is_told_by_mail(confirmed: Client, secret: str, postbox):
    confirmed.post(reverse("mfa_deactivate_totp"))
    assert (Authenticator.objects.count(), postbox.kinds) == (0, ["totp_deactivated"])


def test_nobody_removes_the_passkey_of_somebody_else(confirmed: Client):
    stranger = Person.objects.create_user("stranger@nowhere.example", None)
    data = {"name": "Key", "credential": {}}
    theirs = Authenticator.objects.create(user=stranger, type=Authenticator.Type.WEBAUTHN, data=data)
    for page in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert confirmed.post(reverse(page, args=[theirs.pk]), {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Key"
