"""What every partner needs now: the audit as the check-ins since have changed it, what moved, what is outgrown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lichen.audit.values import Audit
from lichen.checkin.values import CheckIn, CheckInRules

__all__ = ["Need", "NeedChange", "NeedMove", "OutgrownNeed", "need_changes", "needs_on", "outgrown_needs"]

Need = tuple[str, str]
"""The partner whose it is, and a code of the taxonomy."""


class NeedMove(StrEnum):
    """Which way a need has moved."""

    UP = "up"
    """It has become more severe."""
    DOWN = "down"
    """It has become less severe."""
    NEW = "new"
    """It was not there before."""
    GONE = "gone"
    """It is there no more."""


@dataclass(frozen=True, slots=True)
class NeedChange:
    """How one need has changed."""

    owner: str
    """Id of the partner whose it is."""
    code: str
    """A code of the taxonomy."""
    move: NeedMove
    """Which way."""
    before: int
    """The severity then; 0 was not there."""
    now: int
    """The severity now; 0 is gone."""


@dataclass(frozen=True, slots=True)
class OutgrownNeed:
    """A need of which to ask: has this been outgrown?"""

    owner: str
    """Id of the partner whose it is."""
    code: str
    """A code of the taxonomy."""
    severity: int
    """The severity now."""
    since: date
    """The first of the check-ins in a row at which it was so slight."""
    times: int
    """How many in a row."""


def needs_on(audits: Sequence[Audit], checkins: Sequence[CheckIn], on: date) -> Mapping[Need, int]:
    """The severity of every need on a day: the audit, and what check-ins held after it have changed.

    Args:
        audits: The partners' audits.
        checkins: The check-ins of their alliance, the earliest first.
        on: The day to reckon with.

    Returns:
        Severities, 0 for what is gone.
    """
    severities = {
        (audit.organisation.id, need.code): need.severity
        for audit in audits
        for need in audit.organisation.vulnerabilities
        if need.code
    }
    audited = {audit.organisation.id: audit.audited_on or date.min for audit in audits}
    for checkin in checkins:
        for each in checkin.needs:
            if audited.get(each.owner, date.min) <= checkin.held_on <= on:
                severities[each.owner, each.code] = each.severity
    return severities


def need_changes(before: Mapping[Need, int], now: Mapping[Need, int]) -> tuple[NeedChange, ...]:
    """What has changed between two days: up, down, new, gone; what stayed is left out.

    Args:
        before: The answer of ``needs_on`` for the earlier day.
        now: That for the later day.

    Example:
        >>> then, now = {("a", "x"): 4, ("a", "y"): 2}, {("a", "x"): 1, ("a", "z"): 3}
        >>> [change.move.value for change in need_changes(then, now)]
        ['down', 'gone', 'new']
    """
    return tuple(
        NeedChange(owner, code, _move(was, is_now), was, is_now)
        for owner, code in sorted({*before, *now})
        if (was := before.get((owner, code), 0)) != (is_now := now.get((owner, code), 0))
    )


def outgrown_needs(
    audits: Sequence[Audit], checkins: Sequence[CheckIn], on: date, rules: CheckInRules | None = None
) -> tuple[OutgrownNeed, ...]:
    """The needs that have been slight at several check-ins of their owner in a row, the last ones among them.

    Args:
        audits: The partners' audits.
        checkins: The check-ins of their alliance, the earliest first.
        on: The day to reckon with.
        rules: How slight, how often; None takes those of the last check-in.

    Source:
        The article's pitfall 4, of a partner who had grown and no longer needed the support; the numbers are ours.
    """
    held = [each for each in checkins if each.held_on <= on]
    wanted = rules or (held[-1].rules if held else CheckInRules())
    return tuple(_outgrown(audits, held, wanted))


def _outgrown(audits: Sequence[Audit], held: Sequence[CheckIn], rules: CheckInRules) -> Iterator[OutgrownNeed]:
    series = [(each, needs_on(audits, held, each.held_on)) for each in held]
    for owner, code in sorted(series[-1][1]) if series else ():
        days: list[date] = []
        for checkin, severities in series:
            if owner in checkin.answered:
                slight = severities.get((owner, code), rules.outgrown + 1) <= rules.outgrown
                days = [*days, checkin.held_on] if slight else []
        if len(days) >= rules.outgrown_times:
            yield OutgrownNeed(owner, code, series[-1][1][owner, code], days[0], len(days))


def _move(before: int, now: int) -> NeedMove:
    if not now:
        return NeedMove.GONE
    if not before:
        return NeedMove.NEW
    return NeedMove.UP if now > before else NeedMove.DOWN
