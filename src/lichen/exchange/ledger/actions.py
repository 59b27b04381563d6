"""The ways in which a ledger grows: each action gives a new ledger, and nothing in the old one is lost.

What cannot be right at all is an :class:`InputError`; what a rule stands against is :class:`NotAllowed`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from lichen.errors import InputError, NotAllowed, Problem
from lichen.exchange.checks import ledger_problems
from lichen.exchange.ledger.capacity import Overpromise, PromiseHere, overpromises
from lichen.exchange.ledger.deliveries import Delivery, DeliveryState, deliveries
from lichen.exchange.ledger.standings import PromiseStanding, PromiseState, promise_standings
from lichen.exchange.values import Claim, Commitment, EconomicEvent, Intent, Ledger, Response, Valuation
from lichen.language import _

__all__ = [
    "accept_delivery",
    "cancel_promise",
    "correct_delivery",
    "dispute_delivery",
    "make_claim",
    "make_promise",
    "record_delivery",
    "record_valuation",
    "state_intent",
    "waive_claim",
]

_HERE = ""
_ALONE: Mapping[str, Ledger] = {}


def state_intent(ledger: Ledger, intent: Intent) -> Ledger:
    """Add an offer or a request.

    Raises:
        InputError: There is one of that id already, or its kind or code is unknown.
    """
    return _checked(replace(ledger, intents=(*ledger.intents, intent)), "intents")


def make_promise(ledger: Ledger, commitment: Commitment, *, beside: Mapping[str, Ledger] = _ALONE) -> Ledger:
    """Add a promise, if the provider has not promised the same capacity already.

    Args:
        ledger: The alliance's.
        commitment: The promise.
        beside: Ledgers of other alliances in which the provider may have promised the same, by their names.

    Raises:
        InputError: It cannot be right, such as an id that is there already or an offer that is not.
        NotAllowed: ``capacity-promised-twice``: with it, more is promised than the provider said it can spare.

    Example:
        >>> from lichen.exchange.values import Period
        >>> days = {"promised_on": date(2026, 3, 1), "due_on": date(2026, 3, 31)}
        >>> ledger = Ledger(intents=(Intent("halls", "churches", "space", amount=2, unit="halls", per=Period.MONTH),))
        >>> ledger = make_promise(ledger, Commitment("fair", "churches", "hospital", "space", **days, unit="halls"))
        >>> make_promise(ledger, Commitment("choir", "churches", "school", "space", **days, amount=2, unit="halls"))
        Traceback (most recent call last):
        lichen.errors.NotAllowed: With this, 3 halls are promised ... only 2 can be spared ... (capacity-promised-twice)
    """
    grown = _checked(replace(ledger, commitments=(*ledger.commitments, commitment)), "commitments")
    _refuse_overpromise(grown, commitment, beside)
    return grown


def record_delivery(ledger: Ledger, event: EconomicEvent) -> Ledger:
    """Add what was delivered on a promise, on a claim, or as a gift.

    Raises:
        InputError: It cannot be right, such as a promise that is not there.
        NotAllowed: ``delivered-twice``: an event of this id is there already; ``given-up``: the promise was cancelled
            or the claim waived before; ``correct-apart``: it is a correction.
    """
    if event.reverses:
        raise NotAllowed("correct-apart", _("This is a correction, not a delivery; record it as one."))
    if any(event.id == known.id for known in ledger.events):
        raise NotAllowed("delivered-twice", _("This delivery stands in the ledger already; each counts once."))
    for promise in _promises_of(ledger, event):
        if promise.given_up_on is not None and event.happened_on > promise.given_up_on:
            why = _("What it would deliver on was given up on {day}; record it as a gift, or make a new promise.")
            raise NotAllowed("given-up", why.format(day=promise.given_up_on.isoformat()))
    return _checked(replace(ledger, events=(*ledger.events, event)), "events")


def accept_delivery(ledger: Ledger, event: str, *, by: str, on: date, words: str = "") -> Ledger:
    """Record that the receiver has received something as it was meant.

    Args:
        ledger: The alliance's.
        event: Id of the delivery.
        by: Id of the partner who says so.
        on: The day.
        words: In plain words.

    Raises:
        InputError: There is no such delivery, or the day lies before it.
        NotAllowed: ``receiver-answers``: somebody else says so; ``corrected``: the delivery no longer stands.
    """
    return _responded(ledger, event, by, Response(accepted=True, responded_on=on, words=words))


def dispute_delivery(ledger: Ledger, event: str, *, by: str, on: date, words: str = "") -> Ledger:
    """Record that the receiver disputes a delivery; until it accepts, or the delivery is corrected, it does not count.

    Raises:
        InputError: There is no such delivery, or the day lies before it.
        NotAllowed: ``receiver-answers``: somebody else says so; ``corrected``: the delivery no longer stands.
    """
    return _responded(ledger, event, by, Response(accepted=False, responded_on=on, words=words))


def correct_delivery(ledger: Ledger, event: str, *, id: str, on: date, words: str = "") -> Ledger:
    """Reverse a delivery that should not stand by a new event; record what was right as another delivery.

    Args:
        ledger: The alliance's.
        event: Id of the delivery that should not stand.
        id: Id of the correction.
        on: The day of it.
        words: Why, in plain words.

    Raises:
        InputError: There is no such delivery, the id is there already, or the day lies before it.
        NotAllowed: ``corrected``: it was reversed before.
    """
    _refuse_corrected(_delivery(ledger, event))
    correction = EconomicEvent(id, on, reverses=event, what=words)
    return _checked(replace(ledger, events=(*ledger.events, correction)), "events")


def cancel_promise(ledger: Ledger, commitment: str, *, on: date, why: str = "") -> Ledger:
    """Give up what is still owed on a promise; what was delivered stays.

    Raises:
        InputError: There is no such promise, or the day lies before it.
        NotAllowed: ``nothing-owed``: nothing is to come on it any more.
    """
    _refuse_nothing_owed(_standing(ledger, commitment, is_claim=False))
    given_up = [
        replace(one, cancelled_on=on, cancelled_why=why) if one.id == commitment else one for one in ledger.commitments
    ]
    return replace(ledger, commitments=tuple(given_up))


def make_claim(ledger: Ledger, claim: Claim) -> Ledger:
    """Add something owed in return for a delivery.

    Raises:
        InputError: It cannot be right, such as a delivery that is not there.
    """
    return _checked(replace(ledger, claims=(*ledger.claims, claim)), "claims")


def waive_claim(ledger: Ledger, claim: str, *, by: str, on: date, why: str = "") -> Ledger:
    """Let go of what is still owed on a claim.

    Raises:
        InputError: There is no such claim, or the day lies before it.
        NotAllowed: ``receiver-waives``: somebody else than the receiver would; ``nothing-owed``: nothing is to come.
    """
    standing = _standing(ledger, claim, is_claim=True)
    if by != standing.promise.receiver:
        raise NotAllowed("receiver-waives", _("Only the partner to whom it is owed can let it go."))
    _refuse_nothing_owed(standing)
    waived = [replace(one, waived_on=on, waived_why=why) if one.id == claim else one for one in ledger.claims]
    return replace(ledger, claims=tuple(waived))


def record_valuation(ledger: Ledger, valuation: Valuation) -> Ledger:
    """Add what a delivery or a promise was worth to one of its sides; earlier valuations stay.

    Raises:
        InputError: It cannot be right, such as a partner who neither gave nor received it.
    """
    return _checked(replace(ledger, valuations=(*ledger.valuations, valuation)), "valuations")


def _checked(grown: Ledger, section: str) -> Ledger:
    """The ledger, unless something is wrong with the last entry of a section."""
    partners = _partners(grown)
    row = len(getattr(grown, section))
    problems = [
        one for one in ledger_problems(grown, partners) if (one.sheet, one.row) == (f"exchange, {section}", row)
    ]
    if problems:
        raise InputError([replace(problem, sheet="", row=None, document=False) for problem in problems])
    return grown


def _partners(ledger: Ledger) -> set[str]:
    """Everybody named: who is a partner is for the alliance to say, not for its ledger."""
    passed: Sequence[Commitment | EconomicEvent | Claim] = (*ledger.commitments, *ledger.events, *ledger.claims)
    said: Sequence[Intent | Valuation] = (*ledger.intents, *ledger.valuations)
    return {one.provider for one in passed} | {one.receiver for one in passed} | {one.by for one in said}


def _promises_of(ledger: Ledger, event: EconomicEvent) -> list[Commitment | Claim]:
    promises = [one for one in ledger.commitments if one.id == event.fulfils]
    return [*promises, *(one for one in ledger.claims if one.id == event.settles)]


def _delivery(ledger: Ledger, event: str) -> Delivery:
    found = next((one for one in deliveries(ledger) if one.event == event), None)
    if found is None:
        raise InputError(Problem(_("no delivery has this id"), _("the id of one of events"), column="event"))
    return found


def _standing(ledger: Ledger, id: str, *, is_claim: bool) -> PromiseStanding:
    here = (one for one in promise_standings(ledger, on=date.max) if one.is_claim is is_claim)
    found = next((one for one in here if one.promise.id == id), None)
    if found is None:
        what = _("no claim has this id") if is_claim else _("no promise has this id")
        raise InputError(Problem(what, _("the id of one of them"), column="id"))
    return found


def _responded(ledger: Ledger, id: str, by: str, response: Response) -> Ledger:
    delivery = _delivery(ledger, id)
    if by != delivery.receiver:
        raise NotAllowed("receiver-answers", _("Only the partner who received it can accept or dispute it."))
    _refuse_corrected(delivery)
    events = [replace(one, responses=(*one.responses, response)) if one.id == id else one for one in ledger.events]
    return replace(ledger, events=tuple(events))


def _refuse_corrected(delivery: Delivery) -> None:
    if delivery.state is DeliveryState.REVERSED:
        raise NotAllowed("corrected", _("A correction has reversed this delivery; it no longer stands."))


def _refuse_nothing_owed(standing: PromiseStanding) -> None:
    if standing.state is PromiseState.GIVEN_UP or standing.owed == 0:
        raise NotAllowed("nothing-owed", _("Nothing is to come on it any more, so there is nothing to give up."))


def _refuse_overpromise(grown: Ledger, commitment: Commitment, beside: Mapping[str, Ledger]) -> None:
    found, mine = overpromises({**beside, _HERE: grown}), PromiseHere(_HERE, commitment.id)
    before = [one for one in found if mine not in one.promises]
    worst = max((one for one in found if _adds(one, before)), key=lambda one: one.excess, default=None)
    if worst is not None:
        why = _(
            "With this, {promised:g} {unit} are promised from {start} to {end}, but only {capacity:g} can be spared"
            " in that time. Promise less or for another time, or state a larger capacity if there is one."
        )
        told = {"promised": worst.promised, "unit": commitment.unit, "capacity": worst.capacity}
        days = {"start": worst.starts_on.isoformat(), "end": worst.ends_on.isoformat()}
        raise NotAllowed("capacity-promised-twice", why.format(**told, **days))


def _adds(one: Overpromise, before: Sequence[Overpromise]) -> bool:
    """Whether an excess is more than some of its promises were without the new one."""
    return all(one.excess > other.excess for other in before if {*other.promises} <= {*one.promises})
