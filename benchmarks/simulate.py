"""Whether the simulation does what its page says, and how fast, beside the same rules written for Mesa.

python benchmarks/simulate.py [LIVES]

LIVES is how many lives Mesa is given. The rules below are written from docs/discussion/simulation.md alone, one
agent a partner and one month a step, and share no code with the library but the values that they begin with.
"""

from __future__ import annotations

import math
import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import mesa
import numpy as np
from scipy.stats import chi2_contingency, ks_2samp

import lichen
from lichen.simulate.assumptions import Assumptions
from lichen.simulate.life import Ally, Life, Reliance, ThreatNow
from lichen.simulate.reference import reference_life
from lichen.simulate.running import Ending, Lives, simulated_lives

MONTHS, RUNS, REPEATS = 60, 10_000, 5
LEAST_P, MOST_APART = 0.001, 0.05
"""What counts as agreement: neither test is below this p, and nowhere do the two curves lie further apart than this."""


class Partner(mesa.Agent):
    """One partner of an alliance."""

    def __init__(self, model: AllianceModel, ally: Ally) -> None:
        super().__init__(model)
        self.ally, assumed = ally, model.assumed
        self.trust = assumed.trust_at_start if ally.trust is None else ally.trust
        self.is_in, self.decided = True, False
        self.cut_left = self.person_left = self.broken_left = 0

    def meet_shocks(self) -> None:
        assumed, life, strikes = self.model.assumed, self.model.life, self.model.strikes
        self.cut_left, self.person_left, self.broken_left = (
            max(0, left - 1) for left in (self.cut_left, self.person_left, self.broken_left)
        )
        if strikes(assumed.budget_cut):
            self.cut_left = assumed.budget_cut_months_with_clause if life.has_clause else assumed.budget_cut_months
        if strikes(assumed.key_person):
            liaison = self.ally.has_liaison
            self.person_left = assumed.key_person_months_with_liaison if liaison else assumed.key_person_months
        if strikes(assumed.trust_broken):
            checked = life.has_check_ins
            self.broken_left = assumed.trust_broken_months_with_check_ins if checked else assumed.trust_broken_months
            self.trust = max(0.0, self.trust - assumed.trust_lost)
        back = assumed.trust_regained_with_check_ins if life.has_check_ins else assumed.trust_regained
        self.trust += back * (1 - self.trust)

    @property
    def gives_all(self) -> bool:
        return self.is_in and not self.cut_left and not self.person_left

    def met_by(self, givers: set[str]) -> float:
        """How far these partners meet what this one needs."""
        if self.ally.needs is None:
            return self.model.assumed.unknown_cover if givers - {self.ally.id} else 0.0
        return sum(need.weight * self.one_met(need, givers) for need in self.ally.needs)

    def one_met(self, need: Reliance, givers: set[str]) -> float:
        best = max((met for id, met in need.met_by if id in givers), default=0.0)
        if not self.model.life.has_second_cover or not need.met_by:
            return best
        first, most = max(need.met_by, key=lambda pair: pair[1])
        stands_in = bool(givers - {first, self.ally.id})
        return max(best, self.model.assumed.second_cover * most) if stands_in else best

    def pulls(self) -> dict[Ending, float]:
        model, assumed = self.model, self.model.assumed
        return {
            Ending.BUDGET_CUT: float(self.cut_left > 0),
            Ending.KEY_PERSON: assumed.key_person_weight * (self.person_left > 0),
            Ending.TRUST_BROKEN: assumed.trust_broken_weight * (self.broken_left > 0),
            Ending.THREAT_RECEDED: assumed.threat_weight * model.threat_gone,
            Ending.COMPLACENCY: assumed.complacency_weight * (model.complacent_left > 0),
            Ending.OTHERS_LEFT: assumed.others_left_weight * model.share_gone,
        }

    def decide(self) -> None:
        assumed, model = self.model.assumed, self.model
        if not self.is_in:
            return
        rest = self.met_by(model.giving_all)
        held = rest + assumed.giving_when_struck * (self.met_by(model.giving) - rest)
        pull = assumed.pull * sum(self.pulls().values())
        chance = pull * (1 - assumed.cover_hold * held) * (1 - assumed.trust_hold * self.trust)
        self.decided = model.random.random() < chance

    def leave(self) -> None:
        if self.is_in and self.decided:
            self.is_in = False
            self.model.pulled.update(self.pulls())


class AllianceModel(mesa.Model):
    """One life of an alliance."""

    def __init__(self, life: Life, assumed: Assumptions, seed: int) -> None:
        super().__init__(seed=seed)
        self.life, self.assumed = life, assumed
        self.pulled: Counter[Ending] = Counter()
        self.complacent_left, self.share_gone = 0, 0.0
        self.threat_gone = life.threat is ThreatNow.RECEDED
        self.ending: Ending | None = None
        self.giving: set[str] = set()
        self.giving_all: set[str] = set()
        for ally in life.allies:
            Partner(self, ally)

    def strikes(self, times_a_year: float) -> bool:
        return self.random.random() < 1 - math.exp(-times_a_year / 12)

    def step(self) -> None:
        assumed = self.assumed
        self.agents.do("meet_shocks")
        self.complacent_left = max(0, self.complacent_left - 1)
        if self.strikes(assumed.early_success):
            checked = self.life.has_check_ins
            self.complacent_left = assumed.complacency_months_with_check_ins if checked else assumed.complacency_months
        if self.life.threat is ThreatNow.STANDS and self.strikes(assumed.threat_recedes):
            self.threat_gone = True
        self.giving = {agent.ally.id for agent in self.agents if agent.is_in}
        self.giving_all = {agent.ally.id for agent in self.agents if agent.gives_all}
        self.agents.do("decide")
        self.agents.do("leave")
        many = len(self.life.allies)
        left = sum(agent.is_in for agent in self.agents)
        if left < max(2, math.ceil(assumed.least_share * many - 1e-9)):
            self.ending = max(self.pulled, key=lambda ending: self.pulled[ending])
        elif self.strikes(assumed.fulfilled):
            self.ending = Ending.FULFILLED
        self.share_gone = 1 - left / many


