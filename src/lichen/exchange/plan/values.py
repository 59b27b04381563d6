"""A plan of who gives what to whom: its rules, its gifts, what each partner gains, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import fsum, isfinite
from types import MappingProxyType

from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["Certificate", "Gain", "Gift", "MetGap", "Plan", "PlanRules", "UncoveredGap", "Unserved", "WhyUnserved"]


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What a plan reckons with; all of it is ours and can be changed.

    Raises:
        InputError: A number is out of its range; bears every problem at once.
    """

    capacity: float = 3.0
    """How much each partner can give: gifts, as long as each has the effort 1; or hours, where efforts are hours."""
    capacities: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """The same for single partners, by id."""
    effort: float = 1.0
    """How much of its giver's capacity a gift takes."""
    efforts: Mapping[tuple[str, str], float] = field(default_factory=lambda: MappingProxyType({}))
    """The same for single offers, by the giver's id and the code of the offer."""
    burden: float = 0.1
    """What giving away all of one's capacity costs, as a share of all of one's own gaps being met; 0 is nothing."""
    least: float = 0.001
    """A net gain below this counts as none."""
    tolerance: float = 1e-6
    """A plan counts as the best where no better one than by this much can exist."""
    nodes: int = 2_000
    """At most so many branches are looked at in each run of the solver; a run that is cut short leaves a gap."""
    seconds: float | None = None
    """At most so long may each run of the solver take. Where it cuts a run short, the plan depends on the machine."""

    def __post_init__(self) -> None:
        problems = [*self._problems()]
        if problems:
            raise InputError(problems)

    def _problems(self) -> Iterator[Problem]:
        amounts = [("capacity", self.capacity), ("burden", self.burden)]
        amounts += [("capacities", amount) for amount in self.capacities.values()]
        for name, amount in amounts:
            if not (isfinite(amount) and amount >= 0):
                yield Problem(_("the number is below 0 or no number"), _("0 or more"), column=name)
        above = [("effort", self.effort), ("least", self.least), ("tolerance", self.tolerance), ("nodes", self.nodes)]
        above += [("efforts", amount) for amount in self.efforts.values()]
        above += [] if self.seconds is None else [("seconds", self.seconds)]
        for name, amount in above:
            if not (isfinite(amount) and amount > 0):
                yield Problem(_("the number is not above 0"), _("a number above 0"), column=name)


@dataclass(frozen=True, slots=True)
class MetGap:
    """One gap of the receiver that a gift eases."""

    gap: str
    """Its code."""
    weight: float
    """Its share of all that the receiver lacks, in [0, 1]: severity × rank weight."""
    similarity: float
    """1 if gap and gift have the same code, else how far the related code eases it: 0.40 and more."""
    met: float
    """How far the gift meets it, in [0, 1]: similarity × effective strength × confidence in the gap."""

    @property
    def worth(self) -> float:
        """What that adds to what the receiver has of its gaps met: weight × met."""
        return self.weight * self.met


@dataclass(frozen=True, slots=True)
class Gift:
    """One capability given by one partner to another."""

    giver: str
    """Id of the partner who gives."""
    receiver: str
    """Id of the partner whose gaps it eases."""
    code: str
    """Code of the giver's offer."""
    kinds: tuple[str, ...]
    """The exchange kinds by which it would be given, the most usual first."""
    strength: int
    """1 to 5, as the giver sees it."""
    evidence: int
    """1 to 5, the step on the evidence ladder."""
    effort: float
    """How much of the giver's capacity it takes."""
    cost: float
    """The same as a share of all of the giver's gaps: burden × effort ÷ capacity."""
    meets: tuple[MetGap, ...]
    """The gaps it eases, what counts most first. In a plan only those that no other gift of the plan meets better."""

    @property
    def worth(self) -> float:
        """What it adds to what the receiver has of its gaps met, in [0, 1]."""
        return fsum(met.worth for met in self.meets)


