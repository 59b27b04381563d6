"""What lets a partner ask for other terms: its audit, its stated capacity or an event, then and now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from lichen.audit.values import Audit
from lichen.charter.clause.values import Capacity, ClauseTerms, Ground, Happening
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["Trigger", "capacity_change", "capacity_changes", "triggers_between"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One change that lets a partner ask for other terms. It may ask; nothing obliges it to."""

    partner: str
    """Its id."""
    ground: Ground
    """What changed."""
    gap: str = ""
    """The code of the vulnerability. It is the confession itself: no text for others ever bears it."""
    what: str = ""
    """The capacity or the event, in the words it goes by."""
    before: Fraction | None = None
    """The severity (0 where none was declared) or the amount before; None for an event."""
    after: Fraction | None = None
    """The same after."""
    percent: Fraction | None = None
    """By how much a capacity changed, exactly and without a sign; None where it was nought before."""
    changed_on: date | None = None
    """The day of the later statement, or of the event; None where the audit bears no date."""


def triggers_between(
    before: Audit,
    after: Audit,
    *,
    terms: ClauseTerms,
    on: date,
    capacities: Iterable[Capacity] = (),
    happenings: Iterable[Happening] = (),
    since: date | None = None,
) -> tuple[Trigger, ...]:
    """What lets one partner ask for other terms, between two versions of its audit.

    A severity counts for the whole way between the two audits and a capacity from its baseline on, so many small
    steps trigger as one large step does. Only what the partner states of itself counts.

    Args:
        before: Its audit when the terms were agreed.
        after: Its audit now.
        terms: How large a change must be, and which events count.
        on: The day; what was stated or happened later does not count.
        capacities: What partners state that they have to give; those of others are passed over.
        happenings: What happened; what the terms do not list, and what happened to others, is passed over.
        since: The day from which changes count, such as that of the last settlement. The baseline of a capacity is
            the last statement up to it, else the first one after; None counts from the first statement on.

    Returns:
        Worse needs, eased needs, capacities and events, in this order.

    Raises:
        InputError: The two audits are not of the same organisation.

    Source:
        The article's step 5 (the vulnerability clause) and pitfall 4 (a partner that no longer needs the support);
        the figures are ours.

    Example:
        >>> from lichen.audit.values import Organisation, Vulnerability
        >>> then = Audit(Organisation("us", "Us", vulnerabilities=(Vulnerability("ops.logistics", 2),)))
        >>> now = Audit(Organisation("us", "Us", vulnerabilities=(Vulnerability("ops.logistics", 4),)))
        >>> [found.ground.value for found in triggers_between(then, now, terms=ClauseTerms(), on=date(2026, 9, 1))]
        ['need worse']
    """
    partner = after.organisation.id
    if before.organisation.id != partner:
        what = _("the two audits are not of the same organisation")
        raise InputError(Problem(what, _("two versions of one partner's audit")))
    return (
        *sorted(_needs(before, after, terms), key=lambda found: found.ground is Ground.NEED_EASED),
        *_capacities([each for each in capacities if each.partner == partner], terms, since, on),
        *_events([each for each in happenings if each.partner == partner], terms, since, on),
    )


def capacity_change(before: float, after: float) -> Fraction | None:
    """By how many per cent a capacity changed, exactly as the two numbers are written; below nought for a fall.

    Returns:
        None where it was nought before: then no percentage can be given.

    Example:
        >>> capacity_change(0.3, 0.24), capacity_change(0, 5)
        (Fraction(-20, 1), None)
    """
    return (_exact(after) - _exact(before)) / _exact(before) * 100 if before else None


def _needs(before: Audit, after: Audit, terms: ClauseTerms) -> Iterator[Trigger]:
    then, now = _severities(before), _severities(after)
    for gap in dict.fromkeys((*now, *then)):
        change = now.get(gap, 0) - then.get(gap, 0)
        if abs(change) >= terms.severity_steps:
            yield Trigger(
                partner=after.organisation.id,
                ground=Ground.NEED_WORSE if change > 0 else Ground.NEED_EASED,
                gap=gap,
                before=Fraction(then.get(gap, 0)),
                after=Fraction(now.get(gap, 0)),
                changed_on=after.audited_on,
            )


def _severities(audit: Audit) -> dict[str, int]:
    """The worst severity that the organisation itself declares for each code."""
    declared = [gap for gap in audit.organisation.vulnerabilities if gap.code and gap.source is None]
    worst: dict[str, int] = {}
    for gap in declared:
        worst[gap.code] = max(gap.severity, worst.get(gap.code, 0))
    return worst


def _capacities(stated: list[Capacity], terms: ClauseTerms, since: date | None, on: date) -> Iterator[Trigger]:
    for found in capacity_changes(stated, since=since, on=on):
        if found.percent is None or found.percent >= terms.capacity_percent:
            yield found


def capacity_changes(stated: Iterable[Capacity], *, since: date | None, on: date) -> Iterator[Trigger]:
    """How far each capacity of one partner has changed, whether or not that is enough to ask for other terms.

    Args:
        stated: What the partner states that it has to give.
        since: As in ``triggers_between``.
        on: The day; what was stated later does not count.
    """
    known = sorted((each for each in stated if each.stated_on <= on), key=lambda each: (each.what, each.stated_on))
    for what, entries in groupby(known, key=lambda each: each.what):
        series = [*entries]
        first, last = _baseline(series, since), series[-1]
        change = capacity_change(first.amount, last.amount)
        if first.amount != last.amount:
            yield Trigger(
                partner=last.partner,
                ground=Ground.CAPACITY_UP if last.amount > first.amount else Ground.CAPACITY_DOWN,
                what=what,
                before=_exact(first.amount),
                after=_exact(last.amount),
                percent=None if change is None else abs(change),
                changed_on=last.stated_on,
            )


def _baseline(series: list[Capacity], since: date | None) -> Capacity:
    earlier = [each for each in series if since is not None and each.stated_on <= since]
    return earlier[-1] if earlier else series[0]


def _events(happened: list[Happening], terms: ClauseTerms, since: date | None, on: date) -> Iterator[Trigger]:
    for each in happened:
        if each.event in terms.events and each.happened_on <= on and (since is None or since < each.happened_on):
            yield Trigger(each.partner, Ground.EVENT, what=each.event, changed_on=each.happened_on)


def _exact(amount: float) -> Fraction:
    """The number as it is written: 0.3 is three tenths, not the binary number next to it."""
    return Fraction(str(amount))
