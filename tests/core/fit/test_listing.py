"""Searching among organisations known by name: the same covers as the index, filtered, in one direction, by pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.fit.listing import Filter, Listing, Wanted, Way, World, world_of
from lichen.fit.pairs import NoFit, best_partners, pair_fit
from lichen.scales import Sector, Size
from tests.strategies import alliances

REGISTER = Source("Register", "We have a hall.", 0.6)
me = Organisation(
    "me",
    "Me",
    Sector.HEALTH,
    "GB",
    "London",
    vulnerabilities=(Vulnerability("assets.venue", 5, 1), Vulnerability("people.volunteers", 3, 2)),
    offers=(Offer("knowledge.medical", 5, 4),),
)
hall = Organisation("h", "Hall", Sector.NONPROFIT, "GB", "London", Size.SMALL, offers=(Offer("assets.venue"),))
choir = Organisation("c", "Choir", Sector.NONPROFIT, "GB", "Wales", Size.MICRO, offers=(Offer("people.volunteers"),))
clinic = Organisation("k", "Clinic", Sector.HEALTH, "FR", "Paris", Size.LARGE, offers=(Offer("assets.venue", 5, 5),))
club = Organisation(
    "u",
    "Club",
    Sector.BUSINESS,
    "GB",
    "",
    Size.UNKNOWN,
    vulnerabilities=(Vulnerability("knowledge.medical", source=REGISTER),),
    offers=(Offer("people.volunteers", 1),),
)
every = Listing([hall, choir, clinic, club])


def names(wanted: Wanted | None = None, way: Way = Way.HELPS_US, told: tuple[Organisation, ...] = ()) -> list[str]:
    return [fit.name for fit in every.search(me, wanted, way=way, told=told).fits(0, 9)]


def test_who_fits_both_ways_comes_first_then_who_helps_most():
    assert names() == ["Club", "Clinic", "Hall", "Choir"]
    assert every.search(me).mutual == 1
    assert [fit.place for fit in every.search(me).fits(1, 2)] == [2, 3]
    assert every.search(me).ids(2) == ("u", "k")


def test_other_way_finds_only_those_of_whom_a_gap_is_known():
    assert names(way=Way.WE_HELP) == ["Club"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(place="wAl"), ["Choir"]),
        (Wanted(place="fr"), ["Clinic"]),
        (Wanted(sectors=frozenset({Sector.HEALTH, Sector.BUSINESS})), ["Club", "Clinic"]),
        (Wanted(sizes=frozenset({Size.SMALL})), ["Hall"]),
        (Wanted(world=World.OWN), ["Clinic"]),
        (Wanted(world=World.OTHER), ["Club", "Hall", "Choir"]),
        (Wanted(world=World.FAR), ["Choir"]),
        (Wanted(place="Wales", sizes=frozenset({Size.SMALL})), []),
    ],
)
def test_filters_narrow(wanted: Wanted, found: list[str]):
    assert names(wanted) == found


def test_what_each_filter_keeps_away_is_counted():
    found = every.search(me, Wanted(place="Wales", sizes=frozenset({Size.SMALL}), world=World.OTHER))
    assert found.total == 0
    assert found.without() == {Filter.PLACE: 1, Filter.SIZES: 1}


def test_world_as_told_of_one_is_that_of_the_filter():
    for other in (hall, choir, clinic, club):
        far = world_of(me, other)
        assert (other.name in names(Wanted(world=World.FAR))) == (far is World.FAR)
        assert (other.name in names(Wanted(world=World.OWN))) == (far is World.OWN)


def test_what_we_were_told_goes_before_what_stands_in_the_list():
    told = replace(choir, vulnerabilities=(Vulnerability("knowledge.medical"),))
    assert names(told=(told,))[:2] == ["Choir", "Club"]
    assert every.search(me, way=Way.WE_HELP, told=(told,)).total == 2
    assert names(told=(replace(told, id="nobody"),)) == names()


@pytest.mark.parametrize(
    ("who", "listing", "way", "why"),
    [
        (me, Listing([]), Way.HELPS_US, NoFit.NOBODY_ELSE),
        (me, Listing([me]), Way.WE_HELP, NoFit.NOBODY_ELSE),
        (replace(me, vulnerabilities=()), every, Way.HELPS_US, NoFit.OUR_GAPS_UNKNOWN),
        (replace(me, offers=()), every, Way.WE_HELP, NoFit.OUR_OFFERS_UNKNOWN),
        (me, Listing([replace(hall, offers=())]), Way.HELPS_US, NoFit.NOBODY_HAS_WHAT_WE_LACK),
        (me, Listing([hall]), Way.WE_HELP, NoFit.THEIR_GAPS_UNKNOWN),
        (replace(me, offers=(Offer("ops.logistics"),)), every, Way.WE_HELP, NoFit.NOBODY_LACKS_WHAT_WE_HAVE),
        (me, every, Way.HELPS_US, None),
    ],
)
def test_nobody_has_a_reason(who: Organisation, listing: Listing, way: Way, why: NoFit | None):
    assert listing.search(who, way=way).nothing is why


@given(alliances(least=2))
def test_finds_whom_best_partners_finds_and_says_of_them_what_pair_fit_says(alliance: tuple[Organisation, ...]):
    who, *others = alliance
    listing = Listing(others)
    found = listing.search(who)
    best = best_partners(who, others, top=9)
    shown = {fit.id for fit in found.fits(0, 99)}
    assert {fit.id for fit in (*best.mutual, *best.could_help)} <= shown
    assert found.mutual == best.fitting
    for fit in found.fits(0, 99):
        assert replace(fit, place=None) == pair_fit(who, listing.get(fit.id))


def test_distances_are_counted_whatever_distance_is_asked_for():
    for world in (None, *World):
        counted = every.search(me, Wanted(world=world)).in_worlds()
        assert counted == {None: 4, World.OWN: 1, World.OTHER: 3, World.FAR: 1}
    assert every.search(me, Wanted(place="GB")).in_worlds()[World.OWN] == 0
    for world in World:
        assert every.search(me).in_worlds()[world] == len(names(Wanted(world=world)))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("C", ["Choir", "Clinic", "Club"]),
        ("l", ["Clinic", "Club", "Hall"]),
        ("IC cl", ["Clinic"]),
        ("hal", ["Hall"]),
        ("opera", []),
        ("  ", []),
    ],
)
def test_they_are_found_by_name_those_that_begin_so_first(words: str, found: list[str]):
    assert [one.name for one in every.named(words)] == found
