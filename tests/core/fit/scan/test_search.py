from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.registers import asker, drawn_register
from lichen.audit.values import Organisation
from lichen.errors import InputError
from lichen.fit.fusion import fused_arrays
from lichen.fit.index import FitIndex
from lichen.fit.listing import Listing, Wanted, World
from lichen.fit.pairs import best_partners, ranked_rows
from lichen.fit.scan.columns import Columns, columns_of
from lichen.fit.scan.register import KINDS, Rows, register_of, unit_points
from lichen.fit.scan.search import EARTH_RADIUS_KM, MOST, best_rows, question_of, sieve
from lichen.fit.scan.wanted import wanted_kinds, wanted_places
from lichen.scales import Sector, Size
from tests.cast import everyone, hospital
from tests.strategies import modest, organisations

crowds = st.lists(organisations("One"), min_size=0, max_size=40)
places = st.sampled_from((("GB", "Kent"), ("GB", ""), ("FR", "Bretagne"), ("", "")))


def named(found: list[Organisation]) -> list[Organisation]:
    """The same, each with an id and a name of its own; some share a name."""
    return [replace(one, id=f"id-{row:02}", name=f"Name {row // 3}") for row, one in enumerate(found)]


def laid_out(found: list[Organisation]) -> tuple[Rows, Columns, np.ndarray]:
    register = register_of(found, np.zeros(len(found)), np.full((len(found), 3), np.nan))
    columns, order = columns_of(register)
    return register.taken(order), columns, order


def slowly(me: Organisation, found: list[Organisation], top: int, passing: np.ndarray | None = None) -> list[tuple]:
    """The oracle: every score by the library's own index, in the library's own order."""
    index = FitIndex(found)
    ours, theirs = index.covers(me)
    chosen = (ours > 0) & (theirs > 0) & (True if passing is None else passing)
    scores = fused_arrays(ours, theirs)
    rows = ranked_rows(chosen, scores, np.nan_to_num(ours) + np.nan_to_num(theirs), index.tie_order)[:top]
    return [(int(row), float(scores[row]), float(ours[row]), float(theirs[row])) for row in rows]


def quickly(me: Organisation, found: list[Organisation], top: int, **asked: object) -> list[tuple]:
    register, columns, order = laid_out(found)
    best = best_rows(question_of(me), register, sieve(**asked), top, columns)  # type: ignore[arg-type]
    rows = order[best.rows].tolist()
    return list(zip(rows, best.scores.tolist(), best.ours.tolist(), best.theirs.tolist(), strict=True))


@modest
@given(organisations("Me"), crowds.map(named), st.integers(1, 12))
def test_best_rows_are_those_of_the_library_to_the_last_bit(me, found, top):
    assert quickly(me, found, top) == slowly(me, found, top)


@modest
@given(organisations("Me", least=1), crowds.map(named), st.integers(1, 12))
def test_rows_without_columns_are_found_alike(me, found, top):
    register = register_of(found, np.zeros(len(found)), np.full((len(found), 3), np.nan))
    best = best_rows(question_of(me), register, sieve(), top)
    assert list(zip(best.rows.tolist(), best.scores.tolist(), strict=True)) == [
        (row, score) for row, score, _ours, _theirs in slowly(me, found, top)
    ]


def test_partners_among_the_cast_are_those_of_best_partners():
    found = [one for one in everyone if one.id != hospital.id]
    fits = best_partners(hospital, found, top=10).mutual
    assert [found[row].id for row, *_ in quickly(hospital, found, 10)] == [fit.id for fit in fits]


wanteds = st.builds(
    Wanted,
    sectors=st.frozensets(st.sampled_from(Sector), max_size=4),
    place=st.sampled_from(("", "gb", "ken", "nowhere")),
    sizes=st.frozensets(st.sampled_from(Size), max_size=3),
    world=st.none() | st.sampled_from(World),
)


