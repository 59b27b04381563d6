"""Signing up: a code from the mail, an invitation where one is needed, and nothing told of who is here."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from statistics import median

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lichen_web.accounts.models import Invitation, Person
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.session import Session
from lichen_web.alliances.access.invitations import link_digest
from lichen_web.environment import Environment, SignUp

SIGN_UP = reverse("account_signup")
FORM = {"email": "Bo@Parish.example", "name": "Bo Okafor", "password1": "lanterns over wet slate"}


@pytest.fixture
def by_invitation(settings) -> None:
    settings.LICHEN = Environment(home=settings.LICHEN.home, sign_up=SignUp.INVITED)


@pytest.mark.django_db
def test_a_code_from_the_mail_signs_one_up(client: Client, postbox):
    response = client.post(SIGN_UP, FORM)
    assert response.url == reverse("account_email_verification_sent")
    assert not EmailAddress.objects.get().verified
    response = client.post(response.url, {"code": postbox.code})
    assert (response.status_code, response.url) == (302, reverse("desk"))
    bo = Person.objects.get()
    assert (bo.email, bo.name, EmailAddress.objects.get().verified) == ("bo@parish.example", "Bo Okafor", True)
    assert client.session["_auth_user_id"] == str(bo.id)
    assert postbox.kinds == ["email_confirmation_signup"]


@pytest.mark.django_db
def test_without_the_code_nobody_is_signed_in(client: Client, postbox):
    client.post(SIGN_UP, FORM)
    assert "_auth_user_id" not in client.session
    page = client.post(reverse("account_email_verification_sent"), {"code": "BBBB-BBBB"})
    assert b"This is not the code." in page.content
    for _attempt in range(2):
        response = client.post(reverse("account_email_verification_sent"), {"code": "BBBB-BBBB"})
    assert (response.status_code, EmailAddress.objects.get().verified) == (302, False)
    again = client.post(reverse("account_email_verification_sent"), {"code": postbox.code})
    assert (again.status_code, EmailAddress.objects.get().verified) == (302, False)


@pytest.mark.django_db
def test_neither_the_code_nor_the_session_stands_in_a_row_or_an_address(client: Client, postbox):
    response = client.post(SIGN_UP, FORM)
    rows = "".join(f"{row.session_key}{row.session_data}" for row in Session.objects.all())
    code = postbox.code
    assert client.session["account_email_verification_code"]["code"] == code
    assert (code in rows, code in response.url, client.session.session_key in rows) == (False, False, False)


@pytest.mark.django_db
def test_by_invitation_only_the_invited_can_sign_up(client: Client, by_invitation):
    now = timezone.now()
    Invitation.objects.create(
        to=InvitedTo.HOST, digest=link_digest("a-token"), sent_at=now, expires_at=now + timedelta(days=1)
    )
    client.get(reverse("invitation", args=["a-token"]))
    assert client.post(SIGN_UP, FORM).url == reverse("account_email_verification_sent")
    assert Person.objects.get().email == "bo@parish.example"


@pytest.mark.django_db
def test_by_invitation_only_a_stranger_cannot_sign_up(client: Client, by_invitation):
    assert b"Here one signs up by invitation" in client.get(SIGN_UP).content
    assert b"Here one signs up by invitation" in client.post(SIGN_UP, FORM).content
    assert not Person.objects.exists()


def told(response, email: str) -> tuple[int, str, str]:
    """What an answer tells whoever asked, without what changes each time."""
    body = re.sub(r'value="\w{64}"|nonce="[^"]*"', "", response.content.decode()).replace(email, "ADDRESS")
    return response.status_code, response.headers.get("Location", ""), body


@pytest.mark.django_db
def test_signing_up_does_not_tell_who_is_here(person: Person, postbox):
    answers = []
    for email in (person.email, "nobody@nowhere.example"):
        client = Client()
        first = client.post(SIGN_UP, FORM | {"email": email})
        second = client.get(first.url)
        wrong = client.post(first.url, {"code": "BBBB-BBBB"})
        answers.append([told(each, email) for each in (first, second, wrong)])
    assert answers[0] == answers[1]
    assert postbox.kinds == ["account_already_exists", "email_confirmation_signup"]


@pytest.mark.django_db
def test_asking_for_a_new_password_does_not_tell_who_is_here(person: Person, postbox):
    answers = []
    for email in (person.email, "nobody@nowhere.example"):
        client = Client()
        first = client.post(reverse("account_reset_password"), {"email": email})
        second = client.get(first.url)
        answers.append([told(each, email) for each in (first, second)])
    assert answers[0] == answers[1]
    assert postbox.kinds == ["password_reset_code", "unknown_account"]


@pytest.mark.django_db
def test_a_wrong_password_does_not_tell_who_is_here(person: Person):
    emails = (person.email, "nobody@nowhere.example")
    wrong = {"password": "not the password at all"}
    answers = [told(Client().post(reverse("account_login"), wrong | {"login": email}), email) for email in emails]
    assert answers[0] == answers[1]
    assert answers[0][0] == 200


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["account_login", "account_signup", "account_reset_password"])
def test_the_time_of_an_answer_does_not_tell_who_is_here(person: Person, page: str, settings):
    """With the hasher of the house; the time of work, which does not change on a busy machine."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.AXES_ENABLED = False
    settings.ACCOUNT_RATE_LIMITS = False
    person.set_password("moss under granite weather")
    person.save()

    def seconds(email: str) -> float:
        client = Client()
        form = FORM | {"email": email, "login": email, "password": "not the password at all"}
        started = time.process_time()
        client.post(reverse(page), form)
        return time.process_time() - started

    seconds(person.email), seconds("first@nowhere.example")
    pairs = [(seconds(person.email), seconds(f"{turn}@nowhere.example")) for turn in range(7)]
    known, unknown = (median(each) for each in zip(*pairs, strict=True))
    print(f"{page}: {known * 1000:.1f} ms known, {unknown * 1000:.1f} ms unknown")
    assert 1 / 1.5 < known / unknown < 1.5
