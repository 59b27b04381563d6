from __future__ import annotations

from random import Random

import pytest
from hypothesis import given

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.fit.index import FitIndex
from lichen.fit.pairs import best_partners
from lichen.fit.rings import RingSearch, best_ring
from tests.cast import everyone, hospital, stranger
from tests.core.fit.slow import slow_rings
from tests.strategies import CODES, alliances, modest, organisations


def one(name: str, lacks: str, offers: str, strength: int = 5) -> Organisation:
    return Organisation(name, name, vulnerabilities=(Vulnerability(lacks, 4),), offers=(Offer(offers, strength, 5),))


def many(count: int, seed: int) -> tuple[Organisation, ...]:
    """Organisations with one to three gaps and offers, all strengths drawn."""
    random = Random(seed)
    return tuple(
        Organisation(
            f"id-{place}",
            f"Organisation {random.randrange(10**9)}",
            vulnerabilities=tuple(
                Vulnerability(code, random.randint(1, 5)) for code in random.sample(CODES, random.randint(1, 3))
            ),
            offers=tuple(
                Offer(code, random.randint(1, 5), random.randint(1, 5))
                for code in random.sample(CODES, random.randint(1, 3))
            ),
        )
        for place in range(count)
    )


FARM = one("farm", "ops.logistics", "trust.underserved")
BANK = one("bank", "trust.underserved", "funding.reserves")
DEPOT = one("depot", "funding.reserves", "ops.logistics")


def test_ring_of_three_is_found_where_no_pair_fits():
    found = best_ring(FARM, [DEPOT, BANK])
    assert [member.id for member in found.ring.members] == ["farm", "bank", "depot"]
    assert [(link.giver, link.taker, link.cover) for link in found.ring.links] == [
        ("farm", "bank", 1.0), ("bank", "depot", 1.0), ("depot", "farm", 1.0),
    ]  # fmt: skip
    assert (found.ring.score, found.pair, found.pair_is_better) == (1.0, None, False)


def test_each_link_of_a_ring_can_be_worked_out_from_its_reasons():
    ring = best_ring(hospital, everyone).ring
    for link in ring.links:
        assert link.cover == pytest.approx(sum(reason.contribution for reason in link.reasons), abs=1e-12)
    assert ring.score == pytest.approx(3 / sum(1 / link.cover for link in ring.links), abs=1e-12)


def test_crowd_that_looks_as_promising_and_closes_no_ring_is_passed_over():
    crowd = [one(f"bank {number:03}", "trust.underserved", "knowledge.crop_cycles") for number in range(100)]
    found = best_ring(FARM, [BANK, *crowd, DEPOT])
    assert [member.id for member in found.ring.members] == ["farm", "bank", "depot"]


def test_pair_as_good_as_the_ring_is_better():
    pair = one("pair", "trust.underserved", "ops.logistics")
    found = best_ring(FARM, [DEPOT, BANK, pair])
    assert (found.pair.id, found.pair.score, found.ring.score, found.pair_is_better) == ("pair", 1.0, 1.0, True)
    weak = one("pair", "trust.underserved", "ops.logistics", strength=1)
    assert best_ring(FARM, [DEPOT, BANK, weak]).pair_is_better is False


def test_pair_is_better_than_no_ring():
    found = best_ring(FARM, [one("pair", "trust.underserved", "ops.logistics")])
    assert (found.ring, found.pair_is_better) == (None, True)


@pytest.mark.parametrize(
    "others",
    [
        [],
        [BANK],
        [BANK, Organisation("depot", "depot", offers=DEPOT.offers)],
        [BANK, Organisation("depot", "depot", vulnerabilities=DEPOT.vulnerabilities)],
        [BANK, one("depot", "knowledge.crop_cycles", "ops.logistics")],
        [BANK, Organisation("farm", "another farm", vulnerabilities=DEPOT.vulnerabilities, offers=DEPOT.offers)],
    ],
    ids=["nobody", "one", "gaps unknown", "offers unknown", "middle link missing", "my own id"],
)
def test_no_ring_is_an_answer(others):
    assert best_ring(FARM, others) == RingSearch(None, None)


def test_stranger_is_in_no_ring_and_sees_none():
    assert stranger.id not in [member.id for member in best_ring(hospital, everyone).ring.members]
    assert best_ring(stranger, everyone) == RingSearch(None, None)


@modest
@given(organisations("Me"), alliances())
def test_best_ring_is_the_best_of_all_rings(me, others):
    found, rings = best_ring(me, others), slow_rings(me, others)
    assert (found.ring is None) == (not rings)
    if found.ring is not None:
        second, third = (member.id for member in found.ring.members[1:])
        best = max(rings.values())
        names = [ids for ids, score in rings.items() if score > best - 1e-12]
        assert found.ring.score == pytest.approx(best, abs=1e-9)
        assert (second, third) == min(names)
    assert found.pair == next(iter(best_partners(me, others, top=1).mutual), None)


@pytest.mark.parametrize("seed", range(2))
def test_bound_that_saves_time_loses_no_ring(seed):
    me, *others = many(120, seed)
    ring = best_ring(me, FitIndex(others)).ring
    rings = slow_rings(me, tuple(others))
    assert ring.score == pytest.approx(max(rings.values()), abs=1e-9)
    assert rings[ring.members[1].id, ring.members[2].id] == pytest.approx(ring.score, abs=1e-9)


def test_equal_rings_are_ordered_by_the_names_of_their_members():
    banks = [one(f"bank {letter}", "trust.underserved", "funding.reserves") for letter in "CAB"]
    depots = [one(f"depot {letter}", "funding.reserves", "ops.logistics") for letter in "BCA"]
    # More second members than one block holds, so that equals meet across blocks too.
    crowd = [one(f"bank {number:03}", "trust.underserved", "funding.reserves") for number in range(200, 0, -1)]
    for others in (banks + depots, depots + banks[::-1]):
        assert [member.id for member in best_ring(FARM, others).ring.members[1:]] == ["bank A", "depot A"]
    found = best_ring(FARM, crowd + banks + depots)
    assert [member.id for member in found.ring.members[1:]] == ["bank 001", "depot A"]
