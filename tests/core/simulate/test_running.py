"""The simulation: what must hold in every single run, and what it comes to where it can be worked out by hand."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lichen.errors import InputError
from lichen.simulate.assumptions import Assumptions, Unit
from lichen.simulate.life import MOST_ALLIES, Ally, Life, Reliance, ThreatNow
from lichen.simulate.running import Ending, Lives, compared_lives, simulated_lives
from tests.core.simulate.lives import lives, more_covered, pair

RATES = [each.name for each in fields(Assumptions) if each.metadata["unit"] is Unit.TIMES_A_YEAR]
CALM = Assumptions(**dict.fromkeys(RATES, 0.0))
ROUGH = Assumptions(pull=0.2, budget_cut=0.5, key_person=0.5, trust_broken=0.5)
"""So much goes wrong that most lives end, and a difference would show."""
FEW = {"months": 24, "runs": 100}
some = settings(max_examples=15)


def both(before: Life, after: Life, assumed: Assumptions = ROUGH) -> tuple[Lives, Lives]:
    one, other = compared_lives([(before, assumed), (after, assumed)], **FEW)
    return one, other


def is_same(one: Lives, other: Lives) -> bool:
    return np.array_equal(one.ended, other.ended) and np.array_equal(one.codes, other.codes)


@some
@given(st.data())
def test_more_cover_shortens_no_single_run(data: st.DataObject):
    life = data.draw(lives())
    before, after = both(life, data.draw(more_covered(life)))
    assert (after.ended >= before.ended).all()
    assert (after.failed <= before.failed).all()


@some
@given(lives(), st.sampled_from(["has_check_ins", "has_clause", "has_second_cover"]))
def test_safeguard_shortens_no_single_run(life: Life, safeguard: str):
    before, after = both(replace(life, **{safeguard: False}), replace(life, **{safeguard: True}))
    assert (after.ended >= before.ended).all()
    assert (after.failed <= before.failed).all()


@some
@given(lives())
def test_liaison_or_trust_shortens_no_single_run(life: Life):
    trusting = tuple(replace(ally, trust=None if ally.trust is None else 1.0, has_liaison=True) for ally in life.allies)
    before, after = both(life, replace(life, allies=trusting))
    assert (after.ended >= before.ended).all()


@some
@given(lives())
def test_without_shocks_nobody_leaves(life: Life):
    calm = simulated_lives(replace(life, threat=ThreatNow.NONE), CALM, **FEW)
    assert (calm.ended == 25).all()
    assert calm.of(Ending.NONE).all()


@some
@given(lives(), st.integers(0, 2**63 - 1))
def test_same_seed_gives_the_same_answer(life: Life, seed: int):
    assert is_same(*(simulated_lives(life, ROUGH, seed=seed, **FEW) for _time in range(2)))


@some
@given(lives(), st.data())
def test_order_of_partners_does_not_matter(life: Life, data: st.DataObject):
    shuffled = replace(life, allies=tuple(data.draw(st.permutations(life.allies))))
    assert is_same(simulated_lives(life, ROUGH, **FEW), simulated_lives(shuffled, ROUGH, **FEW))


@some
@given(lives(), st.integers(1, 24))
def test_longer_horizon_begins_as_the_shorter(life: Life, months: int):
    long, short = (simulated_lives(life, ROUGH, months=each, runs=100) for each in (24, months))
    assert np.array_equal(np.minimum(long.ended, months + 1), short.ended)
    assert np.array_equal(long.codes[short.ended <= months], short.codes[short.ended <= months])


def test_other_seeds_give_other_answers():
    assert not is_same(*(simulated_lives(pair, ROUGH, seed=seed, **FEW) for seed in (1, 2)))


def test_lives_alone_are_as_they_are_among_others():
    """The shocks of a run hang on the seed alone, not on what it is compared with."""
    alone = simulated_lives(pair, ROUGH, months=24, runs=6_000)
    among = compared_lives([(pair, CALM), (pair, ROUGH)], months=24, runs=6_000)[1]
    assert is_same(alone, among)


def test_goals_are_met_at_the_published_rate_and_are_no_failure():
    met = simulated_lives(pair, replace(CALM, fulfilled=0.12), months=60, runs=20_000)
    assert met.failed.sum() == 0
    assert met.of(Ending.FULFILLED).mean() == pytest.approx(1 - np.exp(-0.12 * 5), abs=0.01)


def test_month_of_leaving_agrees_with_the_chance_by_hand():
    """A gone threat alone pulls, on two who meet nothing and trust nothing: each leaves at the full pull."""
    bare = Life((Ally("a", (), 0.0), Ally("b", (), 0.0)), threat=ThreatNow.RECEDED)
    assumed = replace(CALM, pull=0.05, trust_regained=0.0)
    found = simulated_lives(bare, assumed, months=12, runs=40_000)
    assert (found.ended > 12).mean() == pytest.approx(0.95**24, abs=0.01)
    assert found.of(Ending.THREAT_RECEDED).sum() == (found.ended <= 12).sum()


def test_cover_holds_a_partner_by_what_is_assumed():
    needs = {"a": (Reliance(1.0, (("b", 1.0),)),), "b": (Reliance(1.0, (("a", 1.0),)),)}
    held = Life(tuple(Ally(id, each, 0.0) for id, each in needs.items()), threat=ThreatNow.RECEDED)
    assumed = replace(CALM, pull=0.05, trust_regained=0.0, cover_hold=0.5)
    found = simulated_lives(held, assumed, months=12, runs=40_000)
    assert (found.ended > 12).mean() == pytest.approx(0.975**24, abs=0.01)


@pytest.mark.parametrize(
    ("shock", "ending"),
    [
        ("budget_cut", Ending.BUDGET_CUT),
        ("key_person", Ending.KEY_PERSON),
        ("trust_broken", Ending.TRUST_BROKEN),
        ("early_success", Ending.COMPLACENCY),
    ],
)
def test_only_shock_is_named_as_the_cause(shock: str, ending: Ending):
    found = simulated_lives(pair, replace(CALM, **{shock: 1.0}), months=60, runs=500)
    assert found.of(ending).sum() == (found.ended <= 60).sum() > 0


def test_threat_that_recedes_is_felt_only_where_an_alliance_rests_on_it():
    assumed = replace(CALM, threat_recedes=12.0, pull=0.5)
    ended = [(simulated_lives(replace(pair, threat=threat), assumed, **FEW).ended <= 24).mean() for threat in ThreatNow]
    assert ended[0] == 0
    assert ended[1] > 0.5
    assert ended[2] >= ended[1]


def test_second_cover_needs_a_third_partner():
    before, after = both(pair, replace(pair, has_second_cover=True))
    assert is_same(before, after)


def test_second_cover_steps_in_for_the_first():
    third = Life((*pair.allies, Ally("c", ())))
    before, after = both(third, replace(third, has_second_cover=True))
    assert after.failed.sum() < before.failed.sum()


def test_alliance_of_the_most_partners_is_simulated():
    largest = Life(tuple(Ally(f"p{place:02}") for place in range(MOST_ALLIES)))
    assert len(simulated_lives(largest, months=2, runs=3).ended) == 3


@pytest.mark.parametrize("wrong", [{"months": 0}, {"months": 601}, {"runs": 0}, {"seed": -1}])
def test_number_out_of_range_is_refused(wrong: dict[str, int]):
    with pytest.raises(InputError, match=next(iter(wrong))):
        simulated_lives(pair, **wrong)


def test_different_partners_are_not_compared():
    with pytest.raises(InputError, match="same partners"):
        compared_lives([(pair, CALM), (Life((Ally("a"), Ally("c"))), CALM)])


def test_progress_tells_all_runs():
    told: list[int] = []
    compared_lives([(pair, CALM), (pair, ROUGH)], months=1, runs=6_000, progress=told.append)
    assert sum(told) == 12_000
