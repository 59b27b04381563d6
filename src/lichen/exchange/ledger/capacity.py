"""Whether a partner has promised the same spare capacity twice, in one alliance or across several.

A capacity is so much in each period. Promises of the same thing fit into it if there is any way to spread them over
the periods in which they can be given; by Hall's theorem there is one unless, in some span of time, those promises
that can be given only within it come to more than the periods it touches can hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from lichen.exchange.ledger.amounts import exact
from lichen.exchange.ledger.standings import PromiseState, promise_standings
from lichen.exchange.values import Commitment, Direction, Intent, Ledger, Period

__all__ = ["Overpromise", "PromiseHere", "capacity_promised_twice", "overpromises"]

_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
_DAYS = {Period.DAY: 1, Period.WEEK: 7}


class PromiseHere(NamedTuple):
    """A promise, and the name of the ledger in which it stands."""

    ledger: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Overpromise:
    """Promises of one partner that are together more of something than it said it can spare in that time."""

    provider: str
    """Id of the partner."""
    thing: str
    """The code of what is promised, or its exchange kind where it has no code."""
    unit: str
    """Of what the amounts are."""
    starts_on: date
    """The first day on which any of the promises can be given."""
    ends_on: date
    """The last day on which any of them is in time."""
    promised: float
    """What they add up to."""
    capacity: float
    """What the partner said it can spare in the periods that they touch, by the most generous of the ledgers."""
    promises: tuple[PromiseHere, ...]
    """The promises that add up to it."""

    @property
    def excess(self) -> float:
        """How much more was promised than can be spared."""
        return float(exact(self.promised) - exact(self.capacity))


def capacity_promised_twice(ledgers: Mapping[str, Ledger]) -> tuple[Overpromise, ...]:
    """The fewest promises that are together more than can be spared, over several ledgers.

    Promises and offers belong together where provider, code (or kind, without a code) and unit are the same; a
    promise that answers an offer belongs to it. Offers in one ledger add up; where several ledgers state a capacity,
    the most generous statement is believed, since they speak of the same people and halls. Nothing is said where
    nobody has stated a capacity for the whole span. A cancelled promise counts for what was delivered on it.

    Args:
        ledgers: By the name of the alliance, such as the name of its file.

    Returns:
        One entry a set of promises that has no such set within it, in the order of providers, things and days.

    Raises:
        InputError: An event refers to a commitment or a claim that is not there.

    Source:
        Hall (1935), for the condition; that offers of a kind across ledgers are one capacity is ours.

    Example:
        >>> nurse = Intent("nurse", "hospital", "staff_time", amount=2, unit="afternoons", per=Period.MONTH)
        >>> def promise(receiver):
        ...     days = date(2026, 3, 2), date(2026, 3, 30)
        ...     return Commitment("fair", "hospital", receiver, "staff_time", *days, amount=2, unit="afternoons")
        >>> east = Ledger(intents=(nurse,), commitments=(promise("churches"),))
        >>> west = Ledger(commitments=(promise("school"),))
        >>> [found] = capacity_promised_twice({"east": east, "west": west})
        >>> found.promised, found.capacity, found.promises[1].ledger
        (4.0, 2.0, 'west')
    """
    found = overpromises(ledgers)
    return tuple(one for one in found if not any({*other.promises} < {*one.promises} for other in found))


def overpromises(ledgers: Mapping[str, Ledger]) -> tuple[Overpromise, ...]:
    """Every set of promises that is more than can be spared, sets within sets included."""
    offers, promises = _offers(ledgers), _promises(ledgers)
    return tuple(
        found
        for pool in sorted(offers)
        for found in _tightest(_overpromised(pool, offers[pool], promises.get(pool, ())))
    )


class _Pool(NamedTuple):
    provider: str
    thing: str
    unit: str


class _Promised(NamedTuple):
    here: PromiseHere
    amount: Fraction
    opens_on: date
    due_on: date


_Stated = Mapping[str, Sequence[Intent]]
"""The offers of one pool, by the name of their ledger."""


def _pool(provider: str, code: str, kind: str, unit: str) -> _Pool:
    return _Pool(provider, code or kind, " ".join(unit.lower().split()))


def _offers(ledgers: Mapping[str, Ledger]) -> Mapping[_Pool, _Stated]:
    found: dict[_Pool, dict[str, list[Intent]]] = defaultdict(lambda: defaultdict(list))
    for name, ledger in ledgers.items():
        for one in ledger.intents:
            if one.direction is Direction.OFFER and one.amount is not None:
                found[_pool(one.by, one.code, one.kind, one.unit)][name].append(one)
    return found


def _promises(ledgers: Mapping[str, Ledger]) -> Mapping[_Pool, Sequence[_Promised]]:
    found: dict[_Pool, list[_Promised]] = defaultdict(list)
    for name, ledger in ledgers.items():
        intents = {one.id: one for one in ledger.intents}
        for standing in promise_standings(ledger, on=date.max):
            one = standing.promise
            if isinstance(one, Commitment):
                taken = standing.delivered if standing.state is PromiseState.GIVEN_UP else one.amount
                promised = _Promised(PromiseHere(name, one.id), exact(taken), one.opens_on, one.due_on)
                found[_pool_of(one, intents)].append(promised)
    return found


def _pool_of(one: Commitment, intents: Mapping[str, Intent]) -> _Pool:
    """The offer that the promise answers says what it is of; without one, the promise itself."""
    answered = (intents[id] for id in one.satisfies if id in intents)
    offer = next((each for each in answered if each.direction is Direction.OFFER and each.by == one.provider), None)
    told = offer or one
    return _pool(one.provider, told.code, told.kind, told.unit)


def _tightest(found: Iterable[Overpromise]) -> Iterable[Overpromise]:
    """For each set of promises the span that can hold the least."""
    by_promises: dict[tuple[PromiseHere, ...], Overpromise] = {}
    for one in found:
        known = by_promises.setdefault(one.promises, one)
        if one.capacity < known.capacity:
            by_promises[one.promises] = one
    return by_promises.values()


def _overpromised(pool: _Pool, stated: _Stated, promises: Sequence[_Promised]) -> Iterator[Overpromise]:
    for start, end in _spans([offer for each in stated.values() for offer in each], promises):
        inside = [one for one in promises if start <= one.opens_on and one.due_on <= end]
        promised = sum((one.amount for one in inside), Fraction(0))
        spared = [_spared(each, start, end) for each in stated.values() if _speaks(each, start, end)]
        if spared and promised > max(spared):
            days = min(one.opens_on for one in inside), max(one.due_on for one in inside)
            here = tuple(one.here for one in inside)
            yield Overpromise(*pool, *days, float(promised), float(max(spared)), here)


def _spans(offers: Sequence[Intent], promises: Sequence[_Promised]) -> Iterator[tuple[date, date]]:
    """The spans from the beginning of a period to the end of one between which promises can lie."""
    starts = {max(_period_start(one.opens_on, offer.per), _first(offer)) for one in promises for offer in offers}
    ends = {min(_period_end(one.due_on, offer.per), _last(offer)) for one in promises for offer in offers}
    return ((start, end) for start in sorted(starts) for end in sorted(ends) if start <= end)


def _spared(offers: Iterable[Intent], start: date, end: date) -> Fraction:
    """What the offers of one ledger can hold between two days."""
    return sum((exact(one.amount or 0) * _periods(one, start, end) for one in offers), Fraction(0))


def _periods(offer: Intent, start: date, end: date) -> int:
    """How many periods of an offer the days between touch."""
    first, last = max(start, _first(offer)), min(end, _last(offer))
    return _number(last, offer.per) - _number(first, offer.per) + 1 if first <= last else 0


def _speaks(offers: Iterable[Intent], start: date, end: date) -> bool:
    """Whether the offers of one ledger state a capacity on every day between."""
    reached = start
    for offer in sorted(offers, key=_first):
        if _first(offer) <= reached <= _last(offer):
            if _last(offer) >= end:
                return True
            reached = _last(offer) + timedelta(days=1)
    return False


def _first(offer: Intent) -> date:
    return offer.starts_on or date.min


def _last(offer: Intent) -> date:
    return offer.ends_on or date.max


def _number(day: date, per: Period) -> int:
    """The number of the period in which a day falls, counted from the first day there is."""
    if per in _MONTHS:
        return (day.year * 12 + day.month - 1) // _MONTHS[per]
    # The first of all days is a Monday.
    return (day.toordinal() - 1) // _DAYS[per] if per in _DAYS else 0


def _period_start(day: date, per: Period) -> date:
    if per in _MONTHS:
        year, month = divmod(_number(day, per) * _MONTHS[per], 12)
        return date(year, month + 1, 1)
    return date.fromordinal(_number(day, per) * _DAYS[per] + 1) if per in _DAYS else date.min


def _period_end(day: date, per: Period) -> date:
    if per in _MONTHS:
        year, month = divmod((_number(day, per) + 1) * _MONTHS[per], 12)
        return date(year, month + 1, 1) - timedelta(days=1) if year <= date.max.year else date.max
    last = (_number(day, per) + 1) * _DAYS[per] if per in _DAYS else date.max.toordinal()
    return date.fromordinal(min(last, date.max.toordinal()))
