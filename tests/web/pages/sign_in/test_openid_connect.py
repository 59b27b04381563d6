"""Single sign-on through a real provider of OpenID Connect, which runs on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from lichen_web.accounts.models import Person
from lichen_web.environment import Environment, SignUp
from lichen_web.sign_in import sign_in_providers
from tests.web.pages.sign_in.oidc_provider import CLIENT, PASSWORD, SECRET

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).with_name("oidc_provider.py")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    command = [sys.executable, "-W", "ignore", str(SCRIPT), str(tmp_path_factory.mktemp("provider"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.communicate()


@pytest.fixture(autouse=True)
def named(provider: str, settings, tmp_path: Path) -> None:
    """The host has named the provider in its file."""
    entry = {"id": "hospital", "name": "Hospital", "domains": ["hospital.example"], "server": provider}
    file = tmp_path / "sign-in.json"
    file.write_text(json.dumps({"openid_connect": [{**entry, "client_id": CLIENT, "secret": SECRET}]}))
    file.chmod(0o600)
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(file)
    settings.ROOT_URLCONF = "tests.web.pages.sign_in.single_sign_on_urls"


def answer_of(provider: str, asked: str, email: str) -> str:
    """What the provider sends the browser back with, once this person has signed in there."""
    with requests.Session() as browser:
        page = browser.get(asked, timeout=5)
        token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        response = browser.post(page.url, form, allow_redirects=False, timeout=5)
        while (onward := urljoin(page.url, response.headers["Location"])).startswith(provider):
            response = browser.get(onward, allow_redirects=False, timeout=5)
        return onward


def signed_in_by(provider: str, email: str, client: Client | None = None) -> tuple[Client, object]:
    client = client or Client()
    asked = client.get(reverse("openid_connect_login", args=["hospital"]))
    return client, client.get(answer_of(provider, asked.url, email))


def test_the_page_of_signing_in_names_the_provider(client: Client):
    address = reverse("openid_connect_login", args=["hospital"])
    assert f'href="{address}?process=login">Hospital</a>' in client.get(reverse("account_login")).content.decode()


def test_the_question_to_the_provider_is_bound_to_this_browser(client: Client, provider: str):
    asked = client.get(reverse("openid_connect_login", args=["hospital"])).url
    assert asked.startswith(f"{provider}/identity/o/authorize?client_id=lichen&")
    assert ("code_challenge_method=S256" in asked, "state=" in asked, SECRET in asked) == (True, True, False)


def test_a_person_of_the_provider_comes_in_and_is_known_the_next_time(provider: str):
    client, response = signed_in_by(provider, "ada@hospital.example")
    assert (response.status_code, response.url) == (302, reverse("desk"))
    ada = Person.objects.get()
    assert (client.session[SESSION_KEY], ada.email) == (str(ada.id), "ada@hospital.example")
    assert (ada.name, ada.has_usable_password()) == ("Ada Somebody", False)
    assert EmailAddress.objects.get().verified
    again, _response = signed_in_by(provider, "ada@hospital.example")
    assert again.session[SESSION_KEY] == str(ada.id)


def test_nothing_of_the_provider_is_kept_but_who_it_is(provider: str):
    signed_in_by(provider, "ada@hospital.example")
    account = SocialAccount.objects.get()
    assert (account.provider, account.extra_data, SocialToken.objects.count()) == ("hospital", {}, 0)


def test_a_person_who_has_a_password_here_is_the_same_person(provider: str, person: Person):
    client, _response = signed_in_by(provider, "ada@hospital.example")
    assert client.session[SESSION_KEY] == str(person.id)
    assert Person.objects.get().has_usable_password()


def test_an_address_outside_its_domains_is_not_believed(provider: str):
    visitor = Person.objects.create_user("visitor@elsewhere.example", "moss under granite weather")
    client, response = signed_in_by(provider, visitor.email)
    assert (response.status_code, SESSION_KEY in client.session) == (403, False)
    assert b"does not speak for your address" in response.content
    assert not SocialAccount.objects.exists()


def test_a_suspended_person_does_not_come_in_this_way_either(provider: str, person: Person):
    person.suspended_at = person.joined_at
    person.save()
    client, response = signed_in_by(provider, person.email)
    assert (response.url, SESSION_KEY in client.session) == (reverse("account_inactive"), False)


def test_the_second_factor_is_not_gone_round_this_way(provider: str, person: Person):
    TOTP.activate(person, generate_totp_secret())
    client, response = signed_in_by(provider, person.email)
    assert (response.url, SESSION_KEY in client.session) == (reverse("mfa_authenticate"), False)


def test_by_invitation_only_a_stranger_does_not_come_in_this_way_either(provider: str, settings):
    settings.LICHEN = Environment(home=settings.LICHEN.home, sign_up=SignUp.INVITED)
    _client, response = signed_in_by(provider, "ada@hospital.example")
    assert b"Here one signs up by invitation" in response.content
    assert not Person.objects.exists()


def test_an_answer_meant_for_another_browser_is_refused(provider: str):
    asked = Client().get(reverse("openid_connect_login", args=["hospital"])).url
    other = Client()
    response = other.get(answer_of(provider, asked, "ada@hospital.example"))
    assert (response.status_code, SESSION_KEY in other.session) == (401, False)


def test_an_answer_works_once(provider: str):
    client = Client()
    asked = client.get(reverse("openid_connect_login", args=["hospital"])).url
    answer = answer_of(provider, asked, "ada@hospital.example")
    client.get(answer)
    client.post(reverse("account_logout"))
    assert client.get(answer).status_code == 401
    assert SESSION_KEY not in client.session


def test_an_answer_with_a_code_of_ones_own_making_is_refused(provider: str):
    client = Client()
    asked = client.get(reverse("openid_connect_login", args=["hospital"])).url
    answer = answer_of(provider, asked, "ada@hospital.example")
    response = client.get(answer.replace("code=", "code=x"))
    assert (response.status_code, SESSION_KEY in client.session) == (401, False)


def test_an_unknown_provider_is_not_there(client: Client):
    assert client.get(reverse("openid_connect_login", args=["nobody"])).status_code == 404
