from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.exchange.ledger.capacity import Overpromise, capacity_promised_twice, overpromises
from lichen.exchange.values import Commitment, Direction, Intent, Ledger, Period
from tests.core.exchange.by_hand import Asked, fits
from tests.core.exchange.given import CHURCHES, HOSPITAL, YOUTH, delivery, march, promise
from tests.strategies import modest

FIRST = date(2026, 1, 5)


def offer(amount: float | None = 4, per: Period = Period.MONTH, **more: object) -> Intent:
    told = {"code": "", "unit": "halls", **more}
    return Intent("halls", CHURCHES, "space", amount=amount, per=per, **told)  # type: ignore[arg-type]


def found(offers: tuple[Intent, ...], *promises: Commitment, **others: Ledger) -> tuple[Overpromise, ...]:
    return capacity_promised_twice({"here": Ledger(offers, promises), **others})


def figures(*args: object, **more: object) -> list[tuple[float, float]]:
    return [(one.promised, one.capacity) for one in found(*args, **more)]  # type: ignore[arg-type]


def test_promises_within_the_capacity_are_no_problem() -> None:
    assert found((offer(),), promise("a", amount=3), promise("b", amount=1)) == ()


def test_same_hall_is_not_promised_twice_in_one_alliance() -> None:
    [one] = found((offer(),), promise("a", amount=3), promise("b", amount=2))
    assert (one.provider, one.thing, one.unit, one.promised, one.capacity, one.excess) == (
        CHURCHES,
        "space",
        "halls",
        5.0,
        4.0,
        1.0,
    )
    assert (one.starts_on, one.ends_on) == (march(1), march(31))
    assert [(each.ledger, each.commitment) for each in one.promises] == [("here", "a"), ("here", "b")]


def test_same_hall_is_not_promised_twice_across_alliances() -> None:
    elsewhere = Ledger(commitments=(promise("b", receiver=YOUTH, amount=2),))
    [one] = found((offer(),), promise("a", amount=3), elsewhere=elsewhere)
    assert [(each.ledger, each.commitment) for each in one.promises] == [("here", "a"), ("elsewhere", "b")]


def test_capacity_that_several_alliances_state_is_one_capacity() -> None:
    promised = Ledger((offer(3),), (promise("b", amount=3),))
    assert figures((offer(4),), promise("a", amount=2), elsewhere=promised) == [(5.0, 4.0)]


def test_offers_of_one_ledger_add_up() -> None:
    assert found((offer(3), offer(2)), promise("a", amount=5)) == ()
    assert figures((offer(3), offer(2)), promise("a", amount=6)) == [(6.0, 5.0)]


def test_capacities_stated_for_different_times_add_up_across_alliances() -> None:
    spring = offer(2, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    april = offer(2, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30))
    there = Ledger((april,), (promise("b", amount=2, starts_on=date(2026, 4, 2), due_on=date(2026, 4, 20)),))
    assert found((spring,), promise("a", amount=2), there=there) == ()


def test_promise_over_two_months_can_use_what_is_left_in_either() -> None:
    long = promise("long", amount=3, due_on=date(2026, 4, 30))
    assert found((offer(),), promise("march", amount=4), long) == ()
    assert figures((offer(),), promise("march", amount=4), promise("b", due_on=date(2026, 4, 30), amount=5)) == [
        (9.0, 8.0)
    ]


def test_shortest_set_of_promises_is_told_and_not_all_around_it() -> None:
    too_much, fine = promise("a", amount=5), promise("b", due_on=date(2026, 6, 30), amount=11)
    told = found((offer(),), too_much, fine)
    assert [[each.commitment for each in one.promises] for one in told] == [["a"]]
    assert len(overpromises({"here": Ledger((offer(),), (too_much, fine))})) == 1


def test_two_months_that_are_both_full_are_both_told() -> None:
    april = {"promised_on": date(2026, 4, 1), "due_on": date(2026, 4, 30)}
    told = found((offer(),), promise("a", amount=5), promise("b", amount=6, **april))
    assert [(one.promised, one.starts_on.month) for one in told] == [(5.0, 3), (6.0, 4)]


@pytest.mark.parametrize(
    ("per", "capacity"),
    [
        (Period.DAY, 31.0),
        (Period.WEEK, 6.0),
        (Period.MONTH, 1.0),
        (Period.QUARTER, 1.0),
        (Period.YEAR, 1.0),
        (Period.IN_ALL, 1.0),
    ],
)
def test_periods_that_the_days_of_march_touch(per: Period, capacity: float) -> None:
    """March 2026 begins on a Sunday, so it touches six weeks."""
    assert figures((offer(1, per),), promise("a", amount=40)) == [(40.0, capacity)]


@pytest.mark.parametrize(
    ("per", "capacity"),
    [(Period.WEEK, 2), (Period.MONTH, 2), (Period.QUARTER, 1), (Period.YEAR, 1)],
)
def test_periods_end_where_the_calendar_says(per: Period, capacity: float) -> None:
    over_the_edge = promise("a", amount=9, promised_on=date(2026, 5, 31), due_on=date(2026, 6, 1))
    assert figures((offer(1, per),), over_the_edge) == [(9.0, capacity)]


def test_periods_reach_the_ends_of_the_calendar() -> None:
    ever = promise("a", amount=9, promised_on=date.min, due_on=date.max)
    assert figures((offer(0, Period.YEAR), offer(1, Period.IN_ALL)), ever) == [(9.0, 1.0)]
    assert [len(found((offer(0, per),), ever)) for per in Period] == [1] * 6


