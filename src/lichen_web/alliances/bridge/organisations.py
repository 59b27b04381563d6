"""Rows of memberships and delegations to the value of a team, and back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lichen_web.accounts.models import Delegation, Membership
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances.team import Seat, Team, Voice

__all__ = ["load_team", "save_team"]


def load_team(organisation: UUID) -> Team:
    """Everybody in an organisation; whoever decides upon it holds the organisation's row."""
    rows = Membership.objects.filter(organisation=organisation, left_at=None).order_by("joined_at", "id")
    seats = tuple(
        Seat(membership, person, Role(role), is_able=suspended_at is None)
        for membership, person, role, suspended_at in rows.values_list("id", "person", "role", "person__suspended_at")
    )
    standing = Delegation.objects.filter(organisation=organisation, ended_at=None)
    voice = standing.values_list("delegate", "stand_in", "away_since").first()
    return Team(organisation, seats, Voice(*voice) if voice else None)


def save_team(before: Team, after: Team, *, at: datetime) -> None:
    """Write down what has changed; a line that is over keeps its place."""
    was = {seat.membership: seat for seat in before.seats}
    now = {seat.membership: seat for seat in after.seats}
    Membership.objects.filter(id__in=was.keys() - now.keys(), left_at=None).update(left_at=at)
    for seat in (now[each] for each in now.keys() & was.keys() if now[each].role != was[each].role):
        Membership.objects.filter(id=seat.membership).update(role=seat.role)
    for seat in (now[each] for each in now.keys() - was.keys()):
        Membership.objects.create(
            id=seat.membership,
            organisation_id=after.organisation,
            person_id=seat.person,
            role=seat.role,
            joined_at=at,
        )
    if after.voice != before.voice:
        _save_voice(before, after, at)


def _save_voice(before: Team, after: Team, at: datetime) -> None:
    standing = Delegation.objects.filter(organisation=after.organisation, ended_at=None)
    if before.voice and after.voice and _named(before.voice) == _named(after.voice):
        standing.update(away_since=after.voice.away_since)
        return
    standing.update(ended_at=at)
    if after.voice:
        Delegation.objects.create(
            organisation_id=after.organisation,
            delegate_id=after.voice.delegate,
            stand_in_id=after.voice.stand_in,
            away_since=after.voice.away_since,
            named_at=at,
        )


def _named(voice: Voice) -> tuple[UUID, UUID | None]:
    return voice.delegate, voice.stand_in
