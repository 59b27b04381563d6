from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lichen.errors import InputError, NotAllowed
from lichen.exchange.checks import ledger_problems
from lichen.exchange.ledger.actions import (
    accept_delivery,
    cancel_promise,
    correct_delivery,
    dispute_delivery,
    make_claim,
    make_promise,
    record_delivery,
    record_valuation,
    state_intent,
    waive_claim,
)
from lichen.exchange.ledger.deliveries import DeliveryState, deliveries
from lichen.exchange.ledger.standings import PromiseState, promise_standings
from lichen.exchange.values import Claim, EconomicEvent, Ledger
from tests.core.exchange.given import (
    CHURCHES,
    HOSPITAL,
    PARTNERS,
    YOUTH,
    delivery,
    gift,
    march,
    promise,
    says,
    spare_halls,
    story,
    wanted_interpreters,
)

APRIL = date(2026, 4, 1)


def refused(action: Callable[[], Ledger]) -> str:
    """The rule that stands against an action."""
    with pytest.raises(NotAllowed) as refusal:
        action()
    return refusal.value.rule


def wrong(action: Callable[[], Ledger]) -> list[str]:
    """The fields of what cannot be right."""
    with pytest.raises(InputError) as refusal:
        action()
    return [problem.place for problem in refusal.value.problems]


def test_exchange_goes_from_a_request_to_thanks() -> None:
    ledger = state_intent(state_intent(Ledger(), wanted_interpreters), spare_halls)
    ledger = make_promise(ledger, promise("halls", code="assets.venue", satisfies=("halls",)))
    ledger = record_delivery(ledger, delivery("first", "halls", 2))
    ledger = dispute_delivery(ledger, "first", by=HOSPITAL, on=march(11), words="There was one.")
    ledger = correct_delivery(ledger, "first", id="undone", on=march(12), words="It was one.")
    ledger = record_delivery(ledger, delivery("second", "halls", 1, march(12)))
    ledger = accept_delivery(ledger, "second", by=HOSPITAL, on=march(12))
    ledger = cancel_promise(ledger, "halls", on=march(20), why="The roof came down.")
    ledger = make_claim(ledger, Claim("thanks", HOSPITAL, CHURCHES, "credibility", "second", march(21)))
    ledger = record_valuation(ledger, says(HOSPITAL, 8, "second"))
    ledger = waive_claim(ledger, "thanks", by=CHURCHES, on=march(30), why="They had no time.")
    assert ledger_problems(ledger, PARTNERS) == []
    halls, thanks = promise_standings(ledger, on=march(31))
    assert (halls.state, halls.accepted, halls.reversed, halls.owed) == (PromiseState.GIVEN_UP, 1.0, 2.0, 0.0)
    assert (thanks.state, thanks.owed) == (PromiseState.GIVEN_UP, 0.0)


def test_action_leaves_the_ledger_it_was_given_as_it_was() -> None:
    before = Ledger(commitments=(promise("halls"),))
    after = record_delivery(before, delivery("first", "halls"))
    assert (before.events, len(after.events)) == ((), 1)


def test_same_delivery_is_not_recorded_twice() -> None:
    assert refused(lambda: record_delivery(story, delivery("hall-1", "fair-halls", 1))) == "delivered-twice"


def test_correction_is_not_recorded_as_a_delivery() -> None:
    correction = EconomicEvent("undone", APRIL, reverses="hall-1")
    assert refused(lambda: record_delivery(story, correction)) == "correct-apart"


def test_nothing_is_delivered_on_what_was_given_up_before() -> None:
    ledger = cancel_promise(story, "fair-halls", on=march(20))
    assert refused(lambda: record_delivery(ledger, delivery("late", "fair-halls", 1, march(21)))) == "given-up"
    assert len(record_delivery(ledger, delivery("same-day", "fair-halls", 1, march(20))).events) == 6
    waived = waive_claim(story, "thanks", by=CHURCHES, on=march(25))
    late = EconomicEvent("late", march(26), settles="thanks")
    assert refused(lambda: record_delivery(waived, late)) == "given-up"


def test_delivery_on_a_promise_that_is_not_there_cannot_be_right() -> None:
    assert wrong(lambda: record_delivery(story, delivery("new", "nothing"))) == ["column fulfils"]


def test_earlier_mistakes_in_a_ledger_do_not_stand_against_what_is_right() -> None:
    mistaken = Ledger(commitments=(promise("halls", kind="sapce"),))
    assert len(make_promise(mistaken, promise("more")).commitments) == 2


def test_only_the_receiver_accepts_or_disputes() -> None:
    for action in (accept_delivery, dispute_delivery):
        told = {refused(lambda by=by, act=action: act(story, "hall-2", by=by, on=APRIL)) for by in (CHURCHES, YOUTH)}
        assert told == {"receiver-answers"}


