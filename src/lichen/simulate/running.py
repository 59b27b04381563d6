"""The simulation: many lives of an alliance at once, month by month.

Every draw belongs to a place (which shock, which partner, which month, which run) and to nothing else, so that
several alliances, or several sets of assumptions, meet the same fate. Whatever is better at the start of a month
leaves nothing worse at its end; so neither a safeguard nor more cover ever shortens a single run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, expm1

import numpy as np
from numpy.typing import NDArray

from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.simulate.assumptions import Assumptions
from lichen.simulate.cover import Coverage
from lichen.simulate.life import Ally, Life, ThreatNow

__all__ = ["MOST_MONTHS", "MOST_RUNS", "Ending", "Lives", "Start", "compared_lives", "simulated_lives"]

MOST_MONTHS, MOST_RUNS = 600, 10_000_000
_AT_ONCE = 5_000
"""Runs that are kept in memory together; more are simulated in turn, so that memory stays small."""

Start = tuple[Life, Assumptions]
"""What a simulation begins with, and what it assumes."""
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Months = NDArray[np.int16]
Codes = NDArray[np.int8]
Bits = NDArray[np.int64]


class Ending(StrEnum):
    """How one run ended."""

    BUDGET_CUT = "budget cut"
    KEY_PERSON = "key person left"
    TRUST_BROKEN = "trust broken"
    THREAT_RECEDED = "threat receded"
    COMPLACENCY = "complacency"
    OTHERS_LEFT = "others left"
    FULFILLED = "goals met or need passed"
    """An ending, and no failure."""
    NONE = "still alive"

    @property
    def is_failure(self) -> bool:
        """Whether the alliance ended although it was still wanted."""
        return self not in (Ending.FULFILLED, Ending.NONE)


_ENDINGS = tuple(Ending)
_FULFILLED, _ALIVE = _ENDINGS.index(Ending.FULFILLED), _ENDINGS.index(Ending.NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Lives:
    """How long each of many simulated runs lasted, and how it ended."""

    months: int
    """How many months were simulated."""
    seed: int
    """Of the draws."""
    ended: Months
    """Shape (runs,): in which month each ended, from 1; one more than ``months`` where it is still alive."""
    codes: Codes
    """Shape (runs,): how each ended, as the place of the ``Ending``."""

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.ended)

    @property
    def failed(self) -> Flags:
        """Shape (runs,): whether each ended although it was still wanted."""
        flags: Flags = self.codes < _FULFILLED
        return flags

    def of(self, ending: Ending) -> Flags:
        """Shape (runs,): whether each ended in this way."""
        flags: Flags = self.codes == _ENDINGS.index(ending)
        return flags


def simulated_lives(
    life: Life,
    assumptions: Assumptions | None = None,
    *,
    months: int = 60,
    runs: int = 10_000,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Lives:
    """Many lives of one alliance, simulated on assumptions that nobody has validated.

    The same seed gives the same answer, and more months go on from fewer: the first stay as they were.

    Args:
        life: What it begins with.
        assumptions: What is assumed; None takes the defaults.
        months: How many months, from 1 to 600.
        runs: How many lives, from 1 to 10,000,000.
        seed: Of the draws, 0 or more.
        progress: Told how many more runs are done, now and then.

    Raises:
        InputError: A number is out of range.

    Source:
        docs/discussion/simulation.md; the rules are ours.

    Example:
        >>> pair = Life((Ally("a"), Ally("b")))
        >>> lives = simulated_lives(pair, runs=100)
        >>> bool((lives.ended == simulated_lives(pair, runs=100).ended).all())
        True
    """
    start = (life, assumptions or Assumptions())
    return compared_lives([start], months=months, runs=runs, seed=seed, progress=progress)[0]


def compared_lives(
    starts: Sequence[Start],
    *,
    months: int = 60,
    runs: int = 10_000,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
) -> tuple[Lives, ...]:
    """The lives of several alliances of the same partners, each run under the same shocks in all of them.

    Args:
        starts: Each alliance with what is assumed of it.
        months: How many months, from 1 to 600.
        runs: How many lives of each, from 1 to 10,000,000.
        seed: Of the draws, 0 or more.
        progress: Told how many more runs are done, counted over all alliances, now and then.

    Returns:
        One a start, in their order.

    Raises:
        InputError: A number is out of range, or the partners are not the same.
    """
    _check_numbers(months=(months, 1, MOST_MONTHS), runs=(runs, 1, MOST_RUNS), seed=(seed, 0, 2**63 - 1))
    _check_partners(starts)
    scenes = [_Scene.of(life, assumed) for life, assumed in starts]
    found = [(np.full(runs, months + 1, np.int16), np.full(runs, _ALIVE, np.int8)) for _start in starts]
    for chunk, first in enumerate(range(0, runs, _AT_ONCE)):
        part = slice(first, min(first + _AT_ONCE, runs))
        random = np.random.Generator(np.random.SFC64([seed, chunk]))
        nows = [
            _Now.at_start(scene, ended[part], codes[part]) for scene, (ended, codes) in zip(scenes, found, strict=True)
        ]
        for month in range(1, months + 1):
            draws = random.random((4 * len(scenes[0].trust) + 3, part.stop - part.start), np.float32)
            for now in nows:
                now.live(draws, month)
        if progress is not None:
            progress((part.stop - part.start) * len(starts))
    return tuple(Lives(months, seed, ended, codes) for ended, codes in found)


def _check_numbers(**given: tuple[int, int, int]) -> None:
    refuse(
        Problem(
            _("the number is out of range"), _("from {least} to {most:,}").format(least=least, most=most), column=name
        )
        for name, (value, least, most) in given.items()
        if not least <= value <= most
    )


def _check_partners(starts: Sequence[Start]) -> None:
    different = {frozenset(ally.id for ally in life.allies) for life, _assumed in starts}
    what, right = _("these are not the same partners"), _("one alliance, in several states")
    refuse([Problem(what, right, column="partners")] if len(different) != 1 else [])


@dataclass(frozen=True, slots=True)
class _Scene:
    """Everything about an alliance that is the same in each run and month; partners stand in the order of their ids."""

    assumed: Assumptions
    coverage: Coverage
    trust: Floats
    """Shape (partners, 1), at the start."""
    person_months: Months
    """Shape (partners,): how long each feels the loss of a key person."""
    check_ins: bool
    clause: bool
    threat: ThreatNow
    quorum: int
    """How many partners must be left."""

    @classmethod
    def of(cls, life: Life, assumed: Assumptions) -> _Scene:
        allies = sorted(life.allies, key=lambda ally: ally.id)
        felt = {True: assumed.key_person_months_with_liaison, False: assumed.key_person_months}
        return cls(
            assumed=assumed,
            coverage=Coverage.of(allies, assumed, second=life.has_second_cover),
            trust=np.array([[_trust(ally, assumed)] for ally in allies], np.float32),
            person_months=np.array([felt[ally.has_liaison] for ally in allies], np.int16),
            check_ins=life.has_check_ins,
            clause=life.has_clause,
            threat=life.threat,
            quorum=max(2, ceil(assumed.least_share * len(allies) - 1e-9)),
        )


def _trust(ally: Ally, assumed: Assumptions) -> float:
    return assumed.trust_at_start if ally.trust is None else ally.trust


@dataclass(slots=True)
class _Now:
    """How things stand in each run of a chunk; partners are rows and runs are columns."""

    scene: _Scene
    ended: Months
    codes: Codes
    living: Flags
    """Shape (runs,)."""
    present: Flags
    trust: Floats
    cut_until: Months
    """In this month a budget cut is felt no more."""
    person_until: Months
    broken_until: Months
    complacent_until: Months
    """Shape (runs,)."""
    receded: Flags
    """Shape (runs,)."""
    share_gone: Floats
    """Shape (runs,): what share of the partners had left before this month."""
    pulled: Floats
    """Shape (causes, runs): what pulled away those who have left, added up."""
    seen: list[Bits]
    """Whose giving counted last month: all present, and those of them that nothing strikes."""
    met: list[Floats]
    """How far the needs of each are met by the one and by the other."""

    @classmethod
    def at_start(cls, scene: _Scene, ended: Months, codes: Codes) -> _Now:
        runs = len(ended)
        shape = len(scene.trust), runs
        return cls(
            scene=scene,
            ended=ended,
            codes=codes,
            living=np.ones(runs, np.bool_),
            present=np.ones(shape, np.bool_),
            trust=np.repeat(scene.trust, runs, axis=1),
            cut_until=np.zeros(shape, np.int16),
            person_until=np.zeros(shape, np.int16),
            broken_until=np.zeros(shape, np.int16),
            complacent_until=np.zeros(runs, np.int16),
            receded=np.full(runs, scene.threat is ThreatNow.RECEDED),
            share_gone=np.zeros(runs, np.float32),
            pulled=np.zeros((_FULFILLED, runs), np.float32),
            seen=[np.zeros(runs, np.int64) for _each in range(2)],
            met=[np.zeros(shape, np.float32) for _each in range(2)],
        )

    def live(self, draws: Floats, month: int) -> None:
        """Live one month: shocks come, partners leave, and the alliance ends or goes on."""
        self._strike(draws, month)
        leaving = self._leaving(draws, month)
        who, where = np.nonzero(leaving)
        if len(who):
            self._note_pulls(who, where, month)
            self.present[who, where] = False
        left = self.present.sum(axis=0, dtype=np.int16)
        failing = np.flatnonzero(self.living & (left < self.scene.quorum))
        self._end(failing, month, self.pulled[:, failing].argmax(axis=0))
        self._end(np.flatnonzero(self.living & _struck(draws[-1], self.scene.assumed.fulfilled)), month, _FULFILLED)
        self.share_gone = 1 - left / np.float32(len(self.trust))

    def _end(self, runs: NDArray[np.intp], month: int, code: int | NDArray[np.intp]) -> None:
        self.ended[runs], self.codes[runs], self.living[runs] = month, code, False

    def _strike(self, draws: Floats, month: int) -> None:
        """Let the shocks of a month come, whatever the state of the alliance, and some trust come back."""
        scene, assumed, n = self.scene, self.scene.assumed, len(self.trust)
        self.cut_until[_struck(draws[:n], assumed.budget_cut)] = month + (
            assumed.budget_cut_months_with_clause if scene.clause else assumed.budget_cut_months
        )
        who, where = np.nonzero(_struck(draws[n : 2 * n], assumed.key_person))
        self.person_until[who, where] = month + scene.person_months[who]
        shaken = np.nonzero(_struck(draws[2 * n : 3 * n], assumed.trust_broken))
        self.broken_until[shaken] = month + (
            assumed.trust_broken_months_with_check_ins if scene.check_ins else assumed.trust_broken_months
        )
        self.trust[shaken] = np.maximum(0, self.trust[shaken] - np.float32(assumed.trust_lost))
        back = assumed.trust_regained_with_check_ins if scene.check_ins else assumed.trust_regained
        self.trust += np.float32(back) * (1 - self.trust)
        self.complacent_until[_struck(draws[-2], assumed.early_success)] = month + (
            assumed.complacency_months_with_check_ins if scene.check_ins else assumed.complacency_months
        )
        if scene.threat is ThreatNow.STANDS:
            self.receded |= _struck(draws[-3], assumed.threat_recedes)

    def _leaving(self, draws: Floats, month: int) -> Flags:
        """Who of those present leaves this month; all decide at once."""
        assumed, n, one = self.scene.assumed, len(self.trust), np.float32
        cut, person = self.cut_until > month, self.person_until > month
        strain = cut + one(assumed.key_person_weight) * person
        strain += one(assumed.trust_broken_weight) * (self.broken_until > month)
        strain += one(assumed.threat_weight) * self.receded
        strain += one(assumed.complacency_weight) * (self.complacent_until > month)
        strain += one(assumed.others_left_weight) * self.share_gone
        met = self._met(0, self.present)
        giving = self._met(1, self.present & ~(cut | person))
        held = giving + one(assumed.giving_when_struck) * (met - giving)
        strain *= one(assumed.pull) * (1 - one(assumed.cover_hold) * held)
        strain *= 1 - one(assumed.trust_hold) * self.trust
        flags: Flags = self.present & (draws[3 * n : 4 * n] < strain)
        return flags

    def _met(self, which: int, giving: Flags) -> Floats:
        """How far the needs of each are met, reckoned anew where it changed who gives."""
        bits = self.scene.coverage.bits(giving)
        changed = np.flatnonzero(bits != self.seen[which])
        if len(changed):
            self.met[which][:, changed] = self.scene.coverage.met(bits[changed])
            self.seen[which] = bits
        return self.met[which]

    def _note_pulls(self, who: NDArray[np.intp], where: NDArray[np.intp], month: int) -> None:
        """Add what pulled away those who leave, in the order of the endings."""
        assumed = self.scene.assumed
        pulls = (
            (self.cut_until[who, where] > month) * 1.0,
            (self.person_until[who, where] > month) * assumed.key_person_weight,
            (self.broken_until[who, where] > month) * assumed.trust_broken_weight,
            self.receded[where] * assumed.threat_weight,
            (self.complacent_until[where] > month) * assumed.complacency_weight,
            self.share_gone[where] * assumed.others_left_weight,
        )
        for sums, pull in zip(self.pulled, pulls, strict=True):
            np.add.at(sums, where, pull)


def _struck(draws: Floats, times_a_year: float) -> Flags:
    """Where something that happens so often in a year happens in this month; draws are uniform in [0, 1)."""
    flags: Flags = draws < np.float32(-expm1(-times_a_year / 12))
    return flags