@dataclass(frozen=True, slots=True)
class Gain:
    """What a plan is to one partner."""

    partner: str
    """Its id."""
    received: float
    """How far its gaps are met by what it is given, in [0, 1]; each gap counts once, as the best gift to it does."""
    cost: float
    """What its own gifts cost it, on the same scale."""
    effort: float
    """How much of its capacity it gives."""
    capacity: float
    """How much it could give."""
    could_give: int
    """How many gifts of its are possible at all; 0 where nobody lacks what it has, or it has no capacity."""

    @property
    def net(self) -> float:
        """Received less cost, in [0, 1]."""
        return self.received - self.cost


class WhyUnserved(StrEnum):
    """Why a partner gets nothing in a plan. The first that holds is told."""

    GAPS_UNKNOWN = "gaps-unknown"
    """It has not said what it lacks."""
    NOBODY_OFFERS = "nobody-offers"
    """No offer of any other partner eases any of its gaps."""
    NO_CAPACITY = "no-capacity"
    """Whoever has what it lacks has no capacity to give it."""
    GIVERS_UNSERVED = "givers-unserved"
    """Whoever could give would get nothing back, or too little for the effort."""
    OTHERS_FIRST = "others-first"
    """There is not enough for everybody, and more partners are served without it."""


@dataclass(frozen=True, slots=True)
class Unserved:
    """A partner who gets nothing in a plan, and who for that reason is asked for nothing that costs it."""

    partner: str
    """Its id."""
    why: WhyUnserved
    """The reason."""


@dataclass(frozen=True, slots=True)
class UncoveredGap:
    """A gap that no gift can ease, because nobody else in the alliance offers anything near it."""

    code: str
    """Its code."""
    partners: tuple[str, ...]
    """Ids of those who lack it; several of them share it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good a plan is, and how much better a plan could be at most.

    Three things count, the earlier before the later: how many partners gain, the smallest net gain among them, and
    the Nash product of their net gains, told as its root, the geometric mean.
    """

    served: int
    """How many partners gain."""
    served_bound: int
    """No plan lets more gain."""
    smallest: float
    """The smallest net gain of those who gain; 0 where nobody does."""
    smallest_bound: float
    """No plan that lets as many gain has a greater smallest net gain."""
    mean: float
    """The geometric mean of the net gains of those who gain: the root of the Nash product; 0 where nobody gains."""
    mean_bound: float
    """No plan with as many served and as great a smallest net gain has a greater one."""
    tolerance: float
    """What counts as no difference."""

    @property
    def smallest_gap(self) -> float:
        """By how much the smallest net gain could be greater at most; no unit, in [0, 1]."""
        return self.smallest_bound - self.smallest

    @property
    def mean_gap(self) -> float:
        """By which share the geometric mean could be greater at most."""
        return self.mean_bound / self.mean - 1 if self.mean else 0.0

    @property
    def is_optimal(self) -> bool:
        """Whether it is proven that no plan is better."""
        return self.served == self.served_bound and max(self.smallest_gap, self.mean_gap) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gives what to whom, and what comes of it for each partner."""

    gifts: tuple[Gift, ...]
    """By giver and receiver, in the order in which the partners came."""
    gains: tuple[Gain, ...]
    """One a partner, in the order in which they came."""
    unserved: tuple[Unserved, ...]
    """Those who get nothing, each with the reason."""
    uncovered: tuple[UncoveredGap, ...]
    """What no gift can ease, what most partners lack first."""
    possible: int
    """How many gifts the plan was chosen from."""
    certificate: Certificate
    """How good it is, and how much better a plan could be at most."""

    @property
    def lowest(self) -> tuple[Gain, ...]:
        """Those of the served who gain least; several where their net gains are the same."""
        passed_over = {one.partner for one in self.unserved}
        served = [gain for gain in self.gains if gain.partner not in passed_over]
        least = min((gain.net for gain in served), default=0.0)
        return tuple(gain for gain in served if gain.net <= least + self.certificate.tolerance)
