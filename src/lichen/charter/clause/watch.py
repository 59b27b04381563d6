"""The clause as a whole on a day: who may ask for other terms, who has asked, and where each request stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lichen.audit.values import Audit
from lichen.charter.clause.renegotiation import Phase, RenegotiationState, renegotiation_state
from lichen.charter.clause.triggers import Trigger, capacity_changes, triggers_between
from lichen.charter.clause.values import Capacity, Clause, Ground, Renegotiation

__all__ = ["ClauseWatch", "UnborneRequest", "WatchedTrigger", "clause_watch"]


@dataclass(frozen=True, slots=True)
class WatchedTrigger:
    """A change that lets a partner ask for other terms, and whether it has."""

    trigger: Trigger
    """What changed."""
    request: Renegotiation | None
    """The request that came of it; None where the partner has not asked, or took it back."""


@dataclass(frozen=True, slots=True)
class UnborneRequest:
    """A request under way whose ground nothing in the file bears out; it is told, and refused by nobody."""

    request: Renegotiation
    """The request."""
    change: Trigger | None
    """How far the capacity that it names has changed; None where no change of it stands in the file."""


@dataclass(frozen=True, slots=True)
class ClauseWatch:
    """What stands under the vulnerability clause on a day."""

    triggers: tuple[WatchedTrigger, ...]
    """What lets whom ask for other terms, by partner."""
    requests: tuple[RenegotiationState, ...]
    """Where each request stands, in the order in which they were asked."""
    audits_compared: bool
    """Whether there were earlier audits, so that a changed need could be seen at all."""
    unborne: tuple[UnborneRequest, ...] = ()
    """The requests under way that nothing bears out; those for a need only where audits could be compared."""
    stated_once: tuple[Capacity, ...] = ()
    """Capacities with one entry, of partners that state others too: maybe the same in other words."""

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
    since = {audit.organisation.id: _since(asked, audit.organisation.id, agreed_on, clause, on) for audit in partners}
    triggers = [
        trigger
        for audit in partners
        for trigger in triggers_between(
            earlier.get(audit.organisation.id, audit),
            audit,
            terms=clause.terms,
            on=on,
            capacities=clause.capacities,
            happenings=clause.happenings,
            since=since[audit.organisation.id],
        )
    ]
    requests = tuple(renegotiation_state(each, clause.terms, on) for each in asked)
    unseen = set() if before else {Ground.NEED_WORSE, Ground.NEED_EASED}
    return ClauseWatch(
        triggers=tuple(
            WatchedTrigger(trigger, next((each for each in asked if _came_of(each, trigger, on)), None))
            for trigger in triggers
        ),
        requests=requests,
        audits_compared=bool(before),
        unborne=tuple(
            UnborneRequest(each, _change(each, clause, since.get(each.partner), on))
            for each in (state.renegotiation for state in requests if not state.is_over)
            if each.ground not in unseen and not any(_came_of(each, trigger, on) for trigger in triggers)
        ),
        stated_once=tuple(_stated_once(clause, on)),
    )


def _came_of(request: Renegotiation, trigger: Trigger, on: date) -> bool:
    """Whether a request that still counts names this change, or leaves open which one of its kind it means."""
    same = (request.partner, request.ground) == (trigger.partner, trigger.ground)
    taken_back = request.withdrawn_on is not None and request.withdrawn_on <= on
    return same and request.gap in ("", trigger.gap) and request.what in ("", trigger.what) and not taken_back


def _change(request: Renegotiation, clause: Clause, since: date | None, on: date) -> Trigger | None:
    if request.ground not in (Ground.CAPACITY_DOWN, Ground.CAPACITY_UP):
        return None
    own = [each for each in clause.capacities if each.partner == request.partner]
    found = capacity_changes(own, since=since, on=on)
    return next((each for each in found if request.what in ("", each.what)), None)


def _stated_once(clause: Clause, on: date) -> Iterator[Capacity]:
    stated = [each for each in clause.capacities if each.stated_on <= on]
    entries = Counter((each.partner, each.what) for each in stated)
    series = Counter(partner for partner, _what in entries)
    yield from (each for each in stated if entries[each.partner, each.what] == 1 and series[each.partner] > 1)


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
