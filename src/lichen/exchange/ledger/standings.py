"""Where each promise and each claim stands on a day: delivered, late, disputed, over-delivered, given up, or open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate

from lichen.exchange.ledger.amounts import exact, total
from lichen.exchange.ledger.deliveries import Delivery, DeliveryState, deliveries, ledger_on
from lichen.exchange.values import Claim, Commitment, Intent, Ledger

__all__ = ["PromiseStanding", "PromiseState", "open_intents", "promise_standings"]


class PromiseState(StrEnum):
    """Where a promise or a claim stands; each is in exactly one of these, the first that holds."""

    GIVEN_UP = "given up"
    """The promise was cancelled, or the claim waived: nothing more is owed."""
    DISPUTED = "disputed"
    """The receiver disputes a delivery on it."""
    OVER_DELIVERED = "over-delivered"
    """More was delivered than promised."""
    DELIVERED = "delivered"
    """All of it was delivered."""
    LATE = "late"
    """Some is still owed after the last day."""
    OPEN = "open"
    """Some is still owed, and there is time."""


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """Where one promise or claim stands, with the amounts that say so; all of them in its own unit."""

    promise: Commitment | Claim
    """The promise, or the claim."""
    state: PromiseState
    """Where it stands."""
    accepted: float
    """Delivered, and the receiver agrees."""
    unanswered: float
    """Delivered, and the receiver has not said anything yet."""
    disputed: float
    """Said to be delivered, and the receiver says otherwise."""
    reversed: float
    """Recorded, and corrected since."""
    days_late: int
    """How many days after the last day it was all there, or is still not; 0 is in time."""
    events: tuple[str, ...]
    """Ids of its deliveries, in the order of the ledger, corrected ones included."""

    @property
    def is_claim(self) -> bool:
        """Whether it is a claim rather than a promise."""
        return isinstance(self.promise, Claim)

    @property
    def delivered(self) -> float:
        """What counts as delivered: accepted or not answered yet."""
        return total((self.accepted, self.unanswered))

    @property
    def owed(self) -> float:
        """What is still to come: promised − delivered, and nothing once it was given up."""
        if self.state is PromiseState.GIVEN_UP:
            return 0.0
        return max(0.0, total((self.promise.amount, -self.delivered)))

    @property
    def over(self) -> float:
        """What was delivered beyond the promise."""
        return max(0.0, total((self.delivered, -self.promise.amount)))

    @property
    def is_late(self) -> bool:
        """Whether something is still owed after the last day, disputed or not."""
        return self.owed > 0 and self.days_late > 0


def promise_standings(ledger: Ledger, *, on: date) -> tuple[PromiseStanding, ...]:
    """Where every promise, and then every claim, stands at the end of a day.

    Args:
        ledger: Whose references lead somewhere: see ``ledger_problems``.
        on: The day; what is dated later does not count yet.

    Raises:
        InputError: An event refers to a commitment or a claim that is not there.

    Source:
        Valueflows: commitments and claims are fulfilled and settled by economic events; the states are ours.

    Example:
        >>> from lichen.exchange.values import EconomicEvent
        >>> halls = Commitment("halls", "churches", "hospital", "space", date(2026, 3, 1), date(2026, 5, 1), 3, "halls")
        >>> first = EconomicEvent("fair-1", date(2026, 4, 12), amount=1, fulfils="halls")
        >>> [found] = promise_standings(Ledger(commitments=(halls,), events=(first,)), on=date(2026, 5, 8))
        >>> str(found.state), found.delivered, found.owed, found.days_late
        ('late', 1.0, 2.0, 7)
    """
    known = ledger_on(ledger, on)
    passed = deliveries(known)
    fulfilling, settling = _by(passed, lambda each: each.fulfils), _by(passed, lambda each: each.settles)
    promises = [_standing(one, fulfilling.get(one.id, ()), on) for one in known.commitments]
    claims = [_standing(one, settling.get(one.id, ()), on) for one in known.claims]
    return (*promises, *claims)


def open_intents(ledger: Ledger, *, on: date) -> tuple[Intent, ...]:
    """The offers and requests that stand on a day and that no promise answers."""
    answered = {id for one in ledger_on(ledger, on).commitments if one.cancelled_on is None for id in one.satisfies}
    return tuple(one for one in ledger.intents if one.id not in answered and (one.ends_on is None or one.ends_on >= on))


def _by(passed: Iterable[Delivery], promise: Callable[[Delivery], str]) -> Mapping[str, Sequence[Delivery]]:
    found: dict[str, list[Delivery]] = defaultdict(list)
    for each in passed:
        found[promise(each)].append(each)
    return found


def _standing(promise: Commitment | Claim, passed: Sequence[Delivery], on: date) -> PromiseStanding:
    amounts = {state: total(each.amount for each in passed if each.state is state) for state in DeliveryState}
    all_there_on = _all_there_on(promise.amount, (each for each in passed if each.counts))
    return PromiseStanding(
        promise=promise,
        state=_state(promise, amounts[DeliveryState.DISPUTED] > 0, _delivered(amounts), on),
        accepted=amounts[DeliveryState.ACCEPTED],
        unanswered=amounts[DeliveryState.UNANSWERED],
        disputed=amounts[DeliveryState.DISPUTED],
        reversed=amounts[DeliveryState.REVERSED],
        days_late=_days_late(promise, all_there_on, on),
        events=tuple(each.event for each in passed),
    )


def _delivered(amounts: dict[DeliveryState, float]) -> float:
    return total((amounts[DeliveryState.ACCEPTED], amounts[DeliveryState.UNANSWERED]))


def _state(promise: Commitment | Claim, is_disputed: bool, delivered: float, on: date) -> PromiseState:
    if promise.given_up_on is not None:
        return PromiseState.GIVEN_UP
    if is_disputed:
        return PromiseState.DISPUTED
    if delivered > promise.amount:
        return PromiseState.OVER_DELIVERED
    if delivered == promise.amount:
        return PromiseState.DELIVERED
    return PromiseState.LATE if promise.due_on is not None and promise.due_on < on else PromiseState.OPEN


def _all_there_on(amount: float, passed: Iterable[Delivery]) -> date | None:
    """The day on which the deliveries reached the promised amount, if they have."""
    in_time = sorted(passed, key=lambda each: each.happened_on)
    sums = accumulate(exact(each.amount) for each in in_time)
    return next((each.happened_on for each, sum_ in zip(in_time, sums, strict=True) if sum_ >= exact(amount)), None)


def _days_late(promise: Commitment | Claim, all_there_on: date | None, on: date) -> int:
    if promise.due_on is None:
        return 0
    ended_on = all_there_on or promise.given_up_on or on
    return max(0, (ended_on - promise.due_on).days)
