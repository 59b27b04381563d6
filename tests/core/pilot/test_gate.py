"""The gate opens exactly with the wanted successes, whatever was tried between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichen.errors import NotAllowed
from lichen.pilot.gate import attempts, check_may_scale, gate, in_order
from lichen.pilot.values import Pilot, PilotRules, PilotTerms, Step, Worked
from tests.core.pilot.fairs import C, H, answered, fair, fairs, reviewed
from tests.strategies import modest

WORKED, FAILED, AHEAD = fair(H, C), fair(H), fair(held_on=None)


def with_steps(*steps: Step, pilot: Pilot = fairs) -> Pilot:
    return replace(pilot, steps=steps)


def pilots_of(*outcomes: bool | None) -> list[Pilot]:
    """A pilot whose steps worked for both, for one, or lie ahead."""
    kinds = {True: WORKED, False: FAILED, None: AHEAD}
    return [with_steps(*(kinds[each] for each in outcomes))]


@pytest.mark.parametrize("wanted", [1, 2, 3, 4])
def test_gate_opens_exactly_when_the_successes_are_enough(wanted: int):
    """Every sequence of five steps that worked, failed or lie ahead; in all, and in a row."""
    for outcomes in product((True, False, None), repeat=5):
        done = [each for each in outcomes if each is not None]
        run = next((place for place, each in enumerate(reversed(done)) if not each), len(done))
        for in_a_row, count in ((False, done.count(True)), (True, run)):
            found = gate(pilots_of(*outcomes), PilotRules(successes=wanted, in_a_row=in_a_row))
            assert (len(found.successes), found.is_open) == (count, count >= wanted)
            assert found.missing == max(0, wanted - count)
            assert len(found.attempts) == len(done)


@given(st.lists(st.lists(st.sampled_from((WORKED, FAILED, AHEAD)), max_size=3), max_size=4), st.integers(1, 5))
@modest
def test_gate_counts_over_all_pilots_and_refuses_exactly_while_it_is_shut(steps: list[list[Step]], wanted: int):
    pilots, rules = [with_steps(*each) for each in steps if each], PilotRules(successes=wanted)
    successes = sum(step is WORKED for each in steps for step in each)
    assert gate(pilots, rules).is_open is (successes >= wanted)
    if successes >= wanted:
        check_may_scale(pilots, rules)
    else:
        with pytest.raises(NotAllowed) as refusal:
            check_may_scale(pilots, rules)
        assert refusal.value.rule == "gate"
        assert str(wanted - successes) in refusal.value.why


def test_failure_is_shown_and_erases_no_success():
    found = gate(pilots_of(True, True, False, True), PilotRules())
    assert (found.is_open, [each.counts for each in found.attempts]) == (True, [True, True, False, True])
    assert found.attempts[2].unsaid == (C,)


def test_step_that_worked_for_one_alone_is_no_success():
    assert [gate([with_steps(step)], PilotRules(successes=1)).is_open for step in (fair(H), fair(C), fair(H, C))] == [
        False,
        False,
        True,
    ]


def test_what_waits_behind_the_gate_never_counts():
    programme = fair(H, C, scales=True)
    assert not gate([with_steps(WORKED, WORKED, programme)], PilotRules()).is_open


def test_pilot_without_steps_counts_once_by_its_verdict():
    bad = replace(reviewed, reviews=(answered(H, Worked.PARTLY), answered(C)))
    kept = [gate([pilot], PilotRules(successes=1)) for pilot in (fairs, reviewed, bad)]
    assert [(len(each.attempts), each.is_open) for each in kept] == [(0, False), (1, True), (1, False)]
    assert gate([replace(reviewed, id=str(place)) for place in range(3)], PilotRules()).is_open


@pytest.mark.parametrize(
    ("answer", "adjusted_on", "counted", "withheld"),
    [
        (Worked.YES, None, 3, 0),
        (Worked.PARTLY, None, 0, 3),
        (Worked.PARTLY, date(2027, 2, 1), 3, 0),
        (Worked.NO, date(2027, 2, 1), 0, 3),
    ],
    ids=["went well", "fell short", "adjusted", "stopped"],
)
def test_steps_wait_while_what_the_review_found_is_not_settled(answer, adjusted_on, counted, withheld):
    reviews = (answered(H, answer), answered(C, answer))
    pilot = replace(with_steps(WORKED, WORKED, WORKED), reviews=reviews, adjusted_on=adjusted_on)
    found = gate([pilot], PilotRules())
    assert (len(found.successes), found.withheld) == (counted, withheld)


@pytest.mark.parametrize("adjusted_on", [None, date(2027, 2, 1)])
@pytest.mark.parametrize("reviews", [(answered(H, number=98),), (replace(answered(C), reviewed_on=None),)])
def test_steps_wait_while_a_review_has_begun_and_is_not_complete(reviews, adjusted_on):
    """Nobody's answers are known yet, so nothing can have been adjusted to them."""
    pilot = replace(with_steps(WORKED, WORKED, WORKED), reviews=reviews, adjusted_on=adjusted_on)
    found = gate([pilot], PilotRules())
    assert (found.is_open, len(found.successes), found.withheld) == (False, 0, 3)


def test_steps_wait_where_an_adjustment_stands_there_and_nobody_has_answered():
    pilot = replace(with_steps(WORKED, WORKED, WORKED), adjusted_on=date(2027, 2, 1))
    assert gate([pilot], PilotRules()).withheld == 3


def test_review_of_one_pilot_withholds_nothing_of_another():
    bad = replace(with_steps(WORKED), reviews=(answered(H, Worked.PARTLY), answered(C)))
    other = replace(with_steps(WORKED, WORKED, WORKED), id="other")
    assert gate([bad, other], PilotRules()).is_open


def test_pilots_stand_in_the_order_of_their_first_day():
    later, first, unsaid = (
        Pilot(id, ("a", "b"), terms=PilotTerms(starts_on=day), steps=(Step("x", date(2026, 1, 1)),))
        for id, day in (("later", date(2027, 1, 1)), ("first", date(2026, 1, 1)), ("unsaid", None))
    )
    assert [pilot.id for pilot in in_order([unsaid, later, first])] == ["first", "later", "unsaid"]
    assert [each.pilot for each in attempts([unsaid, later, first])] == ["first", "later", "unsaid"]


def test_alliance_without_pilots_may_not_scale():
    assert gate([], PilotRules()).missing == 3
