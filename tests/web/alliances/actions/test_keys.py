from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError

from lichen.errors import InputError, NotAllowed
from lichen_web.accounts.models import CircleMembership, Organisation
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.transactions import acting, reading, whole
from lichen_web.alliances.actions.keys import (
    confirm_key_copy,
    erase_organisation,
    rotate_host_key,
)
from lichen_web.alliances.keys import (
    Sealed,
    Unopened,
    key_for_reader,
    open_granted,
    open_own,
    replay_erasures,
    require_key_copy,
    rewrap,
    seal,
)
from lichen_web.alliances.models.event import ChainOf, Event
from lichen_web.alliances.models.key import Erasure, KeyCopy, OrganisationKey
from lichen_web.environment import Environment
from lichen_web.keyring import HostKey, Keyring, add_host_key, host_keyring, key_file
from tests.web.people import WebCast

DAY, LATER = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 29, 9, tzinfo=UTC)
PART = ("lichen_sealed_part", "7f", "4", "1")
CONFESSED = {"words": "Nobody has told the bank."}
SAID = {"kept_by": "Anna Kovacs", "kept_where": "the bank's safe"}

AsOwner = Callable[[], AbstractContextManager[None]]


def told(what: str) -> list[tuple[str, UUID | None, UUID | None]]:
    """Of each event of that name: in whose chain it stands, who did it, and for whom."""
    rows = Event.objects.filter(what=what).order_by("id").values_list("chain__of", "person", "organisation")
    return list(rows)


def confessed(actor: Actor) -> Sealed:
    with acting(actor):
        return seal(actor.organisation, CONFESSED, bound_to=PART)


# --- A second copy ---------------------------------------------------------------------------------------------------


def test_copy_that_is_the_same_is_written_down(people: WebCast, home: Environment):
    current = host_keyring(home).current.id
    assert confirm_key_copy(people.host, copy=host_keyring(home).text, at=DAY, **SAID) == (current,)
    kept = KeyCopy.objects.values_list("host_key", "kept_by", "kept_where", "confirmed_at")
    assert list(kept) == [(current, "Anna Kovacs", "the bank's safe", DAY)]
    with reading(people.host):
        assert told("key_copy_confirmed") == [(ChainOf.HOST, people.host.person, None)]


def test_whoever_sits_at_the_server_confirms_without_an_account(home: Environment, as_owner: AsOwner):
    with as_owner():
        confirm_key_copy(None, copy=host_keyring(home).text, at=DAY, **SAID)
        with whole():
            assert told("key_copy_confirmed") == [(ChainOf.HOST, None, None)]


def test_event_of_a_copy_says_neither_who_nor_where(home: Environment, as_owner: AsOwner):
    with as_owner():
        confirm_key_copy(None, copy=host_keyring(home).text, at=DAY, **SAID)
        with whole():
            event = Event.objects.select_related("payload").get(what="key_copy_confirmed")
            assert event.payload.payload == {"key": host_keyring(home).current.id}


def test_copy_needs_every_key_of_the_ring(home: Environment, as_owner: AsOwner):
    old = host_keyring(home)
    new = add_host_key(home)
    with as_owner(), pytest.raises(InputError) as refusal:
        confirm_key_copy(None, copy=old.text, at=DAY, **SAID)
    assert str(refusal.value) == (
        f"column copy: the key {new.id} is missing from it, or is another one; right would be: a copy of the whole file"
    )


@pytest.mark.parametrize("more", [(), (HostKey(b"\x07" * 32),)], ids=["alone", "beside this one's"])
def test_keys_of_another_host_are_no_copy_unless_these_are_beside_them(
    more: tuple[HostKey, ...], home: Environment, as_owner: AsOwner
):
    shown = Keyring((HostKey(b"\x08" * 32), *(host_keyring(home).keys if more else ()), *more))
    with as_owner():
        if more:
            confirm_key_copy(None, copy=shown.text, at=DAY, **SAID)
        else:
            with pytest.raises(InputError):
                confirm_key_copy(None, copy=shown.text, at=DAY, **SAID)
        assert KeyCopy.objects.count() == bool(more)


