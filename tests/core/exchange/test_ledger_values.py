from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lichen.errors import InputError
from lichen.exchange.checks import ledger_problems
from lichen.exchange.values import Claim, Commitment, Direction, EconomicEvent, Intent, Ledger, Valuation
from tests.core.exchange.given import (
    CHURCHES,
    HOSPITAL,
    PARTNERS,
    YOUTH,
    delivery,
    gift,
    march,
    no,
    promise,
    says,
    story,
    yes,
)


def columns(made: Any, *arguments: object, **more: object) -> list[str]:
    """The fields that are wrong."""
    with pytest.raises(InputError) as refusal:
        made(*arguments, **more)
    return [problem.column for problem in refusal.value.problems]


@pytest.mark.parametrize("amount", [0, -1, float("inf"), float("nan")])
def test_promise_needs_an_amount_above_nothing(amount: float) -> None:
    assert columns(promise, "halls", amount=amount) == ["amount"]


def test_promise_tells_all_that_is_wrong_with_it_at_once() -> None:
    told = columns(Commitment, "", "us", "us", "", march(5), march(4), -1, cancelled_on=march(3))
    assert told == ["id", "kind", "receiver", "amount", "due_on", "cancelled_on"]


def test_promise_cannot_begin_after_its_last_day() -> None:
    assert columns(promise, "halls", starts_on=date(2026, 4, 1)) == ["due_on"]


def test_promise_without_a_first_day_begins_on_the_day_it_was_made() -> None:
    assert promise("halls").opens_on == march(1)
    assert promise("halls", starts_on=march(7)).opens_on == march(7)


def test_intent_may_say_that_nothing_is_spare() -> None:
    assert Intent("halls", CHURCHES, "space", amount=0).amount == 0
    assert columns(Intent, "halls", CHURCHES, "space", amount=-1) == ["amount"]


def test_intent_cannot_end_before_it_starts() -> None:
    assert columns(Intent, "halls", CHURCHES, "space", starts_on=march(2), ends_on=march(1)) == ["ends_on"]


def test_request_may_come_before_any_offer() -> None:
    asked = Intent("interpreters", HOSPITAL, "expertise", Direction.REQUEST)
    assert ledger_problems(Ledger(intents=(asked,)), PARTNERS) == []


def test_gift_without_a_promise_names_who_what_and_how_much() -> None:
    assert columns(EconomicEvent, "e", march(1)) == ["provider", "receiver", "kind", "amount"]


def test_delivery_on_a_promise_needs_nothing_but_its_day() -> None:
    assert delivery("hall-1", "fair-halls").amount is None


def test_correction_reverses_one_event_and_does_nothing_else() -> None:
    assert columns(EconomicEvent, "undone", march(2), 3, reverses="hall-1") == ["reverses"]


def test_responses_stand_in_the_order_of_their_days() -> None:
    assert columns(delivery, "e", "c", 1, march(5), responses=(yes(7), no(6))) == ["responses"]
    assert columns(delivery, "e", "c", 1, march(5), responses=(yes(4),)) == ["responses"]


def test_claim_tells_all_that_is_wrong_with_it_at_once() -> None:
    told = columns(Claim, "", "us", "us", "", "", march(5), march(4), 0, waived_on=march(1))
    assert told == ["id", "kind", "triggered_by", "receiver", "amount", "due_on", "waived_on"]


def test_valuation_is_about_one_thing_and_never_below_nothing() -> None:
    assert columns(Valuation, "", -1, march(1)) == ["by", "worth", "event"]
    assert columns(Valuation, "us", 1, march(1), "event", "commitment") == ["event"]
    assert Valuation("us", 0, march(1), "event").worth == 0


def places(ledger: Ledger) -> list[str]:
    return [problem.place for problem in ledger_problems(ledger, PARTNERS)]


def test_story_has_nothing_wrong_with_it() -> None:
    assert places(story) == []


def test_every_entry_of_another_alliance_is_told() -> None:
    assert {problem.what for problem in ledger_problems(story, ["somebody"])} == {
        "no partner of the alliance has this id"
    }
    assert len(places(story)) < len(ledger_problems(story, ["somebody"])) == 1 + 1 + 4 + 2 + 2 + 7


