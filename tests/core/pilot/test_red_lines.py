"""Red lines that somebody else's expectation would cross."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lichen.pilot.red_lines import crossed_red_lines
from lichen.pilot.values import Expected, Interests, Pilot, RedLine, Settled
from tests.core.pilot.fairs import REVEALED, C, H, expecting, fairs, wrote

GRANT = Expected("A grant for the roof", "funding.grantmaking", "funding")


def crossed(line: RedLine, *expectations, **more) -> list[tuple[str, str, bool]]:
    pilot = expecting(*expectations, interests=(Interests(H, red_lines=(line,)),), **more)
    return [(each.held.by, each.heading.value, each.is_asked_of_owner) for each in crossed_red_lines(pilot, REVEALED)]


def test_what_another_expects_of_the_owner_crosses_its_line():
    line = RedLine("No money for buildings", "funding.grantmaking")
    assert crossed(line, wrote(C, H, gives=[GRANT])) == [(C, "gives", True)]


def test_what_is_asked_of_the_owner_comes_before_what_only_touches_its_line():
    line = RedLine("No money for buildings", "funding.grantmaking")
    found = crossed(line, wrote(C, C, decides=[GRANT]), wrote(C, H, gives=[GRANT]))
    assert found == [(C, "gives", True), (C, "decides", False)]


@pytest.mark.parametrize(
    ("kind", "count"), [("", 1), ("funding", 1), ("staff_time", 0)], ids=["any kind", "the same", "another"]
)
def test_line_about_one_kind_is_crossed_by_that_kind_alone(kind: str, count: int):
    assert len(crossed(RedLine("No money", "funding.grantmaking", kind), wrote(C, H, gives=[GRANT]))) == count


def test_kind_left_open_may_be_the_one_that_is_meant():
    open_kind = replace(GRANT, kind="")
    assert crossed(RedLine("No money", "funding.grantmaking", "funding"), wrote(C, H, gives=[open_kind]))


def test_own_expectation_and_what_is_not_to_be_done_cross_nothing():
    line = RedLine("No money", "funding.grantmaking")
    assert crossed(line, wrote(H, H, gives=[GRANT]), wrote(C, H, does_not=[GRANT])) == []


def test_line_without_a_code_cannot_be_compared():
    assert crossed(RedLine("A grant for the roof"), wrote(C, H, gives=[GRANT])) == []


def test_words_that_took_a_code_from_another_cross_the_line_too():
    bare = Expected("A grant for the roof")
    found = crossed(RedLine("No", "funding.grantmaking"), wrote(C, H, gives=[bare]), wrote(H, H, gives=[GRANT]))
    assert found == [(C, "gives", True)]


def test_settled_crossing_says_so():
    interests = (Interests(H, red_lines=(RedLine("No", "funding.grantmaking"),)),)
    settled = (Settled("funding.grantmaking", "None is asked for."),)
    pilot: Pilot = expecting(wrote(C, H, gives=[GRANT]), interests=interests, settled=settled)
    assert [each.settled for each in crossed_red_lines(pilot, REVEALED)] == [settled[0]]


def test_fairs_cross_no_line():
    assert crossed_red_lines(fairs, REVEALED) == ()
