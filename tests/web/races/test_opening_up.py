"""Opening up at the same moment: nothing is granted twice, nothing beyond what was agreed, and what is open is due."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest

from lichen_web.alliances.access.messages import MOST_A_DAY
from lichen_web.alliances.access.transactions import acting, deciding, reading
from lichen_web.alliances.actions.disclosure import (
    agree_to_codes,
    disclose_vulnerability,
    propose_matter,
    report_exploitation,
    say_yes,
    withdraw_disclosure,
)
from lichen_web.alliances.actions.messages import send_message
from lichen_web.alliances.models import MatterEvent, Message
from tests.web.confiding import (
    C1,
    C2,
    C3,
    H1,
    H2,
    H3,
    H4,
    NOW,
    Dealing,
    audited,
    gap_of,
    grants_not_due,
    met,
    opened,
    standing,
)
from tests.web.people import cast_of
from tests.web.races.racing import DONE, naive, race, right
from tests.web.races.test_people import PROCESSES, Race, Step

LATEST: list[Dealing] = []
"""The dealing that was prepared last."""


def prepared(dealing: Dealing) -> Dealing:
    LATEST[:] = [dealing]
    return dealing


def are_due(steps: int) -> bool:
    """There were so many steps, in their order, and what is granted is what the library says."""
    [dealing] = LATEST
    with reading(dealing.hospital.lead), deciding(dealing.hospital.lead, matter=dealing.id):
        numbers = list(MatterEvent.objects.order_by("number").values_list("number", flat=True))
    return numbers == [*range(1, steps + 1)] and not grants_not_due(dealing)


def open_to_each() -> tuple[int, int]:
    """How many keys each of the two holds."""
    [dealing] = LATEST
    return standing(dealing.churches), standing(dealing.hospital)


# --- Eight who say yes for one of the two ----------------------------------------------------------------------------


def proposed() -> list[Step]:
    cast = audited(cast_of(NOW))
    matter = propose_matter(cast.hospital.lead, circle=cast.circle, other=cast.churches.id, at=NOW)
    prepared(Dealing(cast, matter))
    return [partial(say_yes, cast.churches.lead, matter=matter, at=NOW)] * PROCESSES


def yes_stands_once(outcomes: Counter[str]) -> bool:
    """Whoever says it again has said nothing new; both have met, and neither reads anything by that."""
    return outcomes == {DONE: 8} and are_due(9) and open_to_each() == (0, 0)


# --- Four of each side who agree -------------------------------------------------------------------------------------


def eight_agree() -> list[Step]:
    dealing = prepared(met(audited(cast_of(NOW))))
    sides = (dealing.hospital, dealing.churches)
    return [partial(agree_to_codes, side.lead, matter=dealing.id, at=NOW) for side in sides] * (PROCESSES // 2)


def each_agrees_once(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 2, "nothing-left": 6} and are_due(4) and open_to_each() == (3, 3)


# --- Eight who show one gap ------------------------------------------------------------------------------------------


def one_gap_shown() -> list[Step]:
    dealing = prepared(opened(audited(cast_of(NOW))))
    gap = gap_of(dealing.hospital, H1)
    shown = partial(disclose_vulnerability, dealing.hospital.lead, matter=dealing.id, vulnerability=gap, at=NOW)
    return [shown] * PROCESSES


def granted_once(outcomes: Counter[str]) -> bool:
    """Whoever shows the same again gives no second key to it."""
    return outcomes == {DONE: 8} and are_due(12) and open_to_each() == (4, 3)


# --- Eight who show whatever comes -----------------------------------------------------------------------------------


def several_gaps_shown() -> list[Step]:
    dealing = prepared(opened(audited(cast_of(NOW))))
    gaps = [gap_of(dealing.hospital, code) for code in (H1, H2, H3, H1, H2, H3, H1, H2)]
    speaker = dealing.hospital.lead
    return [partial(disclose_vulnerability, speaker, matter=dealing.id, vulnerability=each, at=NOW) for each in gaps]


def nobody_is_two_ahead(outcomes: Counter[str]) -> bool:
    """One gap is told, by up to three who chose the same."""
    is_known = set(outcomes) == {DONE, "one-item-ahead"} and 1 <= outcomes[DONE] <= 3
    return is_known and are_due(4 + outcomes[DONE]) and open_to_each() == (4, 3)


# --- Eight who agree to one each, where there is room for three ------------------------------------------------------


def one_each() -> list[Step]:
    dealing = prepared(met(audited(cast_of(NOW))))
    agree_to_codes(dealing.churches.lead, matter=dealing.id, at=NOW)
    gaps = {code: gap_of(dealing.hospital, code) for code in (H1, H2, H3, H4)}
    kept_back = [[gap for code, gap in gaps.items() if code != one] for one in (*gaps, *gaps)]
    return [partial(agree_to_codes, dealing.hospital.lead, matter=dealing.id, but=each, at=NOW) for each in kept_back]


def no_more_than_three_before_a_pilot(outcomes: Counter[str]) -> bool:
    is_known = set(outcomes) <= {DONE, "nothing-left", "top-three"} and outcomes[DONE] >= 1
    return is_known and are_due(3 + outcomes[DONE]) and open_to_each()[0] <= 3


# --- It is shown and taken back at once ------------------------------------------------------------------------------


def shown_and_taken_back() -> list[Step]:
    dealing = prepared(opened(audited(cast_of(NOW))))
    hospital, churches = dealing.hospital, dealing.churches
    ours, theirs = ([gap_of(*each) for each in ((house, code) for code in codes)] for house, codes in _items(dealing))
    return [
        *(partial(disclose_vulnerability, hospital.lead, matter=dealing.id, vulnerability=x, at=NOW) for x in ours),
        *(partial(disclose_vulnerability, churches.lead, matter=dealing.id, vulnerability=x, at=NOW) for x in theirs),
        partial(withdraw_disclosure, hospital.lead, matter=dealing.id, vulnerability=ours[0], at=NOW),
        partial(withdraw_disclosure, churches.lead, matter=dealing.id, at=NOW),
    ]


def _items(dealing: Dealing):
    return (dealing.hospital, (H1, H2, H3)), (dealing.churches, (C1, C2, C3))


def what_is_open_is_due(outcomes: Counter[str]) -> bool:
    """The churches have withdrawn everything, so that nobody reads anything whoever came last."""
    return outcomes.total() == 8 and are_due(4 + outcomes[DONE]) and open_to_each() == (0, 0)


# --- It is shown while it is reported --------------------------------------------------------------------------------


def shown_while_it_is_reported() -> list[Step]:
    dealing = prepared(opened(audited(cast_of(NOW))))
    gap = gap_of(dealing.hospital, H1)
    shown = partial(disclose_vulnerability, dealing.hospital.lead, matter=dealing.id, vulnerability=gap, at=NOW)
    return [partial(report_exploitation, dealing.churches.lead, matter=dealing.id, at=NOW), *[shown] * 7]


def everything_is_shut(outcomes: Counter[str]) -> bool:
    is_known = set(outcomes) <= {DONE, "shown-once", "exploited", "ended-matter"}
    return is_known and are_due(4 + outcomes[DONE]) and open_to_each() == (0, 0)


# --- Eight for the last two messages of a day ------------------------------------------------------------------------


def last_messages() -> list[Step]:
    dealing = prepared(met(audited(cast_of(NOW))))
    write = partial(send_message, dealing.hospital.lead, matter=dealing.id, at=NOW)
    for number in range(MOST_A_DAY - 2):
        write(words=f"Message {number}.")
    return [partial(write, words=f"One of eight, {number}.") for number in range(PROCESSES)]


def twenty_are_sent(outcomes: Counter[str]) -> bool:
    [dealing] = LATEST
    with acting(dealing.hospital.lead), deciding(dealing.hospital.lead, matter=dealing.id):
        sent = Message.objects.count()
    return outcomes == {DONE: 2, "messages-a-day": 6} and sent == MOST_A_DAY


RACES = {
    "yes said eight times is one yes": Race(proposed, yes_stands_once),
    "each side agrees once": Race(eight_agree, each_agrees_once),
    "one gap is shown once": Race(one_gap_shown, granted_once),
    "nobody is two ahead": Race(several_gaps_shown, nobody_is_two_ahead),
    "three are known before a pilot": Race(one_each, no_more_than_three_before_a_pilot),
    "what is taken back is shut": Race(shown_and_taken_back, what_is_open_is_due),
    "what is reported is shut": Race(shown_while_it_is_reported, everything_is_shut),
    "twenty messages a day": Race(last_messages, twenty_are_sent),
}


@pytest.mark.parametrize("name", RACES)
def test_steps_that_meet(name: str, each_database):
    outcomes = race(RACES[name].prepare(), right)
    assert RACES[name].holds(outcomes), outcomes


@pytest.mark.long
@pytest.mark.parametrize("name", RACES)
def test_steps_without_locks_fail(name: str, on_postgres):
    """Where the table itself stops them, then by an error that nobody has put into words."""
    outcomes = race(RACES[name].prepare(), naive)
    assert not RACES[name].holds(outcomes) or "IntegrityError" in outcomes, outcomes
