"""What holds of every act alike: it works, refuses whom it should, tells nothing, and is all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection

from lichen.errors import NotAllowed
from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.permissions import PERMISSIONS
from lichen_web.alliances.actions import (
    audit,
    circles,
    complaints,
    facilitation,
    host,
    membership,
    organisations,
)
from lichen_web.alliances.models import Event, EventPayload, Mail
from tests.web.alliances.actions.acts import ACTS, MARK, NOW, Act
from tests.web.people import WebCast
from tests.web.queued import queued_jobs

WORDS_ARE_MEANT_FOR = {
    ("Circle", "name"),
    ("Circle", "purpose"),
    ("Claim", "signed_name"),
    ("Claim", "statement"),
    ("EmailAddress", "email"),
    ("Invitation", "email"),
    ("Organisation", "name"),
    ("Organisation", "region"),
    ("Organisation", "website"),
    ("Person", "email"),
    ("Person", "name"),
    ("Recovery", "email"),
    ("Recovery", "reason"),
}
"""Columns in which something typed may stand in the clear."""

every_act = pytest.mark.parametrize("name", ACTS)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database."""
    return {model.__name__: sorted(model.objects.values_list(), key=repr) for model in apps.get_models()}


def columns_with(word: str) -> set[tuple[str, str]]:
    """The columns in which a word stands in the clear."""
    return {
        (model.__name__, column)
        for model in apps.get_models()
        for row in model.objects.values()
        for column, value in row.items()
        if word
        in (bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else f"{value}").lower()
    }


def tried(act: Act, cast: WebCast, by: Actor) -> None:
    act.do(by, **act.given(cast), at=NOW)


class Broken(Exception):
    """The database broke off."""


class Breaking:
    """Breaks off at one write; what ends a transaction is let through."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            if self.left == 0:
                raise Broken
            self.left -= 1
        return execute(sql, params, many, context)


def test_every_act_of_these_rooms_is_here():
    rooms = (audit, circles, complaints, facilitation, host, membership, organisations)
    acts = {name for room in rooms for name in room.__all__ if name.islower()}
    assert set(ACTS) == acts - {"invite_host"}  # done at the server's own terminal, by nobody
    assert set(ACTS) <= set(PERMISSIONS)


@every_act
def test_act_works_and_is_told_without_a_word_of_it(name: str, cast: WebCast):
    act = ACTS[name]
    by, given = act.by(cast), act.given(cast)
    before = Event.objects.count()
    act.do(by, **given, at=NOW)
    told = Event.objects.order_by("id")[before:]
    assert {event.person for event in told} == {by.person}
    assert all(event.what.replace("_", "").isalpha() for event in told)
    assert len(told) >= 1
    assert columns_with(MARK) <= WORDS_ARE_MEANT_FOR


@every_act
def test_act_is_not_there_for_strangers(name: str, cast: WebCast):
    act = ACTS[name]
    given = act.given(cast)
    for stranger in act.strangers:
        by, before = stranger(cast), rows()
        with pytest.raises(NotThere):
            act.do(by, **given, at=NOW)
        assert rows() == before


@every_act
def test_act_is_refused_to_the_wrong_role(name: str, cast: WebCast):
    act = ACTS[name]
    given, before = act.given(cast), rows()
    for wrong in act.wrong:
        with pytest.raises(NotAllowed):
            act.do(wrong(cast), **given, at=NOW)
    if act.wrong:
        before = rows()
    assert rows() == before


@every_act
def test_act_is_all_or_nothing(name: str, cast: WebCast):
    act = ACTS[name]
    by, given = act.by(cast), act.given(cast)
    before, writes = rows(), 0
    while True:
        try:
            with connection.execute_wrapper(Breaking(writes)):
                act.do(by, **given, at=NOW)
        except Broken:
            assert rows() == before
            writes += 1
        else:
            break
    assert writes >= 2


@every_act
def test_act_is_not_there_for_who_is_suspended(name: str, cast: WebCast):
    act = ACTS[name]
    by, given = act.by(cast), act.given(cast)
    Person.objects.filter(id=by.person).update(suspended_at=NOW)
    with pytest.raises(NotThere):
        act.do(by, **given, at=NOW)


@every_act
def test_what_is_not_there_costs_the_same_questions_as_what_is_not_yours(name: str, cast: WebCast):
    """Whoever tries ids learns nothing from the answer, nor from how long it takes."""
    act = ACTS[name]
    given = act.given(cast)
    ids = {key: uuid4() for key, value in given.items() if isinstance(value, UUID)}
    if not ids or not act.strangers:
        pytest.skip("takes no id")
    for stranger in act.strangers:
        by = stranger(cast)
        assert questions(act, by, {**given, **ids}) == questions(act, by, dict(given))


def questions(act: Act, by: Actor, given: dict[str, Any]) -> list[str]:
    """What the database is asked on the way to a refusal, without the values."""
    asked: list[str] = []

    def listening(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql if "SAVEPOINT" not in sql else "SAVEPOINT")
        return execute(sql, params, many, context)

    with pytest.raises(NotThere), connection.execute_wrapper(listening):
        act.do(by, **given, at=NOW)
    return asked


def test_jobs_bear_ids_alone(cast: WebCast):
    kinds = {tuple(type(UUID(each)) for each in ids) for _, *ids in queued_jobs()}
    assert kinds == {(UUID,)}


def test_events_of_everybody_so_far_bear_no_name_or_address(cast: WebCast):
    told = json.dumps(
        [*Event.objects.values_list("what", flat=True), *EventPayload.objects.values_list("payload", flat=True)]
    )
    people = [part for person in Person.objects.all() for part in (person.email, *person.name.split())]
    assert [word for word in people if word.lower() in told.lower()] == []
    assert Mail.objects.count() > 0
