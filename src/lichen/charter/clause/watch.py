"""The clause as a whole on a day: who may ask for other terms, who has asked, and where each request stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lichen.audit.values import Audit
from lichen.charter.clause.renegotiation import Phase, RenegotiationState, renegotiation_state
from lichen.charter.clause.triggers import Trigger, triggers_between
from lichen.charter.clause.values import Clause, Renegotiation

__all__ = ["ClauseWatch", "WatchedTrigger", "clause_watch"]


@dataclass(frozen=True, slots=True)
class WatchedTrigger:
    """A change that lets a partner ask for other terms, and whether it has."""

    trigger: Trigger
    """What changed."""
    request: Renegotiation | None
    """The request that came of it; None where the partner has not asked, or took it back."""


@dataclass(frozen=True, slots=True)
class ClauseWatch:
    """What stands under the vulnerability clause on a day."""

    triggers: tuple[WatchedTrigger, ...]
    """What lets whom ask for other terms, by partner."""
    requests: tuple[RenegotiationState, ...]
    """Where each request stands, in the order in which they were asked."""
    audits_compared: bool
    """Whether there were earlier audits, so that a changed need could be seen at all."""

    @property
    def needs_talk(self) -> bool:
        """Whether anything waits for the partners: a change nobody has asked about, or a request under way."""
        unasked = any(watched.request is None for watched in self.triggers)
        return unasked or not all(state.is_over for state in self.requests)


def clause_watch(
    clause: Clause,
    partners: Sequence[Audit],
    *,
    on: date,
    before: Sequence[Audit] = (),
    agreed_on: date | None = None,
) -> ClauseWatch:
    """What stands under the vulnerability clause on a day.

    Args:
        clause: The terms, and what was recorded under them.
        partners: The partners' audits now.
        on: The day.
        before: The partners' audits when the terms were agreed. Without them only capacities and events are seen, and
            a partner that is not among them has no earlier audit.
        agreed_on: The day from which changes count; a settlement of a partner's own moves it on for that partner.

    Source:
        Ours; see ``triggers_between`` and ``renegotiation_state``.
    """
    earlier = {audit.organisation.id: audit for audit in before}
    asked = sorted((each for each in clause.renegotiations if each.asked_on <= on), key=lambda each: each.asked_on)
    return ClauseWatch(
        triggers=tuple(
            WatchedTrigger(trigger, next((each for each in asked if _came_of(each, trigger, on)), None))
            for audit in partners
            for trigger in triggers_between(
                earlier.get(audit.organisation.id, audit),
                audit,
                terms=clause.terms,
                on=on,
                capacities=clause.capacities,
                happenings=clause.happenings,
                since=_since(asked, audit.organisation.id, agreed_on, clause, on),
            )
        ),
        requests=tuple(renegotiation_state(each, clause.terms, on) for each in asked),
        audits_compared=bool(before),
    )


def _came_of(request: Renegotiation, trigger: Trigger, on: date) -> bool:
    """Whether a request that still counts names this change, or leaves open which one of its kind it means."""
    same = (request.partner, request.ground) == (trigger.partner, trigger.ground)
    taken_back = request.withdrawn_on is not None and request.withdrawn_on <= on
    return same and request.gap in ("", trigger.gap) and request.what in ("", trigger.what) and not taken_back


def _since(
    asked: Sequence[Renegotiation], partner: str, agreed_on: date | None, clause: Clause, on: date
) -> date | None:
    settled = [
        each.settled_on
        for each in asked
        if each.partner == partner
        and each.settled_on is not None
        and renegotiation_state(each, clause.terms, on).phase is Phase.SETTLED
    ]
    return max((day for day in (agreed_on, *settled) if day is not None), default=None)
