"""Whose sessions end when an organisation lets them go, or may act no longer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from lichen_web.accounts.models import Facilitation, Membership, Person
from lichen_web.accounts.sessions import end_sessions

__all__ = ["APART_FOR", "end_sessions_of_those_only_in", "had_part_in", "people_in"]


APART_FOR = timedelta(days=90)
"""So long after somebody left an organisation they neither vouch for it nor decide about it."""


def people_in(organisation: UUID) -> frozenset[UUID]:
    """Who belongs to an organisation or serves it."""
    members = Membership.objects.filter(organisation=organisation, left_at=None).values_list("person", flat=True)
    serving = Facilitation.objects.filter(organisation=organisation, ended_at=None)
    return frozenset(members) | frozenset(serving.values_list("facilitator", flat=True))


def had_part_in(organisations: Collection[UUID], person: UUID, *, since: datetime) -> bool:
    """Whether somebody belongs to one of them or serves it, or did at or after a moment."""
    members = Membership.objects.filter(Q(left_at=None) | Q(left_at__gte=since), person=person)
    serving = Facilitation.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), facilitator=person)
    return any(rows.filter(organisation__in=organisations).exists() for rows in (members, serving))


def end_sessions_of_those_only_in(organisation: UUID, people: Iterable[UUID]) -> None:
    """Sign out whoever has nothing else to do here: no other organisation, no circle to vouch in, no host to run."""
    people = frozenset(people)
    able = ~Q(organisation=organisation) & Q(organisation__suspended_at=None, organisation__erased_at=None)
    elsewhere = {
        *Membership.objects.filter(able, person__in=people, left_at=None).values_list("person", flat=True),
        *Facilitation.objects.filter(able, facilitator__in=people, ended_at=None).values_list("facilitator", flat=True),
        *Person.objects.filter(id__in=people, hosting_since__isnull=False).values_list("id", flat=True),
        *Person.objects.filter(id__in=people, convened__isnull=False, convened__ended_at=None).values_list(
            "id", flat=True
        ),
    }
    for person in people - elsewhere:
        end_sessions(person)
