from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.exchange.fairness.balances import Balance, Fairness, WhyUndefined, received_over_given
from lichen.exchange.fairness.worths import Role, worths
from lichen.exchange.values import Ledger, Valuation
from tests.core.exchange.given import CHURCHES, HOSPITAL, PARTNERS, YOUTH, gift, march, no, promise, says, story
from tests.strategies import modest

LATER = date(2026, 12, 31)


def fairness(ledger: Ledger, *partners: str) -> Fairness:
    return received_over_given(ledger, partners or PARTNERS, on=LATER)


def balance(ledger: Ledger, partner: str) -> Balance:
    return next(one for one in fairness(ledger).balances if one.partner == partner)


def test_story_by_hand() -> None:
    """The churches gave 2 + 2 + 4 and received 6; the hospital gave 20 and received a third of 30 twice, and 50."""
    found = fairness(story)
    told = {one.partner: (one.received, one.given, one.ratio) for one in found.balances}
    assert told == {CHURCHES: (6.0, 8.0, 0.75), HOSPITAL: (70.0, 20.0, 3.5)}
    assert (found.lowest and found.lowest.partner, found.highest and found.highest.partner) == (CHURCHES, HOSPITAL)
    assert (found.gap, found.disputed, found.reversed, found.attributed) == (2.75, 1, 0, True)


def test_every_sum_can_be_added_up_again_from_its_lines() -> None:
    lines = [(one.role, one.delivery.event, one.worth, one.commitment) for one in balance(story, HOSPITAL).lines]
    assert lines == [
        (Role.RECEIVER, "hall-1", 10.0, "fair-halls"),
        (Role.RECEIVER, "hall-2", 10.0, "fair-halls"),
        (Role.GIVER, "team-1", 20, ""),
        (Role.RECEIVER, "letter", 50, ""),
    ]


def test_disputed_delivery_is_given_and_received_by_nobody() -> None:
    assert "team-2" not in {one.delivery.event for one in worths(story, on=LATER)}


def test_later_valuation_takes_the_place_of_an_earlier_one_and_both_stay() -> None:
    again = replace(story, valuations=(says(CHURCHES, 12, "team-1", march(25)), *story.valuations))
    assert balance(again, CHURCHES).received == 12.0
    assert received_over_given(again, PARTNERS, on=march(24)).balances[1].received == 6.0
    assert len(again.valuations) == 8


def test_of_two_valuations_on_one_day_the_later_in_the_file_counts() -> None:
    again = replace(story, valuations=(*story.valuations, says(CHURCHES, 1, "team-1", march(9))))
    assert balance(again, CHURCHES).received == 1.0


def test_valuation_of_a_delivery_goes_before_that_of_its_promise() -> None:
    own = replace(story, valuations=(says(HOSPITAL, 3, "hall-1", march(9)), *story.valuations))
    assert balance(own, HOSPITAL).received == 63.0


def test_what_nobody_has_valued_is_counted_and_left_out() -> None:
    some = replace(story, valuations=story.valuations[1:])
    found = balance(some, CHURCHES)
    assert (found.count(Role.GIVER), found.valued(Role.GIVER), found.given, found.ratio) == (3, 2, 6.0, 1.0)


@pytest.mark.parametrize(
    ("ledger", "why"),
    [
        (Ledger(), "gave nothing"),
        (Ledger(events=(gift("a", HOSPITAL, CHURCHES),), valuations=(says(CHURCHES, 5, "a"),)), "gave nothing"),
        (Ledger(events=(gift("a", CHURCHES, HOSPITAL),), valuations=(says(HOSPITAL, 5, "a"),)), "given not valued"),
        (
            Ledger(events=(gift("a", CHURCHES, HOSPITAL),), valuations=(says(CHURCHES, 0, "a"),)),
            "given worth nothing",
        ),
        (
            Ledger(
                events=(gift("a", CHURCHES, HOSPITAL), gift("b", HOSPITAL, CHURCHES)),
                valuations=(says(CHURCHES, 5, "a"),),
            ),
            "received not valued",
        ),
    ],
)
def test_received_over_given_is_undefined_where_it_would_be_made_up(ledger: Ledger, why: str) -> None:
    found = balance(ledger, CHURCHES)
    assert (found.undefined, found.ratio) == (WhyUndefined(why), None)


