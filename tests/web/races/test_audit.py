"""Confessing at the same moment: one code stands once, nobody's words are lost, and steps have their order."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.transactions import deciding, reading
from lichen_web.alliances.actions.audit import change_vulnerability, record_vulnerability, remove_vulnerability
from lichen_web.alliances.actions.disclosure import (
    agree_to_codes,
    disclose_vulnerability,
    propose_matter,
    withdraw_disclosure,
)
from lichen_web.alliances.actions.stated import MOST
from lichen_web.alliances.bridge.audit import OwnItem
from lichen_web.alliances.models import Matter, MatterEvent
from tests.web.alliances.actions.test_audit import GAP
from tests.web.confiding import H1, NOW, Dealing, audited, gap_of, met, opened, standing
from tests.web.people import cast_of
from tests.web.races.racing import DONE, naive, race, right
from tests.web.races.test_people import PROCESSES, Race, Step, founded

LATEST: list[Dealing] = []
LEADS: list[Actor] = []
"""The dealing, and the lead of an organisation, that were prepared last."""


def own_gaps() -> tuple[OwnItem, ...]:
    """As they are now; on PostgreSQL nobody sees a row without saying who they are."""
    return own_audit(LEADS[-1]).gaps


def one_lead() -> Actor:
    LEADS.append(founded("House"))
    return LEADS[-1]


# --- Eight who name one gap ------------------------------------------------------------------------------------------


def one_code() -> list[Step]:
    return [partial(record_vulnerability, one_lead(), **GAP, at=NOW)] * PROCESSES


def stands_once(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 1, "InputError": 7} and len(own_gaps()) == 1


# --- Eight for the last two places -----------------------------------------------------------------------------------


def last_places() -> list[Step]:
    lead = one_lead()
    said = [{**GAP, "code": "", "words": f"Gap {number}."} for number in range(MOST - 2 + PROCESSES)]
    for each in said[PROCESSES:]:
        record_vulnerability(lead, **each, at=NOW)
    return [partial(record_vulnerability, lead, **each, at=NOW) for each in said[:PROCESSES]]


def sixty_stand(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 2, "InputError": 6} and len(own_gaps()) == MOST


# --- Eight who say one gap anew --------------------------------------------------------------------------------------


def one_gap_anew() -> list[Step]:
    lead = one_lead()
    seen = {"vulnerability": record_vulnerability(lead, **GAP, at=NOW), "version": 1, "at": NOW}
    words = [f"Version of {number}." for number in range(PROCESSES)]
    return [partial(change_vulnerability, lead, **seen, **{**GAP, "words": each}) for each in words]


def nobody_overwrites(outcomes: Counter[str]) -> bool:
    return outcomes == {DONE: 1, "changed-meanwhile": 7} and [item.version for item in own_gaps()] == [2]


# --- Both propose to each other --------------------------------------------------------------------------------------


def proposals() -> list[Step]:
    cast = audited(cast_of(NOW))
    LEADS.append(cast.hospital.lead)
    both = ((cast.hospital, cast.churches), (cast.churches, cast.hospital))
    return [partial(propose_matter, one.lead, circle=cast.circle, other=other.id, at=NOW) for one, other in both * 4]


def one_dealing(outcomes: Counter[str]) -> bool:
    with reading(LEADS[-1]):
        return outcomes == {DONE: 1, "one-matter-at-a-time": 7} and Matter.objects.count() == 1


# --- Steps of both sides at once -------------------------------------------------------------------------------------


def both_agree() -> list[Step]:
    dealing = met(audited(cast_of(NOW)))
    LATEST[:] = [dealing]
    houses = (dealing.hospital, dealing.churches)
    return [partial(agree_to_codes, house.lead, matter=dealing.id, at=NOW) for house in houses]


def both_are_open(outcomes: Counter[str]) -> bool:
    [dealing] = LATEST
    with reading(dealing.hospital.lead), deciding(dealing.hospital.lead, matter=dealing.id):
        numbers = list(MatterEvent.objects.order_by("number").values_list("number", flat=True))
    keys = (standing(dealing.hospital), standing(dealing.churches))
    return (outcomes, numbers, keys) == ({DONE: 2}, [1, 2, 3, 4], (3, 3))


# --- It is shown, said anew, withdrawn and removed at once -----------------------------------------------------------


def shown_while_it_changes() -> list[Step]:
    dealing = opened(audited(cast_of(NOW)))
    LATEST[:] = [dealing]
    gap, hospital, churches = gap_of(dealing.hospital, H1), dealing.hospital, dealing.churches
    said = {"vulnerability": gap, "version": 1, "at": NOW, **GAP, "words": "Anew."}
    return [
        partial(disclose_vulnerability, hospital.lead, matter=dealing.id, vulnerability=gap, at=NOW),
        partial(change_vulnerability, hospital.member, **said),
        partial(remove_vulnerability, hospital.member, vulnerability=gap, at=NOW),
        partial(withdraw_disclosure, churches.lead, matter=dealing.id, at=NOW),
    ]


def keys_are_whole(outcomes: Counter[str]) -> bool:
    """Whatever came first, both have withdrawn, the gap is gone, and no key or part is left over."""
    [dealing] = LATEST
    refusals = {"not there", "codes-before-words", "consent-of-both", "changed-meanwhile"}
    left = (standing(dealing.hospital), standing(dealing.churches), len(own_audit(dealing.hospital.lead).gaps))
    return outcomes[DONE] >= 2 and set(outcomes) <= {DONE, *refusals} and left == (0, 0, 5)


RACES = {
    "one code stands once": Race(one_code, stands_once),
    "sixty gaps are enough": Race(last_places, sixty_stand),
    "nobody's words are overwritten": Race(one_gap_anew, nobody_overwrites),
    "two have one dealing": Race(proposals, one_dealing),
    "both sides open at once": Race(both_agree, both_are_open),
    "what is shown while it changes leaves nothing behind": Race(shown_while_it_changes, keys_are_whole),
}
HELD_BY_LOCKS = ("one code stands once", "sixty gaps are enough", "nobody's words are overwritten")
"""What only holds because a row is held; the others are held by constraints, too."""


@pytest.mark.parametrize("name", RACES)
def test_confessions_that_meet(name: str, each_database):
    outcomes = race(RACES[name].prepare(), right)
    assert RACES[name].holds(outcomes), outcomes


@pytest.mark.long
@pytest.mark.parametrize("name", HELD_BY_LOCKS)
def test_confessions_without_locks_fail(name: str, on_postgres):
    outcomes = race(RACES[name].prepare(), naive)
    assert not RACES[name].holds(outcomes), outcomes
