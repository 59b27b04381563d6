"""Signing in with a password: to where, who not, how often, and from where one can end it."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings as django_settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lichen_web import settings as house
from lichen_web.accounts.models import Invitation, Person
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.accounts.models.session import Counted, Session
from lichen_web.accounts.sessions import end_sessions, row_key
from lichen_web.alliances.access.invitations import link_digest

LOGIN = reverse("account_login")
SESSIONS = reverse("account_sessions")


def sign_in(person: Person, password: str, **headers: str) -> tuple[Client, object]:
    client = Client(headers=headers)
    return client, client.post(LOGIN, {"login": person.email, "password": password})


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def row_of(client: Client) -> str:
    return row_key(client.session.session_key)


def test_the_house_hashes_with_argon2_alone():
    assert house.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_a_hash_of_the_house_is_argon2id(settings):
    settings.PASSWORD_HASHERS = house.PASSWORD_HASHERS
    person = Person()
    person.set_password("moss under granite weather")
    assert person.password.startswith("argon2$argon2id$")


def test_signing_in_leads_to_the_desk(person: Person, password: str):
    client, response = sign_in(person, password)
    assert (response.status_code, response.url) == (302, reverse("desk"))
    assert is_signed_in(client)


def test_signing_in_changes_the_key_of_the_session(person: Person, password: str):
    client = Client()
    session = client.session
    session["before"] = "signing in"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
    client.post(LOGIN, {"login": person.email, "password": password})
    assert client.session.session_key != session.session_key
    assert not session.exists(session.session_key)


def test_the_case_of_an_address_does_not_matter(person: Person, password: str):
    client = Client()
    client.post(LOGIN, {"login": "ADA@Hospital.Example", "password": password})
    assert is_signed_in(client)


def test_an_invitation_that_waits_comes_first(person: Person, password: str):
    now = timezone.now()
    Invitation.objects.create(
        to=InvitedTo.HOST, digest=link_digest("a-token"), sent_at=now, expires_at=now + timedelta(days=1)
    )
    for token, page in (("a-token", "invitation_asked"), ("another-token", "desk")):
        client = Client()
        client.get(reverse("invitation", args=[token]))
        response = client.post(LOGIN, {"login": person.email, "password": password})
        assert response.url == reverse(page)


def test_one_comes_only_to_a_page_of_this_house(person: Person, password: str):
    form = {"login": person.email, "password": password, "next": "https://elsewhere.example/"}
    assert Client().post(LOGIN, form).url == reverse("desk")
    assert Client().post(LOGIN, form | {"next": SESSIONS}).url == SESSIONS


def test_a_suspended_person_cannot_sign_in(person: Person, password: str):
    Person.objects.update(suspended_at=timezone.now())
    client, response = sign_in(person, password)
    assert (response.url, is_signed_in(client)) == (reverse("account_inactive"), False)
    assert b"have suspended you" in client.get(response.url).content


def test_a_person_who_is_suspended_is_signed_out_at_the_next_click(person: Person, password: str):
    client, _response = sign_in(person, password)
    Person.objects.update(suspended_at=timezone.now())
    assert client.get(SESSIONS).url == f"{LOGIN}?next={SESSIONS}"


def test_five_failures_lock_an_account_for_one_address(person: Person, password: str):
    answers = [sign_in(person, "not the password")[1] for _attempt in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    client, right_but_late = sign_in(person, password)
    assert (right_but_late.status_code, is_signed_in(client)) == (429, False)
    assert 800 < int(right_but_late["Retry-After"]) <= 900
    until = AccessAttempt.objects.get().attempt_time + timedelta(minutes=15)
    assert f"until {until:%H:%M} (UTC)" in right_but_late.content.decode()


def test_another_person_and_another_place_are_not_locked(person: Person, password: str):
    bo = Person.objects.create_user("bo@parish.example", password, name="Bo")
    for _attempt in range(5):
        sign_in(person, "not the password")
    assert sign_in(bo, password)[1].status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    elsewhere.post(LOGIN, {"login": person.email, "password": password})
    assert is_signed_in(elsewhere)


def test_the_lock_opens_after_a_quarter_of_an_hour(person: Person, password: str):
    for _attempt in range(6):
        sign_in(person, "not the password")
    attempt = AccessAttempt.objects.get()
    assert attempt.failures_since_start == 5
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=14))
    assert sign_in(person, password)[1].status_code == 429
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=15, seconds=1))
    assert sign_in(person, password)[1].status_code == 302
    assert AccessAttempt.objects.count() == 0


def test_an_address_that_nobody_has_is_locked_alike(person: Person):
    nobody = Person(email="nobody@nowhere.example")
    answers = [sign_in(nobody, "not the password")[1].status_code for _attempt in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]


def test_signing_in_starts_the_count_anew(person: Person, password: str):
    for secret in ["wrong"] * 4 + [password] + ["wrong"] * 4:
        response = sign_in(person, secret)[1]
    assert response.status_code == 200


def test_what_was_typed_is_not_kept(person: Person, password: str, caplog):
    typed = "my secret password in the wrong field"
    Client().post(LOGIN, {"login": typed, "password": password})
    Client().post(LOGIN, {"login": person.email, "password": typed})
    kept = [*AccessAttempt.objects.values(), *AccessLog.objects.values(), *AccessFailureLog.objects.values()]
    kept += [*Counted.objects.values(), *Session.objects.values()]
    for word in (typed, password, person.email):
        assert (word in str(kept), word in caplog.text) == (False, False)


def test_reauthentication_is_counted_too(person: Person, password: str):
    client, _response = sign_in(person, password)
    page = reverse("account_reauthenticate")
    answers = [client.post(page, {"password": "not the password"}).status_code for _attempt in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]


def test_the_page_of_sessions_shows_each_and_ends_one(person: Person, password: str):
    here, _response = sign_in(person, password, user_agent="Firefox here")
    there, _response = sign_in(person, password, user_agent="Chromium there")
    page = here.get(SESSIONS).content.decode()
    assert ("Firefox here" in page, "Chromium there" in page, "127.0.0.1" in page) == (True, True, True)
    assert here.session.session_key not in page
    other = Session.objects.exclude(session_key=row_of(here)).get()
    assert here.post(SESSIONS, {"session": other.session_key}).status_code == 302
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)


def test_all_other_sessions_can_be_ended_at_once(person: Person, password: str):
    clients = [sign_in(person, password)[0] for _browser in range(3)]
    clients[0].post(SESSIONS)
    assert [is_signed_in(client) for client in clients] == [True, False, False]


def test_nobody_ends_the_session_of_somebody_else(person: Person, password: str):
    stranger = Person.objects.create_user("stranger@nowhere.example", password, name="Stranger")
    client = Client()
    client.force_login(stranger)
    ada, _response = sign_in(person, password)
    client.post(SESSIONS, {"session": row_of(ada)})
    assert is_signed_in(ada)
    assert client.get(SESSIONS).content.count(b"<li>\n    <p>") == 1


def test_a_session_ends_when_it_is_ended_from_outside(person: Person, password: str):
    clients = [sign_in(person, password)[0] for _browser in range(2)]
    end_sessions(person.id)
    assert [is_signed_in(client) for client in clients] == [False, False]


def test_changing_the_password_ends_the_other_sessions(person: Person, password: str, postbox):
    here, _response = sign_in(person, password)
    there, _response = sign_in(person, password)
    new = "seven kettles in a field"
    form = {"oldpassword": password, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), form).url == reverse("mfa_index")
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert here.get(SESSIONS).content.count(b"<li>\n    <p>") == 1
    assert postbox.kinds == ["password_changed"]


def test_choosing_a_new_password_by_mail_ends_all_sessions(person: Person, password: str, postbox):
    there, _response = sign_in(person, password)
    client, new = Client(), "seven kettles in a field"
    client.post(reverse("account_reset_password"), {"email": person.email})
    response = client.post(reverse("account_confirm_password_reset_code"), {"code": postbox.code})
    assert response.url == reverse("account_complete_password_reset")
    done = client.post(response.url, {"password1": new, "password2": new})
    assert done.url == reverse("account_password_reset_completed")
    assert (is_signed_in(client), is_signed_in(there)) == (False, False)
    assert sign_in(person, new)[1].url == reverse("desk")
    assert postbox.kinds == ["password_reset_code", "password_reset"]


def test_a_session_ends_twelve_hours_after_signing_in(person: Person, password: str):
    client, _response = sign_in(person, password)
    began_at = timezone.now()
    session = client.session
    session["anything"] = "that makes it be saved"
    session.save()
    assert Session.objects.get().expire_date <= began_at + timedelta(hours=12)
    assert client.cookies[django_settings.SESSION_COOKIE_NAME]["expires"] == ""


def test_a_changed_address_takes_the_place_of_the_old_once_its_code_is_typed(person: Person, password: str, postbox):
    client, _response = sign_in(person, password)
    client.post(reverse("account_reauthenticate"), {"password": password})
    client.post(reverse("account_email"), {"action_add": "", "email": "ada@new.example"})
    assert Person.objects.get().email == "ada@hospital.example"
    client.post(reverse("account_email_verification_sent"), {"code": postbox.code})
    assert Person.objects.get().email == "ada@new.example"
    assert [(mail["kind"], mail["to"]) for mail in postbox.mails] == [
        ("email_confirmation", "ada@new.example"),
        ("email_changed", "ada@hospital.example"),
    ]
    assert sign_in(Person.objects.get(), password)[1].url == reverse("desk")


def test_signing_in_locking_and_ending_work_on_both_databases(any_database: str, password: str):
    bo = Person.objects.create_user("bo@parish.example", password, name="Bo")
    EmailAddress.objects.create(user=bo, email=bo.email, primary=True, verified=True)
    client, response = sign_in(bo, password)
    assert (response.status_code, is_signed_in(client)) == (302, True)
    end_sessions(bo.id)
    assert not is_signed_in(client)
    assert [sign_in(bo, "not the password")[1].status_code for _attempt in range(5)] == [200, 200, 200, 200, 429]
    assert Counted.objects.exists()
