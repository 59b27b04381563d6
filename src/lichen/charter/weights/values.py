"""What is asked of weights, and what is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lichen.charter.power.games import WeightedGame
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["FairWeights", "Measure", "PowerDivision", "WeightLimits"]

_HALF = Fraction(1, 2)


class Measure(StrEnum):
    """By which index power is measured."""

    SHAPLEY_SHUBIK = "shapley-shubik"
    BANZHAF = "banzhaf"
    """Normalised."""


@dataclass(frozen=True, slots=True)
class WeightLimits:
    """What weights must keep to, besides giving power like the risk.

    Raises:
        InputError: A share is not from 0 to 1, the floor is above the cap, or a motion and its opposite could both
            pass; bears all of it.
    """

    most: Fraction = Fraction(1)
    """The most power that one partner may have."""
    least: Fraction = Fraction(0)
    """The least power that each must have."""
    threshold: Fraction | None = None
    """The share of the weight that must be for a motion, at least a half; None leaves it open, and it is found."""
    strictly_more: bool = True
    """Whether more than the threshold is needed; False: the threshold itself is enough."""
    allows_extremes: bool = False
    """Whether one partner may decide alone, and others be powerless."""
    alike: bool = False
    """Whether partners with the same risk must have the same power, even where others would come nearer."""

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise InputError(problems)

    def _problems(self) -> Iterator[Problem]:
        for column, share in (("most", self.most), ("least", self.least), ("threshold", self.threshold or _HALF)):
            if not 0 <= share <= 1:
                yield Problem(_("it is not a share of one"), _("from 0 to 1"), column=column)
        if self.least > self.most:
            yield Problem(_("the floor is above the cap"), _("no more than the cap"), column="least")
        if self.threshold is not None and self.threshold < _HALF:
            what = _("below one half, both a motion and its opposite could pass")
            yield Problem(what, _("1/2 or more"), column="threshold")
        if self.threshold == 1 and self.strictly_more:
            right = _("less than 1, or strictly_more: false")
            yield Problem(_("nothing is more than everything, so no motion could pass"), right, column="threshold")


@dataclass(frozen=True, slots=True)
class PowerDivision:
    """One way to divide power, with weights and a quota that bring it about."""

    game: WeightedGame
    """Quota and weights, one a partner in the order of the shares."""
    power: tuple[Fraction, ...]
    """Everybody's power, exactly; together they are one."""
    distance: Fraction
    """How far it is from the shares of risk: the differences added up, from 0 to 2."""


@dataclass(frozen=True, slots=True)
class FairWeights:
    """The weights whose power is nearest to the shares of risk, and what else there is."""

    shares: tuple[Fraction, ...]
    """Everybody's share of risk; together they are one."""
    measure: Measure
    """The index by which power is measured."""
    limits: WeightLimits
    """What they were to keep to."""
    nearest: PowerDivision | None
    """The best that was found; None where no weights keep to the limits."""
    is_certified: bool
    """Whether every weighted vote was looked at, so that nothing that keeps to the limits is nearer."""
    is_minimal: bool
    """Whether no smaller whole numbers make the same vote."""
    reachable: tuple[PowerDivision, ...] = ()
    """Where every weighted vote was looked at: all ways to divide power that keep to the limits, nearest first."""
