"""Forms: what was typed is kept, what is wrong is told beside it, and what was done is not done twice by a reload."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from lichen_web.accounts.models import Organisation
from lichen_web.alliances.access.actors import actor_for
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.organisations import own_organisation, own_organisations
from lichen_web.pages.forms.plain import MISSING, PlainForm
from tests.web.pages.reading import browser, errors_of, heading, said, typed
from tests.web.people import WebCast, membership_of

GOOD = {"name": "Tern Valley Growers", "sector": "cooperative", "country": "us", "region": "Oregon"}


def test_an_empty_form_tells_what_is_missing_beside_it_and_above(cast: WebCast):
    answer = browser(cast.convener).post(reverse("found_organisation"), {})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert errors_of(answer) == {
        "name": "Write what your organisation is called.",
        "sector": "Choose what kind of organisation you are.",
    }
    assert page.count('class="error-summary" role="alert" tabindex="-1" autofocus') == 1
    assert page.count('aria-describedby="id_name_error"') == 1
    assert page.count('aria-invalid="true"') == 2


def made_here() -> Iterator[type[forms.BaseForm]]:
    """Every form of the pages."""
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("lichen_web.pages."):
            yield kind


def test_every_field_that_is_needed_says_in_its_own_words_what_is_missing():
    assert get_resolver().url_patterns  # every page is there by now, and with it every form
    asked = [kind for kind in made_here() if issubclass(kind, PlainForm)]
    needed = {
        f"{kind.__name__}.{name}": {name, *(f"{one.__name__}.{name}" for one in kind.__mro__)}
        for kind in asked
        for name, field in kind.base_fields.items()
        if field.required and not isinstance(field.widget, forms.HiddenInput)
    }
    said = {field for field, keys in needed.items() if keys & MISSING.keys()}
    assert len(needed) > 40
    assert needed.keys() - said - {"SignUpForm.username"} == set()
    own = {name.rpartition(".")[2] for name in MISSING}
    assert own - {name for kind in asked for name in kind.base_fields} <= {"outcome", "reason"}
    assert len({str(words) for words in MISSING.values()}) == len(MISSING)


def test_fields_of_a_library_are_plain_too(client: Client, db: None):
    told = errors_of(client.post(reverse("account_login"), {}))
    assert told["login"] == "Write an e-mail address, such as name@example.org."
    assert not any("required" in str(words) for words in told.values())


def test_what_an_action_refuses_stands_beside_the_field(cast: WebCast):
    answer = browser(cast.convener).post(reverse("found_organisation"), {**GOOD, "country": "1!"})
    assert answer.status_code == 422
    assert errors_of(answer) == {"country": "Is no code of a country. Right would be: two letters, such as GB."}


def test_what_was_typed_is_not_lost(cast: WebCast):
    answer = browser(cast.convener).post(reverse("found_organisation"), {**GOOD, "country": "1!"})
    assert {field: typed(answer, field) for field in GOOD} == {**GOOD, "country": "1!"}


@pytest.mark.parametrize("told", ["uk", "England", "gb "])
def test_a_country_is_kept_by_its_code_however_it_was_written(cast: WebCast, told: str):
    answer = browser(cast.convener).post(reverse("found_organisation"), {**GOOD, "country": told})
    assert Organisation.objects.get(id=resolve(answer["Location"]).kwargs["organisation"]).country == "GB"


def test_a_refusal_stands_above_the_form_that_was_sent(cast: WebCast):
    """The last lead cannot go: the page says so, and nothing has changed."""
    answer = browser(cast.stranger.lead).post(reverse("leave_organisation", args=[cast.stranger.id]))
    assert answer.status_code == 403
    assert list(answer.context["form"].non_field_errors()) != []
    assert len(own_organisations(cast.stranger.lead.person)) == 1


def test_who_may_not_is_told_before_they_type(cast: WebCast):
    answer = browser(cast.hospital.observer).get(reverse("invite_colleague", args=[cast.hospital.id]))
    assert (answer.status_code, heading(answer)) == (403, "This is not yours to do")
    assert b"Only a lead of the organisation can do this: ask one of them." in answer.content


def test_what_was_done_is_answered_by_going_on(cast: WebCast):
    client = browser(cast.convener)
    answer = client.post(reverse("found_organisation"), GOOD)
    (made,) = own_organisations(cast.convener.person)
    assert (answer.status_code, answer["Location"]) == (302, reverse("organisation", args=[made.id]))
    assert said(client.get(answer["Location"])) == ["It is entered. You are its lead."]


@pytest.mark.parametrize("name", ["found_organisation", "first_questions", "enter_demo"])
def test_a_form_without_its_token_is_refused_in_plain_words(cast: WebCast, name: str):
    answer = browser(cast.convener, enforce_csrf_checks=True).post(reverse(name), GOOD)
    assert (answer.status_code, heading(answer)) == (403, "This form is too old")
    assert own_organisations(cast.convener.person) == ()


def test_a_colleague_is_invited_and_the_invitation_taken_back(cast: WebCast):
    client, here = browser(cast.hospital.lead), cast.hospital.id
    client.post(reverse("invite_colleague", args=[here]), {"email": "New@example.org", "role": "member"})
    (invitation,) = own_organisation(cast.hospital.lead).invitations
    assert invitation.email == "new@example.org"
    address = reverse("withdraw_invitation", args=[here, invitation.id])
    assert heading(client.get(address)) == "Take the invitation back"
    assert client.post(address)["Location"] == reverse("people", args=[here])
    assert own_organisation(cast.hospital.lead).invitations == ()


def test_a_role_is_changed_and_shown(cast: WebCast):
    client, member = browser(cast.hospital.lead), membership_of(cast.hospital.observer)
    address = reverse("change_role", args=[cast.hospital.id, member])
    assert typed(client.get(address), "role") == "observer"
    client.post(address, {"role": "member"})
    assert actor_for(cast.hospital.observer.person, cast.hospital.id).role == "member"


def test_somebody_of_another_organisation_cannot_be_named(cast: WebCast):
    address = reverse("change_role", args=[cast.hospital.id, membership_of(cast.churches.observer)])
    assert browser(cast.hospital.lead).post(address, {"role": "lead"}).status_code == 404


def test_the_button_of_the_delegate_says_which_so_that_twice_is_once(cast: WebCast):
    client, address = browser(cast.hospital.lead), reverse("delegate_away", args=[cast.hospital.id])
    for _press in range(2):
        client.post(address, {"away": "yes"})
    named = own_organisation(cast.hospital.lead).delegation
    assert named is not None
    assert named.away_since is not None


def test_a_gap_is_sealed_and_listed_in_the_words_of_its_owner(cast: WebCast):
    client, here = browser(cast.hospital.lead), cast.hospital.id
    gap = {"words": "Nobody believes us.", "code": "trust.underserved", "severity": "5", "relevance": "yes"}
    answer = client.post(reverse("record_vulnerability", args=[here]), gap)
    assert answer["Location"] == reverse("audit", args=[here])
    assert [item.code for item in own_audit(cast.hospital.lead).gaps] == ["trust.underserved"]
    page = client.get(answer["Location"]).content.decode()
    assert (page.count("Nobody believes us."), page.count("Trust in underserved communities")) == (1, 2)


def test_nothing_of_a_gap_stands_in_an_address_a_message_or_a_cookie(cast: WebCast):
    client = browser(cast.hospital.lead)
    gap = {"words": "zyxquark", "code": "trust.underserved", "severity": "5", "relevance": "yes"}
    answer = client.post(reverse("record_vulnerability", args=[cast.hospital.id]), gap)
    told = [str(each) for each in get_messages(answer.wsgi_request)]
    kept = f"{answer['Location']} {answer.cookies.output()} {told} {dict(client.session)}"
    assert [word for word in ("zyxquark", "trust.underserved") if word in kept] == []


def test_erasing_asks_for_the_name(cast: WebCast):
    client, address = browser(cast.stranger.lead), reverse("erase_organisation", args=[cast.stranger.id])
    assert client.post(address, {"name_typed": "another"}).status_code == 422
    assert client.post(address, {"name_typed": cast.stranger.name})["Location"] == reverse("desk")
    assert client.get(address).status_code == 404
