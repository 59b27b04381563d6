"""Nothing of one side is shown before the other has answered, and both are shown everything at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lichen.checkin.sealing import is_laid_open, still_to_rate
from lichen.checkin.trust import trust_waves
from lichen.small_groups import Reason, Showing
from tests.core.checkin.quarters import C, H, december, first, march, quarters, rating

LATER = date(2027, 6, 1)
HALF = replace(first, trust=first.trust[:1])


def shown(checkins, on=LATER) -> list[list[str]]:
    return [[figure.showing.value for figure in wave.rated.values()] for wave in trust_waves(checkins, [H, C], on)]


@pytest.mark.parametrize(
    ("checkin", "on"),
    [(HALF, LATER), (replace(first, revealed_on=None), LATER), (first, date(2026, 9, 22))],
    ids=["one side only", "not laid open", "laid open tomorrow"],
)
def test_nothing_of_a_sealed_audit_is_shown(checkin, on):
    [wave] = trust_waves([checkin], [H, C], on)

    assert {(each.showing, each.reason, each.mean) for each in (*wave.rated.values(), *wave.received.values())} == {
        (Showing.WITHHELD, Reason.SEALED, None)
    }


def test_both_sides_are_shown_everything_at_once():
    assert {*shown([first])[0]} == {"attributed"}


def test_whoever_has_not_rated_in_turn_is_named():
    assert still_to_rate(HALF) == ((C, H),)
    assert still_to_rate(first) == ()


def test_a_first_audit_without_names_waits_for_both_too():
    one_sided = replace(december, trust=december.trust[:5])

    assert [is_laid_open(one_sided, LATER, first=which) for which in (True, False)] == [False, True]


def test_who_never_answers_does_not_seal_later_check_ins():
    assert shown(quarters)[2].count("shown") == 1


def test_a_new_partner_does_not_seal_the_first_audit_again():
    assert is_laid_open(first, LATER, first=True)
    assert trust_waves([first, replace(march, trust=(rating("new", H, 5),))], [H, C, "new"], LATER)[0].is_revealed
