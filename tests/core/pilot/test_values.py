"""What a pilot's values refuse, everything at once."""

from __future__ import annotations

from math import inf, nan

import pytest

from lichen.errors import InputError
from lichen.pilot.values import (
    DonorApproach,
    Exchanged,
    Expected,
    HiddenWeakness,
    Measured,
    Pilot,
    PilotRules,
    PilotTerms,
    ProvedOffer,
    RedLine,
    Settled,
    Step,
    SuccessTest,
    TeamHours,
)


@pytest.mark.parametrize(
    ("make", "columns"),
    [
        (lambda: Expected(" ", amount=-1), ["what", "amount"]),
        (lambda: RedLine(""), ["what"]),
        (lambda: Settled(""), ["what"]),
        (lambda: Exchanged("a", "a", "", amount=inf), ["receiver", "what", "amount"]),
        (lambda: TeamHours("a", -1), ["hours"]),
        (lambda: DonorApproach("", "a"), ["donor"]),
        (lambda: SuccessTest("", "", nan, "a"), ["id", "what", "wanted"]),
        (lambda: PilotTerms(budget=nan), ["budget"]),
        (lambda: Step("", cost=-0.5), ["what", "cost"]),
        (lambda: HiddenWeakness("a", "trust.community", 6), ["severity"]),
        (lambda: ProvedOffer("a", "trust.community", 0), ["strength"]),
        (lambda: Measured("a", inf), ["number"]),
        (lambda: Pilot("", ("a", "a")), ["id", "partners"]),
        (lambda: PilotRules(0, 0, 0, serious=9), ["months", "budget", "successes", "serious"]),
    ],
)
def test_value_tells_everything_that_is_wrong_in_it(make, columns):
    with pytest.raises(InputError) as refusal:
        make()
    assert [problem.column for problem in refusal.value.problems] == columns


def test_pilot_rules_begin_with_what_the_article_does():
    rules = PilotRules()
    assert (rules.months, rules.budget, rules.successes, rules.in_a_row) == (3, 10_000, 3, False)


def test_pilot_without_a_name_is_called_by_its_id():
    assert (Pilot("fairs", ("a", "b")).title, Pilot("fairs", ("a", "b"), "Health fairs").title) == (
        "fairs",
        "Health fairs",
    )
