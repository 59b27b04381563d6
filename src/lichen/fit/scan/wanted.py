"""Whom a search asks for, in terms of the kinds and places that a register's rows are of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichen.audit.values import Organisation
from lichen.fit.listing import Wanted, World
from lichen.fit.scan.register import Array, Rows, kind_of
from lichen.scales import Sector, Size

__all__ = ["place_boxes", "places_near", "wanted_kinds", "wanted_places"]


def wanted_kinds(me: Organisation, wanted: Wanted) -> Array | None:
    """The kinds of organisation that may be found, or None for all.

    Example:
        >>> me = Organisation("a", "A", Sector.FAITH)
        >>> len(wanted_kinds(me, Wanted(world=World.OTHER))), wanted_kinds(me, Wanted()) is None
        (56, True)
    """
    if not (wanted.sectors or wanted.sizes or wanted.world):
        return None
    own = {World.OWN: {me.sector}, None: set(Sector)}.get(wanted.world, set(Sector) - {me.sector})
    sectors = own & (wanted.sectors or set(Sector))
    return np.array([kind_of(sector, size) for sector in sectors for size in wanted.sizes or Size], dtype=np.int64)


def wanted_places(me: Organisation, wanted: Wanted, places: Sequence[tuple[str, str]]) -> Array | None:
    """Whether each place may be, or None where any may.

    Args:
        me: We.
        wanted: Whom to look among.
        places: The country and region of each place, in small letters.

    Example:
        >>> me = Organisation("a", "A", Sector.FAITH, "GB", "Kent")
        >>> places = [("gb", "kent"), ("gb", ""), ("gb", "essex"), ("fr", "")]
        >>> wanted_places(me, Wanted(world=World.FAR), places).tolist()
        [False, False, True, True]
    """
    sought = wanted.place.strip().casefold()
    if not sought and wanted.world is not World.FAR:
        return None
    here = (me.country.casefold(), me.region.casefold())
    passing = [
        (not sought or country == sought or sought in region)
        and (wanted.world is not World.FAR or country != here[0] or (here[1] != "" and region not in {"", here[1]}))
        for country, region in places
    ]
    return np.array(passing, dtype=np.bool_)


def place_boxes(register: Rows, count: int) -> Array:
    """The box that holds all who are at a place: its least and its most corner.

    Args:
        register: Who is where.
        count: How many places there are.

    Returns:
        Shape (count, 2, 3), float32; a place where nobody's point is known has an empty box.
    """
    boxes = np.full((count, 2, 3), np.inf, dtype=np.float32)
    boxes[:, 1] = -np.inf
    known = np.flatnonzero(~np.isnan(register.points[:, 0]))
    for side, join in enumerate((np.minimum, np.maximum)):
        join.at(boxes[:, side], register.places[known], register.points[known])
    return boxes


def places_near(boxes: Array, centre: Array, chord: float) -> Array:
    """Whether anybody at each place can be as near as that.

    Args:
        boxes: The boxes of the places.
        centre: A point on the unit sphere.
        chord: The square of the straight line to the farthest allowed.
    """
    apart = np.maximum(0, np.maximum(boxes[:, 0] - centre, centre - boxes[:, 1]).astype(np.float64))
    return np.asarray((apart**2).sum(axis=1) <= chord + 1e-9)
