"""The annexes that all parties receive: data sharing, rights and licence, joint budget, schedule, contacts."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from lichen.charter.agreement.given import Given
from lichen.charter.agreement.phrases import blank, closed, said_or
from lichen.charter.agreement.terms import Contact, DataSharing, WorkRights
from lichen.charter.agreement.values import Line, Row, Table
from lichen.exchange.values import Commitment, Direction, Intent, Period
from lichen.language import _
from lichen.paper import amount_words, one_line, written_day

__all__ = ["UNDER_THE_CHARTER", "budget", "contacts", "data_sharing", "rights_and_licence", "schedule"]

UNDER_THE_CHARTER = "charter"
"""What a promise in the ledger says of its ``agreement`` if it belongs into the schedule."""


def data_sharing(given: Given) -> Iterator[Line]:
    """The checklist before personal data pass from one party to another.

    Source:
        See ``DataSharing``.
    """
    sharing = given.terms.data_sharing
    asked = _checklist(sharing)
    if sharing.shared is False:
        yield Line(_("No personal data pass from one party to another."))
    elif sharing.shared is None and not any(answer for _lead, answer, _what in asked):
        yield Line(blank(_("whether personal data pass from one party to another")))
        yield Line(
            _("If they do, these are settled first: {things}.").format(things="; ".join(lead for lead, *_ in asked))
        )
    else:
        yield from (Line(said_or(answer, what), lead) for lead, answer, what in asked)


def rights_and_licence(given: Given) -> Iterator[Line]:
    """Who owns what comes of the work, and who may use it on which terms."""
    agreed = given.terms.intellectual_property
    yield Line(said_or(agreed.brought, _("what each party brings that belongs to it already")), _("Brought in"))
    yield Line(_("What a party brings in stays its own."), _("Brought in"))
    owner = given.called(agreed.owner) if agreed.owner else blank(_("which party"))
    licensee = given.called(agreed.licensee) if agreed.licensee else blank(_("which party"))
    told = {
        None: blank(_("who owns what comes of the work, and who may use it")),
        WorkRights.EACH_ITS_OWN: _("Each party owns what it makes. What they make together belongs to all of them."),
        WorkRights.MAKER_KEEPS_PARTNER_LICENSED: _(
            "{owner} keeps the rights in what it makes. {licensee} gets a licence on better terms than others."
        ).format(owner=owner, licensee=licensee),
        WorkRights.OPEN_TO_ALL: _("What comes of the work is published for anybody to use."),
    }
    yield Line(told[agreed.rights], _("Rights"))
    if agreed.rights is not WorkRights.EACH_ITS_OWN or agreed.licence:
        yield Line(said_or(agreed.licence, _("what the licence allows, for how long, at what price")), _("Licence"))


def budget(given: Given) -> Iterator[Line | Table]:
    """The joint budget, and who pays what."""
    lines, currency = given.terms.budget, given.currency
    if not lines:
        none = _("There is no joint budget. Each party bears its own costs.")
        yield Line(
            none if given.terms.joint_budget is False else blank(_("whether there is a joint budget, and which"))
        )
        return
    rows = tuple(
        Row(
            (
                closed(one_line(line.what, None)),
                amount_words(line.amount, currency),
                given.called(line.party) if line.party else blank(_("who pays")),
            ),
            (line.party,) if line.party else (),
        )
        for line in lines
    )
    yield Table((_("For"), _("Sum"), _("Paid by")), rows)
    yield Line(amount_words(fsum(line.amount for line in lines), currency) + ".", _("In all"))


def schedule(given: Given) -> Iterator[Line | Table]:
    """What each party offers by kind, and who has promised what to whom by when."""
    offers = [each for each in given.ledger.intents if each.direction is Direction.OFFER and _stands(each, given)]
    if offers:
        yield Table(
            (_("Party"), _("Offers"), _("What"), _("How much")),
            tuple(Row((given.called(each.by), _kind(each.kind), *_offered(each)), (each.by,)) for each in offers),
        )
    promised = sorted((each for each in given.ledger.commitments if _counts(each, given)), key=lambda each: each.due_on)
    if promised:
        headings = (_("From"), _("To"), _("Kind"), _("What"), _("How much"), _("By"))
        yield Table(headings, tuple(_promise(each, given) for each in promised))
    else:
        yield Line(blank(_("who gives what to whom, and by when")))
    for party in given.parties:
        if promised and all(each.provider != party.id for each in promised):
            yield Line(blank(_("what this party gives")), party.name, (party.id,))
        if promised and all(each.receiver != party.id for each in promised):
            yield Line(blank(_("what this party receives")), party.name, (party.id,))


def contacts(given: Given) -> Iterator[Line]:
    """Whom to call, who bridges between the cultures, and who votes."""
    for party in given.parties:
        theirs = [each for each in given.terms.contacts if each.party == party.id]
        yield from (Line(_reached(each), party.name) for each in theirs)
        if not any(each.is_liaison for each in theirs):
            yield Line(blank(_("who the liaison is, and how to reach the person")), party.name)
    for delegate in given.charter.rule.delegates if given.charter.rule else ():
        stand_in = one_line(delegate.stand_in)
        told = _("{person} votes.") if not stand_in else _("{person} votes, or {stand_in} instead.")
        yield Line(told.format(person=one_line(delegate.person), stand_in=stand_in), given.called(delegate.partner))
    yield Line(_("A liaison understands both cultures, explains each side to the other, and sees that answers come."))


def _checklist(sharing: DataSharing) -> tuple[tuple[str, str, str], ...]:
    """For each point what it is, what was agreed, and what is to be agreed."""
    items = "; ".join(one_line(item, None) for item in sharing.items)
    return (
        (_("Purpose"), sharing.purpose, _("what the data are for")),
        (_("Other organisations"), sharing.other_organisations, _("who else has them")),
        (_("Controllers"), sharing.controllers, _("who decides about them: each for itself, or jointly")),
        (_("Data"), items, _("which data")),
        (_("Lawful basis"), sharing.lawful_basis, _("on what lawful basis")),
        (_("Special categories"), sharing.special_categories, _("whether health, belief or the like is among them")),
        (_("Access and rights"), sharing.access_and_rights, _("who sees them, and how people get at their own")),
        (_("Governance"), sharing.governance, _("who answers for them, and what keeps them safe")),
        (_("Impact assessment"), sharing.impact_assessment, _("where the impact assessment is; it comes first")),
        (_("Quality"), sharing.quality, _("who checks that they are right")),
        (_("Review"), sharing.review, _("when the sharing is looked at again")),
        (_("Keeping and deleting"), sharing.retention, _("how long they are kept, and how they are deleted")),
    )


def _stands(offer: Intent, given: Given) -> bool:
    return offer.ends_on is None or given.on <= offer.ends_on


def _offered(offer: Intent) -> tuple[str, str]:
    if offer.amount is None:
        return one_line(offer.what, None), ""
    told = _("{amount} in all") if offer.per is Period.IN_ALL else _("{amount} a {period}")
    amount = amount_words(offer.amount, one_line(offer.unit))
    return one_line(offer.what, None), told.format(amount=amount, period=offer.per)


def _counts(promise: Commitment, given: Given) -> bool:
    given_up = promise.cancelled_on is not None and promise.cancelled_on <= given.on
    return promise.agreement.strip().casefold() == UNDER_THE_CHARTER and not given_up


def _promise(promise: Commitment, given: Given) -> Row:
    return Row(
        (
            given.called(promise.provider),
            given.called(promise.receiver),
            _kind(promise.kind),
            one_line(promise.what, None),
            amount_words(promise.amount, one_line(promise.unit)),
            written_day(promise.due_on),
        ),
        (promise.provider, promise.receiver),
    )


def _kind(kind: str) -> str:
    return one_line(kind).replace("_", " ")


def _reached(contact: Contact) -> str:
    parts = (contact.role, _("liaison") if contact.is_liaison else "", contact.reach)
    told = ", ".join(one_line(part) for part in parts if part)
    return f"{one_line(contact.person)}{f' ({told})' if told else ''}."
