"""The loops over millions of rows, compiled: laying columns out, bounding cells, scoring exactly.

Sums are taken in the order in which :class:`lichen.fit.index.FitIndex` takes them and nothing is reordered for speed
where a score is worked out, so that both give the same number to the last bit.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from lichen.errors import ExtraNeeded
from lichen.fit.scan.register import Array

__all__ = ["best_in_cells", "best_in_rows", "cut_cells", "fill_columns", "heaviest_needs"]

try:
    _numba: Any = import_module("numba")
except ImportError as missing:
    raise ExtraNeeded("registry", "Searching a whole register") from missing

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    _F = TypeVar("_F", bound=Callable[..., Any])

    def _compiled(function: _F) -> _F: ...
else:
    _compiled = _numba.njit(cache=True, nogil=True)

_NONE = 255
_SLACK = 1e-9
"""More than what double precision may lose in a bound."""
_EXACT = 1e12
"""Scores are compared to 12 decimals, as ``lichen.fit.pairs.ranked_rows`` does."""
_ROUNDED = np.float32(2e-6)
"""More than what single precision may lose in a bound."""
_STEPS = 1024
"""Into how many steps the bounds of the cells are sorted."""
_SEEDS = 64
"""How many cells are looked into first, so that there is something to beat."""
_JUMP = 512
_RUN = 4096
"""How many neighbouring rows are looked at in one go: as much as stays near the processor."""


@_compiled
def heaviest_needs(starts: Array, codes: Array, weights: Array, many: int) -> tuple[Array, Array, Array, Array]:
    """The heaviest needs of each row.

    Args:
        starts: Where the gaps of each row begin.
        codes: Their codes.
        weights: Their weights.
        many: How many needs to give of each.

    Returns:
        Codes (n, many); weights with that of the rest last (n, many + 1), rounded up; the weights of the first three,
        rounded down (n, 3); what all weigh together, rounded up (n,).
    """
    n = len(starts) - 1
    top = np.full((n, many), _NONE, dtype=np.uint8)
    kept = np.zeros((n, many + 1), dtype=np.uint16)
    least = np.zeros((n, 3), dtype=np.float32)
    whole = np.zeros(n, dtype=np.float32)
    heavy = np.zeros(many)
    for row in range(n):
        heavy[:] = -1.0
        total = 0.0
        for item in range(starts[row], starts[row + 1]):
            weight = weights[item]
            total += weight
            place = many
            while place > 0 and weight > heavy[place - 1]:
                place -= 1
            if place < many:
                for later in range(many - 1, place, -1):
                    heavy[later] = heavy[later - 1]
                    top[row, later] = top[row, later - 1]
                heavy[place] = weight
                top[row, place] = codes[item]
        rest = total
        for place in range(many):
            if top[row, place] != _NONE:
                rest -= heavy[place]
                kept[row, place] = min(65535, np.ceil(heavy[place] * 65535 + _SLACK))
                if place < 3:
                    least[row, place] = np.float32(max(0.0, heavy[place] - 1e-6))
        kept[row, many] = min(65535, max(0, np.ceil(rest * 65535 + _SLACK)))
        whole[row] = np.float32(total + 1e-6)
    return top, kept, least, whole


@_compiled
def cut_cells(codes: Array, most: int, fewest: int) -> tuple[Array, Array]:
    """Cut rows, sorted by their first three codes, into cells whose rows have as many of these in common as can be.

    Args:
        codes: The codes of each row, heaviest need first.
        most: The most rows in a cell.
        fewest: Runs shorter than this are joined with those beside them, and have one code fewer in common.

    Returns:
        The first row of each cell and where the last ends; the codes in common.
    """
    n = len(codes)
    starts = np.zeros(n + 1, dtype=np.uint32)
    shared = np.full((n, 3), _NONE, dtype=np.uint8)
    cells, row = 0, 0
    while row < n:
        end, depth = row, 3
        while end < n and end - row < most:
            common = 0
            while common < 3 and codes[end, common] == codes[row, common]:
                common += 1
            if common < depth:
                if common == 0 or end - row >= fewest:
                    break
                depth = common
            end += 1
        shared[cells, :depth] = codes[row, :depth]
        cells += 1
        starts[cells] = end
        row = end
    return starts[: cells + 1].copy(), shared[:cells].copy()


@_compiled
def fill_columns(
    cells: Array, order: Array, starts: Array, codes: Array, worths: Array, kinds: Array, similar: Array
) -> tuple[Array, Array, Array]:
    """How far each row meets a gap in each code, rounded up to 255ths.

    Args:
        cells: The first row of each cell, and where the last ends.
        order: The row of the register at each place.
        starts: Where the offers of each row of the register begin.
        codes: Their codes.
        worths: What they are worth.
        kinds: The kind of each row of the register.
        similar: How far an offer (column) eases a gap (row).

    Returns:
        The columns, one a code; the most of each code (row) in each cell (column); the kinds in each cell as bits.
    """
    k = len(similar)
    many = len(cells) - 1
    met = np.zeros((k, len(order)), dtype=np.uint8)
    most = np.zeros((k, many), dtype=np.uint8)
    bits = np.zeros(many, dtype=np.uint64)
    for cell in range(many):
        first, size = cells[cell], cells[cell + 1] - cells[cell]
        for place in range(size):
            row = order[first + place]
            bits[cell] |= np.uint64(1) << np.uint64(kinds[row])
            for item in range(starts[row], starts[row + 1]):
                for gap in range(k):
                    eased = similar[gap, codes[item]]
                    if eased > 0:
                        value = np.uint8(min(255, np.ceil(eased * worths[item] * 255)))
                        met[gap, first + place] = max(met[gap, first + place], value)
                        most[gap, cell] = max(most[gap, cell], value)
    return met, most, bits


@_compiled
def _worse(keys: Array, at: int, value: Any, total: Any, tie: Any) -> bool:
    """Whether an entry comes after another in the order of the library."""
    if keys[at, 0] != value:
        return bool(keys[at, 0] < value)
    if keys[at, 1] != total:
        return bool(keys[at, 1] < total)
    return bool(keys[at, 2] > tie)


@_compiled
def _sink(best: Any, at: int, count: int) -> None:
    """Put the entry at a place of the heap, whose worst stands on top, where it belongs below."""
    keys, covers = best
    while True:
        child = 2 * at + 1
        if child >= count:
            return
        other = child + 1
        if other < count and _worse(keys, other, keys[child, 0], keys[child, 1], keys[child, 2]):
            child = other
        if not _worse(keys, child, keys[at, 0], keys[at, 1], keys[at, 2]):
            return
        for field in range(4):
            keys[at, field], keys[child, field] = keys[child, field], keys[at, field]
        for field in range(2):
            covers[at, field], covers[child, field] = covers[child, field], covers[at, field]
        at = child


@_compiled
def _passing(sieve: Any, register: Any, first: Any, end: Any, passing: Array) -> int:
    """Mark which of some neighbouring rows are of a kind and at a place that the sieve allows; how many are."""
    marks = passing[: end - first]
    if sieve.by_kind:
        kinds = register.kinds[first:end]
        for at in range(len(marks)):
            marks[at] = sieve.kinds[kinds[at]]
    else:
        marks[:] = True
    if len(sieve.places):
        places = register.places[first:end]
        for at in range(len(marks)):
            marks[at] &= sieve.places[places[at]]
    count = 0
    for at in range(len(marks)):
        if sieve.chord >= 0 and marks[at]:
            apart = 0.0
            for axis in range(3):
                step = np.float64(register.points[first + at, axis]) - sieve.centre[axis]
                apart += step * step
            marks[at] = apart <= sieve.chord
        count += marks[at]
    return count


@_compiled
def _is_left_out(sieve: Any, row: Any) -> bool:
    """Whether a row no longer holds, or is to be passed over."""
    if len(sieve.gone) and (sieve.gone[row >> 3] >> (row & 7)) & 1:
        return True
    if len(sieve.without) == 0:
        return False
    at = np.searchsorted(sieve.without, row)
    return bool(at < len(sieve.without) and sieve.without[at] == row)


@_compiled
def _covers(question: Any, register: Any, similar: Array, row: int) -> tuple[float, float]:
    """Both directions, exactly: first theirs, which costs less and rules out more."""
    theirs = 0.0
    for item in range(register.gap_starts[row], register.gap_starts[row + 1]):
        worth = question.worths[register.gap_codes[item]]
        if worth > 0:
            theirs += worth * register.gap_weights[item]
    ours = 0.0
    for gap in range(len(question.codes)):
        met = 0.0
        for item in range(register.offer_starts[row], register.offer_starts[row + 1]):
            met = max(met, similar[question.codes[gap], register.offer_codes[item]] * register.offer_worths[item])
        ours += question.weights[gap] * met
    return min(ours, 1.0), min(theirs, 1.0)


@_compiled
def _taken_in(question: Any, register: Any, similar: Array, row: Any, best: Any, count: int) -> int:
    """Score a row and keep it if it is among the best; how many there are then."""
    ours, theirs = _covers(question, register, similar, row)
    if not (ours > 0 and theirs > 0):
        return count
    keys, covers = best
    value = np.int64(np.rint(2 * ours * theirs / (ours + theirs) * _EXACT))
    total = np.int64(np.rint((ours + theirs) * _EXACT))
    tie = np.int64(register.ties[row])
    full = count == len(keys)
    if full and not _worse(keys, 0, value, total, tie):
        return count
    at = 0 if full else count
    keys[at, 0], keys[at, 1], keys[at, 2], keys[at, 3] = value, total, tie, row
    covers[at, 0], covers[at, 1] = ours, theirs
    if full:
        _sink(best, 0, count)
        return count
    count += 1
    if count == len(keys):
        for parent in range(count // 2 - 1, -1, -1):
            _sink(best, parent, count)
    return count


@_compiled
def _bounds(question: Any, columns: Any, sieve: Any) -> tuple[Array, Array]:
    """The most that anyone in a cell can score, and by how much we can meet their needs."""
    many = len(columns.cell_whole)
    ours = np.zeros(many, dtype=np.uint16)
    for gap in range(len(question.bound_codes)):
        weight = np.uint16(question.bound_steps[gap])
        most = columns.cell_most[question.bound_codes[gap]]
        for cell in range(many):
            ours[cell] = np.uint16(ours[cell] + np.uint16(weight * np.uint16(most[cell])))
    # What the needs that a cell has in common leave unmet, even if all its others were met as well as we meet any.
    unmet = (question.most - question.worths).astype(np.float32)
    unmet[_NONE] = 0.0
    bounds, theirs = np.empty(many, dtype=np.float32), np.empty(many, dtype=np.float32)
    top, unit = np.float32(question.most), np.float32(question.unit)
    for cell in range(many):
        theirs[cell] = columns.cell_whole[cell] * top - (
            unmet[columns.cell_codes[0, cell]] * columns.cell_least[0, cell]
            + unmet[columns.cell_codes[1, cell]] * columns.cell_least[1, cell]
            + unmet[columns.cell_codes[2, cell]] * columns.cell_least[2, cell]
        )
    for cell in range(many):
        x = min(np.float32(1), np.float32(ours[cell]) * unit + _ROUNDED)
        y = max(_ROUNDED, min(np.float32(1), theirs[cell] + _ROUNDED))
        theirs[cell] = y
        bounds[cell] = np.float32(2) * x * y / (x + y) + _ROUNDED
    for cell in range(many):
        if not columns.cell_kinds[cell] & sieve.bits:
            bounds[cell] = 0.0
    return bounds, theirs


@_compiled
def _seeds(bounds: Array, many: int) -> Array:
    """About as many cells as are wanted, those with the largest bounds."""
    counts = np.zeros(_STEPS + 1, dtype=np.int64)
    for bound in bounds:
        counts[min(_STEPS, int(bound * _STEPS))] += 1
    step, above = _STEPS, counts[_STEPS]
    while step > 1 and above < many:
        step -= 1
        above += counts[step]
    seeds = np.empty(min(above, 2 * many), dtype=np.int64)
    count = 0
    for cell in range(len(bounds)):
        if count < len(seeds) and int(bounds[cell] * _STEPS) >= step:
            seeds[count] = cell
            count += 1
    return seeds[:count]


@_compiled
def _add_columns(question: Any, columns: Any, first: Any, end: Any, ours: Array) -> None:
    """How far each of some neighbouring rows meets our gaps, in steps, rounded up."""
    sums = ours[: end - first]
    sums[:] = 0
    for gap in range(len(question.bound_codes)):
        weight = np.uint16(question.bound_steps[gap])
        column = columns.met[question.bound_codes[gap], first:end]
        for place in range(len(sums)):
            sums[place] = np.uint16(sums[place] + np.uint16(weight * np.uint16(column[place])))


@_compiled
def _theirs_at_most(question: Any, columns: Any, row: int) -> float:
    """By how much we can meet the needs of a row at most, from its heaviest needs."""
    last = columns.need_codes.shape[1]
    theirs = columns.need_weights[row, last] * question.most
    for place in range(last):
        theirs += columns.need_weights[row, place] * question.worths[columns.need_codes[row, place]]
    return float(theirs / 65535 + _SLACK)


@_compiled
def _nearly(question: Any, columns: Any, row: int, theirs: float) -> tuple[float, float]:
    """The least and the most that the score of a row can be, from its columns and what we meet at most."""
    ours = _SLACK
    for gap in range(len(question.bound_codes)):
        ours += question.bound_weights[gap] * columns.met[question.bound_codes[gap], row] / 255
    most = 2 * ours * theirs / (ours + theirs)
    last = columns.need_codes.shape[1]
    ours -= question.loss
    theirs -= (columns.need_weights[row, last] * question.most + last + 1) / 65535
    return 2 * ours * theirs / (ours + theirs) if ours > 0 and theirs > 0 else 0.0, most


@_compiled
def _raised(least: Array, value: float) -> None:
    """Replace the smallest of a heap of scores by a larger one."""
    at, child = 0, 1
    while child < len(least):
        if child + 1 < len(least) and least[child + 1] < least[child]:
            child += 1
        if least[child] >= value:
            break
        least[at] = least[child]
        at, child = child, 2 * child + 1
    least[at] = value


@_compiled
def _look_into(parts: Any, cell: int, end: int, bounds: Any, room: Any, least: Array, found: Any) -> Any:
    """Gather the rows of neighbouring cells that may be among the best, with the most that each can score."""
    question, columns, register, sieve = parts
    ours, passing, near = room
    rows, most, count = found
    starts = columns.cell_starts
    begin, close = np.int64(starts[cell]), np.int64(starts[end])
    if sieve.asks and _passing(sieve, register, begin, close, passing) == 0:
        return found
    _add_columns(question, columns, begin, close, ours)
    if sieve.asks:
        for place in range(close - begin):
            ours[place] = ours[place] * np.uint16(passing[place])
    for each in range(cell, end):
        needed, theirs = least[0], np.float64(bounds[1][each])
        if bounds[0][each] < max(needed - _ROUNDED, _ROUNDED):
            continue
        # 2xy / (x + y) >= s needs x >= sy / (2y - s).
        wanted = needed * theirs / max(2 * theirs - needed, 1e-12)
        enough = np.uint16(max(1, min(65535.0, np.floor(wanted / question.unit) - 1)))
        first, size = np.int64(starts[each]) - begin, np.int64(starts[each + 1]) - np.int64(starts[each])
        sums = ours[first : first + size]
        enoughs = np.uint16(0)
        for place in range(size):
            enoughs += np.uint16(sums[place] >= enough)
        if enoughs == 0:
            continue
        some = 0
        for place in range(size):
            near[some] = place
            some += sums[place] >= enough
        if count + some > len(rows):
            rows, most = np.concatenate((rows, rows)), np.concatenate((most, most))
        for at in range(some):
            row = begin + first + near[at]
            ours_most, theirs_most = sums[near[at]] * question.unit, _theirs_at_most(question, columns, row)
            if 2 * ours_most * theirs_most < least[0] * (ours_most + theirs_most) - _SLACK:
                continue
            low, high = _nearly(question, columns, row, theirs_most)
            if high >= least[0] and not _is_left_out(sieve, row):
                rows[count], most[count] = row, high
                count += 1
                if low > least[0]:
                    _raised(least, low)
    return rows, most, count


@_compiled
def _candidates(parts: Any, top: int) -> Any:
    """The rows that may be among the best, the most that each can score, and a score that the best all reach."""
    question, columns, _register, sieve = parts
    bounds = _bounds(question, columns, sieve)
    starts, many = columns.cell_starts, len(bounds[0])
    room = (np.empty(_RUN, dtype=np.uint16), np.empty(_RUN, dtype=np.bool_), np.empty(_RUN, dtype=np.int64))
    least = np.zeros(top)
    found = (np.empty(_RUN, dtype=np.int64), np.empty(_RUN), 0)
    opened = 0
    for cell in _seeds(bounds[0], _SEEDS + top // 4):
        found = _look_into(parts, cell, cell + 1, bounds, room, least, found)
        bounds[0][cell] = 0.0
        opened += 1
    cell = 0
    while cell < many:
        needed = max(np.float32(least[0]) - _ROUNDED, _ROUNDED)
        if bounds[0][cell] < needed:
            cell += 1
            continue
        # A few rows that cannot matter are read along with the others: that is quicker than to jump.
        end = last = cell + 1
        while last < many and starts[last + 1] - starts[cell] <= _RUN and starts[last] - starts[end] <= _JUMP:
            last += 1
            if bounds[0][last - 1] >= needed:
                end = last
        found = _look_into(parts, cell, end, bounds, room, least, found)
        opened += end - cell
        cell = end
    rows, most, count = found
    return rows[:count][most[:count] >= least[0] - _SLACK], opened


@_compiled
def best_in_cells(question: Any, columns: Any, register: Any, sieve: Any, similar: Array, top: int) -> Any:
    """The best rows of a register laid out in columns: bounds find the few that may be, exact scores decide.

    Args:
        question: Whose partners are sought.
        columns: The bounds.
        register: The same rows, exactly.
        sieve: Who may be found.
        similar: How far an offer (column) eases a gap (row).
        top: The most to give.

    Returns:
        The keys of each (score and total in units of 1e-12, tie, row) and its two covers, in no order; then how many
        rows were scored exactly and how many cells were looked into.
    """
    best = (np.zeros((top, 4), dtype=np.int64), np.zeros((top, 2)))
    rows, opened = _candidates((question, columns, register, sieve), top)
    count = 0
    for row in rows:
        count = _taken_in(question, register, similar, row, best, count)
    return best[0][:count], best[1][:count], len(rows), opened


@_compiled
def best_in_rows(question: Any, register: Any, sieve: Any, similar: Array, top: int) -> Any:
    """The best rows of a register that is not laid out, each scored exactly; the rest as :func:`best_in_cells`."""
    best = (np.zeros((top, 4), dtype=np.int64), np.zeros((top, 2)))
    passing = np.empty(len(register.kinds), dtype=np.bool_)
    scored = _passing(sieve, register, 0, len(passing), passing)
    count = 0
    for row in np.flatnonzero(passing):
        if not _is_left_out(sieve, row):
            count = _taken_in(question, register, similar, row, best, count)
    return best[0][:count], best[1][:count], scored, 0