@pytest.mark.parametrize(
    ("ledger", "place"),
    [
        (Ledger(intents=(Intent("a", CHURCHES, "sapce"),)), "exchange, intents, item 1, kind"),
        (Ledger(intents=(Intent("a", CHURCHES, "space", code="x.y"),)), "exchange, intents, item 1, code"),
        (Ledger(intents=(Intent("a", CHURCHES, "funding", amount=5),)), "exchange, intents, item 1, unit"),
        (Ledger(commitments=(promise("a", satisfies=("b",)),)), "exchange, commitments, item 1, satisfies"),
        (Ledger(commitments=(promise("a", kind="funding"),)), "exchange, commitments, item 1, unit"),
        (Ledger(events=(delivery("a", "b"),)), "exchange, events, item 1, fulfils"),
        (Ledger(events=(EconomicEvent("a", march(1), settles="b"),)), "exchange, events, item 1, settles"),
        (Ledger(events=(EconomicEvent("a", march(1), reverses="b"),)), "exchange, events, item 1, reverses"),
        (
            Ledger(claims=(Claim("a", *PARTNERS, "space", "b", march(1)),)),
            "exchange, claims, item 1, triggered_by",
        ),
        (Ledger(valuations=(says(CHURCHES, 1, "a"),)), "exchange, valuations, item 1, event"),
        (Ledger(valuations=(says(CHURCHES, 1, commitment="a"),)), "exchange, valuations, item 1, commitment"),
    ],
)
def test_what_leads_nowhere_is_told_with_its_place(ledger: Ledger, place: str) -> None:
    assert places(ledger) == [place]


def test_ids_that_stand_twice_are_told_for_each() -> None:
    twice = Ledger(commitments=(promise("halls"), promise("halls")))
    assert places(twice) == ["exchange, commitments, item 1, id", "exchange, commitments, item 2, id"]


def test_promise_must_answer_an_offer_of_its_giver_or_a_request_of_its_receiver() -> None:
    offer = Intent("halls", CHURCHES, "space", unit="halls", amount=3)
    asked = Intent("rooms", HOSPITAL, "in_kind", Direction.REQUEST, unit="rooms")
    both = promise("a", satisfies=("halls", "rooms"))
    assert places(Ledger(intents=(offer, asked), commitments=(both,))) == []
    backwards = promise("a", HOSPITAL, CHURCHES, satisfies=("halls", "rooms"))
    assert (
        places(Ledger(intents=(offer, asked), commitments=(backwards,)))
        == ["exchange, commitments, item 1, satisfies"] * 2
    )
    other_unit = promise("a", satisfies=("halls",), unit="hours", kind="in_kind")
    assert [place[-4:] for place in places(Ledger(intents=(offer,), commitments=(other_unit,)))] == ["kind", "unit"]


def test_delivery_that_says_otherwise_than_its_promise_is_told() -> None:
    unlike = delivery("a", "halls", provider=HOSPITAL, receiver=CHURCHES, kind="data", unit="hours")
    told = places(Ledger(commitments=(promise("halls"),), events=(unlike,)))
    assert [place.rpartition(" ")[2] for place in told] == ["provider", "receiver", "kind", "unit"]


def test_delivery_lies_within_the_life_of_its_promise() -> None:
    given_up = promise("halls", promised_on=march(5), cancelled_on=march(12))
    before, after = delivery("a", "halls", on=march(4)), delivery("b", "halls", on=march(13))
    told = ledger_problems(Ledger(commitments=(given_up,), events=(before, after)), PARTNERS)
    assert [(problem.row, problem.column) for problem in told] == [(1, "happened_on"), (2, "happened_on")]


def test_event_for_a_promise_and_a_claim_needs_both_to_be_alike() -> None:
    made = Ledger(
        commitments=(promise("halls"),),
        events=(gift("g", *PARTNERS), EconomicEvent("e", march(12), fulfils="halls", settles="back")),
        claims=(Claim("back", CHURCHES, HOSPITAL, "space", "g", march(11), unit="hours"),),
    )
    assert places(made) == ["exchange, events, item 2, settles"]


def test_correction_of_a_correction_or_a_second_one_is_told() -> None:
    wrong = gift("wrong", *PARTNERS)
    undone = EconomicEvent("undone", march(11), reverses="wrong")
    again = EconomicEvent("again", march(12), reverses="undone")
    assert places(Ledger(events=(wrong, undone, again))) == ["exchange, events, item 3, reverses"]
    twice = EconomicEvent("twice", march(12), reverses="wrong")
    assert places(Ledger(events=(wrong, undone, twice))) == [
        "exchange, events, item 2, reverses",
        "exchange, events, item 3, reverses",
    ]
    early = EconomicEvent("undone", march(9), reverses="wrong")
    assert places(Ledger(events=(wrong, early))) == ["exchange, events, item 2, happened_on"]


def test_only_the_two_sides_of_a_delivery_can_value_it_and_not_before_it_was() -> None:
    passed = gift("g", *PARTNERS)
    stranger = Ledger(events=(passed,), valuations=(says(YOUTH, 1, "g"),))
    told = ledger_problems(stranger, [*PARTNERS, YOUTH])
    assert [problem.place for problem in told] == ["exchange, valuations, item 1, by"]
    early = Ledger(events=(passed,), valuations=(says(HOSPITAL, 1, "g", march(9)),))
    assert places(early) == ["exchange, valuations, item 1, valued_on"]


def test_claim_comes_after_what_triggers_it() -> None:
    early = Claim("back", CHURCHES, HOSPITAL, "space", "g", march(9))
    assert places(Ledger(events=(gift("g", *PARTNERS),), claims=(early,))) == ["exchange, claims, item 1, claimed_on"]
