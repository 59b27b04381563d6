"""Who depends on whom: how much of what a partner lacks another eases, and how hard that one would be to replace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import fsum

from lichen.audit.values import Organisation
from lichen.audit.weighing import eased_by, gap_weights
from lichen.exchange.ledger.deliveries import deliveries, ledger_on
from lichen.exchange.ledger.standings import PromiseState, promise_standings
from lichen.exchange.values import Ledger

__all__ = ["Dependence", "MutualDependence", "ServedGap", "mutual_dependences"]


@dataclass(frozen=True, slots=True)
class ServedGap:
    """One gap of a partner that another's deliveries or promises ease."""

    gap: str
    """Its code; only its owner and whoever it has opened it to may see it."""
    weight: float
    """Its share of all that the partner lacks: severity × rank weight, as a share of the sum."""
    confidence: float
    """0 to 1: below 1 where the gap was inferred."""
    code: str
    """The code of what is given that eases it most."""
    similarity: float
    """How far that eases the gap: 1 for the same code."""
    as_well: int
    """How many of the others offer as much for it, or more."""
    others: int
    """How many others there are whose offers are known."""

    @property
    def importance(self) -> float:
        """Weight × confidence × similarity."""
        return self.weight * self.confidence * self.similarity

    @property
    def lack_of_alternatives(self) -> float | None:
        """1 where none of the others offers as much, 0 where all of them do; None where there are no others."""
        return 1 - self.as_well / self.others if self.others else None


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much one partner depends on another."""

    of: str
    """Id of the partner who depends."""
    upon: str
    """Id of the other."""
    served: tuple[ServedGap, ...]
    """The gaps that the other eases, weightiest first."""
    uncoded: int
    """How many deliveries and promises name no capability, so that nobody can say which gap they ease."""

    @property
    def importance(self) -> float:
        """The share of what the partner lacks that the other eases, in [0, 1]."""
        return min(1.0, fsum(one.importance for one in self.served))

    @property
    def amount(self) -> float | None:
        """Importance × lack of alternatives, gap by gap, in [0, 1]; None where there are no others to look at."""
        lacks = [one.lack_of_alternatives for one in self.served]
        if any(lack is None for lack in lacks):
            return None
        return min(1.0, fsum(one.importance * (lack or 0) for one, lack in zip(self.served, lacks, strict=True)))


@dataclass(frozen=True, slots=True)
class MutualDependence:
    """How much two partners depend on each other: both together, and how far apart, which are two things."""

    one: Dependence
    """Of the first upon the second."""
    other: Dependence
    """Of the second upon the first."""

    @property
    def total(self) -> float | None:
        """Both added up, in [0, 2]: joint dependence. None where one of them is unknown."""
        amounts = self.one.amount, self.other.amount
        return None if amounts[0] is None or amounts[1] is None else amounts[0] + amounts[1]

    @property
    def imbalance(self) -> float | None:
        """The first less the second, in [-1, 1]: above 0 the second has power over the first. None where unknown."""
        amounts = self.one.amount, self.other.amount
        return None if amounts[0] is None or amounts[1] is None else amounts[0] - amounts[1]


def mutual_dependences(
    ledger: Ledger, partners: Sequence[Organisation], *, on: date, candidates: Iterable[Organisation] = ()
) -> tuple[MutualDependence, ...]:
    """How much each two partners depend on each other for what they have given or promised.

    Dependence is importance × lack of alternatives. Importance is the share of what a partner lacks that the other's
    deliveries and standing promises ease. Alternatives are the other partners, and candidates, who offer as much for
    the same gap as the other does in its audit.

    Args:
        ledger: Whose references lead somewhere: see ``ledger_problems``.
        partners: Those of the alliance.
        on: The day; what is dated later does not count yet.
        candidates: Other organisations who might help instead; partners among them are passed over.

    Returns:
        One entry for each two partners, in their order.

    Raises:
        InputError: An event refers to a commitment or a claim that is not there.

    Source:
        Emerson (1962) and Pfeffer and Salancik (1978), as summed up by Casciaro and Piskorski (2005), who keep the sum
        and the imbalance apart; how importance and alternatives are counted is ours.

    Example:
        >>> from lichen.audit.values import Offer, Vulnerability
        >>> from lichen.exchange.values import EconomicEvent
        >>> farm = Organisation("farm", "Farm", vulnerabilities=(Vulnerability("ops.logistics", 4),))
        >>> depot = Organisation("depot", "Depot", offers=(Offer("ops.logistics", 4, 3),))
        >>> rival = Organisation("rival", "Rival", offers=(Offer("ops.logistics", 4, 3),))
        >>> idle = Organisation("idle", "Idle", offers=(Offer("ops.perishables", 4, 3),))
        >>> run = EconomicEvent(
        ...     "run", date(2026, 4, 12), 1, provider="depot", receiver="farm", kind="in_kind", code="ops.logistics")
        >>> [found] = mutual_dependences(
        ...     Ledger(events=(run,)), [farm, depot], on=date(2026, 5, 1), candidates=[rival, idle])
        >>> found.one.importance, found.one.amount, found.other.amount, found.imbalance
        (1.0, 0.5, 0.0, 0.5)
    """
    given = _Given(ledger, on)
    known = {one.id: one for one in (*candidates, *partners)}

    def dependence(of: Organisation, upon: Organisation) -> Dependence:
        others = [one for id, one in known.items() if id not in (of.id, upon.id) and one.offers]
        codes = given.codes(upon.id, of.id)
        served = sorted(_served(of, upon, codes, others), key=lambda one: (-one.importance, one.gap))
        return Dependence(of.id, upon.id, tuple(served), codes.count(""))

    return tuple(
        MutualDependence(dependence(one, other), dependence(other, one)) for one, other in combinations(partners, 2)
    )


class _Given:
    """What each partner has given to each, or has promised and not given up: its codes."""

    def __init__(self, ledger: Ledger, on: date) -> None:
        passed = [one for one in deliveries(ledger_on(ledger, on)) if one.counts]
        standing = [one.promise for one in promise_standings(ledger, on=on) if one.state is not PromiseState.GIVEN_UP]
        self.entries = [(one.provider, one.receiver, one.code) for one in (*passed, *standing)]

    def codes(self, provider: str, receiver: str) -> list[str]:
        return [code for giver, taker, code in self.entries if (giver, taker) == (provider, receiver)]


def _served(
    of: Organisation, upon: Organisation, codes: Sequence[str], others: Sequence[Organisation]
) -> Iterable[ServedGap]:
    for gap, weight in zip(of.vulnerabilities, gap_weights(of), strict=True):
        eased = {code: near for code in codes if (near := eased_by(gap.code).get(code, 0.0)) > 0}
        if eased:
            code = max(sorted(eased), key=lambda each: eased[each])
            needed = _met(gap.code, upon)
            as_well = sum(_met(gap.code, one) >= needed and _met(gap.code, one) > 0 for one in others)
            yield ServedGap(gap.code, weight, gap.confidence, code, eased[code], as_well, len(others))


def _met(gap: str, one: Organisation) -> float:
    """How well an organisation's best offer meets a gap, in [0, 1]."""
    return max((eased_by(gap).get(offer.code, 0.0) * offer.effective for offer in one.offers), default=0.0)
