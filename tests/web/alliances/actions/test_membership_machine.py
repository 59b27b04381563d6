from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from lichen_web.alliances.access.actors import actor_for
from lichen_web.alliances.actions.host import invite_host
from lichen_web.alliances.actions.membership import accept_invitation
from tests.web.alliances.actions.acts import NOW
from tests.web.alliances.actions.household import LOTS, NAMES, ROLES, Play, walk, warm_up
from tests.web.alliances.actions.household_faults import FAULTS
from tests.web.people import signed_up

pytestmark = pytest.mark.django_db
WALKS, STEPS = 4, 60
SELDOM_MET = {
    "a link changes the role of who is inside",
    "a link that was taken back works",
    "links stay when their sender goes",
    "nobody speaks when the stand-in goes",
    "the stand-in sends the delegate away",
    "who is named is away already",
}
"""Faults that show only after several fitting acts in a row: the walks meet them, and take their time."""

Begin = Callable[[], Play]


@pytest.fixture(scope="module")
def begin(django_db_setup, django_db_blocker) -> Iterator[Begin]:
    """Five people and a host; every play begins anew with them."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = {name: signed_up(f"{name} Nu") for name in NAMES}
        host = signed_up("Ines Okafor")
        accept_invitation(host, token=invite_host(email="", at=NOW), at=NOW)
        host = actor_for(host.person)
        yield lambda: Play(people, host)
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done within, the database is afterwards as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Walls(RuleBasedStateMachine):
    """An organisation in the hands of hypothesis."""

    begin: ClassVar[Begin]

    @initialize(roles=st.none() | st.tuples(*[st.sampled_from(ROLES)] * (len(NAMES) - 1)))
    def found(self, roles: tuple[str, ...] | None) -> None:
        self.around = undone()
        self.around.__enter__()
        self.play = type(self).begin()
        if roles:
            warm_up(self.play, roles)

    @rule(name=st.sampled_from(LOTS), data=st.data())
    def act(self, name: str, data: st.DataObject) -> None:
        self.play.act(name, lambda options: data.draw(st.sampled_from(options)))

    def teardown(self) -> None:
        if hasattr(self, "around"):
            self.around.__exit__(None, None, None)


def search(begin: Begin, histories: int, steps: int) -> None:
    """Whatever is found need not be the shortest: making it so takes minutes, and a walk says as much."""
    machine = type("Searched", (Walls,), {"begin": staticmethod(begin)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def found_by(begin: Begin, walks: int = WALKS) -> str:
    """What the model says to the first walk in which it sees a fault; empty if it sees none."""
    for seed in range(walks):
        with undone():
            try:
                walk(begin(), seed, STEPS)
            except AssertionError as found:
                return f"walk {seed}: {found}"
    return ""


def test_households_keep_to_the_model(begin: Begin):
    search(begin, 6, 30)


def test_walks_keep_to_the_model(begin: Begin):
    assert found_by(begin) == ""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in SELDOM_MET else ()) for name in FAULTS]
)
def test_planted_fault_is_found(name: str, begin: Begin, monkeypatch: pytest.MonkeyPatch):
    for owner, attribute, fault in FAULTS[name]:
        monkeypatch.setattr(owner, attribute, fault)
    assert found_by(begin, 40) != ""


@pytest.mark.long
def test_many_households_keep_to_the_model(begin: Begin):
    search(begin, 100, 50)
    assert found_by(begin, 40) == ""
