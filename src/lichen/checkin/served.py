"""What the people whom the alliance serves say, question by question, over the years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lichen.checkin.values import CheckIn, ServedAnswer
from lichen.scales import FIVE_STEPS
from lichen.small_groups import Bound, Reason, Showing, within_bounds

__all__ = ["ServedPoint", "ServedSeries", "served_series"]


@dataclass(frozen=True, slots=True)
class ServedPoint:
    """What may be shown of one question on one day."""

    on: date
    """The day it was asked."""
    showing: Showing
    """Shown or withheld; nobody's name is kept, so it is never attributed."""
    reason: Reason
    """Why."""
    answered: int
    """How many answered."""
    mean: float | None = None
    """The mean, 1 to 5; None is withheld."""
    bound: Bound | None = None
    """Which way the true mean may lie; None: it is the one shown."""


@dataclass(frozen=True, slots=True)
class ServedSeries:
    """The answers to one question over time."""

    question: str
    """In the words in which it was asked."""
    asked_of: str
    """Whom."""
    points: tuple[ServedPoint, ...]
    """The earliest first."""


def served_series(checkins: Sequence[CheckIn], on: date) -> tuple[ServedSeries, ...]:
    """What the people served answered, each question a series over time.

    Nobody's name is kept, so nobody knows whether the same people answered twice. Unless they were surely others, a
    figure is withheld where its number of answers is fewer than five away from that of one shown before, or from what
    several of these come to, added and subtracted: the difference could be one person's answer. Below five answers
    nothing is shown.

    Args:
        checkins: Those of an alliance, the earliest first.
        on: The day to reckon with.

    Source:
        The article's pitfall 2: "regular community feedback sessions" are part of the trust scaffolding.
    """
    answers = [(each, checkin.rules.fewest) for checkin in checkins for each in checkin.served if each.on <= on]
    series: dict[tuple[str, str], list[tuple[ServedAnswer, int]]] = {}
    for each, fewest in sorted(answers, key=lambda pair: pair[0].on):
        series.setdefault((each.question, each.asked_of), []).append((each, fewest))
    return tuple(ServedSeries(*named, tuple(_points(asked))) for named, asked in series.items())


def _points(asked: Iterable[tuple[ServedAnswer, int]]) -> Iterator[ServedPoint]:
    told: set[int] = {0}  # of how many people a total can be worked out from what was shown
    for answer, fewest in asked:
        reason = _reason(answer, fewest, () if answer.are_others else told)
        if reason is Reason.ENOUGH:
            told |= {abs(many + sign * answer.answered) for many in told for sign in (1, -1)}
            total = sum(step * count for step, count in zip(FIVE_STEPS, answer.counts, strict=True))
            within, bound = within_bounds(total, answer.answered, FIVE_STEPS)
            yield ServedPoint(answer.on, Showing.SHOWN, reason, answer.answered, within / answer.answered, bound)
        else:
            yield ServedPoint(answer.on, Showing.WITHHELD, reason, answer.answered)


def _reason(answer: ServedAnswer, fewest: int, before: Iterable[int]) -> Reason:
    if not answer.answered:
        return Reason.NOBODY
    if answer.answered < fewest:
        return Reason.TOO_FEW
    near = any(abs(answer.answered - earlier) < fewest for earlier in before)
    return Reason.SUBTRACTABLE if near else Reason.ENOUGH
