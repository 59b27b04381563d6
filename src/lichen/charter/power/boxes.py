"""Swings by tables: coalitions that lose in several games at once, put together by inclusion and exclusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from lichen.charter.power.counting import Losing, Shape, Vector, binomials, losing, table_shape
from lichen.charter.power.games import AllOf, Rule, WeightedGame, leaves
from lichen.charter.power.reduction import Kind, dual
from lichen.charter.power.swings import Plan, Swings

__all__ = ["box_plan"]

_MOST_LEAVES = 6

_Terms = Mapping[frozenset[int], int]
"""Whether a coalition loses, as a sum: for some games, how often losing in all of them counts."""


@dataclass(frozen=True, slots=True)
class _Box:
    """The coalitions that lose in every one of a few games."""

    times: int
    """How often they count."""
    axes: tuple[int, ...]
    """The games that take a table; where all weigh 1 the size of a coalition says enough."""
    largest: int
    """The largest size that may lose."""
    shape: Shape | None
    """The table, if it takes one."""


def box_plan(rule: Rule, kinds: Sequence[Kind], *, is_sized: bool) -> Plan | None:
    """How to count swings by tables, in the game or in that of stopping it, whichever takes less.

    Args:
        rule: What the players must reach.
        kinds: The players, in the order of the rule.
        is_sized: Whether coalitions are told apart by size.

    Returns:
        None where the rule is made of too many games.
    """
    if len(leaves(rule)) > _MOST_LEAVES:
        return None
    plain, stopping = (_boxes(each, kinds, is_sized) for each in (rule, dual(rule)))
    if _work(plain) <= _work(stopping):
        return Plan(_work(plain), partial(_swings, plain, kinds, is_sized))
    return Plan(_work(stopping), partial(_swings_of_dual, stopping, kinds, is_sized))


def _boxes(rule: Rule, kinds: Sequence[Kind], is_sized: bool) -> list[_Box]:
    parts = leaves(rule)
    terms = _losing_terms(rule, {leaf: place for place, leaf in enumerate(parts)})
    return [_box(times, {place: parts[place] for place in games}, kinds, is_sized) for games, times in terms.items()]


def _box(times: int, games: Mapping[int, WeightedGame], kinds: Sequence[Kind], is_sized: bool) -> _Box:
    heads = [place for place, game in games.items() if is_sized and set(game.weights) == {1}]
    axes = tuple(sorted(games.keys() - set(heads)))
    largest = min([games[place].quota - 1 for place in heads], default=sum(len(kind.places) for kind in kinds))
    quotas = tuple(games[place].quota for place in axes)
    alike: Counter[Vector] = Counter()
    for kind in kinds:
        alike[_along(kind, axes)] += len(kind.places)
    return _Box(times, axes, largest, table_shape(alike, quotas, largest if is_sized else None) if axes else None)


def _along(kind: Kind, axes: Sequence[int]) -> Vector:
    return tuple(kind.weights[axis] for axis in axes)


def _work(boxes: Sequence[_Box]) -> float:
    return sum(box.shape.work for box in boxes if box.shape)


def _losing_terms(rule: Rule, places: Mapping[WeightedGame, int]) -> _Terms:
    if isinstance(rule, WeightedGame):
        return {frozenset({places[rule]}): 1}
    parts = [_losing_terms(game, places) for game in rule.games]
    if not isinstance(rule, AllOf):
        return _product(parts)  # to lose a disjunction is to lose all of it
    return _complement(_product([_complement(part) for part in parts]))


def _complement(terms: _Terms) -> _Terms:
    found = Counter({games: -times for games, times in terms.items()})
    found[frozenset()] += 1
    return {games: times for games, times in found.items() if times}


def _product(factors: Sequence[_Terms]) -> _Terms:
    found: _Terms = {frozenset(): 1}
    for factor in factors:
        grown: Counter[frozenset[int]] = Counter()
        for games, times in found.items():
            for others, more in factor.items():
                grown[games | others] += times * more
        found = {games: times for games, times in grown.items() if times}
    return found


def _swings(boxes: Sequence[_Box], kinds: Sequence[Kind], is_sized: bool) -> Swings:
    players = sum(len(kind.places) for kind in kinds)
    among_all, by_kind = _losing(boxes, kinds, players, is_sized)
    everybody = binomials(players, players + 1) if is_sized else [1 << players]
    winning = [count - losing for count, losing in zip(everybody, among_all, strict=True)]
    return Swings(winning, [_pivots(among_all, without) for without in by_kind])


def _swings_of_dual(boxes: Sequence[_Box], kinds: Sequence[Kind], is_sized: bool) -> Swings:
    """Who wins are those whose complement fails to stop them; who decides there decides here."""
    players = sum(len(kind.places) for kind in kinds)
    among_all, by_kind = _losing(boxes, kinds, players, is_sized)
    return Swings(among_all[::-1], [_pivots(among_all, without)[::-1] for without in by_kind])


def _pivots(among_all: Sequence[int], without: Sequence[int]) -> list[int]:
    """Of the losing coalitions without a player, those that its joining does not leave losing."""
    if len(among_all) == 1:
        return [2 * without[0] - among_all[0]]
    with_it = [count - less for count, less in zip_longest(among_all, without, fillvalue=0)]
    return [count - still for count, still in zip(without, with_it[1:], strict=True)]


def _losing(
    boxes: Sequence[_Box], kinds: Sequence[Kind], players: int, is_sized: bool
) -> tuple[list[int], list[list[int]]]:
    """How many coalitions lose, by size: among all, and for each kind without one player of it."""
    among_all = [0] * (players + 1 if is_sized else 1)
    by_kind = [[0] * (players if is_sized else 1) for _kind in kinds]
    for box in boxes:
        counted = _counted(box, players, is_sized)
        _add(among_all, counted.among_all, box.times)
        for sums, kind in zip(by_kind, kinds, strict=True):
            _add(sums, counted.without[_along(kind, box.axes)], box.times)
    return among_all, by_kind


def _add(sums: list[int], counts: Sequence[int], times: int) -> None:
    for size, count in zip(range(len(sums)), counts, strict=False):
        sums[size] += times * count


def _counted(box: _Box, players: int, is_sized: bool) -> Losing:
    if box.shape is not None:
        return losing(box.shape)
    if not is_sized:
        return Losing([1 << players], {(): [1 << (players - 1)]})
    rows = box.largest + 1
    return Losing(binomials(players, rows), {(): binomials(players - 1, rows)})
