"""A request for other terms through time: its boundaries, its laws, and faults planted against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.charter.clause.renegotiation import Duties, Phase, RenegotiationState, deadlines, renegotiation_state
from lichen.charter.clause.values import ClauseTerms, Ground, MinimumDuty, Renegotiation
from lichen.errors import InputError
from tests.strategies import modest

ASKED = date(2026, 9, 1)
DUTY = MinimumDuty("us", "one hall a month")
TERMS = ClauseTerms(minimum_duties=(DUTY,))
REQUEST = Renegotiation("us", Ground.CAPACITY_DOWN, ASKED)
TIMED = (Phase.NOTICE, Phase.TALKS, Phase.MEDIATION, Phase.EXIT, Phase.LEFT)
Machine = Callable[[Renegotiation, ClauseTerms, date], RenegotiationState]


def day(number: int) -> date:
    return ASKED + timedelta(days=number)


@pytest.mark.parametrize(
    ("number", "phase", "left", "duties"),
    [
        (0, Phase.NOTICE, 14, Duties.FULL),
        (13, Phase.NOTICE, 1, Duties.FULL),
        (14, Phase.NOTICE, 0, Duties.FULL),
        (15, Phase.TALKS, 29, Duties.MINIMUM),
        (44, Phase.TALKS, 0, Duties.MINIMUM),
        (45, Phase.MEDIATION, 29, Duties.MINIMUM),
        (74, Phase.MEDIATION, 0, Duties.MINIMUM),
        (75, Phase.EXIT, 59, Duties.MINIMUM),
        (134, Phase.EXIT, 0, Duties.MINIMUM),
        (135, Phase.LEFT, None, Duties.NONE),
        (9999, Phase.LEFT, None, Duties.NONE),
    ],
)
def test_phase_has_its_last_day_and_the_next_begins_after_it(
    number: int, phase: Phase, left: int | None, duties: Duties
):
    state = renegotiation_state(REQUEST, TERMS, day(number))
    assert (state.phase, state.days_left, state.duties) == (phase, left, duties)
    assert state.minimum_duties == ((DUTY,) if duties is Duties.MINIMUM else ())
    assert state.is_over is (phase is Phase.LEFT)


def test_every_deadline_is_a_date():
    assert [each.last_day.isoformat() for each in deadlines(ASKED, TERMS)] == [
        "2026-09-15",
        "2026-10-15",
        "2026-11-14",
        "2027-01-13",
    ]


def test_settlement_and_withdrawal_count_from_their_day_on():
    settled = replace(REQUEST, settled_on=day(20))
    taken_back = replace(REQUEST, withdrawn_on=day(20))
    assert [renegotiation_state(settled, TERMS, day(number)).phase for number in (19, 20, 500)] == [
        Phase.TALKS,
        Phase.SETTLED,
        Phase.SETTLED,
    ]
    assert [renegotiation_state(taken_back, TERMS, day(number)).duties for number in (19, 20)] == [
        Duties.MINIMUM,
        Duties.FULL,
    ]


def test_last_day_of_the_exit_is_the_last_on_which_they_can_settle():
    ends = [renegotiation_state(replace(REQUEST, settled_on=day(each)), TERMS, day(200)).phase for each in (134, 135)]
    assert ends == [Phase.SETTLED, Phase.LEFT]


def test_day_before_the_request_is_refused():
    with pytest.raises(InputError, match="before that of the request"):
        renegotiation_state(REQUEST, TERMS, day(-1))


def test_request_that_ends_before_it_begins_or_twice_is_refused():
    with pytest.raises(InputError) as refusal:
        replace(REQUEST, settled_on=day(-1), withdrawn_on=day(-2))
    assert [problem.column for problem in refusal.value.problems] == ["settled_on", "withdrawn_on", "withdrawn_on"]


def test_request_at_the_end_of_the_calendar_is_refused():
    with pytest.raises(InputError, match="too far ahead"):
        replace(REQUEST, asked_on=date(9999, 12, 31))


def broken_laws(machine: Machine, request: Renegotiation, terms: ClauseTerms) -> Iterator[str]:
    """Which laws a state machine breaks, seen day by day from the request to long after its end."""
    last = deadlines(request.asked_on, terms)[-1].last_day
    days = [request.asked_on + timedelta(days=each) for each in range((last - request.asked_on).days + 10)]
    states = [machine(request, terms, each) for each in days]
    phases = [state.phase for state in states]
    timed = [phase for place, phase in enumerate(phases) if phase in TIMED and phase not in phases[:place]]
    if timed != [*TIMED[: len(timed)]]:
        yield "a phase is skipped, or time runs backwards"
    ended_on = request.settled_on or request.withdrawn_on
    for when, state, before in zip(days, states, [None, *states], strict=False):
        over = ended_on is not None and ended_on <= min(when, last)
        if over is not (state.phase in (Phase.SETTLED, Phase.WITHDRAWN)):
            yield "a settlement does not end it at once, or something else does"
        if before is not None and before.is_over and state != before:
            yield "something happens after the end"
        if state.phase is Phase.NOTICE and state.duties is not Duties.FULL:
            yield "to ask suspends a duty"
        if not state.is_over and state.duties not in (Duties.FULL, Duties.MINIMUM):
            yield "less than the minimum is owed before the end"
        if state.duties is Duties.MINIMUM and state.minimum_duties != terms.minimum_duties:
            yield "something else than the agreed minimum is owed"
        if state.phase is Phase.WITHDRAWN and state.duties is not Duties.FULL:
            yield "who takes a request back is punished"
        if state.deadline is not None and state.days_left != (state.deadline - when).days:
            yield "the days left are wrong"
        if state.deadline is not None and not when <= state.deadline:
            yield "a phase outlasts its last day"


spans = st.integers(1, 9)
drawn_terms = st.builds(
    ClauseTerms,
    notice_days=spans,
    talks_days=spans,
    mediation_days=spans,
    exit_days=spans,
    minimum_duties=st.just((DUTY,)),
)
ends = st.none() | st.integers(0, 45).map(day)


@modest
@given(terms=drawn_terms, ended=ends, by_settlement=st.booleans(), ground=st.sampled_from(Ground))
def test_no_law_is_broken(terms: ClauseTerms, ended: date | None, by_settlement: bool, ground: Ground):
    end = {"settled_on" if by_settlement else "withdrawn_on": ended}
    assert [*broken_laws(renegotiation_state, replace(REQUEST, ground=ground, **end), terms)] == []


@modest
@given(terms=drawn_terms, first=st.integers(0, 60), more=st.integers(0, 60))
def test_waiting_only_moves_it_on_and_never_costs_more(terms: ClauseTerms, first: int, more: int):
    owed = [Duties.FULL, Duties.MINIMUM, Duties.NONE]
    now, later = (renegotiation_state(REQUEST, terms, day(each)) for each in (first, first + more))
    assert TIMED.index(now.phase) <= TIMED.index(later.phase)
    assert owed.index(now.duties) <= owed.index(later.duties)


@modest
@given(terms=drawn_terms, on=st.integers(0, 60), ground=st.sampled_from(Ground))
def test_better_times_are_dealt_with_like_worse_ones(terms: ClauseTerms, on: int, ground: Ground):
    asked = renegotiation_state(replace(REQUEST, ground=ground), terms, day(on))
    assert replace(asked, renegotiation=REQUEST) == renegotiation_state(REQUEST, terms, day(on))


def changed(when: Phase, **change: object) -> Machine:
    """The machine with a fault in one phase."""

    def machine(request: Renegotiation, terms: ClauseTerms, on: date) -> RenegotiationState:
        state = renegotiation_state(request, terms, on)
        return replace(state, **change) if state.phase is when else state  # type: ignore[arg-type]

    return machine


def shifted(request: Renegotiation, terms: ClauseTerms, on: date) -> RenegotiationState:
    return replace(
        renegotiation_state(request, terms, max(request.asked_on, on - timedelta(days=1))), renegotiation=request
    )


def deaf_to_late_settlement(request: Renegotiation, terms: ClauseTerms, on: date) -> RenegotiationState:
    timed = renegotiation_state(replace(request, settled_on=None), terms, on)
    return timed if timed.phase is Phase.EXIT else renegotiation_state(request, terms, on)


def forgetful(request: Renegotiation, terms: ClauseTerms, on: date) -> RenegotiationState:
    """A settlement that holds for a while."""
    settled = request.settled_on
    lapsed = settled is not None and on > settled + timedelta(days=3)
    return renegotiation_state(replace(request, settled_on=None) if lapsed else request, terms, on)


@pytest.mark.parametrize(
    "fault",
    [
        changed(Phase.TALKS, phase=Phase.MEDIATION),
        changed(Phase.MEDIATION, phase=Phase.EXIT),
        changed(Phase.EXIT, phase=Phase.NOTICE),
        changed(Phase.NOTICE, duties=Duties.MINIMUM, minimum_duties=(DUTY,)),
        changed(Phase.TALKS, duties=Duties.NONE),
        changed(Phase.MEDIATION, minimum_duties=()),
        changed(Phase.WITHDRAWN, duties=Duties.NONE),
        changed(Phase.SETTLED, phase=Phase.LEFT),
        changed(Phase.TALKS, days_left=7),
        shifted,
        deaf_to_late_settlement,
        forgetful,
    ],
)
def test_planted_fault_is_found(fault: Machine):
    terms = replace(TERMS, notice_days=3, talks_days=4, mediation_days=5, exit_days=6)
    requests = [REQUEST, *(replace(REQUEST, settled_on=day(each)) for each in (0, 5, 15))]
    requests += [replace(REQUEST, withdrawn_on=day(each)) for each in (1, 9)]
    assert [law for request in requests for law in broken_laws(fault, request, terms)] != []
