"""Swings: the coalitions that lose without a player and win with it. Every index of power is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Plan", "Swings", "swings_of_winning"]


@dataclass(frozen=True, slots=True)
class Swings:
    """How many coalitions of players win, and in how many each of them decides; whole numbers of any size.

    By size from 0 up; all sizes in one number where they are not told apart.
    """

    winning: list[int]
    """The coalitions that win."""
    by_kind: list[list[int]]
    """For each kind of player: the coalitions without one of the kind that lose, and win once it joins."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to count the swings of a game."""

    work: float
    """About how many additions it takes; infinite where there is no room for it."""
    count: Callable[[], Swings]
    """Does it."""


def swings_of_winning(winning: list[int], containing: list[list[int]]) -> Swings:
    """The swings, from how many coalitions win.

    Args:
        winning: The coalitions that win, by size.
        containing: For each kind: those that have one player of the kind in them, by size.
    """
    return Swings(winning, [_pivots(winning, within) for within in containing])


def _pivots(winning: list[int], within: list[int]) -> list[int]:
    """Of the coalitions that win with a player, those that do not win without it."""
    return [with_it - (count - has) for with_it, count, has in zip(within[1:], winning, within, strict=False)]
