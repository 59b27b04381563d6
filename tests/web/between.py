"""One of everything that lies between two organisations, or within an audit, as an address names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.actions import disclosure
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.fit import exclude
from lichen_web.alliances.actions.team import open_round
from lichen_web.alliances.actions.workbooks import upload_workbook
from lichen_web.alliances.bridge.fit import save_proposal
from lichen_web.alliances.models import TeamLink
from tests.cast import churches_audit, hospital_audit
from tests.web.confiding import C1, H1, H2, gap_of
from tests.web.people import House, WebCast

__all__ = ["audited_at", "between", "kept_by"]


def audited_at(people: WebCast, at: datetime) -> None:
    """The hospital and the churches have written down their audits."""
    for house, audit in ((people.hospital, hospital_audit), (people.churches, churches_audit)):
        record_audit(house.lead, audit=audit, at=at)


def between(
    people: WebCast, farmers: House, city: House, at: datetime, as_worker: Callable[[], AbstractContextManager[None]]
) -> tuple[Mapping[str, UUID | str | int], Mapping[str, UUID], Mapping[str, Mapping[str, UUID]]]:
    """What is the hospital's, what is the churches' and not the hospital's, and what some addresses take instead.

    The hospital deals with the churches, by name so far, and never with the farmers; the churches do. The city has
    asked the hospital.
    """
    matter = _met(people.hospital, people.churches, people.circle, at)
    for house in (people.hospital, people.churches):
        disclosure.agree_to_codes(house.lead, matter=matter, at=at)
    foreign = _met(people.churches, farmers, people.circle, at)
    exclude(people.hospital.lead, other=farmers.id, at=at)
    asked = disclosure.propose_matter(city.lead, circle=people.circle, other=people.hospital.id, at=at)
    own = {
        "matter": matter,
        "conversation": matter,
        "vulnerability": gap_of(people.hospital, H1),
        "whose": "ours",
        "other": farmers.id,
        "place": 1,
        **kept_by(people.hospital, people.churches, people.circle, at, as_worker),
    }
    theirs = {
        "matter": foreign,
        "conversation": foreign,
        "vulnerability": gap_of(people.churches, C1),
        **kept_by(people.churches, people.hospital, people.circle, at, as_worker),
    }
    special = {
        "say_yes": {"matter": asked},
        "answer_relevance": {"vulnerability": gap_of(people.hospital, H2)},
    }
    return own, theirs, special


def kept_by(
    house: House, other: House, circle: UUID, at: datetime, as_worker: Callable[[], AbstractContextManager[None]]
) -> Mapping[str, UUID]:
    """A round, a link of it, a file that was brought, and a proposal, which the worker alone makes."""
    asked = open_round(house.lead, fewest=3, emails=[f"{house.id}@example.org"], at=at)
    entry = {"other": str(other.id), "band": "good", "sector": "", "region": "", "size": ""}
    with working(house.id):
        link = TeamLink.objects.get(round=asked).id
    with as_worker(), working(house.id):
        proposal = save_proposal(house.id, circle, entry, method="blind-1", at=at)
    brought = upload_workbook(house.lead, raw=b"words,severity\nWe own no hall.,3\n", format="csv", at=at)
    return {"round_id": asked, "link": link, "upload": brought, "proposal": proposal}


def _met(one: House, other: House, circle: UUID, at: datetime) -> UUID:
    """Both have said yes."""
    matter = disclosure.propose_matter(one.lead, circle=circle, other=other.id, at=at)
    disclosure.say_yes(other.lead, matter=matter, at=at)
    return matter
