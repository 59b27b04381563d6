"""Letting an audit be compared in a circle, answering what is proposed, and never meeting some."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lichen.audit.values import Organisation
from lichen.disclosure.probing import Probe, check_publication
from lichen.errors import NotAllowed
from lichen_web.accounts.models import CircleMembership
from lichen_web.alliances import keys
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.circles import standing_members
from lichen_web.alliances.access.fit import quarter_of
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.blind import Answer, compared
from lichen_web.alliances.bridge.audit import load_audit
from lichen_web.alliances.bridge.fit import (
    load_charge,
    load_exclusions,
    load_publication,
    save_answer,
    save_charge,
    save_exclusions,
    save_publication,
    withdraw_publication,
)
from lichen_web.alliances.models import Proposal

__all__ = ["STANDS", "answer_proposal", "end_exclusion", "exclude", "publish_audit", "withdraw_audit"]

STANDS = timedelta(days=7)
"""A published audit stands so long: whoever could change it daily and watch would soon have asked for everything."""


def publish_audit(actor: Actor, *, circle: UUID, at: datetime) -> UUID:
    """Let the organisation's audit be compared, blind, with those of the others in a circle.

    Five gaps and five offers at most are compared, as codes, by the worker alone. What is new in them since the last
    time is charged against the codes that a quarter allows.

    Returns:
        The id of the publication.

    Raises:
        NotThere: The circle is not one that admitted the organisation.
        NotAllowed: What was published stands for some days yet, more codes would be asked than a quarter allows, or
            there is nothing to compare.
    """
    with begun(actor, "publish_audit") as speaker:
        keys.require_key_copy()
        organisation = organisation_of(speaker)
        held(CircleMembership.objects.filter(_standing(organisation, circle)))
        before = load_publication(organisation, circle)
        if before is not None and at < before.stands_until:
            raise NotAllowed("stands-seven-days", _published_until(before.stands_until))
        card = compared(load_audit(organisation).audit.organisation)
        if not card.vulnerabilities or not card.offers:
            raise NotAllowed("gaps-and-offers", _("Name at least one gap and one offer that may be compared first."))
        _charge(organisation, before.organisation if before else None, card, at)
        if before is not None:
            withdraw_publication(before.id, at=at)
        publication = save_publication(organisation, circle, card, at=at, until=at + STANDS)
        tell("audit_published", by=speaker, at=at, about=publication, organisations=[organisation])
    return publication


def withdraw_audit(actor: Actor, *, circle: UUID, at: datetime) -> None:
    """Take the organisation out of matching in a circle; what was proposed to others ends with the next comparison.

    Raises:
        NotAllowed: Nothing of it is compared there.
    """
    with begun(actor, "withdraw_audit") as speaker:
        organisation = organisation_of(speaker)
        standing = load_publication(organisation, circle)
        if standing is None or standing.is_withdrawn:
            raise NotAllowed("published-first", _("Nothing of your organisation is compared in this circle."))
        withdraw_publication(standing.id, at=at)
        tell("audit_withdrawn", by=speaker, at=at, about=standing.id, organisations=[organisation])


def answer_proposal(actor: Actor, *, proposal: UUID, answer: Answer | None, at: datetime) -> None:
    """Say something to a proposal, or take back what was said, while nothing has come of it.

    Only a yes of everybody does anything, and only when the worker next looks. No other side hears of anything else.

    Args:
        actor: Who speaks for the organisation.
        proposal: One of its own that stands.
        answer: What it says; none takes back what it said.
        at: When.

    Raises:
        NotThere: It is not the actor's, or stands no longer.
    """
    with begun(actor, "answer_proposal") as speaker:
        organisation = organisation_of(speaker)
        row = held(Proposal.objects.filter(id=proposal, organisation=organisation, ended_at=None))
        if organisation not in standing_members(row.circle_id):
            raise NotThere
        save_answer(organisation, proposal, answer, by=speaker.person, at=at)
        tell("proposal_answered", by=speaker, at=at, about=proposal, organisations=[organisation])


def exclude(actor: Actor, *, other: UUID, at: datetime) -> None:
    """Never be introduced to another organisation by a blind proposal.

    Nothing that anybody sees changes by it, on either side: whoever could leave out one member after another and watch
    what is proposed would soon know whom each proposal is about. What changes is that nothing ever comes of it.

    Raises:
        NotThere: The other is in no circle of the organisation's.
    """
    with begun(actor, "exclude") as speaker:
        organisation = organisation_of(speaker)
        if other == organisation or not _shares_a_circle(organisation, other):
            raise NotThere
        _save_exclusions(speaker, load_exclusions(organisation) | {other}, at)


def end_exclusion(actor: Actor, *, other: UUID, at: datetime) -> None:
    """Be ready again to meet another organisation.

    Raises:
        NotThere: It is not on the list.
    """
    with begun(actor, "end_exclusion") as speaker:
        never = load_exclusions(organisation_of(speaker))
        if other not in never:
            raise NotThere
        _save_exclusions(speaker, never - {other}, at)


def _save_exclusions(actor: Actor, never: frozenset[UUID], at: datetime) -> None:
    organisation = organisation_of(actor)
    save_exclusions(organisation, never, at=at)
    tell("exclusions_changed", by=actor, at=at, organisations=[organisation])


def _shares_a_circle(organisation: UUID, other: UUID) -> bool:
    mine = CircleMembership.objects.filter(organisation=organisation).values_list("circle", flat=True)
    return any({organisation, other} <= standing_members(circle) for circle in mine)


def _charge(organisation: UUID, before: Organisation | None, card: Organisation, at: datetime) -> None:
    """Charge for what is asked anew; the library says how much is too much."""
    quarter = quarter_of(at)
    asked = Probe(at.date(), ("",) * load_charge(organisation, quarter))
    probe = check_publication([asked], before, card, at.date())
    save_charge(organisation, quarter, len(probe.codes))


def _standing(organisation: UUID, circle: UUID) -> Q:
    return Q(organisation=organisation, circle=circle, admitted_at__isnull=False, left_at=None, removed_at=None)


def _published_until(until: datetime) -> str:
    told = _("What you published stands until {day}; it can be replaced from then on.")
    return told.format(day=date_format(until, "j F Y"))
