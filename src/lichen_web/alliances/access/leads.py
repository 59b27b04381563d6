"""Who leads an organisation, as it concerns whoever is asked to vouch for it: one person can be several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lichen_web.accounts.models import Membership, Person
from lichen_web.accounts.models.organisation import Role

__all__ = ["Leads", "leads_of"]


@dataclass(frozen=True, slots=True)
class Leads:
    """What is known here of the people who lead an organisation."""

    newest_at: datetime | None = None
    """When the newest of their accounts was made; none while nobody leads it."""
    run_host: bool = False
    """Whether one of them runs this host."""
    elsewhere: int = 0
    """How many other organisations on this host one of them leads."""
    beside: tuple[str, ...] = ()
    """The names of those of them that are in the circle already."""


def leads_of(asking: Collection[UUID], *, inside: Mapping[UUID, str]) -> dict[UUID, Leads]:
    """Who leads each of some organisations.

    Args:
        asking: Their ids.
        inside: The organisations that are in the circle, with their names.
    """
    standing = Membership.objects.filter(role=Role.LEAD, left_at=None, organisation__erased_at=None)
    by_person, by_organisation = defaultdict(set), defaultdict(set)
    ours = standing.filter(organisation__in=asking).values("person")
    for organisation, person in standing.filter(person__in=ours).values_list("organisation", "person"):
        by_person[person].add(organisation)
        by_organisation[organisation].add(person)
    people = {person.id: person for person in Person.objects.filter(id__in=by_person)}
    return {
        each: _leads(
            [people[person] for person in by_organisation[each]],
            {other for person in by_organisation[each] for other in by_person[person]} - {each},
            inside,
        )
        for each in asking
    }


def _leads(people: Collection[Person], others: Collection[UUID], inside: Mapping[UUID, str]) -> Leads:
    return Leads(
        newest_at=max((person.joined_at for person in people), default=None),
        run_host=any(person.hosting_since for person in people),
        elsewhere=len(others),
        beside=tuple(sorted(inside[other] for other in others if other in inside)),
    )
