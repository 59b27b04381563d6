"""The deliveries of a ledger, each made whole from what it refers to, and the ledger as it stood on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from lichen.errors import InputError, Problem
from lichen.exchange.values import Claim, Commitment, EconomicEvent, Ledger
from lichen.language import _

__all__ = ["Delivery", "DeliveryState", "deliveries", "ledger_on"]


class DeliveryState(StrEnum):
    """Where a delivery stands; each is in exactly one of these."""

    ACCEPTED = "accepted"
    """The receiver has said that it was received as meant."""
    UNANSWERED = "unanswered"
    """The receiver has said nothing yet; until then the giver's word stands."""
    DISPUTED = "disputed"
    """The receiver says otherwise: counted on neither side until the two have talked."""
    REVERSED = "reversed"
    """A correction says that it should not stand."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event that passed something from a partner to another, with all that it takes from its promise."""

    event: str
    """Id of the event."""
    happened_on: date
    """The day of it."""
    provider: str
    """Id of the partner who gave."""
    receiver: str
    """Id of the partner who received."""
    kind: str
    """An exchange kind of the taxonomy."""
    code: str
    """A code of the taxonomy, or empty."""
    what: str
    """In plain words, or empty."""
    amount: float
    """How much."""
    unit: str
    """Of what."""
    state: DeliveryState
    """Where it stands."""
    fulfils: str = ""
    """Id of the commitment, or empty."""
    settles: str = ""
    """Id of the claim, or empty."""

    @property
    def counts(self) -> bool:
        """Whether it is reckoned as given and received."""
        return self.state in (DeliveryState.ACCEPTED, DeliveryState.UNANSWERED)


def deliveries(ledger: Ledger) -> tuple[Delivery, ...]:
    """Every delivery in the ledger, in its order; the corrections show in what they reverse.

    Args:
        ledger: Whose references lead somewhere: see ``ledger_problems``.

    Raises:
        InputError: An event refers to a commitment or a claim that is not there.

    Example:
        >>> from datetime import date
        >>> halls = Commitment("halls", "churches", "hospital", "space", date(2026, 3, 1), date(2026, 5, 1), 3, "halls")
        >>> fair = EconomicEvent("fair-1", date(2026, 4, 12), fulfils="halls")
        >>> [found] = deliveries(Ledger(commitments=(halls,), events=(fair,)))
        >>> found.provider, found.amount, found.unit, str(found.state)
        ('churches', 3, 'halls', 'unanswered')
    """
    promised, claimed = _by_id(ledger.commitments), _by_id(ledger.claims)
    reversed_ids = {event.reverses for event in ledger.events}
    return tuple(
        _delivery(event, _referred(event, promised, claimed), event.id in reversed_ids)
        for event in ledger.events
        if not event.reverses
    )


def ledger_on(ledger: Ledger, on: date) -> Ledger:
    """The ledger as it stood at the end of a day: whatever came later is left out.

    Intents bear no day of their own and all stay.
    """
    return Ledger(
        intents=ledger.intents,
        commitments=tuple(_promise_on(one, on) for one in ledger.commitments if one.promised_on <= on),
        events=tuple(_event_on(one, on) for one in ledger.events if one.happened_on <= on),
        claims=tuple(_claim_on(one, on) for one in ledger.claims if one.claimed_on <= on),
        valuations=tuple(one for one in ledger.valuations if one.valued_on <= on),
    )


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)


def _by_id(entries: Sequence[_Entry]) -> Mapping[str, _Entry]:
    return {entry.id: entry for entry in entries}


def _referred(
    event: EconomicEvent, promised: Mapping[str, Commitment], claimed: Mapping[str, Claim]
) -> Commitment | Claim | None:
    """What the event delivers on, of which the commitment goes before the claim."""
    try:
        return promised[event.fulfils] if event.fulfils else claimed[event.settles] if event.settles else None
    except KeyError:
        what = _("an event refers to a promise or a claim that is not in the ledger")
        raise InputError(Problem(what, _("the id of one of them"), sheet="events")) from None


def _delivery(event: EconomicEvent, promise: Commitment | Claim | None, is_reversed: bool) -> Delivery:
    return Delivery(
        event=event.id,
        happened_on=event.happened_on,
        provider=event.provider or (promise.provider if promise else ""),
        receiver=event.receiver or (promise.receiver if promise else ""),
        kind=event.kind or (promise.kind if promise else ""),
        code=event.code or (promise.code if promise else ""),
        what=event.what or (promise.what if promise else ""),
        amount=event.amount or (promise.amount if promise else 0),
        unit=event.unit or (promise.unit if promise else ""),
        state=DeliveryState.REVERSED if is_reversed else _answered(event),
        fulfils=event.fulfils,
        settles=event.settles,
    )


def _answered(event: EconomicEvent) -> DeliveryState:
    if not event.responses:
        return DeliveryState.UNANSWERED
    return DeliveryState.ACCEPTED if event.responses[-1].accepted else DeliveryState.DISPUTED


def _promise_on(one: Commitment, on: date) -> Commitment:
    given_up_later = one.cancelled_on is not None and one.cancelled_on > on
    return replace(one, cancelled_on=None, cancelled_why="") if given_up_later else one


def _claim_on(one: Claim, on: date) -> Claim:
    waived_later = one.waived_on is not None and one.waived_on > on
    return replace(one, waived_on=None, waived_why="") if waived_later else one


def _event_on(one: EconomicEvent, on: date) -> EconomicEvent:
    return replace(one, responses=tuple(each for each in one.responses if each.responded_on <= on))
