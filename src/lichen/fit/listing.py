"""A search among many organisations that are known by name, in one direction at a time, filtered, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

import numpy as np

from lichen.audit.values import Organisation
from lichen.fit.cover import cover
from lichen.fit.fusion import Floats, fused_arrays
from lichen.fit.index import FitIndex, Flags, Places
from lichen.fit.pairs import Fit, NoFit, pair_fit, ranked_rows
from lichen.scales import Sector, Size

__all__ = ["Filter", "Found", "Listing", "Wanted", "Way", "World", "world_of"]


class Way(StrEnum):
    """Which direction is looked at."""

    HELPS_US = "helps-us"
    """They have what we lack."""
    WE_HELP = "we-help"
    """They lack what we have."""


class World(StrEnum):
    """How far an organisation is from our own world."""

    OWN = "own"
    """Our own sector."""
    OTHER = "other"
    """Another sector."""
    FAR = "far"
    """Another sector, and in another country or region."""


class Filter(StrEnum):
    """By what a search is narrowed."""

    SECTORS = "sectors"
    PLACE = "place"
    SIZES = "sizes"
    WORLD = "world"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to look among; what is empty asks for nothing."""

    sectors: frozenset[Sector] = frozenset()
    """Any of these."""
    place: str = ""
    """A country's code, or part of a region's name whose small and capital letters are alike."""
    sizes: frozenset[Size] = frozenset()
    """Any of these."""
    world: World | None = None
    """At least so far from our own world; ``OWN`` is our own sector alone."""


