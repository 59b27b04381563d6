"""Goal attainment scaling: how far what was agreed beforehand was reached, on one scale for unlike goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import fsum, sqrt

from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.progress.values import Goal, GoalReading, ProgressRules

__all__ = [
    "Attainment",
    "AttainmentScore",
    "GoalFinding",
    "GoalStanding",
    "attainment",
    "attainment_score",
]


class GoalFinding(StrEnum):
    """What is wrong with a goal, so that it does not count, or not all of it."""

    STEPS_MISSING = "steps missing"
    """Not all five expectations are written."""
    NOT_AGREED = "not agreed"
    """No day says when they were agreed."""
    READ_TOO_EARLY = "read too early"
    """It was judged before the expectations were agreed; that judgement does not count."""
    NOT_READ = "not read"
    """Nobody has judged it since."""


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """Where one goal stands."""

    goal: Goal
    """The goal."""
    read: tuple[GoalReading, ...]
    """The judgements that count, the earliest first."""
    findings: tuple[GoalFinding, ...]
    """What is wrong with it."""

    @property
    def start(self) -> GoalReading | None:
        """Where things stood when work began; None where nobody has judged it."""
        return self.read[0] if self.read else None

    @property
    def now(self) -> GoalReading | None:
        """The latest judgement; None where it was not judged again."""
        return self.read[-1] if len(self.read) > 1 else None

    def attained_on(self, day: date) -> float:
        """How far it was reached by a day, which is that of the first judgement or later."""
        return [reading.attained for reading in self.read if reading.on <= day][-1]


@dataclass(frozen=True, slots=True)
class AttainmentScore:
    """The score as it stood on one day on which a goal was judged."""

    on: date
    """The day."""
    score: float
    """50 is as expected on the whole; 10 is one standard deviation."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far the goals of one partner were reached."""

    owner: str
    """Id of the partner."""
    goals: tuple[GoalStanding, ...]
    """Its goals, in the order of the file."""
    start: float | None
    """The score of the goals that were judged again, where they stood when work began; None where none was."""
    now: float | None
    """Their score now; None where none was judged again."""
    scores: tuple[AttainmentScore, ...]
    """Their score on each day on which one of them was judged, the latest judgement of each standing in."""

    @property
    def change(self) -> float | None:
        """How much the score has risen since work began: the figure to report."""
        return None if self.start is None or self.now is None else self.now - self.start


def attainment(goals: Sequence[Goal], on: date, rules: ProgressRules | None = None) -> tuple[Attainment, ...]:
    """How far the goals were reached, for each partner that has some.

    A goal counts once its five expectations are written and agreed; what was judged before that day does not. The
    change is that of the goals that have been judged at least twice, so that both scores are of the same goals.

    Args:
        goals: Of all partners.
        on: The day until which judgements count.
        rules: How far goals are assumed to go together.

    Returns:
        One for each owner, in the order in which they first stand in the goals.

    Source:
        Kiresuk and Sherman (1968). Reliability was found acceptable, validity not satisfactory (see
        docs/how-to/measure-progress.md): read it beside something that is measured alike for everybody.
    """
    correlation = (rules or ProgressRules()).correlation
    owners = dict.fromkeys(goal.owner for goal in goals)
    return tuple(
        _of_owner(owner, [_standing(goal, on) for goal in goals if goal.owner == owner], correlation)
        for owner in owners
    )


def attainment_score(
    attained: Sequence[float], weights: Sequence[float] | None = None, *, correlation: float = 0.30
) -> float:
    """The score T of goals that were reached more or less far.

    50 + 10 Σ w x ÷ √((1 − ρ) Σ w² + ρ (Σ w)²): where every goal is reached as expected it is 50; if goals were set
    without bias it would have a standard deviation of 10 among many such scores.

    Args:
        attained: For each goal, -2 to 2.
        weights: For each goal, above 0; None weighs all alike. Only their sizes beside one another matter.
        correlation: ρ, how far goals are assumed to go together.

    Raises:
        InputError: There is no goal, or not one weight for each.

    Source:
        Kiresuk and Sherman (1968), with their ρ of 0.30.

    Example:
        >>> [round(attainment_score(reached), 2) for reached in ((1, 0, 1), (-1, -1, -1), (-2, -2, -2))]
        [59.13, 36.31, 22.61]
    """
    counted = [1.0] * len(attained) if weights is None else weights
    if not attained or len(counted) != len(attained):
        raise InputError(Problem(_("there is no goal, or not one weight for each"), _("one weight for each goal")))
    return _score(attained, counted, correlation)


def _score(attained: Sequence[float], weights: Sequence[float], correlation: float) -> float:
    reached = fsum(weight * step for weight, step in zip(weights, attained, strict=True))
    squares = fsum(weight**2 for weight in weights)
    return 50 + 10 * reached / sqrt((1 - correlation) * squares + correlation * fsum(weights) ** 2)


def _standing(goal: Goal, on: date) -> GoalStanding:
    read = sorted((reading for reading in goal.readings if reading.on <= on), key=lambda reading: reading.on)
    complete, agreed_on = all(step.strip() for step in goal.steps), goal.agreed_on
    since = [reading for reading in read if agreed_on is None or reading.on >= agreed_on]
    told = (
        (GoalFinding.STEPS_MISSING, not complete),
        (GoalFinding.NOT_AGREED, agreed_on is None or agreed_on > on),
        (GoalFinding.READ_TOO_EARLY, len(since) < len(read)),
        (GoalFinding.NOT_READ, not since),
    )
    counted = tuple(since) if complete and agreed_on is not None else ()
    return GoalStanding(goal, counted, tuple(finding for finding, holds in told if holds))


def _of_owner(owner: str, goals: Sequence[GoalStanding], correlation: float) -> Attainment:
    twice = [standing for standing in goals if standing.now is not None]
    if not twice:
        return Attainment(owner, tuple(goals), None, None, ())
    weights = [standing.goal.weight for standing in twice]
    begun_on = max(standing.read[0].on for standing in twice)
    days = sorted({reading.on for standing in twice for reading in standing.read if reading.on >= begun_on})

    def score(attained: Sequence[float]) -> float:
        return _score(attained, weights, correlation)

    scores = [AttainmentScore(day, score([each.attained_on(day) for each in twice])) for day in days]
    return Attainment(
        owner,
        tuple(goals),
        start=score([standing.read[0].attained for standing in twice]),
        now=scores[-1].score,
        scores=tuple(scores),
    )
