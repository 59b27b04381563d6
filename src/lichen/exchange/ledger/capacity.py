"""Whether a partner has promised the same spare capacity twice, in one alliance or across several.

A capacity is so much in each period. Promises of the same thing fit into it if there is any way to spread them over
the periods in which they can be given; by Hall's theorem there is one unless, in some span of time, those promises
that can be given only within it come to more than the periods it touches can hold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    return _overpromises(ledgers, _least)


def overpromises(ledgers: Mapping[str, Ledger]) -> tuple[Overpromise, ...]:
    """Every set of promises that is more than can be spared, sets within sets included."""
    return _overpromises(ledgers, tuple)


class _Pool(NamedTuple):
    provider: str
    thing: str
    unit: str


class _Promised(NamedTuple):
    here: PromiseHere
    amount: Fraction
    opens_on: date
    due_on: date


class _Spare(NamedTuple):
    first: date
    last: date
    per: Period
    amount: Fraction


class _Excess(NamedTuple):
    """A set of promises that is more than can be spared: just those of its pool that lie between its days."""

    starts_on: date
    ends_on: date
    promised: Fraction
    capacity: Fraction


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


def _overpromises(
    ledgers: Mapping[str, Ledger], chosen: Callable[[Iterable[_Excess]], Iterable[_Excess]]
) -> tuple[Overpromise, ...]:
    offers, promises = _offers(ledgers), _promises(ledgers)
    return tuple(
        _told(pool, excess, promises[pool])
        for pool in sorted(offers.keys() & promises.keys())
        for excess in chosen(_tightest(_excesses(offers[pool], promises[pool])))
    )


def _told(pool: _Pool, excess: _Excess, promises: Iterable[_Promised]) -> Overpromise:
    start, end = excess.starts_on, excess.ends_on
    here = tuple(one.here for one in promises if start <= one.opens_on and one.due_on <= end)
    return Overpromise(*pool, start, end, float(excess.promised), float(excess.capacity), here)


def _least(found: Iterable[_Excess]) -> Iterable[_Excess]:
    """Those within whose days no other lies, in their order."""
    excesses, least = [*found], set()
    earliest_end = None
    for one in sorted(excesses, key=lambda each: (-each.starts_on.toordinal(), each.ends_on)):
        if earliest_end is None or one.ends_on < earliest_end:
            earliest_end = one.ends_on
            least.add(one)
    return (one for one in excesses if one in least)


def _tightest(found: Iterable[_Excess]) -> Iterable[_Excess]:
    """For each set of promises the span that can hold the least."""
    by_days: dict[tuple[date, date], _Excess] = {}
    for one in found:
        days = one.starts_on, one.ends_on
        if one.capacity < by_days.setdefault(days, one).capacity:
            by_days[days] = one
    return by_days.values()


def _excesses(stated: _Stated, promises: Sequence[_Promised]) -> Iterator[_Excess]:
    """Each span in which more is promised than can be spared, by its first day and then by its last."""
    spares = [_spares(offers) for offers in stated.values()]
    starts, ends = _spans([spare for each in spares for spare in each], promises)
    by_end = sorted(promises, key=lambda one: one.due_on)
    for start in starts:
        reaches = [(each, _reach(each, start)) for each in spares]
        for end, inside in _inside([one for one in by_end if start <= one.opens_on], start, ends):
            spared = [_spared(each, start, end) for each, reach in reaches if reach is not None and end <= reach]
            if spared and inside.promised > max(spared):
                yield inside._replace(capacity=max(spared))


def _inside(by_end: Sequence[_Promised], start: date, ends: Sequence[date]) -> Iterator[tuple[date, _Excess]]:
    """For each end what is promised until then, and between which days; nothing where nothing is."""
    place, promised, opens_on = 0, Fraction(0), date.max
    for end in ends[bisect_left(ends, start) :]:
        while place < len(by_end) and by_end[place].due_on <= end:
            promised += by_end[place].amount
            opens_on = min(opens_on, by_end[place].opens_on)
            place += 1
        if place:
            yield end, _Excess(opens_on, by_end[place - 1].due_on, promised, Fraction(0))


def _spares(offers: Iterable[Intent]) -> Sequence[_Spare]:
    """The offers of one ledger by their beginning, those for the same days and periods as one."""
    found: dict[tuple[date, date, Period], Fraction] = defaultdict(Fraction)
    for offer in offers:
        days = offer.starts_on or date.min, offer.ends_on or date.max
        found[(*days, offer.per)] += exact(offer.amount or 0)
    return sorted(_Spare(*key, amount) for key, amount in found.items())


def _spans(spares: Sequence[_Spare], promises: Sequence[_Promised]) -> tuple[Sequence[date], Sequence[date]]:
    """The beginnings of periods and the ends of periods between which promises can lie, each in order."""
    opens, dues = {one.opens_on for one in promises}, {one.due_on for one in promises}
    firsts, lasts = {(each.per, each.first) for each in spares}, {(each.per, each.last) for each in spares}
    starts = {max(_period_start(day, per), first) for day in opens for per, first in firsts}
    ends = {min(_period_end(day, per), last) for day in dues for per, last in lasts}
    return sorted(starts), sorted(ends)


def _spared(spares: Iterable[_Spare], start: date, end: date) -> Fraction:
    """What the offers of one ledger can hold between two days."""
    return sum((each.amount * _periods(each, start, end) for each in spares), Fraction(0))


def _periods(spare: _Spare, start: date, end: date) -> int:
    """How many periods of an offer the days between touch."""
    first, last = max(start, spare.first), min(end, spare.last)
    return _number(last, spare.per) - _number(first, spare.per) + 1 if first <= last else 0


def _reach(spares: Iterable[_Spare], start: date) -> date | None:
    """The last day up to which the offers of one ledger state a capacity on every day from a start on."""
    reach, reached = None, start
    for each in spares:
        if each.first <= reached <= each.last:
            reach = each.last
            if reach == date.max:
                break
            reached = reach + timedelta(days=1)
    return reach


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
