"""Bringing those together who all said yes to the same proposal: at a fixed time, for all at once, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db import transaction

from lichen_web.accounts.models import Circle, CircleMembership, Organisation
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.circles import standing_members
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.actions.disclosure import introduce
from lichen_web.alliances.actions.letters import tell_of_meeting
from lichen_web.alliances.blind import Answer
from lichen_web.alliances.bridge.fit import (
    Proposed,
    end_proposals,
    hold_proposals,
    last_published,
    load_exclusions,
    load_proposals,
)

__all__ = ["bring_together", "interested"]

Group = frozenset[UUID]


def interested(circle: UUID, members: Iterable[UUID]) -> frozenset[Group]:
    """The groups of a circle of whom every member said yes to the proposal that is about the others."""
    said = {organisation: _yes_of(organisation, circle) for organisation in members}
    groups = {group for yes in said.values() for group in yes}
    return frozenset(group for group in groups if all(group in said.get(each, ()) for each in group))


def bring_together(circle: UUID, group: Group, *, at: datetime) -> bool:
    """Open a dealing between each two of a group, all of whom said yes, and let the proposals end.

    Everything is asked once more while nobody in the group can change anything: whoever has taken back their yes, has
    been withdrawn, put out or suspended, or never wants to meet one of the others, meets nobody; and nobody is told.

    Returns:
        Whether they have met.

    Raises:
        NotAllowed: A rule of the dealing stands against it.
    """
    with transaction.atomic():
        _hold(circle, group)
        said = {organisation: yes for organisation in sorted(group) if (yes := _ready(circle, organisation, group))}
        if said.keys() != group or not group <= standing_members(circle):
            return False
        for one, other in combinations(sorted(group), 2):
            third = next(iter(group - {one, other}), None)
            introduce(_speaker(one, said), _speaker(other, said), circle=circle, third=third, at=at)
        name = Circle.objects.get(id=circle)
        for organisation in Organisation.objects.filter(id__in=group).order_by("id"):
            with working(organisation.id):
                end_proposals([said[organisation.id].id], at=at)
                tell_of_meeting(organisation, name, others=len(group) - 1, at=at)
    return True


def _hold(circle: UUID, group: Group) -> None:
    """Nobody acts for any of them, and nobody puts them out, until the transaction is over; always in one order."""
    organisations = Organisation.objects.filter(id__in=group).order_by("id")
    list(organisations.select_for_update(no_key=True).values_list("id"))
    seats = CircleMembership.objects.filter(circle=circle, organisation__in=group).order_by("id")
    list(seats.select_for_update(no_key=True, of=("self",)).values_list("id"))


def _yes_of(organisation: UUID, circle: UUID) -> Mapping[Group, Proposed]:
    with working(organisation):
        return {
            each.others | {organisation}: each
            for each in load_proposals(organisation, circle)
            if each.answer is Answer.INTERESTED
        }


def _ready(circle: UUID, organisation: UUID, group: Group) -> Proposed | None:
    """Its proposal, if it still says yes, is still compared, and would meet all the others."""
    with working(organisation):
        published = last_published(organisation, circle)
        if published is None or published.is_withdrawn or load_exclusions(organisation) & group:
            return None
        hold_proposals(organisation, circle)
    return _yes_of(organisation, circle).get(group)


def _speaker(organisation: UUID, said: Mapping[UUID, Proposed]) -> Actor:
    """Whoever said yes for an organisation: what follows from it is theirs."""
    by = said[organisation].answered_by
    if by is None:
        raise ValueError(organisation)
    return Actor(by, organisation, speaks=True)
