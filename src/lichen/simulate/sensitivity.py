"""How much the answer hangs on each assumption: every one low and high, on the same shocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lichen.errors import InputError
from lichen.simulate.assumptions import Assumption, Assumptions, assumption_table
from lichen.simulate.changes import Advice, most_helpful_change
from lichen.simulate.life import Life
from lichen.simulate.running import compared_lives

__all__ = ["Sensitivity", "Steadiness", "Swing", "sensitivity", "steadiness"]

_TOGETHER = 12
"""So many sets of assumptions share one drawing of the shocks."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What the answer would be if one assumption were otherwise."""

    name: str
    """The field of ``Assumptions``."""
    low: float
    """The lower value that was tried."""
    high: float
    """The higher one."""
    at_low: float
    """The share of lives that would not have failed by the end, with the lower one."""
    at_high: float
    """With the higher one."""

    @property
    def width(self) -> float:
        """How far apart the two answers are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How much the answer hangs on each assumption."""

    runs: int
    """How many lives each answer is from."""
    not_failed: float
    """The share that has not failed by the end, with what is assumed."""
    swings: tuple[Swing, ...]
    """One an assumption, those that move the answer most first."""


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Whether the advice stays the same when single assumptions are otherwise."""

    same: int
    """How many times the same change stood out, or none did again."""
    tried: int
    """How many times it was tried."""


def sensitivity(
    life: Life,
    assumptions: Assumptions | None = None,
    *,
    months: int = 60,
    runs: int = 2_000,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Sensitivity:
    """How much the answer hangs on each assumption, when it alone is at the ends of its range.

    A value that is assumed outside its range widens the range.

    Args:
        life: What the simulation begins with.
        assumptions: What is assumed; None takes the defaults.
        months: How many months.
        runs: How many lives for each answer.
        seed: Of the draws; all answers are on the same.
        progress: As for ``compared_lives``.

    Raises:
        InputError: A number is out of range.
    """
    assumed = assumptions or Assumptions()
    ends = [end for each in assumption_table(assumed) for end in _ends(each)]
    states = [assumed, *(_with(assumed, name, value) for name, value in ends)]
    shares: list[float] = []
    for first in range(0, len(states), _TOGETHER):
        starts = [(life, state) for state in states[first : first + _TOGETHER]]
        lives = compared_lives(starts, months=months, runs=runs, seed=seed, progress=progress)
        shares.extend(1 - float(each.failed.mean()) for each in lives)
    pairs = zip(ends[::2], ends[1::2], shares[1::2], shares[2::2], strict=True)
    swings = [Swing(name, low, high, *answers) for (name, low), (_name, high), *answers in pairs]
    return Sensitivity(runs, shares[0], tuple(sorted(swings, key=lambda swing: -swing.width)))


def steadiness(
    life: Life,
    advice: Advice,
    swings: Sequence[Swing],
    assumptions: Assumptions | None = None,
    *,
    months: int = 60,
    runs: int = 1_000,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Steadiness:
    """How often the same change would help most, with one assumption after the other at the ends of its range.

    Args:
        life: What the simulation begins with.
        advice: The answer of ``most_helpful_change``.
        swings: Of the answer of ``sensitivity``, those to try.
        assumptions: What is assumed; None takes the defaults.
        months: How many months.
        runs: How many lives for each try.
        seed: Of the draws.
        progress: As for ``compared_lives``.

    Raises:
        InputError: A number is out of range.
    """
    assumed = assumptions or Assumptions()
    states = [_with(assumed, swing.name, end) for swing in swings for end in (swing.low, swing.high)]
    found = [
        most_helpful_change(life, state, months=months, runs=runs, seed=seed, progress=progress).best
        for state in states
    ]
    wanted = None if advice.best is None else advice.best.remedy
    return Steadiness(sum((best and best.remedy) == wanted for best in found), len(found))


def _ends(each: Assumption) -> tuple[tuple[str, float], tuple[str, float]]:
    return (each.name, min(each.low, each.value)), (each.name, max(each.high, each.value))


def _with(assumed: Assumptions, name: str, value: float) -> Assumptions:
    """The assumptions with one at an end of its range; as they were where another contradicts that end."""
    try:
        return replace(assumed, **{name: value})  # type: ignore[arg-type]
    except InputError:
        return assumed
