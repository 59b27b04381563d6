"""Received over given, as each partner sees it; the lowest, and the gap between highest and lowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from lichen.exchange.fairness.worths import Role, Worth, worths
from lichen.exchange.ledger.deliveries import DeliveryState, deliveries, ledger_on
from lichen.exchange.values import Ledger

__all__ = ["Balance", "Fairness", "WhyUndefined", "received_over_given"]


class WhyUndefined(StrEnum):
    """Why a partner's received over given is not a number. The first that holds is told."""

    GAVE_NOTHING = "gave nothing"
    """Nothing that it gave counts yet."""
    GIVEN_NOT_VALUED = "given not valued"
    """It has not said of anything that it gave what it was worth."""
    GIVEN_WORTH_NOTHING = "given worth nothing"
    """It says that what it gave is worth nothing to it."""
    RECEIVED_NOT_VALUED = "received not valued"
    """It has received something, and said of none of it what it was worth."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What one partner received and gave, on its own scale, with everything that was added up."""

    partner: str
    """Its id."""
    lines: tuple[Worth, ...]
    """All that it gave or received and that counts, valued or not."""

    @property
    def received(self) -> float:
        """The worth of what it received, as far as it was valued."""
        return float(self._sum(Role.RECEIVER))

    @property
    def given(self) -> float:
        """The worth of what it gave, as far as it was valued."""
        return float(self._sum(Role.GIVER))

    @property
    def ratio(self) -> float | None:
        """Received over given; 1 is as much as it gave, below 1 is less. None where it is not a number."""
        return None if self.undefined else float(self._sum(Role.RECEIVER) / self._sum(Role.GIVER))

    @property
    def undefined(self) -> WhyUndefined | None:
        """Why there is no ratio; None where there is one."""
        checks = (
            (WhyUndefined.GAVE_NOTHING, self.count(Role.GIVER) == 0),
            (WhyUndefined.GIVEN_NOT_VALUED, self.valued(Role.GIVER) == 0),
            (WhyUndefined.GIVEN_WORTH_NOTHING, self.given == 0),
            (WhyUndefined.RECEIVED_NOT_VALUED, self.count(Role.RECEIVER) > 0 and self.valued(Role.RECEIVER) == 0),
        )
        return next((why for why, holds in checks if holds), None)

    def count(self, role: Role) -> int:
        """How many deliveries it gave, or received."""
        return sum(line.role is role for line in self.lines)

    def valued(self, role: Role) -> int:
        """How many of them it has valued."""
        return sum(line.role is role and line.worth is not None for line in self.lines)

    def _sum(self, role: Role) -> Fraction:
        return sum((line.worth for line in self.lines if line.role is role and line.worth is not None), Fraction(0))


@dataclass(frozen=True, slots=True)
class Fairness:
    """How fair the exchange is as its partners see it: the lowest and the gap, never only a mean."""

    balances: tuple[Balance, ...]
    """One a partner, in the order given."""
    disputed: int
    """How many deliveries are disputed, and count for nobody."""
    reversed: int
    """How many deliveries were corrected, and count for nobody."""
    attributed: bool
    """Whether the partners are so few that each view can only be told with its name on it."""

    @property
    def lowest(self) -> Balance | None:
        """The partner who sees itself as receiving least for what it gives; None where no ratio is known."""
        return min(self._defined(), key=lambda one: one.ratio or 0, default=None)

    @property
    def highest(self) -> Balance | None:
        """The partner who sees itself as receiving most for what it gives; None where no ratio is known."""
        return max(self._defined(), key=lambda one: one.ratio or 0, default=None)

    @property
    def gap(self) -> float | None:
        """The highest ratio less the lowest; None where fewer than two are known."""
        ratios = [one.ratio for one in self._defined() if one.ratio is not None]
        return max(ratios) - min(ratios) if len(ratios) > 1 else None

    def _defined(self) -> list[Balance]:
        return [one for one in self.balances if one.undefined is None]


def received_over_given(ledger: Ledger, partners: Sequence[str], *, on: date, attributed_below: int = 5) -> Fairness:
    """How much each partner has received for what it gave, on its own scale.

    Scales are never compared: each partner's ratio is of two of its own numbers. What it has not valued is left out
    of its sums and counted.

    Args:
        ledger: Whose references lead somewhere: see ``ledger_problems``.
        partners: Ids of the partners.
        on: The day; what is dated later does not count yet.
        attributed_below: With fewer partners than this, views cannot be anonymous.

    Raises:
        InputError: An event refers to a commitment or a claim that is not there.

    Source:
        Adams (1965), equity as the ratio of outcomes to inputs, as each sees it; lowest and gap: ours.

    Example:
        >>> from lichen.exchange.values import EconomicEvent, Valuation
        >>> day = date(2026, 4, 12)
        >>> hall = EconomicEvent("hall", day, 1, provider="churches", receiver="hospital", kind="space")
        >>> nurse = EconomicEvent("nurse", day, 1, provider="hospital", receiver="churches", kind="staff_time")
        >>> said = Valuation("churches", 4, day, event="hall"), Valuation("churches", 6, day, event="nurse")
        >>> found = received_over_given(Ledger(events=(hall, nurse), valuations=said), ["churches", "hospital"], on=day)
        >>> [(one.partner, one.ratio, one.undefined and str(one.undefined)) for one in found.balances]
        [('churches', 1.5, None), ('hospital', None, 'given not valued')]
    """
    seen = worths(ledger, on=on)
    states = [delivery.state for delivery in deliveries(ledger_on(ledger, on))]
    return Fairness(
        balances=tuple(Balance(id, tuple(one for one in seen if one.partner == id)) for id in partners),
        disputed=states.count(DeliveryState.DISPUTED),
        reversed=states.count(DeliveryState.REVERSED),
        attributed=len(partners) < attributed_below,
    )
