"""What many organisations lack and offer, as plain arrays: what a register is to the search for millions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lichen.audit.values import Organisation
from lichen.audit.weighing import eased_by, gap_weights
from lichen.capabilities.taxonomy import taxonomy
from lichen.fit.cover import offer_worth
from lichen.fit.fusion import Floats
from lichen.scales import Sector, Size

__all__ = [
    "KINDS",
    "Array",
    "Rows",
    "code_places",
    "kind_of",
    "laid_out",
    "register_of",
    "similarities",
    "tie_order",
    "unit_points",
]

Array = NDArray[Any]

KINDS = len(Sector) * len(Size)
"""How many pairs of a sector and a size there are; they fit into the bits of one 64-bit number."""


class Rows(NamedTuple):
    """Organisations as rows of arrays: a tuple of arrays is what compiled code takes.

    The items of a row are sorted by code; a code stands there once, its gaps summed, of its offers the best one.
    Codes the taxonomy does not have are left out: they are met by nobody and meet nothing.
    """

    gap_starts: Array
    """Where the gaps of each row begin, and where the last end: shape (n + 1,), uint32."""
    gap_codes: Array
    """The place of each gap's code in the taxonomy, uint8."""
    gap_weights: Floats
    """Weight × confidence of each gap, in [0, 1]."""
    offer_starts: Array
    """The same for the offers."""
    offer_codes: Array
    """The same."""
    offer_worths: Floats
    """What each offer is worth, in [0, 1]: see ``lichen.fit.cover.offer_worth``."""
    kinds: Array
    """Sector and size as one number (``kind_of``), uint8."""
    places: Array
    """Which of the register's countries and regions each is in, uint32."""
    points: Array
    """Where each is, as a point on the unit sphere, NaN where unknown: shape (n, 3), float32."""
    ties: Array
    """The place of each by name and id, by which equals are ordered: uint32."""

    @property
    def total(self) -> int:
        """How many organisations there are."""
        return len(self.kinds)

    def taken(self, rows: Array) -> Rows:
        """The chosen rows, in the order in which they were chosen."""
        gaps, gap_starts = _stretches(self.gap_starts, rows)
        offers, offer_starts = _stretches(self.offer_starts, rows)
        return Rows(
            gap_starts,
            self.gap_codes[gaps],
            self.gap_weights[gaps],
            offer_starts,
            self.offer_codes[offers],
            self.offer_worths[offers],
            self.kinds[rows],
            self.places[rows],
            self.points[rows],
            self.ties[rows],
        )


@cache
def code_places() -> Mapping[str, int]:
    """The place of each code in the taxonomy."""
    return {code: place for place, code in enumerate(taxonomy().capabilities)}


@cache
def similarities() -> Floats:
    """How far an offer (column) eases a gap (row), by the places of their codes."""
    places = code_places()
    found = np.zeros((len(places), len(places)))
    for code, place in places.items():
        for offered, similarity in eased_by(code).items():
            found[place, places[offered]] = similarity
    found.flags.writeable = False
    return found


def kind_of(sector: Sector, size: Size) -> int:
    """Sector and size as one number below :data:`KINDS`.

    Example:
        >>> kind_of(Sector.NONPROFIT, Size.SMALL)
        8
    """
    return _SECTORS[sector] * len(Size) + _SIZES[size]


def unit_points(latitudes: Floats, longitudes: Floats) -> Array:
    """Points on the unit sphere, to within a metre on the ground; NaN stays NaN.

    Args:
        latitudes: Degrees north.
        longitudes: Degrees east.

    Returns:
        Shape (n, 3), float32.

    Example:
        >>> unit_points(np.array([90.0]), np.array([0.0])).round(6).tolist()
        [[0.0, 0.0, 1.0]]
    """
    north, east = np.radians(latitudes), np.radians(longitudes)
    axes = (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north))
    return np.stack(axes, axis=1).astype(np.float32)


def register_of(organisations: Sequence[Organisation], places: Array, points: Array) -> Rows:
    """Organisations as arrays, with the very numbers that :class:`lichen.fit.index.FitIndex` works with.

    Args:
        organisations: Any number, each with an id of its own.
        places: Which country and region each is in, as numbers of the caller's.
        points: Where each is: see :func:`unit_points`.
    """
    return Rows(
        *laid_out([_gap_items(one) for one in organisations]),
        *laid_out([_offer_items(one) for one in organisations]),
        np.array([kind_of(one.sector, one.size) for one in organisations], dtype=np.uint8),
        np.asarray(places, dtype=np.uint32),
        np.asarray(points, dtype=np.float32).reshape(-1, 3),
        tie_order([(one.name, one.id) for one in organisations]),
    )


def laid_out(items: Sequence[Mapping[int, float]]) -> tuple[Array, Array, Floats]:
    """The items of each row, one after the other: where those of each begin, their codes and their values."""
    starts = np.array([0, *accumulate(map(len, items))], dtype=np.uint32)
    ordered = list(chain.from_iterable(sorted(each.items()) for each in items))
    codes = np.array([code for code, _ in ordered], dtype=np.uint8)
    return starts, codes, np.array([value for _, value in ordered], dtype=np.float64)


def tie_order(names: Sequence[tuple[str, str]]) -> Array:
    """The place of each when all are sorted by name and id."""
    order = np.empty(len(names), dtype=np.uint32)
    order[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names), dtype=np.uint32)
    return order


_SECTORS = {sector: place for place, sector in enumerate(Sector)}
_SIZES = {size: place for place, size in enumerate(Size)}


def _gap_items(one: Organisation) -> dict[int, float]:
    items: dict[int, float] = {}
    for gap, weight in zip(one.vulnerabilities, gap_weights(one), strict=True):
        if (place := code_places().get(gap.code)) is not None:
            items[place] = items.get(place, 0.0) + weight * gap.confidence
    return items


def _offer_items(one: Organisation) -> dict[int, float]:
    items: dict[int, float] = {}
    for offer in one.offers:
        if (place := code_places().get(offer.code)) is not None:
            items[place] = max(items.get(place, 0.0), offer_worth(offer))
    return items


def _stretches(starts: Array, rows: Array) -> tuple[Array, Array]:
    """The places of the items of some rows, and where those of each begin among them."""
    first = starts[:-1][rows].astype(np.int64)
    counts = starts[1:][rows] - first
    ends = np.cumsum(counts)
    begun = np.concatenate([[0], ends]).astype(np.uint32)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - begun[:-1], counts), begun
