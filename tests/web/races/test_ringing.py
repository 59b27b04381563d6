"""Three of a ring who agree at the same moment: what they agreed to opens once, wholly, and in all three dealings."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest

from lichen_web.alliances.access.transactions import deciding, reading
from lichen_web.alliances.actions.disclosure import withdraw_disclosure
from lichen_web.alliances.actions.ringing import agree_to_ring_codes
from lichen_web.alliances.models import Grant, MatterEvent
from tests.web.people import cast_of
from tests.web.races.racing import DONE, naive, race, right
from tests.web.races.test_people import PROCESSES, Race, Step
from tests.web.ringing import NOW, Ring, agree, among, ringed, two_of

LATEST: list[Ring] = []
"""The ring that was prepared last."""
PAIRS = ((0, 1), (1, 2), (2, 0))


def prepared() -> Ring:
    LATEST[:] = [ringed(cast_of(NOW))]
    return LATEST[0]


def agreeing(ring: Ring, who: int) -> Step:
    matter, _other = two_of(ring, who)
    return partial(agree_to_ring_codes, ring.three[who], matter=matter, among=among(ring, who), at=NOW)


def granted() -> list[tuple[int, int]]:
    """How many grants there ever were in each of the three dealings, and how many stand."""
    [ring], found = LATEST, []
    for one, other in PAIRS:
        actor, matter = ring.three[one], ring.matter(one, other)
        with reading(actor), deciding(actor, matter=matter):
            every = Grant.objects.filter(matter=matter)
            found.append((every.count(), every.filter(withdrawn_at=None).count()))
    return found


def numbered() -> bool:
    """Whether the steps of each dealing stand in their order, without a gap."""
    [ring] = LATEST
    for one, other in PAIRS:
        actor, matter = ring.three[one], ring.matter(one, other)
        with reading(actor), deciding(actor, matter=matter):
            numbers = list(
                MatterEvent.objects.filter(matter=matter).order_by("number").values_list("number", flat=True)
            )
        if numbers != [*range(1, len(numbers) + 1)]:
            return False
    return True


def eight_agree() -> list[Step]:
    """Three at once, some of them three times."""
    ring = prepared()
    return [agreeing(ring, number % 3) for number in range(PROCESSES)]


def opened_exactly_once(outcomes: Counter[str]) -> bool:
    is_known = set(outcomes) <= {DONE, "third-of-the-ring", "nothing-left"} and outcomes[DONE] == 3
    return is_known and numbered() and granted() == [(2, 2)] * 3


def last_agrees_while_one_goes_back() -> list[Step]:
    ring = prepared()
    agree(ring, 0, 1)
    back = partial(withdraw_disclosure, ring.three[0], matter=ring.matter(0, 1), at=NOW)
    return [back, *[agreeing(ring, 2)] * (PROCESSES - 1)]


def all_opened_and_one_was_shut_or_nothing_opened(outcomes: Counter[str]) -> bool:
    """Whoever came first: between the two of whom one went back nothing stands."""
    is_known = set(outcomes) <= {DONE, "third-of-the-ring", "nothing-left", "ring-at-rest"}
    return is_known and numbered() and granted() in ([(2, 0), (2, 2), (2, 2)], [(0, 0)] * 3)


RACES = {
    "three agree at once": Race(eight_agree, opened_exactly_once),
    "one goes back meanwhile": Race(last_agrees_while_one_goes_back, all_opened_and_one_was_shut_or_nothing_opened),
}


@pytest.mark.long
@pytest.mark.parametrize("name", RACES)
def test_steps_of_a_ring_that_meet(name: str, each_database):
    outcomes = race(RACES[name].prepare(), right)
    assert RACES[name].holds(outcomes), outcomes


@pytest.mark.long
def test_steps_of_a_ring_without_locks_fail(on_postgres):
    """The table itself stops some, then by an error that nobody has put into words."""
    race_of_three = RACES["three agree at once"]
    outcomes = race(race_of_three.prepare(), naive)
    assert not race_of_three.holds(outcomes) or "IntegrityError" in outcomes, outcomes
