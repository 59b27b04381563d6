"""Since when each warning would have been said: the dated facts walked through, one day after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from lichen.alliance.as_of import dated_days
from lichen.alliance.values import Alliance
from lichen.pitfalls.looking import alerts_in
from lichen.pitfalls.rules import PitfallRules
from lichen.pitfalls.situation import reviewed
from lichen.pitfalls.values import Alert, RuleCode

__all__ = ["FirstSaid", "pitfall_history"]


@dataclass(frozen=True, slots=True)
class FirstSaid:
    """A warning, and when it would have been said."""

    alert: Alert
    """As it was on that day."""
    first_on: date
    """The first day on which it would have been said."""
    last_on: date
    """The last day looked at on which it still held."""
    is_open: bool
    """Whether it still holds on the day asked for."""


def pitfall_history(alliance: Alliance, on: date, rules: PitfallRules | None = None) -> tuple[FirstSaid, ...]:
    """The first day on which each warning would have been said, the earliest first.

    Every day on which something happened is looked at, and the day before it, so that what only waiting brings about is
    seen before it is put right. What the file keeps without a day is taken to have been so all along, and an audit to
    say nothing before it was finished. The same rule about the same partners and thing is one warning.

    Args:
        alliance: The alliance.
        on: The last day.
        rules: The thresholds; None takes the usual.

    Source:
        Ours.
    """
    held = rules or PitfallRules()
    review_of = cache(reviewed(held))  # audits change seldom, and reviewing one reads all its words
    found: dict[tuple[RuleCode, tuple[str, ...], str], FirstSaid] = {}
    for day in _walked(alliance, on):
        for alert in alerts_in(alliance, day, held, review_of):
            key = (alert.rule, alert.concerns, alert.about)
            first_on = alert.since if alert.since is not None and alert.since <= day else day
            earlier = found.get(key, FirstSaid(alert, first_on, day, False))
            first = min(earlier.first_on, first_on)
            found[key] = FirstSaid(earlier.alert, first, day, day == on)
    then = {each.first_on: alerts_in(alliance, each.first_on, held, review_of) for each in found.values()}
    said = (replace(each, alert=_as_on(each.alert, then[each.first_on])) for each in found.values())
    return tuple(sorted(said, key=lambda each: each.first_on))


def _as_on(alert: Alert, said: Iterable[Alert]) -> Alert:
    """The warning as a day had it: what only waiting brings about was found on a later one, with its figures."""
    key = (alert.rule, alert.concerns, alert.about)
    return next((each for each in said if (each.rule, each.concerns, each.about) == key), alert)


def _walked(alliance: Alliance, on: date) -> Iterator[date]:
    happened = [day for day in dated_days(alliance) if day <= on]
    before = (day - timedelta(days=1) for day in happened[1:])
    yield from sorted({*happened, *before, on})
