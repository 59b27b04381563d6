"""Expectations side by side: every item is either agreed or listed, whoever wrote first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.pilot.differences import Compared, Concord, Heading, Held, compared_expectations, plain_words
from lichen.pilot.values import Expectation, Expected, Pilot, Settled
from tests.core.pilot.fairs import REVEALED, WRITTEN, C, H, clinicians, expecting, fairs, sundays, volunteers, wrote
from tests.strategies import modest

ITEMS = st.builds(
    Expected,
    what=st.sampled_from(("thirty volunteers", "Thirty volunteers.", "a hall", "a grant", "!")),
    code=st.sampled_from(("", "", "people.volunteers", "assets.venue", "trust.community", "trust.underserved")),
    kind=st.sampled_from(("", "space", "staff_time")),
    to=st.sampled_from(("", "a", "b")),
    amount=st.sampled_from((None, 1.0, 2.0)),
    unit=st.sampled_from(("", "a week")),
)


@st.composite
def expected(draw: st.DrawFn) -> Pilot:
    """Two or three partners who have written of everybody, in a few words and codes that often meet."""
    partners = ("a", "b", "c")[: draw(st.integers(2, 3))]
    few = st.lists(ITEMS, max_size=2).map(tuple)
    sides = tuple(
        Expectation(by, about, draw(few), draw(few), draw(few), WRITTEN) for by in partners for about in partners
    )
    return Pilot("p", partners, expectations=sides, revealed_on=REVEALED)


def found(*expectations: Expectation, **more: object) -> tuple[Compared, ...]:
    return compared_expectations(expecting(*expectations, **more), REVEALED)


def told(compared: tuple[Compared, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.concord.value, tuple(held.item.what for held in each.held)) for each in compared]


@given(expected())
@modest
def test_every_item_that_anybody_wrote_stands_in_exactly_one_group(pilot: Pilot):
    wrote_down = Counter(
        (heading, Held(each.by, each.about, item))
        for each in pilot.expectations
        for heading in Heading
        for item in getattr(each, heading.value)
    )
    compared = compared_expectations(pilot, REVEALED)
    assert Counter((each.heading, held) for each in compared for held in each.held) == wrote_down


@given(expected())
@modest
def test_agreed_is_exactly_what_everybody_wrote_alike_and_nobody_denies(pilot: Pilot):
    for each in compared_expectations(pilot, REVEALED):
        alike = not each.missing and not each.fields and not each.against
        assert (each.concord is Concord.AGREED) is alike
        assert {held.by for held in each.held} | {*each.missing} == {*pilot.partners}


@given(expected(), st.randoms(use_true_random=False))
@modest
def test_order_of_writing_and_of_partners_changes_nothing(pilot: Pilot, order):
    sides, partners = [*pilot.expectations], [*pilot.partners]
    order.shuffle(sides)
    order.shuffle(partners)
    other = replace(pilot, expectations=tuple(sides), partners=tuple(partners))
    both = [
        [(each.heading, each.concord, {*each.missing}, each.fields, {*each.held}, {*each.near}, {*each.against})
         for each in compared_expectations(one, REVEALED)]
        for one in (pilot, other)
    ]  # fmt: skip
    assert both[0] == both[1]


@given(expected())
@modest
def test_exchanging_the_names_exchanges_the_names_in_the_answer(pilot: Pilot):
    swap = {"a": "b", "b": "a"}

    def renamed(name: str) -> str:
        return swap.get(name, name)

    def item(one: Expected) -> Expected:
        return replace(one, to=renamed(one.to))

    def side(one: Expectation) -> Expectation:
        parts = {heading.value: tuple(item(each) for each in getattr(one, heading.value)) for heading in Heading}
        return replace(one, by=renamed(one.by), about=renamed(one.about), **parts)

    def seen(compared: tuple[Compared, ...]) -> Counter[object]:
        return Counter(
            (each.heading, each.concord, each.fields, frozenset((held.by, held.about, held.item) for held in each.held))
            for each in compared
        )

    other = replace(pilot, expectations=tuple(side(each) for each in pilot.expectations))
    answers = compared_expectations(pilot, REVEALED)
    swapped = [
        replace(each, held=tuple(Held(renamed(held.by), renamed(held.about), item(held.item)) for held in each.held))
        for each in answers
    ]
    assert seen(compared_expectations(other, REVEALED)) == seen(tuple(swapped))


@given(expected())
@modest
def test_contradiction_and_question_hold_in_both_directions(pilot: Pilot):
    compared = compared_expectations(pilot, REVEALED)
    of = {(each.heading, held): each for each in compared for held in each.held}
    for each in compared:
        for held in each.against:
            headings = [Heading.DOES_NOT] if each.heading is not Heading.DOES_NOT else [Heading.GIVES, Heading.DECIDES]
            back = [of[heading, held] for heading in headings if (heading, held) in of]
            assert any({*one.against} & {*each.held} for one in back)
        for held in each.near:
            assert {*of[each.heading, held].near} & {*each.held}


def test_fairs_agree_on_everything():
    assert {each.concord for each in compared_expectations(fairs, REVEALED)} == {Concord.AGREED}


def test_same_code_is_the_same_thing_in_any_words():
    doctors = replace(clinicians, what="doctors and nurses")
    assert told(found(wrote(H, H, gives=[clinicians]), wrote(C, H, gives=[doctors]))) == [
        ("agreed", ("four clinicians", "doctors and nurses"))
    ]


def test_same_words_meet_whatever_their_capitals_and_stops():
    other = Expected(" WHICH  sundays. ")
    assert told(found(wrote(H, C, decides=[sundays]), wrote(C, C, decides=[other])))[0][0] == "agreed"


def test_words_without_a_code_take_the_code_that_somebody_gave_to_the_very_same_words():
    bare = Expected("Thirty volunteers", amount=30, unit="At each fair")
    [one] = found(wrote(H, C, gives=[volunteers]), wrote(C, C, gives=[bare]))
    assert (one.concord, one.code) == (Concord.AGREED, "people.volunteers")


def test_words_that_were_given_two_codes_stay_words():
    helpers = [Expected("helpers", code) for code in ("people.volunteers", "people.languages")]
    compared = found(wrote(H, C, gives=helpers), wrote(C, C, gives=[Expected("helpers")]))
    assert {each.code: each.concord.value for each in compared} == {
        "people.volunteers": "perhaps",
        "people.languages": "perhaps",
        "": "perhaps",
    }


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        (replace(volunteers, amount=20), ("amount",)),
        (replace(volunteers, amount=None), ("amount",)),
        (replace(volunteers, unit="a year"), ("amount",)),
        (replace(volunteers, kind="expertise"), ("kind",)),
        (replace(volunteers, to=C), ("to",)),
        (replace(volunteers, kind="", to=""), ()),
        (replace(volunteers, amount=1, kind="funding", to=C), ("kind", "to", "amount")),
    ],
)
def test_another_amount_kind_or_receiver_is_told_and_what_is_left_open_fits(other: Expected, fields: tuple[str, ...]):
    [one] = found(wrote(H, C, gives=[volunteers]), wrote(C, C, gives=[other]))
    assert (one.fields, one.concord) == (fields, Concord.DIFFERENT if fields else Concord.AGREED)


def test_two_things_of_one_code_are_not_the_same_as_one():
    drivers = replace(volunteers, what="drivers", amount=None)
    [one] = found(wrote(H, C, gives=[volunteers, drivers]), wrote(C, C, gives=[volunteers]))
    assert (one.concord, one.fields) == (Concord.DIFFERENT, ("amount",))


def test_each_claiming_a_decision_for_another_is_told_as_one_difference():
    [one] = found(wrote(H, C, decides=[sundays]), wrote(C, H, decides=[sundays]))
    assert (one.concord, one.fields, one.abouts) == (Concord.DIFFERENT, ("about",), (C, H))


def test_item_of_one_alone_is_told_with_who_did_not_write_it():
    [one] = found(wrote(H, C, gives=[volunteers]))
    assert (one.concord, one.missing, one.near) == (Concord.ONLY_SOME, (C,), ())


def test_free_text_without_a_counterpart_is_a_question_and_never_dropped():
    pulpit, tell = Expected("announce it from the pulpit"), Expected("tell the people in three languages")
    one, other = found(wrote(H, C, gives=[pulpit]), wrote(C, C, gives=[tell]))
    assert {one.concord, other.concord} == {Concord.PERHAPS}
    assert {each.near[0].item.what for each in (one, other)} == {pulpit.what, tell.what}


def test_free_text_beside_a_code_is_a_question_for_both():
    compared = found(wrote(H, C, gives=[volunteers]), wrote(C, C, gives=[Expected("helpers")]))
    assert [each.concord for each in compared] == [Concord.PERHAPS, Concord.PERHAPS]


def test_different_codes_are_a_question_only_where_they_are_related():
    local, close, far = (Expected("x", code) for code in ("trust.community", "trust.underserved", "ops.logistics"))
    assert {each.concord for each in found(wrote(H, C, gives=[local]), wrote(C, C, gives=[close]))} == {Concord.PERHAPS}
    assert {each.concord for each in found(wrote(H, C, gives=[local]), wrote(C, C, gives=[far]))} == {Concord.ONLY_SOME}


def test_what_one_expects_and_another_rules_out_is_a_contradiction():
    hall, no_hall = Expected("the hall", "assets.venue"), Expected("open on Saturdays", "assets.venue")
    given_, denied = found(wrote(H, C, gives=[hall]), wrote(C, C, does_not=[no_hall]))
    assert (given_.concord, [held.item for held in given_.against], given_.is_mirrored) == (
        Concord.CONTRADICTED,
        [no_hall],
        False,
    )
    assert (denied.concord, [held.item for held in denied.against], denied.is_mirrored) == (
        Concord.CONTRADICTED,
        [hall],
        True,
    )


def test_decision_that_another_rules_out_is_a_contradiction_and_of_somebody_else_is_not():
    denied = wrote(C, C, does_not=[sundays])
    assert found(wrote(H, C, decides=[sundays]), denied)[0].concord is Concord.CONTRADICTED
    assert found(wrote(H, H, decides=[sundays]), denied)[0].concord is Concord.ONLY_SOME


def test_who_expects_both_contradicts_nobody():
    limit = Expected("on weekdays", "people.volunteers")
    both = wrote(C, C, gives=[volunteers], does_not=[limit])
    assert [each.concord.value for each in found(wrote(H, C, gives=[volunteers]), both)] == ["only-some", "agreed"]


def test_third_partner_who_wrote_nothing_of_it_is_missing():
    [one] = found(wrote("a", "b", gives=[volunteers]), wrote("c", "b", gives=[volunteers]), partners=("a", "b", "c"))
    assert (one.concord, one.missing) == (Concord.ONLY_SOME, ("b",))


@pytest.mark.parametrize("settled", [Settled("Thirty volunteers"), Settled("people.volunteers", about=C)])
def test_settled_difference_is_no_longer_open(settled: Settled):
    sides = wrote(H, C, gives=[volunteers]), wrote(C, C, gives=[replace(volunteers, amount=20)])
    [before], [after] = found(*sides), found(*sides, settled=(settled,))
    assert (before.is_open, after.is_open, after.concord, after.settled) == (True, False, Concord.DIFFERENT, settled)


def test_settlement_about_another_partner_or_thing_settles_nothing():
    settled = (Settled("Thirty volunteers", about=H), Settled("the hall"))
    [one] = found(wrote(H, C, gives=[volunteers]), settled=settled)
    assert one.is_open


def test_plain_words_of_signs_alone_are_the_signs():
    assert (plain_words(" !! "), plain_words("Ünï  çø-dé")) == ("!!", "ünï çø dé")


def test_expectations_may_be_compared_on_the_day_they_are_revealed():
    assert compared_expectations(fairs, date(2026, 10, 5))
