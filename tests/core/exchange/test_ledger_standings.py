from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.errors import InputError
from lichen.exchange.ledger.amounts import total
from lichen.exchange.ledger.deliveries import DeliveryState, deliveries, ledger_on
from lichen.exchange.ledger.standings import PromiseStanding, PromiseState, open_intents, promise_standings
from lichen.exchange.values import Claim, EconomicEvent, Ledger
from tests.core.exchange.given import CHURCHES, HOSPITAL, PARTNERS, delivery, gift, march, no, promise, story, yes
from tests.strategies import modest


def only(ledger: Ledger, on: date | None = None) -> PromiseStanding:
    [found] = promise_standings(ledger, on=on or march(31))
    return found


def on_halls(*events: EconomicEvent, **more: object) -> Ledger:
    return Ledger(commitments=(promise("halls", **more),), events=events)


def test_story_is_told_as_it_stood_at_the_end_of_march() -> None:
    told = [
        (each.promise.id, str(each.state), each.delivered, each.unanswered, each.disputed, each.owed, each.days_late)
        for each in promise_standings(story, on=march(31))
    ]
    assert told == [
        ("fair-halls", "open", 2.0, 1.0, 0.0, 1.0, 0),
        ("screening", "disputed", 6.0, 0.0, 6.0, 6.0, 0),
        ("thanks", "late", 0.0, 0.0, 0.0, 1.0, 3),
    ]


def test_story_in_april_is_late_where_something_is_owed() -> None:
    told = promise_standings(story, on=date(2026, 4, 7))
    assert [(str(each.state), each.is_late, each.days_late) for each in told] == [
        ("late", True, 7),
        ("disputed", True, 7),
        ("late", True, 10),
    ]


def test_delivery_takes_from_its_promise_what_it_leaves_empty() -> None:
    [found] = deliveries(on_halls(delivery("a", "halls"), code="assets.venue", what="a hall"))
    assert (found.provider, found.receiver, found.kind, found.code, found.what, found.amount, found.unit) == (
        CHURCHES,
        HOSPITAL,
        "space",
        "assets.venue",
        "a hall",
        3,
        "halls",
    )


def test_delivery_keeps_what_it_says_itself() -> None:
    [found] = deliveries(on_halls(delivery("a", "halls", 1, code="assets.facilities", what="the vestry")))
    assert (found.code, found.what, found.amount) == ("assets.facilities", "the vestry", 1)


def test_delivery_is_unanswered_until_the_receiver_says_something_and_the_last_word_stands() -> None:
    states = [
        deliveries(on_halls(delivery("a", "halls", responses=said)))[0].state
        for said in ((), (no(11),), (no(11), yes(12)), (yes(11), no(12)))
    ]
    assert states == [
        DeliveryState.UNANSWERED,
        DeliveryState.DISPUTED,
        DeliveryState.ACCEPTED,
        DeliveryState.DISPUTED,
    ]


def test_corrected_delivery_counts_for_nothing_and_is_still_there() -> None:
    undone = EconomicEvent("undone", march(12), reverses="a")
    found = only(on_halls(delivery("a", "halls", 2, responses=(yes(11),)), undone))
    assert (found.delivered, found.reversed, found.owed, found.events) == (0.0, 2.0, 3.0, ("a",))


def test_event_on_a_promise_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="refers to a promise or a claim that is not in the ledger"):
        deliveries(Ledger(events=(delivery("a", "nothing"),)))


@pytest.mark.parametrize(
    ("amounts", "state", "owed", "over"),
    [
        ((), "open", 3.0, 0.0),
        ((1,), "open", 2.0, 0.0),
        ((1, 2), "delivered", 0.0, 0.0),
        ((0.1,) * 30, "delivered", 0.0, 0.0),
        ((2, 2), "over-delivered", 0.0, 1.0),
    ],
)
def test_amounts_on_a_promise_add_up(amounts: tuple[float, ...], state: str, owed: float, over: float) -> None:
    found = only(on_halls(*(delivery(f"e{place}", "halls", amount) for place, amount in enumerate(amounts))))
    assert (found.state, found.owed, found.over) == (state, owed, over)


def test_promise_is_in_time_on_its_last_day_and_late_on_the_next() -> None:
    told = [only(on_halls(), on).days_late for on in (march(31), date(2026, 4, 1), date(2026, 4, 30))]
    assert told == [0, 1, 30]
    assert only(on_halls(), march(31)).state is PromiseState.OPEN
    assert only(on_halls(), date(2026, 4, 1)).state is PromiseState.LATE


