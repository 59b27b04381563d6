"""A second factor is demanded of whoever runs the host before they see anything of it; of others by a setting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as ours
from django.urls import reverse

from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import Actor
from lichen_web.environment import Environment, SecondFactor
from tests.web.pages.conftest import cast, entered_cast
from tests.web.pages.reading import browser, heading
from tests.web.people import WebCast

__all__ = ["cast", "entered_cast"]

DEMANDED = "First, a second factor"


@pytest.fixture(params=[SecondFactor.HOSTS, SecondFactor.EVERYBODY, SecondFactor.NOBODY])
def demanded(request: pytest.FixtureRequest, settings) -> SecondFactor:
    settings.LICHEN = replace(ours.LICHEN, second_factor=request.param)
    return request.param


def turned_on(actor: Actor) -> None:
    TOTP.activate(Person.objects.get(id=actor.person), generate_totp_secret())


def seen(actor: Actor, name: str, *ids: object) -> tuple[int, str]:
    answer = browser(actor).get(reverse(name, args=ids))
    return answer.status_code, heading(answer)


def test_it_is_demanded_of_hosts_unless_a_host_says_otherwise():
    assert Environment().second_factor == SecondFactor.HOSTS


def test_who_runs_the_host_sees_nothing_of_it_before(cast: WebCast, demanded: SecondFactor):
    console = {SecondFactor.NOBODY: (200, "What waits for the host")}.get(demanded, (403, DEMANDED))
    assert seen(cast.host, "host") == console
    assert seen(cast.host, "host_organisations")[0] == console[0]
    assert seen(cast.host, "name_convener", cast.circle)[0] == console[0]
    turned_on(cast.host)
    assert seen(cast.host, "host") == (200, "What waits for the host")


def test_nothing_is_done_as_the_host_before(cast: WebCast, demanded: SecondFactor):
    address = reverse("suspend_person", args=[cast.stranger.lead.person])
    browser(cast.host).post(address)
    is_suspended = Person.objects.get(id=cast.stranger.lead.person).suspended_at is not None
    assert is_suspended == (demanded is SecondFactor.NOBODY)


def test_others_are_asked_only_where_everybody_is(cast: WebCast, demanded: SecondFactor):
    is_asked = demanded is SecondFactor.EVERYBODY
    for name, ids in (("desk", ()), ("organisation", (cast.hospital.id,)), ("circles", (cast.hospital.id,))):
        assert (seen(cast.hospital.lead, name, *ids) == (403, DEMANDED)) == is_asked


@pytest.mark.parametrize("name", ["front", "privacy", "mfa_index", "account_sessions", "account_logout"])
def test_the_way_to_it_and_what_is_open_to_all_stay_open(cast: WebCast, demanded: SecondFactor, name: str):
    assert seen(cast.host, name)[0] == 200


def test_to_who_does_not_run_the_host_the_console_is_as_little_there_as_ever(cast: WebCast, demanded: SecondFactor):
    turned_on(cast.hospital.lead)
    assert seen(cast.hospital.lead, "host")[0] == 404


def test_recovery_codes_alone_are_no_second_factor(cast: WebCast, settings):
    settings.LICHEN = replace(ours.LICHEN, second_factor=SecondFactor.HOSTS)
    RecoveryCodes.activate(Person.objects.get(id=cast.host.person))
    assert seen(cast.host, "host") == (403, DEMANDED)


def test_the_demo_demands_none(cast: WebCast, settings):
    settings.LICHEN = replace(ours.LICHEN, second_factor=SecondFactor.HOSTS, demo=True)
    assert seen(cast.host, "host")[0] == 200
