from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.exchange.fairness.quarters import Leaning, QuarterCourse, courses
from lichen.exchange.values import Ledger, Valuation
from tests.core.exchange.given import CHURCHES, HOSPITAL, PARTNERS, YOUTH, gift, says, story
from tests.strategies import modest

LATER = date(2026, 12, 31)
QUARTERS = [date(2026, month, 15) for month in (2, 5, 8, 11)]


def course(ledger: Ledger, partner: str, other: str = "", kind: str = "", least: int = 2) -> QuarterCourse:
    found = courses(ledger, PARTNERS, on=LATER, least=least)
    return next(one for one in found if (one.partner, one.other, one.kind) == (partner, other, kind))


def told(*worths: tuple[float | None, float | None]) -> Ledger:
    """For each quarter, what the churches received and what they gave, as they see it; None is nothing at all."""
    events, said = [], list[Valuation]()
    for place, (day, (received, gave)) in enumerate(zip(QUARTERS, worths, strict=False)):
        for sign, worth, sides in (("r", received, (HOSPITAL, CHURCHES)), ("g", gave, (CHURCHES, HOSPITAL))):
            if worth is not None:
                events.append(gift(f"{sign}{place}", *sides, on=day))
                said.append(says(CHURCHES, worth, f"{sign}{place}", LATER))
    return Ledger(events=tuple(events), valuations=tuple(said))


def test_quarters_are_those_of_the_calendar_up_to_the_day() -> None:
    starts = [one.starts_on for one in course(story, CHURCHES).quarters]
    assert starts == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]
    assert [one.starts_on for one in courses(story, PARTNERS, on=date(2026, 4, 1))[0].quarters] == starts[:2]


def test_first_quarter_of_the_story_by_hand() -> None:
    first, second, *_ = course(story, CHURCHES).quarters
    assert (first.received, first.given, first.unvalued, first.leaning) == (6.0, 8.0, 0, Leaning.GAVE_MORE)
    assert (second.leaning, second.received_so_far, second.given_so_far) == (Leaning.QUIET, 6.0, 8.0)


def test_worth_adds_up_over_the_quarters() -> None:
    found = course(told((1, 3), (5, 2), (None, 4), (2, None)), CHURCHES).quarters
    assert [(one.received_so_far, one.given_so_far) for one in found] == [(1, 3), (6, 5), (6, 9), (8, 9)]


@pytest.mark.parametrize(
    ("worths", "leaning", "run"),
    [
        ([(1, 3), (1, 3)], Leaning.GAVE_MORE, 2),
        ([(3, 1), (1, 3), (1, 3), (1, 3)], Leaning.GAVE_MORE, 3),
        ([(1, 3), (3, 1)], Leaning.RECEIVED_MORE, 1),
        ([(1, 3), (None, None), (1, 3)], Leaning.GAVE_MORE, 2),
        ([(1, 3), (1, 3), (2, 2)], Leaning.EVEN, 0),
        ([(1, 3), (2, 2), (1, 3)], Leaning.GAVE_MORE, 1),
        ([(1, 3), (1, 3), (None, None), (None, None)], Leaning.GAVE_MORE, 2),
    ],
)
def test_run_is_counted_back_from_the_latest_quarter_in_which_anything_passed(
    worths: list[tuple[float | None, float | None]], leaning: Leaning, run: int
) -> None:
    found = course(told(*worths), CHURCHES)
    assert (found.leaning, found.run, found.is_one_sided) == (leaning, run, run >= 2)


def test_least_says_from_when_on_a_run_is_flagged() -> None:
    ledger = told((1, 3), (1, 3))
    assert [course(ledger, CHURCHES, least=least).is_one_sided for least in (1, 2, 3)] == [True, True, False]


def test_quarter_with_something_unvalued_leans_nowhere_that_is_known() -> None:
    ledger = told((1, 3), (1, 3))
    some = Ledger(events=ledger.events, valuations=ledger.valuations[:-1])
    last = course(some, CHURCHES).quarters[1]
    assert (last.leaning, last.unvalued, last.received, last.given) == (Leaning.UNKNOWN, 1, 1.0, 0.0)
    assert course(some, CHURCHES).run == 0


def test_partner_who_only_gave_leans_without_receiving() -> None:
    assert course(told((None, 3), (None, 3)), CHURCHES).is_one_sided


def test_kind_that_goes_one_way_is_counted_for_the_pair_and_other_kinds_apart() -> None:
    days = [(day, kind) for day in QUARTERS[:3] for kind in ("staff_time", "space")]
    events = [
        gift(f"{kind}{day}", *(PARTNERS if kind == "staff_time" else PARTNERS[::-1]), on=day, kind=kind)
        for day, kind in days
    ]
    ledger = Ledger(events=tuple(events))
    kinds = {kind: course(ledger, HOSPITAL, CHURCHES, kind) for kind in ("staff_time", "space", "")}
    assert [(kind, one.leaning, one.run) for kind, one in kinds.items()] == [
        ("staff_time", Leaning.GAVE_MORE, 3),
        ("space", Leaning.RECEIVED_MORE, 3),
        ("", Leaning.EVEN, 0),
    ]


def test_unlike_things_are_not_added_up_so_only_a_quarter_without_any_return_leans() -> None:
    many = [gift(f"g{n}", *PARTNERS, on=QUARTERS[0]) for n in range(9)]
    one_back = gift("back", *PARTNERS[::-1], on=QUARTERS[0], kind="space")
    assert course(Ledger(events=(*many, one_back)), HOSPITAL, CHURCHES).leaning is Leaning.EVEN
    alone = course(Ledger(events=tuple(many)), HOSPITAL, CHURCHES)
    assert (alone.leaning, alone.quarters[0].given) == (Leaning.GAVE_MORE, 9)


def test_pair_between_whom_nothing_passed_has_no_course() -> None:
    found = courses(story, [*PARTNERS, YOUTH], on=LATER)
    assert {(one.partner, one.other) for one in found if one.other} == {(HOSPITAL, CHURCHES)}
    assert [one.partner for one in found if not one.other] == [*PARTNERS, YOUTH]


def test_no_delivery_no_course() -> None:
    assert courses(Ledger(), PARTNERS, on=LATER) == ()
    assert courses(story, PARTNERS, on=date(2026, 1, 1)) == ()


worth = st.none() | st.integers(0, 5)


@modest
@given(st.lists(st.tuples(worth, worth), min_size=1, max_size=4))
def test_run_is_the_longest_tail_that_a_person_sees(worths: list[tuple[float | None, float | None]]) -> None:
    ledger = told(*worths)
    if not ledger.events:
        return
    signs = [(received or 0) - (gave or 0) for received, gave in worths if not (received is None and gave is None)]
    run = 0
    for sign in reversed(signs):
        if sign == 0 or (sign > 0) != (signs[-1] > 0):
            break
        run += 1
    assert course(ledger, CHURCHES).run == run