def test_late_delivery_stays_late_by_the_day_on_which_it_was_all_there() -> None:
    ledger = on_halls(delivery("a", "halls", 2), delivery("b", "halls", 1, date(2026, 4, 4)))
    found = only(ledger, date(2026, 6, 1))
    assert (found.state, found.days_late, found.is_late) == (PromiseState.DELIVERED, 4, False)


def test_order_in_the_file_does_not_decide_when_it_was_all_there() -> None:
    ledger = on_halls(delivery("b", "halls", 1, date(2026, 4, 4)), delivery("a", "halls", 2))
    assert only(ledger, date(2026, 6, 1)).days_late == 4


def test_cancelled_promise_owes_nothing_and_keeps_what_was_delivered() -> None:
    ledger = on_halls(delivery("a", "halls", 1), cancelled_on=march(20))
    found = only(ledger, date(2026, 5, 1))
    assert (found.state, found.delivered, found.owed, found.days_late) == (PromiseState.GIVEN_UP, 1.0, 0.0, 0)


def test_promise_cancelled_after_its_last_day_was_late_until_then() -> None:
    assert only(on_halls(cancelled_on=date(2026, 4, 3)), date(2026, 5, 1)).days_late == 3


def test_claim_is_settled_in_parts_and_not_late_without_a_last_day() -> None:
    claim = Claim("back", HOSPITAL, CHURCHES, "staff_time", "g", march(11), amount=4, unit="hours")
    first = EconomicEvent("first", march(12), 1, settles="back")
    ledger = Ledger(events=(gift("g", CHURCHES, HOSPITAL), first), claims=(claim,))
    found = only(ledger, date(2027, 1, 1))
    assert (found.is_claim, found.state, found.owed, found.days_late) == (True, PromiseState.OPEN, 3.0, 0)
    waived = replace(ledger, claims=(replace(claim, waived_on=march(20)),))
    assert (only(waived).state, only(waived).owed) == (PromiseState.GIVEN_UP, 0.0)


def test_one_event_may_deliver_on_a_promise_and_settle_a_claim() -> None:
    claim = Claim("back", CHURCHES, HOSPITAL, "space", "g", march(9), amount=3, unit="halls")
    both = EconomicEvent("e", march(10), fulfils="halls", settles="back")
    ledger = Ledger((), (promise("halls"),), (gift("g", HOSPITAL, CHURCHES, on=march(8)), both), (claim,))
    assert [each.state for each in promise_standings(ledger, on=march(31))] == [PromiseState.DELIVERED] * 2


def test_ledger_of_a_day_knows_nothing_of_what_came_later() -> None:
    later = on_halls(
        delivery("a", "halls", 1, march(10), responses=(yes(11), no(14))),
        EconomicEvent("undone", march(16), reverses="a"),
        cancelled_on=march(18),
        cancelled_why="the roof",
    )
    assert only(later, march(9)).delivered == 0
    assert only(later, march(12)).accepted == 1
    assert (only(later, march(15)).state, only(later, march(15)).disputed) == (PromiseState.DISPUTED, 1)
    assert (only(later, march(17)).state, only(later, march(17)).reversed) == (PromiseState.OPEN, 1)
    assert only(later, march(18)).state is PromiseState.GIVEN_UP
    assert promise_standings(later, on=date(2026, 2, 28)) == ()


def test_ledger_of_its_last_day_is_the_ledger() -> None:
    assert ledger_on(story, date(2026, 12, 31)) == story


def test_open_intents_are_those_that_no_promise_answers() -> None:
    assert [one.id for one in open_intents(story, on=march(31))] == ["interpreters"]
    assert [one.id for one in open_intents(story, on=date(2026, 2, 1))] == ["halls", "interpreters"]
    given_up = replace(story, commitments=(promise("a", satisfies=("halls",), cancelled_on=march(2)),))
    assert [one.id for one in open_intents(given_up, on=march(31))] == ["halls", "interpreters"]
    ended = replace(story, intents=tuple(replace(one, ends_on=march(30)) for one in story.intents))
    assert open_intents(ended, on=march(31)) == ()


def test_claim_of_a_partner_is_told_apart_from_its_promises() -> None:
    assert [each.is_claim for each in promise_standings(story, on=march(31))] == [False, False, True]
    assert {each.promise.provider for each in promise_standings(story, on=march(31))} == set(PARTNERS)


decimals = st.integers(1, 10_000).map(lambda number: number / 1000)


@modest
@given(st.lists(decimals, max_size=12))
def test_total_of_amounts_is_exact_in_their_decimals(amounts: list[float]) -> None:
    assert total(amounts) == sum(round(amount * 1000) for amount in amounts) / 1000
