"""Everything that is wrong with a ledger as a whole, at once; each value has checked its own ranges already."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import Problem
from lichen.exchange.values import Claim, Commitment, Direction, EconomicEvent, Intent, Ledger, Valuation
from lichen.language import _

__all__ = ["ledger_problems"]

_MONEY = "funding"
_CURRENCY = re.compile("[A-Z]{3}")


def ledger_problems(ledger: Ledger, partners: Collection[str]) -> list[Problem]:
    """What is wrong with a ledger: unknown partners and codes, references that lead nowhere, days out of order.

    Args:
        ledger: Any.
        partners: Ids of the partners of the alliance.

    Returns:
        The problems in the order of the file, each with its section (such as ``exchange, events``), its place in it,
        1 being the first, and its field. Empty where nothing is wrong.

    Example:
        >>> from datetime import date
        >>> from lichen.exchange.values import EconomicEvent
        >>> ledger = Ledger(events=(EconomicEvent("fair-1", date(2026, 4, 12), fulfils="halls"),))
        >>> [problem] = ledger_problems(ledger, ["churches", "hospital"])
        >>> problem.place, problem.what
        ('exchange, events, item 1, fulfils', 'no promise has this id')
    """
    book = _Book(ledger, frozenset(partners))
    sections: Mapping[str, Iterable[Iterator[Problem]]] = {
        "intents": (_of_intent(one, book) for one in ledger.intents),
        "commitments": (_of_commitment(one, book) for one in ledger.commitments),
        "events": (_of_event(one, book) for one in ledger.events),
        "claims": (_of_claim(one, book) for one in ledger.claims),
        "valuations": (_of_valuation(one, book) for one in ledger.valuations),
    }
    return [
        replace(problem, sheet=f"exchange, {section}", row=row, document=True)
        for section, entries in sections.items()
        for row, problems in enumerate(entries, 1)
        for problem in problems
    ]


class _Book:
    """A ledger laid open: everything by its id."""

    def __init__(self, ledger: Ledger, partners: frozenset[str]) -> None:
        self.partners = partners
        self.intents = {one.id: one for one in ledger.intents}
        self.commitments = {one.id: one for one in ledger.commitments}
        self.events = {one.id: one for one in ledger.events}
        self.claims = {one.id: one for one in ledger.claims}
        self.times = {
            kind: Counter(one.id for one in entries)
            for kind, entries in (
                (Intent, ledger.intents),
                (Commitment, ledger.commitments),
                (EconomicEvent, ledger.events),
                (Claim, ledger.claims),
            )
        }
        self.reversed = Counter(one.reverses for one in ledger.events if one.reverses)

    def promises_of(self, event: EconomicEvent) -> list[Commitment | Claim]:
        """What the event delivers on, as far as it is there."""
        found = (self.commitments.get(event.fulfils), self.claims.get(event.settles))
        return [one for one in found if one is not None]

    def sides(self, event: EconomicEvent) -> set[str]:
        """The partners between whom it passed."""
        return {event.provider, event.receiver} | {
            id for one in self.promises_of(event) for id in (one.provider, one.receiver)
        }


def _of_intent(one: Intent, book: _Book) -> Iterator[Problem]:
    yield from _repeated(one, book)
    yield from _unknown_partners(book, by=one.by)
    yield from _unknown_words(one.kind, one.code)
    if one.amount is not None:
        yield from _without_currency(one.kind, one.unit)


def _of_commitment(one: Commitment, book: _Book) -> Iterator[Problem]:
    yield from _repeated(one, book)
    yield from _unknown_partners(book, provider=one.provider, receiver=one.receiver)
    yield from _unknown_words(one.kind, one.code)
    yield from _without_currency(one.kind, one.unit)
    for id in one.satisfies:
        if id not in book.intents:
            yield Problem(_("no offer or request has this id"), _("the id of one of intents"), column="satisfies")
        else:
            yield from _of_another(one, book.intents[id])


def _of_event(one: EconomicEvent, book: _Book) -> Iterator[Problem]:
    yield from _repeated(one, book)
    yield from _unknown_partners(book, provider=one.provider, receiver=one.receiver)
    yield from _unknown_words(one.kind, one.code)
    if not (one.fulfils or one.settles or one.reverses):
        yield from _without_currency(one.kind, one.unit)
    if one.fulfils and one.fulfils not in book.commitments:
        yield Problem(_("no promise has this id"), _("the id of one of commitments"), column="fulfils")
    if one.settles and one.settles not in book.claims:
        yield Problem(_("no claim has this id"), _("the id of one of claims"), column="settles")
    promises = book.promises_of(one)
    for promise in promises:
        yield from _unlike(one, promise)
        yield from _out_of_time(one, promise)
    if len(promises) > 1:
        yield from _unlike_promises(*promises)
    yield from _wrong_correction(one, book)


def _of_claim(one: Claim, book: _Book) -> Iterator[Problem]:
    yield from _repeated(one, book)
    yield from _unknown_partners(book, provider=one.provider, receiver=one.receiver)
    yield from _unknown_words(one.kind, one.code)
    yield from _without_currency(one.kind, one.unit)
    trigger = book.events.get(one.triggered_by)
    if trigger is None or trigger.reverses:
        yield Problem(_("no delivery has this id"), _("the id of one of events"), column="triggered_by")
    elif one.claimed_on < trigger.happened_on:
        yield Problem(_("it lies before what triggers it"), _("that day or later"), column="claimed_on")


def _of_valuation(one: Valuation, book: _Book) -> Iterator[Problem]:
    yield from _unknown_partners(book, by=one.by)
    event, commitment = book.events.get(one.event), book.commitments.get(one.commitment)
    if one.event and (event is None or event.reverses):
        yield Problem(_("no delivery has this id"), _("the id of one of events"), column="event")
    elif one.commitment and commitment is None:
        yield Problem(_("no promise has this id"), _("the id of one of commitments"), column="commitment")
    elif one.by in book.partners and one.by not in _sides_of(event, commitment, book):
        yield Problem(_("this partner neither gave nor received it"), _("one of its two sides"), column="by")
    elif one.valued_on < _begun_on(event, commitment):
        yield Problem(_("it lies before what it values"), _("that day or later"), column="valued_on")


def _repeated(one: Intent | Commitment | EconomicEvent | Claim, book: _Book) -> Iterator[Problem]:
    if book.times[type(one)][one.id] > 1:
        yield Problem(_("this id stands here more than once"), _("an id of its own for each"), column="id")


def _unknown_partners(book: _Book, **named: str) -> Iterator[Problem]:
    for column, partner in named.items():
        if partner and partner not in book.partners:
            yield Problem(_("no partner of the alliance has this id"), "; ".join(sorted(book.partners)), column=column)


def _unknown_words(kind: str, code: str) -> Iterator[Problem]:
    if kind and kind not in taxonomy().kinds:
        yield Problem(_("this is not an exchange kind"), "; ".join(taxonomy().kinds), column="kind")
    if code and code not in taxonomy().capabilities:
        right = _("a code that lichen capabilities lists, or nothing")
        yield Problem(_("this is not a code of the vocabulary"), right, column="code")


def _without_currency(kind: str, unit: str) -> Iterator[Problem]:
    if kind == _MONEY and not _CURRENCY.fullmatch(unit):
        right = _("the three letters of ISO 4217, such as GBP or KES")
        yield Problem(_("money has no currency here"), right, column="unit")


def _of_another(one: Commitment, intent: Intent) -> Iterator[Problem]:
    """A promise and the offer or request that it says it answers; a request may be met in another way than asked."""
    is_offer = intent.direction is Direction.OFFER
    if (one.provider if is_offer else one.receiver) != intent.by:
        what = _("the offer is of another partner") if is_offer else _("the request is of another partner")
        yield Problem(what, _("an offer of who gives, or a request of who receives"), column="satisfies")
    if is_offer and one.kind != intent.kind:
        yield Problem(_("the offer is of another kind"), _("the same kind in both"), column="kind")
    if is_offer and intent.unit and one.unit != intent.unit:
        yield Problem(_("the offer is in another unit"), _("the same unit in both"), column="unit")


def _unlike(event: EconomicEvent, promise: Commitment | Claim) -> Iterator[Problem]:
    """What an event says itself although its promise says otherwise."""
    for column in ("provider", "receiver", "kind", "unit"):
        told = getattr(event, column)
        if told and told != getattr(promise, column):
            yield Problem(_("its promise or claim says otherwise"), _("the same, or nothing"), column=column)


def _unlike_promises(one: Commitment | Claim, other: Commitment | Claim) -> Iterator[Problem]:
    if any(getattr(one, name) != getattr(other, name) for name in ("provider", "receiver", "kind", "unit")):
        what = _("the promise and the claim are not of the same kind, unit and partners")
        yield Problem(what, _("one event for each of them"), column="settles")


def _out_of_time(event: EconomicEvent, promise: Commitment | Claim) -> Iterator[Problem]:
    if event.happened_on < promise.begun_on:
        what = _("it lies before the promise or claim that it delivers on")
        yield Problem(what, _("that day or later"), column="happened_on")
    if promise.given_up_on is not None and event.happened_on > promise.given_up_on:
        what = _("what it delivers on had been given up before")
        yield Problem(what, _("an event of its own, as a gift"), column="happened_on")


def _wrong_correction(one: EconomicEvent, book: _Book) -> Iterator[Problem]:
    if not one.reverses:
        return
    right = _("the id of a delivery that nobody has corrected")
    wrong = book.events.get(one.reverses)
    if wrong is None or wrong.reverses:
        yield Problem(_("no delivery has this id"), right, column="reverses")
    elif book.reversed[one.reverses] > 1:
        yield Problem(_("the same delivery is reversed more than once"), right, column="reverses")
    elif one.happened_on < wrong.happened_on:
        yield Problem(_("it lies before what it reverses"), _("that day or later"), column="happened_on")


def _sides_of(event: EconomicEvent | None, commitment: Commitment | None, book: _Book) -> set[str]:
    if event is not None:
        return book.sides(event)
    return set() if commitment is None else {commitment.provider, commitment.receiver}


def _begun_on(event: EconomicEvent | None, commitment: Commitment | None) -> date:
    if event is not None:
        return event.happened_on
    return date.min if commitment is None else commitment.promised_on
