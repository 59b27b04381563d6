from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from lichen.disclosure.rules import RULES
from tests.core.disclosure.faults import FAULTS, Faulty
from tests.core.disclosure.play import LOTS, Play, walk
from tests.core.disclosure.seated import TABLE

WALKS, STEPS = 40, 40
SELDOM_MET = {"a no does not take an agreement back", "words come before codes"}
"""Faults that show only after several fitting acts in a row: the walks meet them, a search often does not."""


class Room(RuleBasedStateMachine):
    """A matter in the hands of hypothesis; after every act the watch compares all that anybody may see."""

    faults: ClassVar[Faulty] = {}

    @initialize(seats=st.permutations(TABLE), number=st.integers(2, 4), rounds=st.integers(0, 2))
    def open_matter(self, seats, number, rounds):
        self.play = Play(tuple(seats[:number]), **self.faults)
        self.play.warm_up(rounds)

    @rule(name=st.sampled_from(LOTS), data=st.data())
    def act(self, name, data):
        self.play.act(name, lambda options: data.draw(st.sampled_from(options)))

    def teardown(self):
        if hasattr(self, "play"):
            self.play.finish()


def search(histories: int, steps: int, *phases: Phase) -> settings:
    chosen = phases or tuple(Phase)
    return settings(max_examples=histories, stateful_step_count=steps, deadline=None, phases=chosen)


def found_by(faults: Faulty) -> str:
    """What the watch says to the first matter in which it sees the fault; empty if it sees it in none."""
    for seed in range(WALKS * 10):
        try:
            walk(seed, STEPS, **faults)
        except AssertionError as found:
            return f"walk {seed}: {found}"
    return ""


def test_matters_of_every_kind_keep_the_rules():
    run_state_machine_as_test(Room, settings=search(12, 30))


def test_walks_keep_the_rules_and_meet_them_all():
    refusals = [walk(seed, STEPS).refusals for seed in range(WALKS)]
    never = {"all-of-a-ring", "days-in-order", "one-item-at-a-time", "stated-in-the-audit"}
    assert set().union(*refusals) == {rule.name for rule in RULES} - never


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_found(name):
    assert found_by(FAULTS[name]) != ""


@pytest.mark.long
def test_five_hundred_matters_keep_the_rules():
    run_state_machine_as_test(Room, settings=search(500, 50))


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in FAULTS if name not in SELDOM_MET])
def test_planted_fault_is_found_by_search(name):
    machine = type("Faulty", (Room,), {"faults": FAULTS[name]})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=search(500, 50, Phase.generate))  # it need not be the shortest
