"""What many simulated lives come to: how many live how long, and how the others ended, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichen.progress.intervals import Interval, wilson_share
from lichen.simulate.running import Ending, Lives

__all__ = ["EndingShare", "Moment", "Outlook", "outlook"]


@dataclass(frozen=True, slots=True)
class Moment:
    """How many of the lives are where after some months; every share is of all lives."""

    month: int
    """After so many months."""
    alive: float
    """The share that is still alive."""
    alive_between: Interval
    """Of the sampling only."""
    failed: float
    """The share that ended although it was still wanted; the rest ended with its goals met, or its need passed."""
    failed_between: Interval
    """Of the sampling only."""

    @property
    def fulfilled(self) -> float:
        """The share that ended with its goals met, or its need passed."""
        return max(0.0, 1 - self.alive - self.failed)


@dataclass(frozen=True, slots=True)
class EndingShare:
    """How many of all lives ended in one way."""

    ending: Ending
    """In which."""
    share: float
    """Of all lives."""
    between: Interval
    """Of the sampling only."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What many simulated lives come to. Unvalidated, and no forecast."""

    runs: int
    """How many lives were simulated."""
    seed: int
    """Of the draws."""
    moments: tuple[Moment, ...]
    """One a month, from 0 on; the share alive never rises."""
    endings: tuple[EndingShare, ...]
    """One a way of ending, those that happened, the most frequent first; who is still alive is left out."""
    median: int | None
    """In which month half of the lives have ended; None where that is later than was simulated."""

    @property
    def last(self) -> Moment:
        """Where the lives are at the end."""
        return self.moments[-1]


def outlook(lives: Lives) -> Outlook:
    """What many simulated lives come to.

    Each interval tells how far the figure would move with other draws, and nothing else: not how wrong the
    assumptions are. Simulating more lives narrows it and makes nothing truer.

    Args:
        lives: The answer of ``simulated_lives``.

    Example:
        >>> from lichen.simulate.life import Ally, Life
        >>> from lichen.simulate.running import simulated_lives
        >>> outlook(simulated_lives(Life((Ally("a"), Ally("b"))), months=6, runs=50)).moments[0].alive
        1.0
    """
    counted = np.bincount(lives.ended, minlength=lives.months + 2)[: lives.months + 1].cumsum()
    failed = np.bincount(lives.ended[lives.failed], minlength=lives.months + 2)[: lives.months + 1].cumsum()
    moments = tuple(
        _moment(month, lives.runs - int(ended), int(fallen), lives.runs)
        for month, (ended, fallen) in enumerate(zip(counted, failed, strict=True))
    )
    happened = {ending: int(lives.of(ending).sum()) for ending in Ending if ending is not Ending.NONE}
    endings = tuple(
        EndingShare(ending, number / lives.runs, wilson_share(number, lives.runs))
        for ending, number in sorted(happened.items(), key=lambda pair: -pair[1])
        if number
    )
    median = next((moment.month for moment in moments if moment.alive <= 0.5), None)
    return Outlook(lives.runs, lives.seed, moments, endings, median)


def _moment(month: int, alive: int, failed: int, runs: int) -> Moment:
    return Moment(month, alive / runs, wilson_share(alive, runs), failed / runs, wilson_share(failed, runs))
