"""What the file keeps of a comparison: every wrong figure refused at once."""

from __future__ import annotations

from datetime import date
from math import nan

import pytest

from lichen.errors import InputError
from lichen.progress.comparison import JointOutcome, OutcomeGroup, OutcomePlace, OutcomeReading

WHEN = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("wrong", "columns"),
    [
        (lambda: OutcomeReading(nan, 0, -1), ["value", "n", "sd"]),
        (lambda: OutcomePlace(" ", nan, 1), ["name", "before"]),
        (lambda: OutcomeGroup(places=(OutcomePlace("A", 1, 2), OutcomePlace("A", 1, 2))), ["places"]),
        (lambda: OutcomeGroup(earlier=(OutcomeReading(1),)), ["earlier"]),
        (lambda: OutcomeGroup(earlier=(OutcomeReading(1, on=WHEN), OutcomeReading(2, on=WHEN))), ["earlier"]),
        (lambda: OutcomeGroup(reported_change=nan), ["reported_change"]),
        (lambda: JointOutcome(" "), ["what"]),
        (lambda: JointOutcome("x", reached=OutcomeGroup(before=OutcomeReading(101))), ["reached"]),
        (lambda: JointOutcome("x", compared=OutcomeGroup(places=(OutcomePlace("A", -1, 2),))), ["compared"]),
    ],
)
def test_comparison_refuses_all_that_is_wrong_at_once(wrong, columns):
    with pytest.raises(InputError) as refusal:
        wrong()
    assert [problem.column for problem in refusal.value.problems] == columns


def test_outcome_of_means_may_lie_anywhere():
    outcome = JointOutcome("waiting", "days", reached=OutcomeGroup(before=OutcomeReading(140)))
    assert (outcome.is_share, outcome.reached.before.value) == (False, 140)
