"""Letting an audit be compared in a circle, and taking it out again."""

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
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.blind import compared
from lichen_web.alliances.bridge.audit import load_audit
from lichen_web.alliances.bridge.fit import (
    load_charge,
    load_publication,
    save_charge,
    save_publication,
    withdraw_publication,
)

__all__ = ["STANDS", "publish_audit", "withdraw_audit"]

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
        organisation = _of(speaker)
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
        organisation = _of(speaker)
        standing = load_publication(organisation, circle)
        if standing is None or standing.is_withdrawn:
            raise NotAllowed("published-first", _("Nothing of your organisation is compared in this circle."))
        withdraw_publication(standing.id, at=at)
        tell("audit_withdrawn", by=speaker, at=at, about=standing.id, organisations=[organisation])


def _charge(organisation: UUID, before: Organisation | None, card: Organisation, at: datetime) -> None:
    """Charge for what is asked anew; the library says how much is too much."""
    quarter = f"{at.year}Q{(at.month + 2) // 3}"
    asked = Probe(at.date(), ("",) * load_charge(organisation, quarter))
    probe = check_publication([asked], before, card, at.date())
    save_charge(organisation, quarter, len(probe.codes))


def _standing(organisation: UUID, circle: UUID) -> Q:
    return Q(organisation=organisation, circle=circle, admitted_at__isnull=False, left_at=None, removed_at=None)


def _published_until(until: datetime) -> str:
    told = _("What you published stands until {day}; it can be replaced from then on.")
    return told.format(day=date_format(until, "j F Y"))


def _of(speaker: Actor) -> UUID:
    if speaker.organisation is None:
        raise NotThere
    return speaker.organisation