@modest
@given(organisations("Me", least=1), crowds.map(named), wanteds, st.data())
def test_wanted_is_what_a_listing_means_by_it(me, found, wanted, data):
    me = replace(me, country="GB", region=data.draw(st.sampled_from(("", "Kent"))))
    sizes = st.sampled_from(Size)
    spots = [data.draw(places) for _ in found]
    found = [
        replace(one, country=country, region=region, size=data.draw(sizes))
        for one, (country, region) in zip(found, spots, strict=True)
    ]
    listing = Listing(found)
    passing = np.ones(len(found), dtype=bool)
    for mask in listing.search(me, wanted).masks.values():
        passing &= mask
    known = sorted({(country.casefold(), region.casefold()) for country, region in spots})
    numbers = np.array([known.index((one.country.casefold(), one.region.casefold())) for one in found])
    register = register_of(found, numbers, np.full((len(found), 3), np.nan))
    columns, order = columns_of(register)
    allowed = sieve(kinds=wanted_kinds(me, wanted), places=wanted_places(me, wanted, known))
    best = best_rows(question_of(me), register.taken(order), allowed, 10, columns)
    assert order[best.rows].tolist() == [row for row, *_ in slowly(me, found, 10, passing)]


def brute(me: Organisation, register: Rows, top: int, passing: np.ndarray) -> np.ndarray:
    """The rows by one pass over every one that passes, without any bound."""
    gone = np.packbits(~np.resize(passing, -(-len(passing) // 8) * 8), bitorder="little")
    return best_rows(question_of(me), register, sieve(gone=gone), top).keys


def kilometres(register: Rows, row: int) -> np.ndarray:
    points = register.points.astype(np.float64)
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1, np.linalg.norm(points - points[row], axis=1) / 2))


SIEVES = {
    "all": lambda register: {},
    "kinds": lambda register: {"kinds": np.arange(3, 9)},
    "one kind": lambda register: {"kinds": np.array([KINDS - 1])},
    "places": lambda register: {"places": np.isin(np.arange(400), (2, 5, 77))},
    "rare place": lambda register: {"places": np.arange(400) == 399},
    "no place": lambda register: {"places": np.zeros(400, dtype=bool)},
    "near": lambda register: {"near": (register.points[17].astype(np.float64), 120.0)},
    "left out": lambda register: {"without": np.arange(0, register.total, 2)},
    "all at once": lambda register: {
        "kinds": np.arange(20),
        "places": np.arange(400) < 40,
        "near": (register.points[3].astype(np.float64), 2000.0),
        "without": np.arange(50),
    },
}


def passing_of(register: Rows, asked: dict) -> np.ndarray:
    passing = np.ones(register.total, dtype=bool)
    if "kinds" in asked:
        passing &= np.isin(register.kinds, asked["kinds"])
    if "places" in asked:
        passing &= asked["places"][register.places]
    if "near" in asked:
        centre, most = asked["near"]
        apart = np.linalg.norm(register.points.astype(np.float64) - centre, axis=1)
        passing &= 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1, apart / 2)) <= most
    if "without" in asked:
        passing[asked["without"]] = False
    return passing


@pytest.mark.parametrize("name", SIEVES)
@pytest.mark.parametrize("top", [1, 50, MOST])
def test_sieved_rows_are_those_of_brute_force(name, top):
    columns, order = columns_of(drawn_register(3_000, seed=7))
    register = drawn_register(3_000, seed=7).taken(order)
    asked = SIEVES[name](register)
    passing = passing_of(register, asked)
    for seed in range(4):
        best = best_rows(question_of(asker(seed)), register, sieve(**asked), top, columns)
        assert best.keys.tolist() == brute(asker(seed), register, top, passing).tolist()


@pytest.mark.long
@pytest.mark.parametrize("name", SIEVES)
def test_sieved_rows_among_20_000_are_those_of_brute_force(name):
    register = drawn_register(20_000, seed=11)
    columns, order = columns_of(register)
    register = register.taken(order)
    asked = SIEVES[name](register)
    passing = passing_of(register, asked)
    for seed in range(50):
        best = best_rows(question_of(asker(seed)), register, sieve(**asked), 50, columns)
        assert best.keys.tolist() == brute(asker(seed), register, 50, passing).tolist()


def test_few_rows_are_scored_exactly():
    columns, order = columns_of(drawn_register(20_000))
    best = best_rows(question_of(asker(1)), drawn_register(20_000).taken(order), sieve(), 50, columns)
    assert (len(best.rows), best.scored < 150) == (50, True)


def test_distance_is_that_along_the_ground():
    points = unit_points(np.array([51.5074, 48.8566]), np.array([-0.1278, 2.3522]))
    register = drawn_register(2)._replace(points=points)
    assert kilometres(register, 0)[1] == pytest.approx(343.6, abs=0.5)


@pytest.mark.parametrize("top", [0, MOST + 1])
def test_number_out_of_range_is_refused(top):
    with pytest.raises(InputError, match=r"right would be: 1 to 500"):
        best_rows(question_of(asker(1)), drawn_register(10), sieve(), top)
