"""What lets a partner ask for other terms: the boundaries, exactly; both ways; and no creeping past them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.audit.values import Audit, Organisation, Source, Vulnerability
from lichen.charter.clause import triggers
from lichen.charter.clause.triggers import Trigger, capacity_change, triggers_between
from lichen.charter.clause.values import Capacity, ClauseTerms, Ground, Happening
from lichen.errors import InputError
from tests.strategies import modest

TERMS = ClauseTerms(events=("a grant is not renewed",))
START, ON = date(2026, 1, 1), date(2026, 12, 31)
Find = Callable[..., tuple[Trigger, ...]]


def audit(*gaps: Vulnerability) -> Audit:
    return Audit(Organisation("us", "Us", vulnerabilities=gaps), audited_on=ON)


def needs(before: int | None, after: int | None, find: Find = triggers_between, **more: object) -> list[Ground]:
    """What is found where one severity changes; None is not declared."""
    then, now = (audit(*(() if each is None else (Vulnerability("ops.logistics", each),))) for each in (before, after))
    return [found.ground for found in find(then, now, terms=TERMS, on=ON, **more)]


def capacities(*amounts: float, find: Find = triggers_between, **more: object) -> list[tuple[Ground, Fraction | None]]:
    """What is found where one capacity is stated day after day."""
    series = [Capacity("us", "hours", amount, START + timedelta(days=day)) for day, amount in enumerate(amounts)]
    found = find(audit(), audit(), terms=TERMS, on=ON, capacities=series, **more)
    return [(each.ground, each.percent) for each in found]


@pytest.mark.parametrize(
    ("before", "after", "grounds"),
    [
        (2, 3, []),
        (2, 4, [Ground.NEED_WORSE]),
        (4, 3, []),
        (4, 2, [Ground.NEED_EASED]),
        (1, None, []),
        (2, None, [Ground.NEED_EASED]),
        (None, 1, []),
        (None, 2, [Ground.NEED_WORSE]),
    ],
)
def test_need_triggers_at_exactly_two_steps_both_ways(before: int | None, after: int | None, grounds: list[Ground]):
    assert needs(before, after) == grounds


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ((100, 80), [(Ground.CAPACITY_DOWN, Fraction(20))]),
        ((100, 80.01), []),
        ((100, 120), [(Ground.CAPACITY_UP, Fraction(20))]),
        ((100, 119.99), []),
        ((0.3, 0.24), [(Ground.CAPACITY_DOWN, Fraction(20))]),
        ((1.1, 0.88), [(Ground.CAPACITY_DOWN, Fraction(20))]),
        ((3, 2), [(Ground.CAPACITY_DOWN, Fraction(100, 3))]),
        ((5, 0), [(Ground.CAPACITY_DOWN, Fraction(100))]),
        ((0, 5), [(Ground.CAPACITY_UP, None)]),
        ((0, 0), []),
        ((100,), []),
        ((), []),
    ],
)
def test_capacity_triggers_at_exactly_twenty_per_cent_both_ways(
    amounts: Sequence[float], found: list[tuple[Ground, Fraction | None]]
):
    assert capacities(*amounts) == found


def test_many_small_steps_trigger_as_one_large_step_does():
    assert capacities(100, 90, 85, 80) == [(Ground.CAPACITY_DOWN, Fraction(20))]
    assert capacities(100, 10, 95) == []


def test_capacity_counts_from_the_last_statement_up_to_the_day_since_which_it_counts():
    assert capacities(100, 90, 80, since=START + timedelta(days=1)) == []
    assert capacities(100, 90, 72, since=START + timedelta(days=1)) == [(Ground.CAPACITY_DOWN, Fraction(20))]
    assert capacities(100, 80, since=START - timedelta(days=9)) == [(Ground.CAPACITY_DOWN, Fraction(20))]


def test_what_is_stated_later_or_by_others_does_not_count():
    series = [Capacity("us", "hours", 100, START), Capacity("us", "hours", 1, ON + timedelta(days=1))]
    series.append(Capacity("them", "hours", 1, ON))
    assert triggers_between(audit(), audit(), terms=TERMS, on=ON, capacities=series) == ()


def test_two_capacities_are_never_mixed_up():
    series = [Capacity("us", "hours", 100, START), Capacity("us", "vans", 1, ON)]
    assert triggers_between(audit(), audit(), terms=TERMS, on=ON, capacities=series) == ()


@pytest.mark.parametrize(
    ("event", "on", "since", "count"),
    [
        ("a grant is not renewed", ON, None, 1),
        ("a grant is not renewed", START, None, 0),
        ("a grant is not renewed", ON, date(2026, 6, 1), 0),
        ("a grant is not renewed", ON, date(2026, 5, 31), 1),
        ("a grant is halved", ON, None, 0),
    ],
)
def test_event_triggers_if_the_terms_list_it_and_it_is_new(event: str, on: date, since: date | None, count: int):
    happened = [Happening("us", event, date(2026, 6, 1)), Happening("them", event, date(2026, 6, 1))]
    found = triggers_between(audit(), audit(), terms=TERMS, on=on, happenings=happened, since=since)
    assert [(each.ground, each.what) for each in found] == [(Ground.EVENT, event)] * count


def test_only_what_the_partner_states_of_itself_counts():
    register = Source("a register", "A sentence.", 0.5)
    guessed = audit(Vulnerability("ops.logistics", 5, source=register), Vulnerability("", 5))
    assert triggers_between(audit(), guessed, terms=TERMS, on=ON) == ()


def test_terms_can_be_changed():
    strict = replace(TERMS, severity_steps=1, capacity_percent=100)
    then, now = audit(Vulnerability("ops.logistics", 2)), audit(Vulnerability("ops.logistics", 3))
    assert [each.ground for each in triggers_between(then, now, terms=strict, on=ON)] == [Ground.NEED_WORSE]
    series = [Capacity("us", "hours", 100, START), Capacity("us", "hours", 1, ON)]
    assert triggers_between(then, then, terms=strict, on=ON, capacities=series) == ()


def test_audits_of_two_partners_are_not_compared():
    with pytest.raises(InputError, match="not of the same organisation"):
        triggers_between(audit(), Audit(Organisation("them", "Them")), terms=TERMS, on=ON)


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_capacity_that_is_no_amount_is_refused(value: float):
    with pytest.raises(InputError) as refusal:
        Capacity("us", " ", value, ON)
    assert [problem.column for problem in refusal.value.problems] == ["what", "amount"]


def test_terms_tell_everything_that_is_wrong_with_them():
    with pytest.raises(InputError) as refusal:
        ClauseTerms(severity_steps=6, capacity_percent=0, notice_days=0, exit_days=10**6, events=(" ",))
    columns = [problem.column for problem in refusal.value.problems]
    assert columns == ["severity_steps", "capacity_percent", "notice_days", "exit_days", "events"]


amounts = st.integers(0, 400).map(lambda quarter: quarter / 4)


@modest
@given(before=amounts, after=amounts)
def test_capacity_changes_are_those_of_whole_numbers(before: float, after: float):
    """In quarters, everything can be counted with whole numbers alone."""
    change = capacity_change(before, after)
    if before == 0:
        assert change is None
    else:
        assert change == Fraction(int(after * 4) - int(before * 4), int(before * 4)) * 100


@modest
@given(before=st.none() | st.integers(1, 5), after=st.none() | st.integers(1, 5))
def test_needs_trigger_alike_both_ways(before: int | None, after: int | None):
    swapped = {Ground.NEED_WORSE: Ground.NEED_EASED, Ground.NEED_EASED: Ground.NEED_WORSE}
    assert [swapped[ground] for ground in needs(before, after)] == needs(after, before)


FAULTS = {
    "more than the steps rather than as many": ("severity_steps", lambda terms: terms.severity_steps + 1),
    "more than the percentage rather than as much": (
        "capacity_percent",
        lambda terms: terms.capacity_percent + Fraction(1, 10**6),
    ),
}


def faulty(column: str, change: Callable[[ClauseTerms], object]) -> Find:
    """The finder with a threshold moved by next to nothing."""

    def find(*given: Audit, terms: ClauseTerms, **more: object) -> tuple[Trigger, ...]:
        moved = object.__new__(ClauseTerms)
        for name in ClauseTerms.__slots__:
            object.__setattr__(moved, name, change(terms) if name == column else getattr(terms, name))
        return triggers_between(*given, terms=moved, **more)  # type: ignore[arg-type]

    return find


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_in_a_threshold_is_found(fault: str):
    find = faulty(*FAULTS[fault])
    assert (needs(2, 4, find), capacities(100, 80, find=find)) != (needs(2, 4), capacities(100, 80))


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("_exact", Fraction),  # the binary number next to what was written
        ("_baseline", lambda series, _since: series[-2] if len(series) > 1 else series[0]),  # one step at a time
        ("capacity_change", lambda before, after: (Fraction(after) - Fraction(before)) / Fraction(before or 1) * 100),
    ],
)
def test_planted_fault_in_the_arithmetic_is_found(monkeypatch: pytest.MonkeyPatch, part: str, fault: object):
    trials = ((0.3, 0.24), (1.1, 0.88), (100, 90, 80), (0, 5), (0, 0.1))
    sound = [capacities(*trial) for trial in trials]
    monkeypatch.setattr(triggers, part, fault)
    assert [capacities(*trial) for trial in trials] != sound