def test_response_before_the_delivery_or_to_nothing_cannot_be_right() -> None:
    assert wrong(lambda: accept_delivery(story, "hall-2", by=HOSPITAL, on=march(14))) == ["column responses"]
    assert wrong(lambda: accept_delivery(story, "nothing", by=HOSPITAL, on=APRIL)) == ["column event"]


def test_dispute_can_end_in_acceptance_and_both_stay() -> None:
    settled = accept_delivery(story, "team-2", by=CHURCHES, on=APRIL, words="We talked.")
    assert [each.accepted for each in settled.events[3].responses] == [False, True]
    assert deliveries(settled)[3].state is DeliveryState.ACCEPTED


def test_corrected_delivery_is_neither_answered_nor_corrected_again() -> None:
    corrected = correct_delivery(story, "hall-2", id="undone", on=APRIL)
    assert refused(lambda: accept_delivery(corrected, "hall-2", by=HOSPITAL, on=APRIL)) == "corrected"
    assert refused(lambda: correct_delivery(corrected, "hall-2", id="again", on=APRIL)) == "corrected"
    assert wrong(lambda: correct_delivery(corrected, "undone", id="again", on=APRIL)) == ["column event"]
    assert [each.id for each in corrected.events] == [*(each.id for each in story.events), "undone"]


def test_correction_has_an_id_of_its_own_and_comes_after() -> None:
    assert wrong(lambda: correct_delivery(story, "hall-2", id="hall-1", on=APRIL)) == ["column id"]
    assert wrong(lambda: correct_delivery(story, "hall-2", id="undone", on=march(1))) == ["column happened_on"]


def test_promise_of_more_than_can_be_spared_is_refused_with_its_figures() -> None:
    more = promise("more", code="assets.venue", satisfies=("halls",), amount=2)
    with pytest.raises(NotAllowed, match="5 halls are promised from 2026-03-01 to 2026-03-31, but only 4") as refusal:
        make_promise(story, more)
    assert refusal.value.rule == "capacity-promised-twice"
    assert len(make_promise(story, promise("more", code="assets.venue", amount=1)).commitments) == 3


def test_promise_is_refused_for_what_was_promised_to_another_alliance() -> None:
    mine = Ledger(intents=(spare_halls,))
    new = promise("new", code="assets.venue", amount=2)
    elsewhere = Ledger(commitments=(promise("other", receiver=YOUTH, code="assets.venue"),))
    assert len(make_promise(mine, new).commitments) == 1
    assert refused(lambda: make_promise(mine, new, beside={"east": elsewhere})) == "capacity-promised-twice"


def test_promise_of_something_else_is_not_blamed_for_what_was_promised_twice_before() -> None:
    over = Ledger((spare_halls,), (promise("a", code="assets.venue", amount=9),))
    april = {"promised_on": APRIL, "due_on": date(2026, 4, 30)}
    assert len(make_promise(over, promise("b", unit="hours")).commitments) == 2
    assert len(make_promise(over, promise("b", code="assets.venue", **april)).commitments) == 2
    assert refused(lambda: make_promise(over, promise("b", code="assets.venue"))) == "capacity-promised-twice"


def test_only_what_is_still_owed_can_be_given_up() -> None:
    done = record_delivery(story, delivery("hall-3", "fair-halls", 1))
    assert refused(lambda: cancel_promise(done, "fair-halls", on=APRIL)) == "nothing-owed"
    given_up = cancel_promise(story, "fair-halls", on=APRIL)
    assert refused(lambda: cancel_promise(given_up, "fair-halls", on=APRIL)) == "nothing-owed"
    assert wrong(lambda: cancel_promise(story, "nothing", on=APRIL)) == ["column id"]
    assert wrong(lambda: cancel_promise(story, "fair-halls", on=date(2026, 1, 1))) == ["column cancelled_on"]


def test_only_those_to_whom_it_is_owed_let_a_claim_go() -> None:
    assert refused(lambda: waive_claim(story, "thanks", by=HOSPITAL, on=APRIL)) == "receiver-waives"
    waived = waive_claim(story, "thanks", by=CHURCHES, on=APRIL)
    assert refused(lambda: waive_claim(waived, "thanks", by=CHURCHES, on=APRIL)) == "nothing-owed"
    assert wrong(lambda: waive_claim(story, "fair-halls", by=HOSPITAL, on=APRIL)) == ["column id"]


def test_what_cannot_be_right_is_not_added() -> None:
    assert wrong(lambda: state_intent(story, spare_halls)) == ["column id"]
    assert wrong(lambda: make_promise(story, promise("fair-halls"))) == ["column id"]
    back = Claim("back", HOSPITAL, CHURCHES, "credibility", "nothing", APRIL)
    assert wrong(lambda: make_claim(story, back)) == ["column triggered_by"]
    assert wrong(lambda: record_valuation(story, says(YOUTH, 3, "hall-1"))) == ["column by"]


def test_gift_needs_no_promise() -> None:
    assert deliveries(record_delivery(Ledger(), gift("flowers", CHURCHES, HOSPITAL)))[0].fulfils == ""