def test_every_problem_of_a_copy_is_told_at_once(home: Environment, as_owner: AsOwner):
    with as_owner(), pytest.raises(InputError) as refusal:
        confirm_key_copy(None, copy=Keyring((HostKey(b"\x07" * 32),)).text, kept_by=" ", kept_where="", at=DAY)
    assert [problem.column for problem in refusal.value.problems] == ["kept_by", "kept_where", "copy"]


def test_only_the_host_confirms(people: WebCast, home: Environment):
    text = host_keyring(home).text
    for actor in (people.hospital.lead, people.convener, people.facilitator, people.stranger.lead):
        with pytest.raises(NotThere):
            confirm_key_copy(actor, copy=text, at=DAY, **SAID)
    assert KeyCopy.objects.count() == 0


# --- Another key -----------------------------------------------------------------------------------------------------


def test_rotated_host_opens_what_was_sealed_before(people: WebCast, home: Environment, as_owner: AsOwner):
    part = confessed(people.hospital.lead)
    new = add_host_key(home)
    with as_owner():
        assert rotate_host_key(to=new.id, at=LATER)[0] == 3
        assert rotate_host_key(at=LATER)[0] == 0
        with whole():
            assert told("host_key_rotated") == [(ChainOf.HOST, None, None)] * 2
            assert set(OrganisationKey.objects.values_list("host_key", flat=True)) == {new.id}
    assert host_keyring(home).current == new
    with reading(people.hospital.lead):
        assert open_own(people.hospital.id, part.sealed, part.wrapped_key, bound_to=PART) == CONFESSED


def test_interrupted_rotation_goes_on_where_it_was(people: WebCast, home: Environment, as_owner: AsOwner):
    part = confessed(people.hospital.lead)
    old, new = host_keyring(home).current, add_host_key(home)
    with as_owner():
        key_file(home).write_text(Keyring((new, old)).text)
        with whole():
            assert rewrap(2) == 2
        assert rotate_host_key(at=LATER)[0] == 1
    with reading(people.hospital.lead):
        assert open_own(people.hospital.id, part.sealed, part.wrapped_key, bound_to=PART) == CONFESSED


def test_rotation_to_a_key_without_a_second_copy_is_refused(
    people: WebCast, home: Environment, settings: Any, as_owner: AsOwner
):
    before, new = host_keyring(home).current, add_host_key(home)
    settings.LICHEN = hosted = replace(home, url="https://lichen.example.org")
    with as_owner():
        with pytest.raises(NotAllowed, match="second copy of its key"):
            rotate_host_key(to=new.id, at=LATER)
        assert host_keyring(hosted).current == before
        confirm_key_copy(None, copy=host_keyring(hosted).text, at=LATER, **SAID)
        assert rotate_host_key(to=new.id, at=LATER)[0] == 3
    require_key_copy()


def test_rotation_to_a_key_that_is_not_there_changes_nothing(home: Environment, as_owner: AsOwner):
    before = host_keyring(home)
    with as_owner(), pytest.raises(Unopened, match="the host's key 8d0f is not in the ring"):
        rotate_host_key(to="8d0f", at=LATER)
    assert host_keyring(home) == before


def test_web_s_own_role_cannot_rotate(people: WebCast, home: Environment, any_database: str):
    """PostgreSQL lets the web change no key, whatever it says of itself; SQLite knows no roles."""
    new = add_host_key(home).id
    if any_database == "sqlite":
        assert rotate_host_key(to=new, at=LATER)[0] == 3
        return
    with pytest.raises(DatabaseError, match="permission denied"):
        rotate_host_key(to=new, at=LATER)


# --- Erasing ---------------------------------------------------------------------------------------------------------


