"""When the next check-in is due, who did not answer the last one, and how punctual they have been over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lichen.checkin.sealing import is_laid_open, still_to_rate
from lichen.checkin.values import CheckIn, CheckInRules
from lichen.days import months_after

__all__ = [
    "AgreedCheckIns",
    "CheckInDue",
    "FirstAuditFinding",
    "HeldCheckIn",
    "checkin_due",
    "first_audit_findings",
    "held_checkins",
]


class FirstAuditFinding(StrEnum):
    """What is wrong with the first trust audit: it comes before the pilot, and is revealed to both at once."""

    NOT_HELD = "not-held"
    """There is none yet."""
    AFTER_PILOT = "after-pilot"
    """The pilot began before it was held, or while its answers were sealed."""
    NOT_ANNOUNCED = "not-announced"
    """Fewer than five of some partner answered, and nobody was told beforehand that names are shown."""
    ONE_SIDED = "one-sided"
    """Somebody has been rated who has not rated in turn: nothing is shown before."""
    SEALED = "sealed"
    """All have answered, and it has not been laid open."""


@dataclass(frozen=True, slots=True)
class AgreedCheckIns:
    """What a charter says of the days of check-ins; those held before it, such as the first audit, it does not move."""

    since: date
    """The day from which the charter holds."""
    first_on: date
    """The day of the first check-in under it."""
    months: int
    """So many months lie between two, unless the earlier one's own rules say otherwise than is usual."""


@dataclass(frozen=True, slots=True)
class HeldCheckIn:
    """One check-in, and how punctual it was."""

    held_on: date
    """The day it was held."""
    due_on: date | None
    """The day it was due; None for the first, unless a charter named the day."""
    late: int
    """Days after that; 0 where it was in time."""
    unanswered: tuple[str, ...]
    """Ids of the partners who answered nothing."""


@dataclass(frozen=True, slots=True)
class CheckInDue:
    """When the next check-in is due."""

    last: HeldCheckIn | None
    """The last one that was held; None: none yet."""
    next_on: date | None
    """The day it is due; None where none was held, no pilot is planned and no charter names a day."""
    overdue: int
    """Days after that; 0 while there is time."""
    in_days: int | None
    """Days until then, 0 on the day and after; None where no day is known."""


def held_checkins(
    checkins: Sequence[CheckIn], partners: Sequence[str], on: date, *, agreed: AgreedCheckIns | None = None
) -> tuple[HeldCheckIn, ...]:
    """Every check-in up to a day, with when it had been due and who did not answer.

    Args:
        checkins: Those of an alliance, the earliest first.
        partners: Ids of its partners.
        on: The day to reckon with.
        agreed: What the charter says of their days; None: nothing.
    """
    held = [each for each in checkins if each.held_on <= on]
    first = agreed.first_on if agreed is not None and held and held[0].held_on >= agreed.since else None
    due = [first, *(_due_after(each, agreed) for each in held[:-1])]
    return tuple(
        HeldCheckIn(
            held_on=each.held_on,
            due_on=due_on,
            late=0 if due_on is None else max(0, (each.held_on - due_on).days),
            unanswered=tuple(partner for partner in partners if partner not in each.answered),
        )
        for each, due_on in zip(held, due, strict=False)
    )


def checkin_due(
    checkins: Sequence[CheckIn],
    partners: Sequence[str],
    on: date,
    *,
    pilot_on: date | None = None,
    rules: CheckInRules | None = None,
    agreed: AgreedCheckIns | None = None,
) -> CheckInDue:
    """When the next check-in is due, and by how many days it is overdue.

    Args:
        checkins: Those of an alliance, the earliest first.
        partners: Ids of its partners.
        on: The day to reckon with.
        pilot_on: The first day of the first pilot, by which the first check-in is due.
        rules: How often; None takes those of the last check-in.
        agreed: What the charter says of their days; None: nothing.

    Source:
        The article's pitfall 4: quarterly "vulnerability refreshers"; and its pitfall 2: a trust audit early.

    Example:
        >>> due = checkin_due([CheckIn(date(2026, 9, 1))], [], date(2026, 12, 11))
        >>> str(due.next_on), due.overdue
        ('2026-12-01', 10)
    """
    held = [each for each in checkins if each.held_on <= on]
    first_on = pilot_on or (None if agreed is None else agreed.first_on)
    next_on = _due_after(held[-1], agreed, rules) if held else first_on
    return CheckInDue(
        last=held_checkins(held, partners, on, agreed=agreed)[-1] if held else None,
        next_on=next_on,
        overdue=0 if next_on is None else max(0, (on - next_on).days),
        in_days=None if next_on is None else max(0, (next_on - on).days),
    )


def first_audit_findings(
    checkins: Sequence[CheckIn], on: date, *, pilot_on: date | None = None
) -> tuple[FirstAuditFinding, ...]:
    """What is wrong with the first trust audit.

    Args:
        checkins: Those of an alliance, the earliest first.
        on: The day to reckon with.
        pilot_on: The first day of the first pilot; None: none is planned.

    Source:
        The article's pitfall 2. Before the pilot, because later the pilot is what they answer about; that is ours.

    Example:
        >>> first_audit_findings([], date(2026, 12, 11))
        (<FirstAuditFinding.NOT_HELD: 'not-held'>,)
    """
    first = next((each for each in checkins if each.trust and each.held_on <= on), None)
    return (FirstAuditFinding.NOT_HELD,) if first is None else tuple(_of_first(first, on, pilot_on))


def _due_after(last: CheckIn, agreed: AgreedCheckIns | None, rules: CheckInRules | None = None) -> date:
    if agreed is not None and last.held_on < agreed.since:
        return agreed.first_on
    months = (rules or last.rules).months
    if agreed is not None and months == CheckInRules().months:
        months = agreed.months
    return months_after(last.held_on, months)


def _of_first(first: CheckIn, on: date, pilot_on: date | None) -> Iterator[FirstAuditFinding]:
    if still_to_rate(first):
        yield FirstAuditFinding.ONE_SIDED
    elif not is_laid_open(first, on, first=True):
        yield FirstAuditFinding.SEALED
    if pilot_on is not None and pilot_on < (first.revealed_on or on):
        yield FirstAuditFinding.AFTER_PILOT
    if not first.is_attributed and _fewest_answers(first) < first.rules.fewest:
        yield FirstAuditFinding.NOT_ANNOUNCED


def _fewest_answers(checkin: CheckIn) -> int:
    pairs = [(each.by, each.about) for each in checkin.trust]
    return min(pairs.count(pair) for pair in pairs)
