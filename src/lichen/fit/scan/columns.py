"""A register laid out for searching: in cells of organisations that need the same, with a bound for each cell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lichen.fit.scan.kernels import cut_cells, fill_columns, heaviest_needs
from lichen.fit.scan.register import Array, Rows, similarities

__all__ = ["CELL", "FEWEST", "HEAVIEST", "Columns", "columns_of"]

CELL = 128
"""The most organisations in a cell: what is looked at in one go."""
FEWEST = 16
"""Neighbours that need nearly the same share a cell until there are so many of them."""
HEAVIEST = 5
"""How many needs of an organisation are at hand without looking at its items."""


class Columns(NamedTuple):
    """What bounds the score of every organisation, in the order of the cells.

    Everything here is rounded towards more, so that it can rule out but never decide.
    """

    cell_starts: Array
    """The first row of each cell, and where the last ends: shape (c + 1,), uint32."""
    cell_codes: Array
    """The codes of the heaviest needs that all in a cell have in common: shape (3, c), uint8, 255 for none."""
    cell_least: Array
    """The least weight of each of those: shape (3, c), float32."""
    cell_whole: Array
    """The most that all needs of one in the cell weigh together: shape (c,), float32."""
    cell_most: Array
    """The most that anyone in a cell meets a gap by, in 255ths: shape (k, c), uint8."""
    cell_kinds: Array
    """The kinds in a cell, one bit each: shape (c,), uint64."""
    met: Array
    """How far each meets a gap in each code, in 255ths: shape (k, m), uint8."""
    need_codes: Array
    """The codes of the heaviest needs of each, heaviest first: shape (m, HEAVIEST), uint8, 255 for none."""
    need_weights: Array
    """Their weights in 65535ths, and last that of all other needs: shape (m, HEAVIEST + 1), uint16."""


def columns_of(register: Rows) -> tuple[Columns, Array]:
    """Lay a register out.

    Args:
        register: In any order.

    Returns:
        The columns, and the order in which they have the register's rows: those that can fit nobody, because
        nothing is known of what they lack or offer, come last and stand in no cell.
    """
    codes, weights, least, whole = heaviest_needs(
        register.gap_starts, register.gap_codes, register.gap_weights, HEAVIEST
    )
    lacking = np.diff(register.gap_starts.astype(np.int64)) > 0
    offering = np.diff(register.offer_starts.astype(np.int64)) > 0
    asked = np.flatnonzero(lacking & offering)
    order = asked[np.lexsort((-least[asked, 0], codes[asked, 2], codes[asked, 1], codes[asked, 0]))]
    starts, shared = cut_cells(codes[order], CELL, FEWEST)
    met, most, kinds = fill_columns(
        starts, order, register.offer_starts, register.offer_codes, register.offer_worths, register.kinds,
        similarities(),
    )  # fmt: skip
    columns = Columns(
        starts,
        np.ascontiguousarray(shared.T),
        np.ascontiguousarray(_of_cells(np.minimum, least[order], starts).T),
        _of_cells(np.maximum, whole[order], starts),
        most,
        kinds,
        met,
        codes[order],
        weights[order],
    )
    silent = np.flatnonzero(~(lacking & offering))
    return columns, np.concatenate([order, silent]).astype(np.int64)


def _of_cells(join: np.ufunc, values: Array, starts: Array) -> Array:
    first = starts[:-1].astype(np.int64)
    return np.asarray(join.reduceat(values, first) if len(first) else values[:0])