def test_partner_who_gave_and_received_nothing_has_zero_and_not_unknown() -> None:
    ledger = Ledger(events=(gift("a", CHURCHES, HOSPITAL),), valuations=(says(CHURCHES, 5, "a"),))
    assert balance(ledger, CHURCHES).ratio == 0.0
    assert fairness(ledger).lowest == balance(ledger, CHURCHES)
    assert fairness(ledger).gap is None


def test_nothing_is_known_of_an_empty_ledger() -> None:
    found = fairness(Ledger())
    assert (found.lowest, found.highest, found.gap) == (None, None, None)


def test_delivery_that_was_disputed_and_then_corrected_counts_once_as_corrected() -> None:
    disputed = gift("a", CHURCHES, HOSPITAL, responses=(no(12),))
    undone = replace(gift("u", CHURCHES, HOSPITAL, on=march(13)), amount=None, reverses="a")
    assert (fairness(Ledger(events=(disputed,))).disputed, fairness(Ledger(events=(disputed, undone))).disputed) == (
        1,
        0,
    )
    assert fairness(Ledger(events=(disputed, undone))).reversed == 1


@pytest.mark.parametrize(("partners", "attributed"), [(2, True), (4, True), (5, False)])
def test_few_partners_are_told_with_their_names(partners: int, attributed: bool) -> None:
    assert received_over_given(Ledger(), [str(n) for n in range(partners)], on=LATER).attributed is attributed


def test_partner_of_the_alliance_who_did_nothing_yet_is_there() -> None:
    assert [one.partner for one in fairness(story, *PARTNERS, YOUTH).balances] == [*PARTNERS, YOUTH]


def test_deliveries_share_the_worth_of_their_promise_by_the_promised_amount() -> None:
    half = replace(story, commitments=(promise("fair-halls", amount=6, code="assets.venue"), *story.commitments[1:]))
    assert balance(half, HOSPITAL).received == 60.0


worth = st.integers(0, 40).map(lambda number: number / 4)
pairs = st.sampled_from([PARTNERS, PARTNERS[::-1]])


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    events = [gift(f"e{n}", *draw(pairs), draw(st.integers(1, 4))) for n in range(draw(st.integers(0, 8)))]
    said = [says(by, draw(worth), one.id) for one in events for by in PARTNERS if draw(st.booleans())]
    return Ledger(events=tuple(events), valuations=tuple(said))


@modest
@given(ledgers(), st.sampled_from([0.5, 2, 8]))
def test_scale_of_a_partner_changes_nobodys_ratio(ledger: Ledger, factor: float) -> None:
    def scaled(one: Valuation) -> Valuation:
        return replace(one, worth=one.worth * factor) if one.by == CHURCHES else one

    other = replace(ledger, valuations=tuple(map(scaled, ledger.valuations)))
    assert [one.ratio for one in fairness(other).balances] == [one.ratio for one in fairness(ledger).balances]


@modest
@given(ledgers())
def test_ratio_is_what_a_person_adds_up(ledger: Ledger) -> None:
    said = {(one.by, one.event): one.worth for one in ledger.valuations}
    for partner in PARTNERS:
        got = sum(said.get((partner, one.id), 0) for one in ledger.events if one.receiver == partner)
        gave = sum(said.get((partner, one.id), 0) for one in ledger.events if one.provider == partner)
        found = balance(ledger, partner)
        assert (found.received, found.given) == (got, gave)
        assert found.ratio is None or found.ratio == got / gave
        assert sum(each.delivery.amount for each in found.lines) == sum(one.amount or 0 for one in ledger.events)


@modest
@given(ledgers())
def test_lowest_and_highest_are_those_of_all(ledger: Ledger) -> None:
    found = fairness(ledger)
    ratios = [one.ratio for one in found.balances if one.ratio is not None]
    assert (found.lowest and found.lowest.ratio) == min(ratios, default=None)
    assert (found.highest and found.highest.ratio) == max(ratios, default=None)
    assert found.gap == (pytest.approx(max(ratios) - min(ratios)) if len(ratios) > 1 else None)
