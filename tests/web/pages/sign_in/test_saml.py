"""Single sign-on with SAML: a response is fresh, for us, asked for by this browser and rightly signed, or refused."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from lxml import etree

from lichen_web.accounts.models import Person, Session
from lichen_web.sign_in import sign_in_providers
from tests.needs import missing
from tests.web.pages.sign_in.saml_provider import ENTITY, SIGN_IN, Provider

pytestmark = pytest.mark.django_db
ACS, METADATA = (f"http://localhost/account/saml/university/{page}/" for page in ("acs", "metadata"))


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


@pytest.fixture(autouse=True)
def named(provider: Provider, settings, tmp_path: Path) -> Iterator[None]:
    """The host has named the provider in its file, and the extra is installed."""
    if find_spec("onelogin") is None:
        missing("lichen[saml]")
    entry = {"id": "university", "name": "University", "domains": ["university.example"], "entity_id": ENTITY}
    file = tmp_path / "sign-in.json"
    file.write_text(json.dumps({"saml": [{**entry, "sign_in_url": SIGN_IN, "certificate": provider.certificate}]}))
    file.chmod(0o600)
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(file)
    settings.ROOT_URLCONF = "tests.web.pages.sign_in.saml_urls"
    registry.get_class_list()
    registry.register(SAMLProvider)
    yield
    registry.provider_map.pop("saml")


@pytest.fixture
def client() -> Client:
    return browser()


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def question_of(client: Client) -> str:
    """The id of the question with which this browser is sent to the provider."""
    asked = urlsplit(client.get(reverse("saml_login", args=["university"])).url)
    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == SIGN_IN
    question = zlib.decompress(b64decode(parse_qs(asked.query)["SAMLRequest"][0]), -15)
    return str(etree.fromstring(question).get("ID"))


def answered(client: Client, response: str):
    """What this browser is shown after it has posted a response."""
    return client.post("/account/saml/university/acs/", {"SAMLResponse": response}, follow=True)


def came_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_a_signed_response_to_our_question_lets_in(client: Client, provider: Provider):
    shown = answered(client, provider.response(to=ACS, audience=METADATA, answers=question_of(client)))
    assert shown.redirect_chain[-1][0] == reverse("desk")
    chidi = Person.objects.get()
    assert (client.session[SESSION_KEY], chidi.email, chidi.name) == (
        str(chidi.id),
        "chidi@university.example",
        "Chidi",
    )
    assert SocialAccount.objects.get().extra_data == {}


def test_the_response_does_not_stay_in_the_database(client: Client, provider: Provider):
    response = provider.response(to=ACS, audience=METADATA, answers=question_of(client))
    client.post("/account/saml/university/acs/", {"SAMLResponse": response})
    assert response[:40] not in str(list(Session.objects.values()))
    client.get("/account/saml/university/acs/finish/")
    assert came_in(client)
    assert Session.objects.filter(person=None).count() == 0


def signed_by_another(provider: Provider, question: str) -> str:
    return Provider().response(to=ACS, audience=METADATA, answers=question)


def not_signed(provider: Provider, question: str) -> str:
    return provider.response(to=ACS, audience=METADATA, answers=question, signed="")


def changed_after_signing(provider: Provider, question: str) -> str:
    response = b64decode(provider.response(to=ACS, audience=METADATA, answers=question))
    return b64encode(response.replace(b"chidi@university", b"other@university")).decode()


def too_old(provider: Provider, question: str) -> str:
    then = datetime.now(UTC) - timedelta(minutes=20)
    return provider.response(to=ACS, audience=METADATA, answers=question, now=then)


def not_yet(provider: Provider, question: str) -> str:
    then = datetime.now(UTC) + timedelta(minutes=20)
    return provider.response(to=ACS, audience=METADATA, answers=question, now=then)


def for_another_audience(provider: Provider, question: str) -> str:
    return provider.response(to=ACS, audience="https://elsewhere.example", answers=question)


def for_another_place(provider: Provider, question: str) -> str:
    return provider.response(to="https://elsewhere.example/acs", audience=METADATA, answers=question)


def of_another_issuer(provider: Provider, question: str) -> str:
    return provider.response(to=ACS, audience=METADATA, answers=question, issuer="https://elsewhere.example")


def not_asked_for(provider: Provider, question: str) -> str:
    return provider.response(to=ACS, audience=METADATA, answers=None)


def to_another_question(provider: Provider, question: str) -> str:
    return provider.response(to=ACS, audience=METADATA, answers="ONELOGIN_another")


def with_a_second_assertion(provider: Provider, question: str) -> str:
    """The signed one is kept, and one of one's own making is put before it."""
    root = etree.fromstring(b64decode(provider.response(to=ACS, audience=METADATA, answers=question)))
    made = etree.fromstring(b64decode(not_signed(provider, question)))
    name = "{urn:oasis:names:tc:SAML:2.0:assertion}Assertion"
    root.insert(2, made.find(name))
    return b64encode(etree.tostring(root).replace(b"chidi", b"other", 1)).decode()


def with_an_entity(provider: Provider, question: str) -> str:
    response = b64decode(provider.response(to=ACS, audience=METADATA, answers=question))
    return b64encode(b'<!DOCTYPE x [<!ENTITY e "x">]>' + response).decode()


def nonsense(provider: Provider, question: str) -> str:
    return "nonsense"


REFUSED = [
    not_signed, signed_by_another, changed_after_signing, too_old, not_yet, for_another_audience, for_another_place,
    of_another_issuer, not_asked_for, to_another_question, with_a_second_assertion, with_an_entity, nonsense,
]  # fmt: skip


@pytest.mark.parametrize("made", REFUSED, ids=lambda made: made.__name__)
def test_any_other_response_is_refused(client: Client, provider: Provider, made):
    shown = answered(client, made(provider, question_of(client)))
    assert (shown.status_code, came_in(client), Person.objects.count()) == (401, False, 0)
    assert b"gave no answer that we can trust" in shown.content


def test_a_response_works_once(client: Client, provider: Provider):
    response = provider.response(to=ACS, audience=METADATA, answers=question_of(client))
    answered(client, response)
    client.post(reverse("account_logout"))
    assert (answered(client, response).status_code, came_in(client)) == (401, False)


def test_a_response_works_in_the_browser_that_asked_alone(client: Client, provider: Provider):
    response = provider.response(to=ACS, audience=METADATA, answers=question_of(client))
    thief = browser()
    assert (answered(thief, response).status_code, came_in(thief)) == (401, False)


def test_an_address_outside_its_domains_is_not_believed(client: Client, provider: Provider):
    Person.objects.create_user("ada@hospital.example", "moss under granite weather")
    question = question_of(client)
    response = provider.response(to=ACS, audience=METADATA, answers=question, email="ada@hospital.example")
    shown = answered(client, response)
    assert (shown.status_code, came_in(client)) == (403, False)


def test_our_description_names_our_addresses(client: Client):
    shown = client.get("/account/saml/university/metadata/").content.decode()
    assert (f'entityID="{METADATA}"' in shown, f'Location="{ACS}"' in shown) == (True, True)
    assert 'WantAssertionsSigned="true"' in shown


def test_nobody_is_signed_out_from_outside(client: Client):
    assert client.get("/account/saml/university/sls/").status_code == 404
