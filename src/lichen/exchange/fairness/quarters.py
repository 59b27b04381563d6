"""Whether the exchange leans to one side, quarter after quarter: by worth to each partner, by count for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate, combinations, takewhile
from typing import NamedTuple

from lichen.days import months_after
from lichen.exchange.fairness.worths import Role, Worth, worths
from lichen.exchange.values import Ledger

__all__ = ["Leaning", "QuarterCourse", "QuarterView", "courses"]

_QUARTER = 3


class Leaning(StrEnum):
    """To which side a quarter leans, as the partner whose course it is sees it."""

    GAVE_MORE = "gave more"
    RECEIVED_MORE = "received more"
    EVEN = "even"
    UNKNOWN = "unknown"
    """Something that it gave or received is not valued."""
    QUIET = "quiet"
    """Nothing passed hands."""


@dataclass(frozen=True, slots=True)
class QuarterView:
    """One calendar quarter of a course."""

    starts_on: date
    """Its first day."""
    received: float
    """The worth, or the number of deliveries, received in it."""
    given: float
    """The worth, or the number of deliveries, given in it."""
    received_so_far: float
    """The same from the beginning on."""
    given_so_far: float
    """The same from the beginning on."""
    unvalued: int
    """How many deliveries of the quarter bear no worth; by count, none."""
    leaning: Leaning
    """To which side it leans."""


@dataclass(frozen=True, slots=True)
class QuarterCourse:
    """How giving and receiving went over the quarters: one partner by worth, or two partners by count."""

    partner: str
    """Id of the partner whose side it is seen from."""
    other: str
    """Id of the other; empty is all the others, by worth."""
    kind: str
    """The exchange kind of which deliveries are counted; empty is all of them, and then only a quarter in which just
    one of the two gave anything leans, for unlike things are not added up."""
    quarters: tuple[QuarterView, ...]
    """From that of the first delivery to that of the day asked for."""
    least: int
    """From so many quarters on a run is worth talking about."""

    @property
    def leaning(self) -> Leaning:
        """To which side the latest quarter leans in which anything passed hands."""
        told = [quarter.leaning for quarter in self.quarters if quarter.leaning is not Leaning.QUIET]
        return told[-1] if told else Leaning.QUIET

    @property
    def run(self) -> int:
        """How many quarters in a row, up to the latest, lean to that side; quiet ones are passed over."""
        if self.leaning not in (Leaning.GAVE_MORE, Leaning.RECEIVED_MORE):
            return 0
        told = [quarter.leaning for quarter in self.quarters if quarter.leaning is not Leaning.QUIET]
        return sum(1 for _each in takewhile(lambda one: one is self.leaning, reversed(told)))

    @property
    def is_one_sided(self) -> bool:
        """Whether the run is long enough to talk about."""
        return self.run >= self.least


def courses(ledger: Ledger, partners: Sequence[str], *, on: date, least: int = 2) -> tuple[QuarterCourse, ...]:
    """How giving and receiving went, quarter by quarter.

    By worth for each partner, on its own scale; by the number of deliveries for each two partners, over all kinds and
    for each kind. That one kind goes one way only is the point of an uncommon alliance; that nothing comes back is not.

    Args:
        ledger: Whose references lead somewhere: see ``ledger_problems``.
        partners: Ids of the partners.
        on: The day; what is dated later does not count yet.
        least: From so many quarters in a row on a course is one-sided; two by default, which is ours.

    Returns:
        Each partner's course by worth, then, for each two partners between whom anything passed, that of all kinds
        together and that of each kind.

    Raises:
        InputError: An event refers to a commitment or a claim that is not there.

    Source:
        The article's question 4 for the quarters; the runs are ours.
    """
    seen = worths(ledger, on=on)
    if not seen:
        return ()
    starts = _quarters(min(one.delivery.happened_on for one in seen), on)

    def course(views: Sequence[Worth], partner: str, look: _Look, other: str = "", kind: str = "") -> QuarterCourse:
        return QuarterCourse(partner, other, kind, tuple(_views(starts, views, look)), least)

    by_worth = [course([one for one in seen if one.partner == id], id, _by_worth) for id in partners]
    by_count = [
        course(passed, one, _by_count if kind else _one_way, other, kind)
        for one, other in combinations(partners, 2)
        for kind, passed in _passed(seen, one, other)
    ]
    return (*by_worth, *by_count)


class _Seen(NamedTuple):
    received: Fraction
    given: Fraction
    unvalued: int
    leaning: Leaning


_Look = Callable[[Sequence[Worth]], _Seen]
"""A way to look at what one partner gave and received in a quarter."""


def _quarters(first: date, last: date) -> Sequence[date]:
    """The first days of the calendar quarters from one day to another."""
    start = date(first.year, (first.month - 1) // _QUARTER * _QUARTER + 1, 1)
    starts = [start]
    while (start := months_after(start, _QUARTER)) <= last:
        starts.append(start)
    return starts


def _passed(seen: Sequence[Worth], one: str, other: str) -> Iterator[tuple[str, Sequence[Worth]]]:
    """What the first of two gave to the other and received from it: of all kinds, then of each."""
    both = [each for each in seen if each.partner == one and other in (each.delivery.provider, each.delivery.receiver)]
    if both:
        yield "", both
    for kind in sorted({each.delivery.kind for each in both}):
        yield kind, [each for each in both if each.delivery.kind == kind]


def _views(starts: Sequence[date], views: Sequence[Worth], look: _Look) -> Iterator[QuarterView]:
    ends = [*starts[1:], date.max]
    looked = [
        look([one for one in views if start <= one.delivery.happened_on < end])
        for start, end in zip(starts, ends, strict=True)
    ]
    received = accumulate(each.received for each in looked)
    given = accumulate(each.given for each in looked)
    for start, each, got, gave in zip(starts, looked, received, given, strict=True):
        amounts = (float(each.received), float(each.given), float(got), float(gave))
        yield QuarterView(start, *amounts, each.unvalued, each.leaning)


def _by_worth(views: Sequence[Worth]) -> _Seen:
    received, given = (
        sum((one.worth for one in views if one.role is role and one.worth is not None), Fraction(0))
        for role in (Role.RECEIVER, Role.GIVER)
    )
    unvalued = sum(one.worth is None for one in views)
    leaning = Leaning.UNKNOWN if unvalued else _leaning(received, given, len(views))
    return _Seen(received, given, unvalued, leaning)


def _by_count(views: Sequence[Worth]) -> _Seen:
    received, given = (Fraction(sum(one.role is role for one in views)) for role in (Role.RECEIVER, Role.GIVER))
    return _Seen(received, given, 0, _leaning(received, given, len(views)))


def _one_way(views: Sequence[Worth]) -> _Seen:
    seen = _by_count(views)
    return seen._replace(leaning=Leaning.EVEN) if seen.received and seen.given else seen


def _leaning(received: Fraction, given: Fraction, passed: int) -> Leaning:
    if not passed:
        return Leaning.QUIET
    if received == given:
        return Leaning.EVEN
    return Leaning.RECEIVED_MORE if received > given else Leaning.GAVE_MORE
