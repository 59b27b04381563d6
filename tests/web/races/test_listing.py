"""The list of organisations, changed at the same moment: each stands once, and whoever was taken off stays away."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from lichen.errors import NotAllowed
from lichen_web.accounts.taking import is_taken
from lichen_web.alliances.actions.corrections import decide_correction
from lichen_web.alliances.actions.listed import ADDED_A_DAY, add_listed, change_listed
from lichen_web.alliances.models import Delisting, Event, ListedOrganisation
from lichen_web.pages.listed.correcting import ASKED_AN_HOUR
from tests.cast import hospital
from tests.web.listing import HALL, LISTED_AT, a_correction, id_of, listed, trust
from tests.web.people import entered
from tests.web.races.racing import DONE, later, naive, race, right
from tests.web.races.test_people import PROCESSES, Race, Step, founded, hosts

UNNUMBERED = replace(trust, id="")
DAY = timedelta(days=1)

# --- Eight for the last two places of a day --------------------------------------------------------------------------


def last_of_a_day() -> list[Step]:
    lead = founded("House")
    halls = [{**HALL, "name": f"Hall {number}"} for number in range(ADDED_A_DAY - 2 + PROCESSES)]
    for each in halls[PROCESSES:]:
        add_listed(lead, **each)
    return [partial(add_listed, lead, **each) for each in halls[:PROCESSES]]


def twenty_are_added(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 2, "added-a-day": 6} and ListedOrganisation.objects.count() == ADDED_A_DAY


# --- Eight colleagues who put one right -------------------------------------------------------------------------------


def one_put_right() -> list[Step]:
    house = entered(hospital, ("Hana House", "Hugo House", "Hope House"), LISTED_AT)
    hall = add_listed(house.lead, **HALL)
    seen_at = ListedOrganisation.objects.get(id=hall).changed_at
    return [
        partial(
            change_listed,
            (house.lead, house.member)[number % 2],
            **{
                **HALL,
                "listed": hall,
                "seen_at": seen_at,
                "region": f"Region {number}",
                "at": LISTED_AT + number * DAY,
            },
        )
        for number in range(1, PROCESSES + 1)
    ]


def nobody_is_overwritten(outcomes: Counter[str]) -> bool:
    changed = Event.objects.filter(what="listed_changed").values_list("happened_at", flat=True)
    (last,) = ListedOrganisation.objects.values_list("changed_at", flat=True)
    return outcomes == {DONE: 1, "changed-meanwhile": 7} and {*changed} == {last}


# --- Eight of the host who answer one request ------------------------------------------------------------------------


def one_request() -> list[Step]:
    listed(trust)
    request, about = a_correction(LISTED_AT), str(id_of(trust))
    said = {"correction": request, "listed": about, "outcome": "corrected", "reason": "It is so.", "at": LISTED_AT}
    return [
        partial(decide_correction, host, name=f"Trust {number}", **said) for number, host in enumerate(hosts(PROCESSES))
    ]


def answered_once(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 1, "already-decided": 7}


# --- One that is taken off while it is added again, and imported -----------------------------------------------------


def taken_off() -> list[Step]:
    listed(UNNUMBERED)
    (host,) = hosts(1)
    about = str(ListedOrganisation.objects.get().id)
    said = {"outcome": "removed", "reason": "They asked.", "listed": about, "at": LISTED_AT}
    adding = [
        partial(add_listed, founded(f"House{number}"), **{**HALL, "name": trust.name, "country": trust.country})
        for number in range(4)
    ]
    return [
        partial(decide_correction, host, correction=a_correction(LISTED_AT), **said),
        *(partial(later, 0.03 * number, each) for number, each in enumerate(adding)),
        *(partial(later, 0.03 * number, partial(listed, UNNUMBERED)) for number in range(3)),
    ]


def stays_away(outcomes: Counter[str]) -> bool:
    is_known = set(outcomes) <= {DONE, "delisted", "InputError"}
    return is_known and Delisting.objects.exists() and not ListedOrganisation.objects.exists()


# --- Eight who ask for a correction from one place, with four left ---------------------------------------------------


def four_left() -> list[Step]:
    ask(1)
    return [partial(ask, number) for number in range(PROCESSES)]


def ask(number: int) -> None:
    """As the page does."""
    if not is_taken("ask_correction", "192.0.2.1", most=ASKED_AN_HOUR, within=timedelta(hours=1), at=LISTED_AT):
        raise NotAllowed("too-often", str(number))
    a_correction(LISTED_AT)


def five_have_asked(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: ASKED_AN_HOUR - 1, "too-often": PROCESSES - ASKED_AN_HOUR + 1}


RACES = {
    "five ask an hour": Race(four_left, five_have_asked),
    "nobody is overwritten": Race(one_put_right, nobody_is_overwritten),
    "twenty are added a day": Race(last_of_a_day, twenty_are_added),
    "a request is answered once": Race(one_request, answered_once),
    "whoever was taken off stays away": Race(taken_off, stays_away),
}
HELD_BY_LOCKS = ("five ask an hour", "nobody is overwritten", "twenty are added a day", "a request is answered once")
"""What only holds because a row is held; the other is held by the order in which is asked."""


@pytest.mark.parametrize("name", RACES)
def test_changes_of_the_list_that_meet(name: str, each_database):
    outcomes = race(RACES[name].prepare(), right)
    assert RACES[name].holds(outcomes), outcomes


@pytest.mark.long
@pytest.mark.parametrize("name", HELD_BY_LOCKS)
def test_changes_of_the_list_without_locks_fail(name: str, on_postgres):
    outcomes = race(RACES[name].prepare(), naive)
    assert not RACES[name].holds(outcomes), outcomes
