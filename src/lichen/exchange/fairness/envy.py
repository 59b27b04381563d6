"""Whether a partner would rather have what another received, judged by its own valuations alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from lichen.exchange.fairness.worths import Role, Worth, worths
from lichen.exchange.ledger.amounts import exact
from lichen.exchange.ledger.deliveries import Delivery
from lichen.exchange.values import Ledger

__all__ = ["BundleLine", "Envy", "Preference", "Thing", "envies"]


class Preference(StrEnum):
    """Which of two bundles a partner would rather have."""

    OWN = "own"
    """What it received itself, or either: it does not envy."""
    THEIRS = "theirs"
    """What the other received: it envies."""
    UNKNOWN = "unknown"
    """It has not valued enough to say."""


class Thing(NamedTuple):
    """What can be compared by amount: a kind of the same capability in the same unit."""

    kind: str
    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One delivery in a bundle, at its worth to the partner who judges."""

    event: str
    """Id of the delivery."""
    thing: Thing
    """What it is."""
    amount: float
    """How much."""
    worth: Fraction | None
    """What it would be worth to the partner who judges, exactly; None where it has valued nothing of the sort."""
    per_unit: Fraction | None = None
    """Its worth for one unit, where it was not valued itself: from what it received, else from what it gave."""


@dataclass(frozen=True, slots=True)
class Envy:
    """One partner's judgement of its own bundle and of another's."""

    partner: str
    """Id of the partner who judges."""
    other: str
    """Id of the other."""
    own: tuple[BundleLine, ...]
    """What the partner received."""
    theirs: tuple[BundleLine, ...]
    """What the other received."""

    @property
    def own_worth(self) -> float:
        """The worth of its own bundle, as far as it is known."""
        return float(_known(self.own))

    @property
    def theirs_worth(self) -> float:
        """The worth of the other's bundle to it, as far as it is known."""
        return float(_known(self.theirs))

    @property
    def unvalued(self) -> tuple[Thing, ...]:
        """What it would have to value for more to be known."""
        return tuple(dict.fromkeys(line.thing for line in (*self.own, *self.theirs) if line.worth is None))

    @property
    def prefers(self) -> Preference:
        """Which bundle it would rather have.

        What is not valued is worth nothing or more, so a bundle that is already worth more than all of the other is
        preferred, whatever else is in it.
        """
        own, theirs = _known(self.own), _known(self.theirs)
        if theirs > own and _is_whole(self.own):
            return Preference.THEIRS
        if own >= theirs and _is_whole(self.theirs):
            return Preference.OWN
        return Preference.UNKNOWN


def envies(ledger: Ledger, partners: Sequence[str], *, on: date) -> tuple[Envy, ...]:
    """Every partner's judgement of every other's bundle, where a bundle is all that a partner has received.

    A delivery that the partner valued itself counts at that worth; another at its mean worth for one unit of the same
    thing, over what the partner received and valued, else over what it gave and valued. With two partners, the
    other's bundle is what the partner itself gave.

    Args:
        ledger: Whose references lead somewhere: see ``ledger_problems``.
        partners: Ids of the partners.
        on: The day; what is dated later does not count yet.

    Returns:
        For each partner in turn, one entry for each other.

    Raises:
        InputError: An event refers to a commitment or a claim that is not there.

    Source:
        Foley (1967), envy-freeness; the worth of what was not valued is ours.

    Example:
        >>> from lichen.exchange.values import EconomicEvent, Valuation
        >>> day = date(2026, 4, 12)
        >>> hours = {"kind": "staff_time", "unit": "hours", "provider": "hospital"}
        >>> few, many = (
        ...     EconomicEvent("few", day, 2, receiver="churches", **hours),
        ...     EconomicEvent("many", day, 5, receiver="school", **hours),
        ... )
        >>> ledger = Ledger(events=(few, many), valuations=(Valuation("churches", 6, day, event="few"),))
        >>> found = envies(ledger, ["churches", "school"], on=day)
        >>> [(one.partner, one.own_worth, one.theirs_worth, str(one.prefers)) for one in found]
        [('churches', 6.0, 15.0, 'theirs'), ('school', 0.0, 0.0, 'unknown')]
    """
    seen = worths(ledger, on=on)
    received = {id: [one for one in seen if one.partner == id and one.role is Role.RECEIVER] for id in partners}
    judged = {id: _Judge(one for one in seen if one.partner == id) for id in partners}
    return tuple(
        Envy(id, other, judged[id].bundle(received[id]), judged[id].bundle(received[other]))
        for id in partners
        for other in partners
        if other != id
    )


class _Judge:
    """What one partner has said that things are worth to it."""

    def __init__(self, views: Iterable[Worth]) -> None:
        valued = [one for one in views if one.worth is not None]
        self.said = {one.delivery.event: one.worth for one in valued if one.role is Role.RECEIVER}
        gave, got = (_per_unit(one for one in valued if one.role is role) for role in (Role.GIVER, Role.RECEIVER))
        self.per_unit = {**gave, **got}

    def bundle(self, received: Iterable[Worth]) -> tuple[BundleLine, ...]:
        return tuple(self._line(one.delivery) for one in received)

    def _line(self, delivery: Delivery) -> BundleLine:
        thing = _thing(delivery)
        said, per_unit = self.said.get(delivery.event), self.per_unit.get(thing)
        if said is not None or per_unit is None:
            return BundleLine(delivery.event, thing, delivery.amount, said)
        return BundleLine(delivery.event, thing, delivery.amount, per_unit * exact(delivery.amount), per_unit)


def _thing(delivery: Delivery) -> Thing:
    return Thing(delivery.kind, delivery.code, delivery.unit)


def _per_unit(valued: Iterable[Worth]) -> Mapping[Thing, Fraction]:
    """The mean worth of one unit of each thing."""
    worth: dict[Thing, Fraction] = defaultdict(Fraction)
    amount: dict[Thing, Fraction] = defaultdict(Fraction)
    for one in valued:
        worth[_thing(one.delivery)] += one.worth or 0
        amount[_thing(one.delivery)] += exact(one.delivery.amount)
    return {thing: worth[thing] / amount[thing] for thing in worth}


def _known(lines: Iterable[BundleLine]) -> Fraction:
    return sum((line.worth for line in lines if line.worth is not None), Fraction(0))


def _is_whole(lines: Iterable[BundleLine]) -> bool:
    return all(line.worth is not None for line in lines)