def test_nothing_is_said_where_nobody_stated_a_capacity() -> None:
    assert found((offer(None),), promise("a", amount=99)) == ()
    assert found((), promise("a", amount=99)) == ()


def test_nothing_is_said_of_days_outside_those_of_the_offer() -> None:
    until_june = offer(1, ends_on=date(2026, 6, 30))
    assert found((until_june,), promise("a", promised_on=date(2026, 7, 1), due_on=date(2026, 7, 9))) == ()
    assert found((until_june,), promise("a", amount=9, starts_on=date(2026, 6, 20), due_on=date(2026, 7, 9))) == ()


def test_offers_that_follow_each_other_speak_of_the_days_of_both() -> None:
    spring, summer = offer(1, ends_on=date(2026, 5, 31)), offer(2, starts_on=date(2026, 6, 1))
    long = promise("a", amount=9, starts_on=date(2026, 5, 4), due_on=date(2026, 7, 9))
    assert figures((spring, summer), long) == [(9.0, 5.0)]
    after_a_pause = offer(2, starts_on=date(2026, 6, 2))
    assert found((spring, after_a_pause), long) == ()


def test_other_units_other_kinds_and_other_givers_are_other_things() -> None:
    others = promise("b", unit="hours"), promise("c", kind="in_kind"), promise("d", HOSPITAL, CHURCHES)
    assert found((offer(3),), promise("a"), *others) == ()


def test_code_goes_before_the_kind_and_letters_and_spaces_of_a_unit_do_not_matter() -> None:
    coded = offer(3, code="assets.venue", unit="Church  halls")
    told = figures((coded,), promise("a", amount=4, kind="in_kind", code="assets.venue", unit="church halls"))
    assert told == [(4.0, 3.0)]


def test_promise_that_answers_an_offer_is_of_what_is_offered() -> None:
    coded = offer(3, code="assets.venue")
    assert found((coded,), promise("a", amount=4)) == ()
    assert figures((coded,), promise("a", amount=4, satisfies=("halls",))) == [(4.0, 3.0)]


def test_request_states_no_capacity() -> None:
    asked = Intent("halls", CHURCHES, "space", Direction.REQUEST, amount=1, unit="halls")
    assert found((asked,), promise("a", amount=9)) == ()


def test_cancelled_promise_takes_only_what_was_delivered_on_it() -> None:
    given_up = promise("a", amount=4, cancelled_on=march(12))
    ledger = Ledger((offer(),), (given_up, promise("b", amount=3)), (delivery("e", "a", 1, march(10)),))
    assert capacity_promised_twice({"": ledger}) == ()
    more = Ledger((offer(),), (given_up, promise("b", amount=4)), ledger.events)
    assert [one.promised for one in capacity_promised_twice({"": more})] == [5.0]


def test_no_offer_no_promise_no_problem() -> None:
    assert capacity_promised_twice({}) == ()
    assert found((offer(),)) == ()


days = st.integers(0, 150).map(lambda number: FIRST + timedelta(days=number))
amounts = st.integers(1, 12).map(lambda number: number / 2)


@st.composite
def promised(draw: st.DrawFn) -> Commitment:
    first, second = sorted((draw(days), draw(days)))
    return promise(draw(st.sampled_from("abcdefghij")), promised_on=first, due_on=second, amount=draw(amounts))


@modest
@given(st.lists(promised(), max_size=6, unique_by=lambda one: one.id), amounts)
def test_capacity_is_exceeded_exactly_where_no_person_could_serve_all(asked: list[Commitment], capacity: float) -> None:
    here, there = Ledger((offer(capacity),), tuple(asked[::2])), Ledger(commitments=tuple(asked[1::2]))
    wanted = [Asked(Fraction(one.amount), one.promised_on, one.due_on) for one in asked]
    told = capacity_promised_twice({"here": here, "there": there})
    assert (told == ()) == fits(wanted, Fraction(capacity))


@modest
@given(st.lists(promised(), min_size=1, max_size=6, unique_by=lambda one: one.id), amounts)
def test_promises_told_are_themselves_too_much_and_each_of_them_is_needed(
    asked: list[Commitment], capacity: float
) -> None:
    by_id = {one.id: Asked(Fraction(one.amount), one.promised_on, one.due_on) for one in asked}
    for one in capacity_promised_twice({"here": Ledger((offer(capacity),), tuple(asked))}):
        ids = [each.commitment for each in one.promises]
        assert one.promised == float(sum(by_id[id].amount for id in ids))
        assert not fits([by_id[id] for id in ids], Fraction(capacity))


@pytest.mark.long
@pytest.mark.parametrize("per", list(Period))
def test_year_of_two_hundred_promises_is_checked(per: Period) -> None:
    many = [
        promise(f"p{n}", amount=1, promised_on=FIRST + timedelta(days=n), due_on=FIRST + timedelta(days=n + 20))
        for n in range(200)
    ]
    assert found((offer(1000, per),), *many) == ()


def test_of_spans_within_spans_only_the_innermost_are_told() -> None:
    days = [(2, 3), (2, 3), (9, 10), (9, 10), (2, 20)]
    promises = [
        promise(f"p{place}", starts_on=march(first), due_on=march(last)) for place, (first, last) in enumerate(days)
    ]
    told = found((offer(1, Period.WEEK),), *promises)
    assert [(one.starts_on, one.ends_on) for one in told] == [(march(2), march(3)), (march(9), march(10))]
    every = overpromises({"here": Ledger((offer(1, Period.WEEK),), tuple(promises))})
    assert [one for one in every if not any({*other.promises} < {*one.promises} for other in every)] == [*told]
    assert len(every) > len(told)
