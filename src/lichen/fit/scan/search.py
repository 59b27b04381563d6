"""The best partners among millions: what is asked, of whom, and the answer, exact to the last bit."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple, TypeVar

import numpy as np

from lichen.audit.values import Organisation
from lichen.audit.weighing import eased_by, gap_weights
from lichen.errors import InputError, Problem
from lichen.fit.fusion import Floats, fused_arrays
from lichen.fit.index import best_worth
from lichen.fit.scan.columns import Columns
from lichen.fit.scan.kernels import best_in_cells, best_in_rows
from lichen.fit.scan.register import KINDS, Array, Rows, code_places, similarities
from lichen.language import _

__all__ = ["EARTH_RADIUS_KM", "MOST", "Best", "Question", "Sieve", "best_rows", "frozen", "question_of", "sieve"]

MOST = 500
"""The most partners that one question may ask for."""
_MOST_STEPS = 65535 // 255
EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


_Arrays = TypeVar("_Arrays", bound="tuple[object, ...] | Array")


class Question(NamedTuple):
    """What one organisation lacks and can give, as arrays."""

    codes: Array
    """The places of the codes of our gaps, in our order, uint8."""
    weights: Floats
    """Weight × confidence of each."""
    bound_codes: Array
    """The codes once each, for the bounds."""
    bound_steps: Array
    """Their weights in so small steps, rounded up, that the sum of all in 255ths fits into 16 bits: uint16."""
    bound_weights: Floats
    """The same weights as they are."""
    loss: float
    """The most that rounding the columns can add to how far our gaps are met."""
    unit: float
    """One step of the bounds and of the columns, as a share of one."""
    worths: Floats
    """How far we meet a gap in each code: shape (256,), 0 where we do not."""
    most: float
    """The largest of those."""


class Sieve(NamedTuple):
    """Which rows may be found. An empty array asks for nothing."""

    asks: bool
    """Whether it asks for a kind or a place at all."""
    by_kind: bool
    """Whether it asks for a kind."""
    kinds: Array
    """Whether each kind of organisation may be found: shape (256,), bool."""
    bits: np.uint64
    """The same, one bit each."""
    places: Array
    """Whether each country and region of the register may be, bool."""
    gone: Array
    """The rows that no longer hold, one bit each, lowest first: uint8."""
    without: Array
    """The rows left out of this search, sorted: int64."""
    centre: Floats
    """A point on the unit sphere: shape (3,)."""
    chord: float
    """The square of the straight line from there to the farthest allowed; below 0 for anywhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best rows, best first."""

    rows: Array
    """Their rows in the register."""
    ours: Floats
    """How far each meets our gaps."""
    theirs: Floats
    """How far we meet theirs."""
    keys: Array
    """Score and total in units of 1e-12 and the tie of each, by which they are ordered: shape (n, 3)."""
    scored: int
    """How many rows had to be scored exactly."""
    opened: int
    """How many cells were looked into."""

    @property
    def scores(self) -> Floats:
        """The harmonic means of both covers."""
        return fused_arrays(self.ours, self.theirs)


def question_of(me: Organisation) -> Question:
    """What one organisation lacks and can give, as arrays.

    Example:
        >>> from lichen.audit.values import Offer
        >>> question_of(Organisation("d", "Depot", offers=(Offer("ops.logistics", 5, 5),))).most
        1.0
    """
    gaps = [
        (code_places()[gap.code], weight * gap.confidence)
        for gap, weight in zip(me.vulnerabilities, gap_weights(me), strict=True)
        if gap.code in code_places()
    ]
    joined: dict[int, float] = {}
    for place, weight in gaps:
        joined[place] = joined.get(place, 0.0) + weight
    steps = _MOST_STEPS - len(joined)
    worths = np.zeros(256)
    # Related codes ease each other alike, so what our offers ease is what eases a gap in their codes.
    for code in {eased for offer in me.offers for eased in eased_by(offer.code)}:
        worths[code_places()[code]] = best_worth(code, me, evidence=True)
    return frozen(
        Question(
            np.array([place for place, _ in gaps], dtype=np.uint8),
            np.array([weight for _, weight in gaps], dtype=np.float64),
            np.array(list(joined), dtype=np.uint8),
            np.array([min(steps, ceil(weight * steps)) for weight in joined.values()], dtype=np.uint16),
            np.array(list(joined.values()), dtype=np.float64),
            sum(joined.values()) / 255 + 1e-6,
            1 / (255 * steps),
            worths,
            float(worths.max()),
        )
    )


def sieve(
    *,
    kinds: Array | None = None,
    places: Array | None = None,
    gone: Array | None = None,
    without: Array | None = None,
    near: tuple[Array, float] | None = None,
) -> Sieve:
    """Which rows may be found; what is left out asks for nothing.

    Args:
        kinds: The kinds that may be: numbers as ``kind_of`` gives them.
        places: Whether each place of the register may be.
        gone: The rows that no longer hold, one bit each.
        without: The rows left out of this search.
        near: A point on the unit sphere and how many kilometres from there along the ground are allowed.
    """
    allowed = np.zeros(256, dtype=np.bool_)
    allowed[np.arange(KINDS) if kinds is None else kinds] = True
    centre, kilometres = (np.zeros(3), -1.0) if near is None else near
    chord = (2 * np.sin(min(np.pi, kilometres / EARTH_RADIUS_KM) / 2)) ** 2 if kilometres >= 0 else -1.0
    return frozen(
        Sieve(
            any(each is not None for each in (kinds, places, near)),
            kinds is not None,
            allowed,
            np.uint64(sum(1 << int(kind) for kind in np.flatnonzero(allowed))),
            np.zeros(0, dtype=np.bool_) if places is None else places,
            np.zeros(0, dtype=np.uint8) if gone is None else gone,
            np.zeros(0, dtype=np.int64) if without is None else np.unique(without).astype(np.int64),
            np.asarray(centre, dtype=np.float64),
            float(chord),
        )
    )


def best_rows(question: Question, register: Rows, allowed: Sieve, top: int, columns: Columns | None = None) -> Best:
    """The rows that fit best both ways, in the library's order: score, then both covers together, then name and id.

    Args:
        question: Whose partners are sought.
        register: Among whom, in the order of the columns where there are any.
        allowed: Who may be found.
        top: The most to give, from 1 to :data:`MOST`.
        columns: What bounds their scores; without them each is scored, which suits a few thousand.

    Raises:
        InputError: ``top`` is out of range.

    Source:
        The score of docs/discussion/fit.md; the search is a best-first branch and bound over cells.
    """
    if not 1 <= top <= MOST:
        raise InputError(Problem(_("the number is out of range"), _("1 to {most}").format(most=MOST), column="top"))
    similar, register = similarities(), frozen(register)
    if columns is None:
        keys, covers, scored, opened = best_in_rows(question, register, allowed, similar, top)
    else:
        keys, covers, scored, opened = best_in_cells(question, frozen(columns), register, allowed, similar, top)
    order = np.lexsort((keys[:, 2], -keys[:, 1], -keys[:, 0]))
    return Best(keys[order, 3], covers[order, 0], covers[order, 1], keys[order, :3], scored, opened)


def frozen(arrays: _Arrays) -> _Arrays:
    """An array or a tuple of arrays as read-only as what is mapped from a file: loops are compiled for these alone."""
    for array in (arrays,) if isinstance(arrays, np.ndarray) else arrays:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return arrays
