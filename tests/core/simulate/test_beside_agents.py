"""The same rules, written again for Mesa from the page of assumptions, give the same lives."""

from __future__ import annotations

from importlib import import_module

import pytest

from lichen.simulate.running import simulated_lives

pytestmark = pytest.mark.long
pytest.importorskip("mesa")
agents = import_module("benchmarks.simulate")


@pytest.mark.parametrize("name", agents.scenes())
def test_lives_agree_with_those_of_agents(name: str):
    life, assumed = agents.scenes()[name]
    ours = simulated_lives(life, assumed, months=agents.MONTHS, runs=agents.RUNS)
    assert agents.agreement(ours, agents.by_mesa(life, assumed, 1_000)).holds


def test_agreement_sees_a_rule_that_is_otherwise():
    """With trust that holds a partner a little less, the two do not agree: the comparison can fail."""
    life, assumed = agents.scenes()["the same, pulled twice as hard"]
    ours = simulated_lives(life, agents.Assumptions(pull=assumed.pull, trust_hold=0.65), runs=agents.RUNS)
    assert not agents.agreement(ours, agents.by_mesa(life, assumed, 1_000)).holds
