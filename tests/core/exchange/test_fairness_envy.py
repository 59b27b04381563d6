from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.exchange.fairness.envy import Envy, Preference, Thing, envies
from lichen.exchange.values import Ledger
from tests.core.exchange.given import CHURCHES, HOSPITAL, YOUTH, gift, says, story
from tests.strategies import modest

LATER = date(2026, 12, 31)
THREE = (HOSPITAL, CHURCHES, YOUTH)

to_churches, to_youth = gift("c", HOSPITAL, CHURCHES, 2), gift("y", HOSPITAL, YOUTH, 5)
letter = gift("l", HOSPITAL, YOUTH, 1, kind="credibility", unit="letters")


def of(ledger: Ledger, partner: str, other: str) -> Envy:
    return next(one for one in envies(ledger, THREE, on=LATER) if (one.partner, one.other) == (partner, other))


def test_partner_who_received_less_of_the_same_would_rather_have_the_others() -> None:
    found = of(Ledger(events=(to_churches, to_youth), valuations=(says(CHURCHES, 6, "c"),)), CHURCHES, YOUTH)
    assert (found.own_worth, found.theirs_worth, found.prefers) == (6.0, 15.0, Preference.THEIRS)
    [line] = found.theirs
    assert (line.event, line.thing, line.amount, line.per_unit) == ("y", Thing("staff_time", "", "hours"), 5, 3.0)


def test_partner_who_has_not_valued_the_kind_may_or_may_not_envy() -> None:
    found = of(Ledger(events=(to_churches, letter), valuations=(says(CHURCHES, 6, "c"),)), CHURCHES, YOUTH)
    assert (found.theirs_worth, found.prefers) == (0.0, Preference.UNKNOWN)
    assert found.unvalued == (Thing("credibility", "", "letters"),)


def test_partner_whose_known_part_of_the_others_is_worth_more_already_envies_whatever_the_rest() -> None:
    events = to_churches, to_youth, letter
    found = of(Ledger(events=events, valuations=(says(CHURCHES, 6, "c"),)), CHURCHES, YOUTH)
    assert (found.prefers, len(found.unvalued)) == (Preference.THEIRS, 1)


def test_partner_whose_own_known_part_is_worth_more_does_not_envy_whatever_the_rest() -> None:
    extra = gift("x", HOSPITAL, CHURCHES, 1, kind="credibility", unit="letters")
    events = to_churches, extra, gift("y", HOSPITAL, YOUTH, 1)
    found = of(Ledger(events=events, valuations=(says(CHURCHES, 6, "c"),)), CHURCHES, YOUTH)
    assert (found.own_worth, found.theirs_worth, found.prefers) == (6.0, 3.0, Preference.OWN)


def test_equal_bundles_are_not_envied() -> None:
    events = to_churches, gift("y", HOSPITAL, YOUTH, 2)
    assert of(Ledger(events=events, valuations=(says(CHURCHES, 6, "c"),)), CHURCHES, YOUTH).prefers is Preference.OWN


def test_partner_who_received_nothing_envies_what_it_has_valued_itself() -> None:
    gave = gift("g", CHURCHES, HOSPITAL, 1)
    ledger = Ledger(events=(to_youth, gave), valuations=(says(CHURCHES, 4, "g"),))
    found = of(ledger, CHURCHES, YOUTH)
    assert (found.own, found.theirs_worth, found.prefers) == ((), 20.0, Preference.THEIRS)


def test_worth_of_what_was_received_goes_before_that_of_what_was_given() -> None:
    gave = gift("g", CHURCHES, HOSPITAL, 1)
    said = says(CHURCHES, 4, "g"), says(CHURCHES, 6, "c")
    found = of(Ledger(events=(to_churches, to_youth, gave), valuations=said), CHURCHES, YOUTH)
    assert [line.per_unit for line in found.theirs] == [3.0]


def test_other_codes_and_units_are_other_things() -> None:
    coded = gift("y", HOSPITAL, YOUTH, 5, code="knowledge.medical")
    days = gift("z", HOSPITAL, YOUTH, 5, unit="days")
    found = of(Ledger(events=(to_churches, coded, days), valuations=(says(CHURCHES, 6, "c"),)), CHURCHES, YOUTH)
    assert len(found.unvalued) == 2


def test_nobody_envies_a_partner_who_received_nothing() -> None:
    assert of(Ledger(events=(to_youth,)), CHURCHES, HOSPITAL).prefers is Preference.OWN


def test_of_two_partners_the_others_bundle_is_what_one_gave() -> None:
    """The churches gave what is worth 8 to them and received 6; the hospital gave 20 and received 70."""
    found = {one.partner: one for one in envies(story, THREE[:2], on=LATER)}
    assert (found[CHURCHES].own_worth, found[CHURCHES].theirs_worth) == (6.0, 8.0)
    assert (found[CHURCHES].prefers, found[HOSPITAL].prefers) == (Preference.THEIRS, Preference.OWN)


def test_empty_ledger_knows_of_no_envy() -> None:
    assert {one.prefers for one in envies(Ledger(), THREE, on=LATER)} == {Preference.OWN}


units = st.sampled_from(["hours", "halls"])
givers = st.sampled_from([(HOSPITAL, CHURCHES), (HOSPITAL, YOUTH), (CHURCHES, YOUTH), (YOUTH, CHURCHES)])


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    events = [gift(f"e{n}", *draw(givers), draw(st.integers(1, 4)), unit=draw(units)) for n in range(5)]
    said = [says(by, draw(st.integers(0, 9)), one.id) for one in events for by in THREE if draw(st.booleans())]
    known = [
        one
        for one in said
        if one.by in {e for each in events if each.id == one.event for e in (each.provider, each.receiver)}
    ]
    return Ledger(events=tuple(events), valuations=tuple(known))


@modest
@given(ledgers(), st.sampled_from([0.5, 4]))
def test_scale_of_a_partner_does_not_change_what_it_prefers(ledger: Ledger, factor: float) -> None:
    scaled = tuple(replace(one, worth=one.worth * factor) if one.by == CHURCHES else one for one in ledger.valuations)
    told = [one.prefers for one in envies(ledger, THREE, on=LATER)]
    assert told == [one.prefers for one in envies(replace(ledger, valuations=scaled), THREE, on=LATER)]


@modest
@given(ledgers(), st.lists(st.integers(0, 50), min_size=5, max_size=5))
def test_preference_that_is_told_holds_whatever_the_unvalued_things_are_worth(
    ledger: Ledger, guesses: list[int]
) -> None:
    for found in envies(ledger, THREE, on=LATER):
        guess = dict(zip([line.event for line in (*found.own, *found.theirs)], guesses, strict=False))
        own, theirs = (
            sum(guess[line.event] if line.worth is None else line.worth for line in lines)
            for lines in (found.own, found.theirs)
        )
        if found.prefers is Preference.THEIRS:
            assert theirs > own
        if found.prefers is Preference.OWN:
            assert own >= theirs


@modest
@given(ledgers())
def test_preference_is_known_where_everything_is_valued(ledger: Ledger) -> None:
    everything = [says(by, 1, one.id) for one in ledger.events for by in (one.provider, one.receiver)]
    told = envies(replace(ledger, valuations=tuple(everything)), [CHURCHES, YOUTH], on=LATER)
    assert all(one.prefers is not Preference.UNKNOWN for one in told if not one.unvalued)


@pytest.mark.parametrize("partner", THREE)
def test_partner_judges_every_other_and_never_itself(partner: str) -> None:
    assert [one.other for one in envies(story, THREE, on=LATER) if one.partner == partner] == [
        other for other in THREE if other != partner
    ]
