"""Which single change would help most: each is tried on the same shocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf, sqrt

import numpy as np

from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.progress.intervals import Interval, student_interval
from lichen.simulate.assumptions import Assumptions
from lichen.simulate.life import Ally, Life, Reliance
from lichen.simulate.running import Ending, Lives, compared_lives

__all__ = [
    "Advice",
    "Effect",
    "Remedy",
    "WhatIf",
    "WhatIfRules",
    "most_helpful_change",
    "paired_difference",
    "remedies",
]

_ONE_STEP = 1 / 9
"""One of the ten steps of the quick question on trust."""


class Remedy(StrEnum):
    """A kind of single change."""

    CHECK_INS = "check-ins"
    """Hold regular check-ins."""
    CLAUSE = "clause"
    """Agree on a vulnerability clause."""
    LIAISONS = "liaisons"
    """Name a liaison on every side that has none."""
    SECOND_COVER = "second cover"
    """Agree on a second for each need, for when the first cannot."""
    MORE_COVER = "more cover"
    """Meet in full the heaviest need, that is not, of the partner whose needs are met least."""
    MORE_TRUST = "more trust"
    """Everybody trusts by one of ten steps more."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One single change, and the alliance as it would be."""

    remedy: Remedy
    """What is changed."""
    life: Life
    """The alliance with it."""
    partner: str = ""
    """Whose needs would be met better; empty where it concerns all."""


@dataclass(frozen=True, slots=True)
class WhatIfRules:
    """From when on a change is worth naming.

    Raises:
        InputError: The least gain is not a share of one.
    """

    least_gain: float = 0.01
    """At least so many of all lives must be saved; one in a hundred (proposal)."""

    def __post_init__(self) -> None:
        refuse([] if 0 <= self.least_gain <= 1 else [Problem(_("the number is not a share of one"), _("from 0 to 1"))])


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change would do to the same lives."""

    remedy: Remedy
    """What is changed."""
    partner: str
    """Whose needs would be met better; empty where it concerns all."""
    saved: float
    """The share of all lives that fail without the change and not with it, less those the other way round."""
    between: Interval
    """Of the sampling only, from the paired differences."""
    months: float
    """How many months longer a life is in the mean, within those simulated."""

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves no room for no effect at all."""
        return not self.between.holds(0.0)


@dataclass(frozen=True, slots=True)
class Advice:
    """Which single change would help most, as far as the assumptions go."""

    effects: tuple[Effect, ...]
    """Every change that could be made, the most helpful first."""
    best: Effect | None
    """The one that stands out; None where none does."""
    as_good: tuple[Effect, ...]
    """Those that cannot be told from the best: the interval of the paired difference between the two holds 0."""
    in_place: tuple[Remedy, ...]
    """What cannot be changed, since it is so already, or since nobody could do it."""


def remedies(life: Life) -> Iterator[WhatIf]:
    """Each single change that could be made to an alliance, one at a time.

    Args:
        life: The alliance as it is.
    """
    if not life.has_check_ins:
        yield WhatIf(Remedy.CHECK_INS, replace(life, has_check_ins=True))
    if not life.has_clause:
        yield WhatIf(Remedy.CLAUSE, replace(life, has_clause=True))
    if not all(ally.has_liaison for ally in life.allies):
        allies = tuple(replace(ally, has_liaison=True) for ally in life.allies)
        yield WhatIf(Remedy.LIAISONS, replace(life, allies=allies))
    if not life.has_second_cover and len(life.allies) > 2:
        yield WhatIf(Remedy.SECOND_COVER, replace(life, has_second_cover=True))
    yield from _more_cover(life)
    if any(ally.trust is not None and ally.trust < 1 for ally in life.allies):
        allies = tuple(
            ally if ally.trust is None else replace(ally, trust=min(1.0, ally.trust + _ONE_STEP))
            for ally in life.allies
        )
        yield WhatIf(Remedy.MORE_TRUST, replace(life, allies=allies))