class Listing:
    """Organisations laid out by what they offer and lack, and by what and where they are.

    Built once, asked as often as wanted; it never changes.

    Args:
        organisations: Any number, each with an id of its own.

    Example:
        >>> from lichen.audit.values import Offer, Vulnerability
        >>> depot = Organisation("d", "Depot", Sector.BUSINESS, offers=(Offer("ops.logistics"),))
        >>> farm = Organisation("f", "Farm", Sector.COOPERATIVE, vulnerabilities=(Vulnerability("ops.logistics"),))
        >>> [fit.name for fit in Listing([depot]).search(farm).fits(0, 10)]
        ['Depot']
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        """Lay them out."""
        self.index = FitIndex(organisations)
        every = self.index.organisations
        self._rows = {one.id: row for row, one in enumerate(every)}
        self._sectors = np.array([one.sector for one in every], dtype=object)
        self._sizes = np.array([one.size for one in every], dtype=object)
        self._countries = np.array([one.country.casefold() for one in every], dtype=object)
        self._regions = [one.region.casefold() for one in every]
        self._region_numbers = {region: number for number, region in enumerate(dict.fromkeys(self._regions))}
        self._region_of = np.array([self._region_numbers[region] for region in self._regions], dtype=np.int32)
        self._names = [one.name.casefold() for one in every]

    def __len__(self) -> int:
        """How many organisations there are."""
        return len(self.index)

    def get(self, id: str) -> Organisation | None:
        """The organisation of that id, if it is here."""
        row = self._rows.get(id)
        return None if row is None else self.index.organisations[row]

    def named(self, words: str) -> tuple[Organisation, ...]:
        """Those in whose name every word stands, also one that is only begun, whether they fit or not.

        First come those whose name begins so, then by name.

        Args:
            words: Parts of a name; small and capital letters are alike. Nothing finds nobody.
        """
        wanted = words.casefold().split()
        if not wanted:
            return ()
        found = [row for row, name in enumerate(self._names) if all(word in name for word in wanted)]
        found.sort(key=lambda row: (not self._names[row].startswith(wanted[0]), self._names[row], row))
        return tuple(self.index.organisations[row] for row in found)

    def search(
        self,
        me: Organisation,
        wanted: Wanted | None = None,
        *,
        way: Way = Way.HELPS_US,
        told: Iterable[Organisation] = (),
    ) -> Found:
        """Who could help us, or whom we could help.

        Args:
            me: We.
            wanted: Whom to look among; None is everybody.
            way: In which direction.
            told: Those of whom we know more than the list does; each stands in for the one of its id.
        """
        asked = wanted or Wanted()
        ours, theirs = self.index.covers(me)
        known = {self._rows[one.id]: one for one in told if one.id in self._rows}
        for row, one in known.items():
            ours[row], theirs[row] = _or_unknown(cover(me, one)), _or_unknown(cover(one, me))
        masks = {name: mask for name, mask in self._masks(me, asked).items() if mask is not None}
        worlds = {world: self._so_far(me, world) for world in World}
        return Found(self.index, me, way, ours, theirs, masks, worlds, known)

    def _masks(self, me: Organisation, wanted: Wanted) -> Mapping[Filter, Flags | None]:
        return {
            Filter.SECTORS: _any_of(self._sectors, wanted.sectors),
            Filter.PLACE: self._in_place(wanted.place.strip().casefold()),
            Filter.SIZES: _any_of(self._sizes, wanted.sizes),
            Filter.WORLD: None if wanted.world is None else self._so_far(me, wanted.world),
        }

    def _in_place(self, place: str) -> Flags | None:
        if not place:
            return None
        within = np.array([place in region for region in self._regions], dtype=np.bool_)
        return np.asarray(within | (self._countries == place), dtype=np.bool_)

    def _so_far(self, me: Organisation, world: World) -> Flags:
        crosses = np.asarray(self._sectors != me.sector, dtype=np.bool_)
        if world is World.OWN:
            return ~crosses
        if world is World.OTHER:
            return crosses
        elsewhere = self._countries != me.country.casefold()
        if me.region:
            here, nowhere = (self._region_numbers.get(region, -1) for region in (me.region.casefold(), ""))
            elsewhere |= (self._region_of != here) & (self._region_of != nowhere)
        return np.asarray(crosses & elsewhere, dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search found: how many, and any stretch of them with the reasons. To find nobody is an answer."""

    index: FitIndex
    """Among whom."""
    me: Organisation
    """Who asked."""
    way: Way
    """In which direction."""
    ours: Floats
    """How far each meets our gaps; NaN where that is unknown."""
    theirs: Floats
    """How far we meet theirs; the same."""
    masks: Mapping[Filter, Flags]
    """Whom each filter that was set lets pass."""
    worlds: Mapping[World, Flags]
    """Who is how far from our own world."""
    told: Mapping[int, Organisation]
    """Those of whom more is known than stands in the index, by their place in it."""

    @property
    def total(self) -> int:
        """How many there are."""
        return int(self._chosen(self.masks).sum())

    @property
    def mutual(self) -> int:
        """How many of them fit both ways, as far as is known."""
        return int((self._chosen(self.masks) & (self.ours > 0) & (self.theirs > 0)).sum())

    def fits(self, start: int, count: int) -> tuple[Fit, ...]:
        """A stretch of them, the best first: those who fit both ways, then by the one direction that counts here."""
        rows = self._order()[start : start + count].tolist()
        return tuple(replace(self._fit(row), place=place) for place, row in enumerate(rows, start + 1))

    def ids(self, count: int) -> tuple[str, ...]:
        """The ids of the first of them."""
        return tuple(self.index.organisations[row].id for row in self._order()[:count].tolist())

    @property
    def nothing(self) -> NoFit | None:
        """Why there is nobody, filters apart; None where there is somebody."""
        if self._chosen({}).any():
            return None
        if not self.index.others(self.me).any():
            return NoFit.NOBODY_ELSE
        if self.way is Way.HELPS_US:
            return NoFit.NOBODY_HAS_WHAT_WE_LACK if self.me.vulnerabilities else NoFit.OUR_GAPS_UNKNOWN
        if not self.me.offers:
            return NoFit.OUR_OFFERS_UNKNOWN
        is_known = self.index.has_gaps.any() or any(one.vulnerabilities for one in self.told.values())
        return NoFit.NOBODY_LACKS_WHAT_WE_HAVE if is_known else NoFit.THEIR_GAPS_UNKNOWN

    def in_worlds(self) -> Mapping[World | None, int]:
        """How many there would be at each distance from our own world, the other filters left as they are."""
        near = self._chosen({name: mask for name, mask in self.masks.items() if name != Filter.WORLD})
        counts: dict[World | None, int] = {None: int(near.sum())}
        return counts | {world: int((near & mask).sum()) for world, mask in self.worlds.items()}

    def without(self) -> Mapping[Filter, int]:
        """How many there would be if one filter were left out, for each that was set and would make more of them."""
        now = self.total
        others = {each: {name: mask for name, mask in self.masks.items() if name is not each} for each in self.masks}
        counts = {each: int(self._chosen(masks).sum()) for each, masks in others.items()}
        return {each: count for each, count in counts.items() if count > now}

    def _chosen(self, masks: Mapping[Filter, Flags]) -> Flags:
        counting = self.ours if self.way is Way.HELPS_US else self.theirs
        both: Callable[[Flags, Flags], Flags] = np.logical_and
        return reduce(both, masks.values(), self.index.others(self.me) & (counting > 0))

    def _order(self) -> Places:
        counting = self.ours if self.way is Way.HELPS_US else self.theirs
        mutual = (self.ours > 0) & (self.theirs > 0)
        ours, theirs = np.nan_to_num(self.ours), np.nan_to_num(self.theirs)
        # A score is at most 1, so whoever fits both ways comes before whoever fits one.
        values = np.where(mutual, 1.0 + fused_arrays(ours, theirs, "harmonic"), np.nan_to_num(counting))
        return ranked_rows(self._chosen(self.masks), values, ours + theirs, self.index.tie_order)

    def _fit(self, row: int) -> Fit:
        return pair_fit(self.me, self.told.get(row, self.index.organisations[row]))


def world_of(me: Organisation, other: Organisation) -> World:
    """How far another organisation is from our own world.

    Example:
        >>> str(world_of(Organisation("a", "A", Sector.FAITH, "GB"), Organisation("b", "B", Sector.BUSINESS, "FR")))
        'far'
    """
    if me.sector == other.sector:
        return World.OWN
    elsewhere = me.country.casefold() != other.country.casefold()
    elsewhere |= bool(me.region) and other.region.casefold() not in {"", me.region.casefold()}
    return World.FAR if elsewhere else World.OTHER


def _any_of(values: np.ndarray[tuple[int], np.dtype[np.object_]], wanted: frozenset[str]) -> Flags | None:
    return np.array([value in wanted for value in values], dtype=np.bool_) if wanted else None


def _or_unknown(covered: float | None) -> float:
    return np.nan if covered is None else covered