@dataclass(frozen=True)
class Agreement:
    """How far apart two samples of lives are."""

    months_p: float
    """Kolmogorov and Smirnov, over the months of ending."""
    endings_p: float
    """Chi squared, over the ways of ending that are frequent enough."""
    apart: float
    """The largest difference between the two survival curves."""

    @property
    def holds(self) -> bool:
        return self.months_p >= LEAST_P and self.endings_p >= LEAST_P and self.apart <= MOST_APART


def by_mesa(life: Life, assumed: Assumptions, lives: int, months: int = MONTHS) -> list[tuple[int, Ending]]:
    """In which month each life ended, and how."""
    found = []
    for seed in range(lives):
        model = AllianceModel(life, assumed, seed)
        month = 0
        while month < months and model.ending is None:
            month += 1
            model.step()
        found.append((month + 1, Ending.NONE) if model.ending is None else (month, model.ending))
    return found


def agreement(ours: Lives, theirs: Sequence[tuple[int, Ending]]) -> Agreement:
    months = np.array([month for month, _ending in theirs])
    counted = Counter(ending for _month, ending in theirs)
    both = [(int(ours.of(ending).sum()), counted[ending]) for ending in Ending]
    frequent = [pair for pair in both if pair[1] >= 5]
    rare = np.sum([pair for pair in both if pair[1] < 5] or [(0, 0)], axis=0)
    table = np.array([*frequent, *([rare] if rare.all() else [])]).T
    apart = max(abs(float((ours.ended > month).mean() - (months > month).mean())) for month in range(ours.months + 1))
    endings_p = float(chi2_contingency(table).pvalue) if table.shape[1] > 1 else 1.0
    return Agreement(float(ks_2samp(ours.ended, months, method="asymp").pvalue), endings_p, apart)


def twelve() -> Life:
    """Twelve partners of five needs, of which each has a few who meet it."""
    random = Random(1)
    ids = [f"partner-{place:02}" for place in range(12)]
    return Life(
        tuple(Ally(id, tuple(_need(random, [other for other in ids if other != id]) for _n in range(5))) for id in ids)
    )


def _need(random: Random, others: Sequence[str]) -> Reliance:
    return Reliance(0.2, tuple((id, random.uniform(0.25, 1)) for id in random.sample(others, random.randint(0, 3))))


def scenes() -> dict[str, tuple[Life, Assumptions]]:
    """Alliances in which every rule has something to do."""
    pair = Life((Ally("a", (Reliance(1.0, (("b", 0.75),)),), trust=0.5), Ally("b", has_liaison=True)), has_clause=True)
    bare = reference_life()
    threat = Life(twelve().allies, threat=ThreatNow.STANDS, has_second_cover=True)
    return {
        "two partners, a clause, one liaison": (pair, Assumptions()),
        "the reference alliance": (bare, Assumptions()),
        "the same, pulled twice as hard": (bare, Assumptions(pull=0.11)),
        "twelve partners": (twelve(), Assumptions(pull=0.08)),
        "twelve under a threat, second cover": (threat, Assumptions()),
    }


def quickest(work: Callable[[], object], times: int) -> float:
    """Seconds of the quickest of several goes: others may use the machine, and they only ever slow it."""
    found = []
    for _go in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def main(lives: int = 2_000) -> None:
    """Print how well the two agree, and how long each takes."""
    print(
        f"Lichen {lichen.__version__}, Mesa {mesa.__version__}, numpy {np.__version__}, Python"
        f" {platform.python_version()}, {os.cpu_count()} cores; {MONTHS} months, {RUNS:,} lives by Lichen, {lives:,} by"
        f" Mesa; agreement: p from {LEAST_P} on, curves at most {MOST_APART} apart\n"
    )
    print(f"{'':38}{'p, months':>11}{'p, endings':>12}{'apart':>8}{'alive':>8}{'agree':>7}")
    agreed = True
    for name, (life, assumed) in scenes().items():
        ours = simulated_lives(life, assumed, months=MONTHS, runs=RUNS)
        found = agreement(ours, by_mesa(life, assumed, lives))
        alive = float((ours.ended > MONTHS).mean())
        told = "yes" if found.holds else "NO"
        print(f"{name:38}{found.months_p:11.3f}{found.endings_p:12.3f}{found.apart:8.3f}{alive:8.3f}{told:>7}")
        agreed &= found.holds
    life, assumed = twelve(), Assumptions()
    ours = quickest(lambda: simulated_lives(life, assumed, months=MONTHS, runs=RUNS), REPEATS)
    few = 100
    theirs = quickest(lambda: by_mesa(life, assumed, few), 3) / few
    print(
        f"\ntwelve partners, {MONTHS} months, {RUNS:,} lives: Lichen {ours:.2f} s (quickest of {REPEATS}); Mesa"
        f" {1000 * theirs:.1f} ms a life, so {theirs * RUNS:.0f} s (quickest of 3 times {few} lives);"
        f" {theirs * RUNS / ours:.0f} times"
    )
    assert agreed, "the two do not agree"
    assert theirs * RUNS / ours >= 20, "Lichen is not twenty times as fast"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
