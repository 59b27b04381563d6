"""What happens after a partner has asked for other terms: phases and deadlines, as a function of the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lichen.charter.clause.values import ClauseTerms, MinimumDuty, Renegotiation
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["Deadline", "Duties", "Phase", "RenegotiationState", "deadlines", "renegotiation_state"]


class Phase(StrEnum):
    """Where a request for other terms has got to."""

    NOTICE = "notice"
    """The others know and get ready."""
    TALKS = "talks"
    """The partners talk."""
    MEDIATION = "mediation"
    """The talks have brought nothing; somebody from outside helps."""
    EXIT = "exit"
    """Mediation has brought nothing; the partner that asked leaves in good order."""
    LEFT = "left"
    """The orderly exit is over."""
    SETTLED = "settled"
    """They agreed."""
    WITHDRAWN = "withdrawn"
    """The partner took its request back."""


class Duties(StrEnum):
    """What the partners owe each other meanwhile. There is no penalty: asking in good faith costs nothing."""

    FULL = "full"
    """All that was agreed: asking alone suspends nothing."""
    MINIMUM = "minimum"
    """The minimum duties of the terms."""
    AS_SETTLED = "as settled"
    """What they agreed in the end."""
    NONE = "none"
    """The one that asked has left, and owes nothing further."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a phase, that day included."""

    phase: Phase
    """Which phase."""
    last_day: date
    """Its last day."""


@dataclass(frozen=True, slots=True)
class RenegotiationState:
    """Where a request for other terms stands on a day."""

    renegotiation: Renegotiation
    """Which request."""
    phase: Phase
    """Where it has got to."""
    deadlines: tuple[Deadline, ...]
    """The last day of each phase, in order, as they would be if nothing is settled before."""
    deadline: date | None
    """The last day of this phase; None once it is over."""
    days_left: int | None
    """Days until then, 0 on the last day itself; None once it is over."""
    then: Phase | None
    """What follows if nothing is settled until then; None once it is over."""
    duties: Duties
    """What is owed meanwhile."""
    minimum_duties: tuple[MinimumDuty, ...]
    """What each keeps doing while ``duties`` is the minimum; else empty."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens in it."""
        return self.then is None


_TIMED = (Phase.NOTICE, Phase.TALKS, Phase.MEDIATION, Phase.EXIT)
_NEXT = dict(zip(_TIMED, (*_TIMED[1:], Phase.LEFT), strict=True))
_OWED = {
    Phase.NOTICE: Duties.FULL,
    Phase.TALKS: Duties.MINIMUM,
    Phase.MEDIATION: Duties.MINIMUM,
    Phase.EXIT: Duties.MINIMUM,
    Phase.LEFT: Duties.NONE,
    Phase.SETTLED: Duties.AS_SETTLED,
    Phase.WITHDRAWN: Duties.FULL,
}


def deadlines(asked_on: date, terms: ClauseTerms) -> tuple[Deadline, ...]:
    """The last day of each phase of a request, if nothing is settled before.

    Args:
        asked_on: The day of the request; the days of a phase are counted from the last day of the one before.
        terms: How long each phase takes.

    Source:
        The order of the ICC hardship clause (talk first, then somebody from outside, then end); the days are ours.

    Example:
        >>> [f"{each.phase} {each.last_day}" for each in deadlines(date(2026, 9, 1), ClauseTerms())]
        ['notice 2026-09-15', 'talks 2026-10-15', 'mediation 2026-11-14', 'exit 2027-01-13']
    """
    return tuple(_deadlines(asked_on, terms))


def renegotiation_state(renegotiation: Renegotiation, terms: ClauseTerms, on: date) -> RenegotiationState:
    """Where a request for other terms stands on a day.

    Time alone moves it on, one phase after the other, so neither side gains by keeping still; a settlement or a
    withdrawal ends it at once. The last day of a phase belongs to it.

    Args:
        renegotiation: The request; what is recorded of it after the day does not count.
        terms: How long each phase takes, and the minimum duties.
        on: The day.

    Raises:
        InputError: The day lies before that of the request.

    Source:
        The ICC hardship clause and UNIDROIT Principles 6.2.3: to ask does not by itself suspend any duty.

    Example:
        >>> from lichen.charter.clause.values import Ground
        >>> asked = Renegotiation("us", Ground.CAPACITY_DOWN, asked_on=date(2026, 9, 1))
        >>> state = renegotiation_state(asked, ClauseTerms(), on=date(2026, 9, 15))
        >>> state.phase.value, state.days_left, state.then.value, state.duties.value
        ('notice', 0, 'talks', 'full')
    """
    if on < renegotiation.asked_on:
        raise InputError(Problem(_("the day lies before that of the request"), _("that day or later"), column="on"))
    until = deadlines(renegotiation.asked_on, terms)
    phase = _phase(renegotiation, until, on)
    last_day = next((each.last_day for each in until if each.phase is phase), None)
    return RenegotiationState(
        renegotiation=renegotiation,
        phase=phase,
        deadlines=until,
        deadline=last_day,
        days_left=None if last_day is None else (last_day - on).days,
        then=_NEXT.get(phase),
        duties=_OWED[phase],
        minimum_duties=terms.minimum_duties if _OWED[phase] is Duties.MINIMUM else (),
    )


def _deadlines(asked_on: date, terms: ClauseTerms) -> Iterator[Deadline]:
    last_day = asked_on
    spans = (terms.notice_days, terms.talks_days, terms.mediation_days, terms.exit_days)
    for phase, days in zip(_TIMED, spans, strict=True):
        last_day += timedelta(days=days)
        yield Deadline(phase, last_day)


def _phase(renegotiation: Renegotiation, until: tuple[Deadline, ...], on: date) -> Phase:
    over_on = min(on, until[-1].last_day)  # what is recorded after the exit was over brings nobody back
    if renegotiation.settled_on is not None and renegotiation.settled_on <= over_on:
        return Phase.SETTLED
    if renegotiation.withdrawn_on is not None and renegotiation.withdrawn_on <= over_on:
        return Phase.WITHDRAWN
    return next((each.phase for each in until if on <= each.last_day), Phase.LEFT)
