"""What is told of voting power: figures, how they came about, and what they amount to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

__all__ = ["Method", "PlayerPower", "Power", "PowerIndex", "Standing"]


class Method(StrEnum):
    """How power was worked out."""

    EXACT = "exact"
    """Every coalition was counted."""
    SAMPLED = "sampled"
    """Coalitions were drawn at random, since there are too many to count."""


class Standing(StrEnum):
    """What a player amounts to, however much it weighs."""

    DICTATOR = "dictator"
    """Decides alone: nothing is carried without it, and it needs nobody."""
    VETO = "veto"
    """Nothing is carried without it, as was agreed."""
    UNINTENDED_VETO = "unintended-veto"
    """Nothing is carried without it, because of weights and quota; nobody has said so."""
    ORDINARY = "ordinary"
    """Decides in some coalitions, and can be done without in others."""
    POWERLESS = "powerless"
    """Never decides anything, whoever joins."""


@dataclass(frozen=True, slots=True)
class PlayerPower:
    """What say one player has."""

    name: str
    """Who."""
    weights: tuple[int, ...]
    """What it weighs in each weighted game that the rule is made of."""
    shapley_shubik: Fraction
    """In what share of all orders of joining it is the one that makes those before it win. Together they are one."""
    banzhaf: Fraction
    """Its share of all swings. Together they are one."""
    banzhaf_absolute: Fraction
    """In what share of the coalitions of the others it decides: its chance to matter if everybody tosses a coin."""
    standing: Standing
    """What that amounts to."""


@dataclass(frozen=True, slots=True)
class Power:
    """What say each player of a voting game has."""

    players: tuple[PlayerPower, ...]
    """In the order of the game."""
    method: Method
    """Exact only where every figure is."""
    standard_error: float | None
    """The largest standard error of a figure; None where all are exact."""

    def named(self, standing: Standing) -> tuple[str, ...]:
        """The names of the players of one standing."""
        return tuple(player.name for player in self.players if player.standing is standing)


@dataclass(frozen=True, slots=True)
class PowerIndex:
    """One index of power."""

    values: tuple[Fraction, ...]
    """One a player, in the order of the game."""
    method: Method
    """How it was worked out."""
    standard_error: float | None
    """The largest standard error of a value; None where they are exact."""
