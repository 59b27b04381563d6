"""A circle of six whose audits are published, for whatever the worker does with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from lichen.audit.values import Audit, Offer, Organisation, Vulnerability
from lichen_web.alliances.access.actors import Actor, actor_for
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.circles import admit, ask_to_join
from lichen_web.alliances.actions.fit import publish_audit
from lichen_web.alliances.actions.organisations import found_organisation
from tests import cast
from tests.web.people import WebCast, cast_of, signed_up

__all__ = ["AT", "DAY", "circle_of_six", "newcomer", "published"]

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def circle_of_six() -> WebCast:
    """The cast, the audits of hospital and churches recorded and published, and four others whom nothing fits."""
    everybody = cast_of(AT)
    for house, organisation in ((everybody.hospital, cast.hospital), (everybody.churches, cast.churches)):
        published(house.lead, everybody.circle, organisation)
    for name in ("Anna Ash", "Bela Birch", "Cleo Cedar", "Dov Elm"):
        newcomer(everybody, name)
    return everybody


def published(lead: Actor, circle: UUID, organisation: Organisation) -> None:
    record_audit(lead, audit=Audit(organisation), at=AT + DAY)
    publish_audit(lead, circle=circle, at=AT + DAY)


HARMLESS = replace(
    cast.stranger, vulnerabilities=(Vulnerability("ops.logistics", 1),), offers=(Offer("ops.logistics", 1),)
)
"""An organisation that fits nobody."""


def newcomer(people: WebCast, name: str, like: Organisation = cast.stranger, card: Organisation = HARMLESS) -> Actor:
    """One more organisation of the circle, whose audit is published."""
    who, at = signed_up(name), AT + timedelta(hours=1)
    organisation = found_organisation(
        who,
        name=f"{name}'s",
        sector=like.sector,
        country=like.country,
        region=like.region,
        size=like.size,
        website="",
        is_public_body=False,
        at=at,
    )
    lead = actor_for(who.person, organisation)
    asked = ask_to_join(lead, circle=people.circle, statement="We are.", signed_name=name, at=at)
    admit(people.convener, membership=asked, at=at)
    published(lead, people.circle, card)
    return lead