def test_lead_erases_and_every_reader_is_shut(people: WebCast, home: Environment):
    hospital, churches = people.hospital, people.churches
    part = confessed(hospital.lead)
    with acting(hospital.lead):
        granted = key_for_reader(hospital.id, part.wrapped_key, churches.id, bound_to=PART)
    with reading(churches.lead):
        assert open_granted(hospital.id, churches.id, part.sealed, granted, bound_to=PART) == CONFESSED
    erase_organisation(hospital.lead, name_typed=f" {hospital.name} ", at=LATER)
    for act in (
        lambda: open_granted(hospital.id, churches.id, part.sealed, granted, bound_to=PART),
        lambda: open_own(hospital.id, part.sealed, part.wrapped_key, bound_to=PART),
    ):
        with reading(churches.lead), pytest.raises(Unopened):
            act()
    assert list(Erasure.objects.values_list("organisation", "erased_at")) == [(hospital.id, LATER)]
    assert (home.home / "erasures").read_text().split() == [str(hospital.id), LATER.isoformat()]
    assert Organisation.objects.get(id=hospital.id).erased_at == LATER
    assert CircleMembership.objects.get(organisation=hospital.id).left_at == LATER
    assert CircleMembership.objects.get(organisation=churches.id).left_at is None


def test_erased_organisation_is_there_for_nobody(people: WebCast):
    hospital = people.hospital
    erase_organisation(hospital.lead, name_typed=hospital.name, at=LATER)
    for actor in (hospital.lead, hospital.member, hospital.observer, people.serving_hospital):
        with pytest.raises(NotThere):
            actor_for(actor.person, hospital.id)
    with pytest.raises(NotThere):
        erase_organisation(hospital.lead, name_typed=hospital.name, at=LATER)


def test_erasure_is_told_in_its_own_chain_and_the_host_s(people: WebCast, as_owner: AsOwner):
    hospital = people.hospital
    erase_organisation(hospital.lead, name_typed=hospital.name, at=LATER)
    with as_owner(), whole():
        assert told("organisation_erased") == [
            (ChainOf.ORGANISATION, hospital.lead.person, hospital.id),
            (ChainOf.HOST, hospital.lead.person, hospital.id),
        ]


@pytest.mark.parametrize("typed", ["", "st brigid's hospital", "Three Churches of Eastfield", "St Brigid's"])
def test_name_has_to_be_typed_to_the_letter(people: WebCast, home: Environment, typed: str):
    with pytest.raises(InputError) as refusal:
        erase_organisation(people.hospital.lead, name_typed=typed, at=LATER)
    assert [problem.column for problem in refusal.value.problems] == ["name_typed"]
    assert (home.home / "erasures").read_text(encoding="ascii") == ""
    assert open_again(people.hospital.lead) == CONFESSED


def test_only_a_lead_erases(people: WebCast):
    hospital = people.hospital
    for actor in (hospital.member, hospital.observer, people.serving_hospital):
        with pytest.raises(NotAllowed):
            erase_organisation(actor, name_typed=hospital.name, at=LATER)
    for actor in (people.host, people.convener, people.facilitator):
        with pytest.raises(NotThere):
            erase_organisation(actor, name_typed=hospital.name, at=LATER)
    for pretending in (people.stranger.lead, people.churches.lead):
        with pytest.raises(NotThere):
            erase_organisation(replace(pretending, organisation=hospital.id), name_typed=hospital.name, at=LATER)
        with pytest.raises(InputError):
            erase_organisation(pretending, name_typed=hospital.name, at=LATER)
    assert open_again(hospital.lead) == CONFESSED


def open_again(lead: Actor) -> dict[str, Any]:
    part = confessed(lead)
    with reading(lead):
        return open_own(lead.organisation, part.sealed, part.wrapped_key, bound_to=PART)


def test_erasure_stays_so_after_a_restore(people: WebCast, as_owner: AsOwner):
    hospital = people.hospital
    part = confessed(hospital.lead)
    with as_owner(), whole():
        before = list(OrganisationKey.objects.filter(organisation=hospital.id))
    erase_organisation(hospital.lead, name_typed=hospital.name, at=LATER)
    with as_owner(), whole():
        Erasure.objects.all().delete()
        Organisation.objects.update(erased_at=None)
        OrganisationKey.objects.bulk_create(before)
        assert replay_erasures() == 1
        with pytest.raises(Unopened):
            open_own(hospital.id, part.sealed, part.wrapped_key, bound_to=PART)
