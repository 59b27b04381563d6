"""Nothing that another wrote is seen before everybody has written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.errors import NotAllowed
from lichen.pilot.differences import compared_expectations
from lichen.pilot.proposals import audit_proposals
from lichen.pilot.red_lines import crossed_red_lines
from lichen.pilot.sealing import (
    expectations_shown,
    interests_shown,
    is_revealed,
    is_reviewed,
    reviews_shown,
    still_to_review,
    still_to_write,
)
from lichen.pilot.values import Expectation, HiddenWeakness, Interests, Pilot, PilotReview, ProvedOffer
from lichen.pilot.verdict import VerdictOutcome, verdict
from tests.cast import churches_audit
from tests.core.pilot.fairs import REVEALED, REVIEWED, WRITTEN, C, H, answered, fairs, reviewed, wrote
from tests.strategies import modest

DAYS = st.none() | st.integers(0, 4).map(lambda days: WRITTEN + timedelta(days=days))


@st.composite
def pilots(draw: st.DrawFn) -> Pilot:
    """Two or three partners, who have all written or only some of them, on one day or several, revealed on some day."""
    partners = ("a", "b", "c")[: draw(st.integers(2, 3))]
    pairs = [(by, about) for by in partners for about in partners]
    some = st.lists(st.sampled_from(pairs), unique=True, min_size=len(pairs) - 2, max_size=len(pairs))
    day = draw(st.sampled_from([DAYS, st.just(WRITTEN)]))
    written = draw(st.just(pairs) | some)
    expectations = tuple(Expectation(*pair, written_on=draw(day)) for pair in written)
    interests = tuple(Interests(by, ("rest",)) for by in partners)
    return Pilot("p", partners, interests=interests, expectations=expectations, revealed_on=draw(DAYS))


@given(pilots(), st.integers(0, 4))
@modest
def test_nothing_of_anothers_is_shown_before_all_wrote_and_revealed_it(pilot: Pilot, later: int):
    on = WRITTEN + timedelta(days=later)
    for reader in pilot.partners:
        others = [each for each in expectations_shown(pilot, reader, on) if each.by != reader]
        interests = [each for each in interests_shown(pilot, reader, on) if each.by != reader]
        if others or interests:
            pairs = {(each.by, each.about) for each in pilot.expectations}
            assert pairs == {(by, about) for by in pilot.partners for about in pilot.partners}
            assert pilot.revealed_on is not None
            assert pilot.revealed_on <= on
            assert all(each.written_on and each.written_on <= pilot.revealed_on for each in pilot.expectations)


@given(pilots(), st.integers(0, 4))
@modest
def test_differences_and_crossings_are_refused_exactly_until_they_are_revealed(pilot: Pilot, later: int):
    on = WRITTEN + timedelta(days=later)
    for look in (compared_expectations, crossed_red_lines):
        if is_revealed(pilot, on):
            assert look(pilot, on) == ()
        else:
            with pytest.raises(NotAllowed) as refusal:
                look(pilot, on)
            assert refusal.value.rule == "revealed-together"


def test_everybody_sees_its_own_at_any_time_and_a_stranger_nothing():
    for pilot in (fairs, replace(fairs, revealed_on=None)):
        own = [each for each in pilot.expectations if each.by == H]
        assert [each for each in expectations_shown(pilot, H, REVEALED) if each.by == H] == own
        assert expectations_shown(pilot, "example-stranger", REVEALED) == ()
        assert interests_shown(pilot, "example-stranger", REVEALED) == ()
        assert reviews_shown(reviewed, "example-stranger") == ()


def test_all_are_shown_once_all_are_revealed():
    assert {reader: expectations_shown(fairs, reader, REVEALED) for reader in (H, C)} == {
        H: fairs.expectations,
        C: fairs.expectations,
    }


def test_expectations_missing_one_for_oneself_are_not_revealed():
    """Every subset of the four that two partners write, by brute force: only all of them will do."""
    four = [wrote(by, about) for by in (H, C) for about in (H, C)]
    subsets = chain.from_iterable(combinations(four, count) for count in range(5))
    revealed = [each for each in subsets if is_revealed(replace(fairs, expectations=each), REVEALED)]
    assert revealed == [tuple(four)]
    assert still_to_write(replace(fairs, expectations=tuple(four[:3]))) == (C,)


def test_revelation_planned_for_later_has_not_happened():
    assert [is_revealed(fairs, day) for day in (date(2026, 10, 4), date(2026, 10, 5))] == [False, True]


def test_what_is_written_after_the_others_are_open_closes_everything():
    late = replace(fairs.expectations[0], written_on=date(2026, 10, 6))
    pilot = replace(fairs, expectations=(late, *fairs.expectations[1:]))
    assert not is_revealed(pilot, date(2026, 12, 1))
    assert [each.by for each in expectations_shown(pilot, C, date(2026, 12, 1)) if each.by != C] == []


@pytest.mark.parametrize("second", [None, PilotReview(C), PilotReview(C, REVIEWED)])
def test_answers_after_a_pilot_stay_apart_until_everybody_has_answered(second: PilotReview | None):
    pilot = replace(fairs, reviews=(answered(H), *([second] if second else [])))
    everybody = second is not None and second.reviewed_on is not None
    assert is_reviewed(pilot) is everybody
    assert still_to_review(pilot) == (() if everybody else (C,))
    assert [each.by for each in reviews_shown(pilot, C)].count(H) == everybody
    assert (verdict(pilot).outcome is VerdictOutcome.OPEN) is not everybody
    if not everybody:
        assert (verdict(pilot).directions, verdict(pilot).weaknesses) == ((), ())
        with pytest.raises(NotAllowed) as refusal:
            audit_proposals(churches_audit, pilot)
        assert refusal.value.rule == "reviewed-together"


def test_weakness_is_shown_to_its_owner_and_to_who_named_it_alone():
    own = HiddenWeakness(H, "people.wellbeing", 4, "zq")
    of_third = HiddenWeakness("third", "funding.solvency", 5, "zq")
    of_reader = HiddenWeakness(C, "reach.events", 2)
    offers = (ProvedOffer(H, "knowledge.medical", 2), ProvedOffer(C, "assets.venue", 1))
    told = answered(H, weaknesses=(own, of_third, of_reader), offers=offers)
    pilot = Pilot("p", (H, C, "third"), reviews=(told, answered(C), PilotReview("third", REVIEWED)))
    seen = {reader: reviews_shown(pilot, reader)[0] for reader in pilot.partners}
    assert {reader: each.weaknesses for reader, each in seen.items()} == {
        H: told.weaknesses,
        C: (of_reader,),
        "third": (of_third,),
    }
    assert [len(each.offers) for each in seen.values()] == [2, 1, 0]