def most_helpful_change(
    life: Life,
    assumptions: Assumptions | None = None,
    *,
    months: int = 60,
    runs: int = 10_000,
    seed: int = 1,
    rules: WhatIfRules | None = None,
    progress: Callable[[int], None] | None = None,
) -> Advice:
    """Which single change would help most, tried on common random numbers: each life meets the same shocks.

    A change is named as the best only where the interval of its paired differences does not hold 0, and where it
    saves at least as many lives as the rules ask for. What it would cost, the simulation does not know.

    Args:
        life: The alliance as it is.
        assumptions: What is assumed; None takes the defaults.
        months: How many months.
        runs: How many lives.
        seed: Of the draws.
        rules: From when on a change is worth naming; None takes the defaults.
        progress: As for ``compared_lives``.

    Raises:
        InputError: A number is out of range.
    """
    assumed, least = assumptions or Assumptions(), (rules or WhatIfRules()).least_gain
    tried = tuple(remedies(life))
    starts = [(each, assumed) for each in (life, *(change.life for change in tried))]
    now, *changed = compared_lives(starts, months=months, runs=runs, seed=seed, progress=progress)
    pairs = [(_effect(what, now, then), then) for what, then in zip(tried, changed, strict=True)]
    pairs.sort(key=lambda pair: -pair[0].saved)
    effects = tuple(effect for effect, _then in pairs)
    best = effects[0] if effects and effects[0].is_certain and effects[0].saved >= least else None
    as_good = tuple(
        effect for effect, then in pairs[1:] if best is not None and paired_difference(then, pairs[0][1]).holds(0.0)
    )
    possible = {change.remedy for change in tried}
    return Advice(effects, best, as_good, tuple(each for each in Remedy if each not in possible))


def paired_difference(before: Lives, after: Lives) -> Interval:
    """What share of all lives fails in the one and not in the other, less those the other way round.

    Args:
        before: Lives of an alliance.
        after: Lives of the same alliance with a change, under the same shocks.

    Returns:
        The interval of the mean over all lives, of the sampling only.
    """
    differences = before.failed.astype(np.int8) - after.failed
    error = float(differences.std(ddof=1)) / sqrt(len(differences)) if len(differences) > 1 else inf
    return student_interval(float(differences.mean()), error, inf)


def _effect(what: WhatIf, now: Lives, then: Lives) -> Effect:
    saved = float(now.failed.mean() - then.failed.mean())
    return Effect(what.remedy, what.partner, saved, paired_difference(now, then), _lived(then) - _lived(now))


def _lived(lives: Lives) -> float:
    """How many months a life has in the mean; one that ended with its goals met is left at its full length."""
    return float(np.where(lives.of(Ending.FULFILLED), lives.months, np.minimum(lives.ended, lives.months)).mean())


def _more_cover(life: Life) -> Iterator[WhatIf]:
    known = [(ally, needs) for ally in life.allies if (needs := ally.needs)]
    wanting = [(ally, needs) for ally, needs in known if any(_best(need) < 1 for need in needs)]
    if wanting:
        ally, needs = min(wanting, key=lambda pair: (_met(pair[1]), pair[0].id))
        heaviest = max((need for need in needs if _best(need) < 1), key=lambda need: need.weight * (1 - _best(need)))
        better = replace(
            ally, needs=tuple(_met_in_full(need, ally, life) if need is heaviest else need for need in needs)
        )
        allies = tuple(better if each is ally else each for each in life.allies)
        yield WhatIf(Remedy.MORE_COVER, replace(life, allies=allies), ally.id)


def _met_in_full(need: Reliance, ally: Ally, life: Life) -> Reliance:
    """The need, met in full by whoever meets it best; where nobody does, by who meets most of the partner's needs."""
    met_by = dict(need.met_by)
    totals = {other.id: _met_through(other.id, ally) for other in life.allies if other is not ally}
    giver = max(sorted(met_by), key=lambda id: met_by[id]) if met_by else max(sorted(totals), key=lambda id: totals[id])
    return replace(need, met_by=tuple((met_by | {giver: 1.0}).items()))


def _met_through(id: str, ally: Ally) -> float:
    return sum(need.weight * dict(need.met_by).get(id, 0.0) for need in ally.needs or ())


def _best(need: Reliance) -> float:
    return max((met for _id, met in need.met_by), default=0.0)


def _met(needs: tuple[Reliance, ...]) -> float:
    return sum(need.weight * _best(need) for need in needs)
