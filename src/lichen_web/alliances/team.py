"""Who is in an organisation and who speaks for it: what may change, decided without a table in sight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lichen.errors import NotAllowed
from lichen_web.accounts.models.organisation import Role

__all__ = [
    "Seat",
    "Team",
    "Voice",
    "with_delegate_away",
    "with_role",
    "with_seat",
    "with_voice",
    "without_seat",
]


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in an organisation."""

    membership: UUID
    """Of their line."""
    person: UUID
    """Who."""
    role: Role
    """What they are in it."""
    is_able: bool = True
    """Whether they may sign in; the host can keep a person from it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks for an organisation outside it; both are memberships."""

    delegate: UUID
    """Who was named."""
    stand_in: UUID | None = None
    """Who speaks while the delegate is away."""
    away_since: datetime | None = None
    """Since when that is."""


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody in one organisation."""

    organisation: UUID
    """Which."""
    seats: tuple[Seat, ...] = ()
    """Who is in it now."""
    voice: Voice | None = None
    """Who speaks for it."""

    @property
    def leads(self) -> tuple[Seat, ...]:
        """The leads who can act."""
        return tuple(seat for seat in self.seats if seat.role is Role.LEAD and seat.is_able)

    def seat(self, membership: UUID) -> Seat | None:
        """The line of that id."""
        return next((seat for seat in self.seats if seat.membership == membership), None)

    def seat_of(self, person: UUID) -> Seat | None:
        """The line of that person."""
        return next((seat for seat in self.seats if seat.person == person), None)


def with_seat(team: Team, seat: Seat) -> Team:
    """The team with somebody more in it.

    Raises:
        NotAllowed: They are in it already.
    """
    if team.seat_of(seat.person):
        raise NotAllowed("already-in-it", _("You are in this organisation already; a lead can change your role."))
    return replace(team, seats=(*team.seats, seat))


def without_seat(team: Team, seat: Seat) -> Team:
    """The team without somebody. If they spoke for it, the stand-in does, or nobody until a lead names one.

    Raises:
        NotAllowed: They are its last lead.
    """
    left = replace(
        team,
        seats=tuple(each for each in team.seats if each != seat),
        voice=_voice_without(team.voice, seat.membership),
    )
    return _led(team, left)


def with_role(team: Team, seat: Seat, role: Role) -> Team:
    """The team with another role for somebody. An observer does not speak for it.

    Raises:
        NotAllowed: They are its last lead, and would be no more.
    """
    seats = tuple(replace(each, role=role) if each == seat else each for each in team.seats)
    voice = _voice_without(team.voice, seat.membership) if role is Role.OBSERVER else team.voice
    return _led(team, replace(team, seats=seats, voice=voice))


def with_voice(team: Team, delegate: Seat, stand_in: Seat | None) -> Team:
    """The team with somebody named to speak for it, who is there.

    Raises:
        NotAllowed: One of them is an observer, or both are one person.
    """
    if Role.OBSERVER in {delegate.role, stand_in.role if stand_in else delegate.role}:
        raise NotAllowed("observers-do-not-speak", _("An observer cannot speak for the organisation: name a member."))
    if delegate == stand_in:
        raise NotAllowed("two-people", _("The stand-in has to be somebody else than the delegate."))
    return replace(team, voice=Voice(delegate.membership, stand_in.membership if stand_in else None))


def with_delegate_away(team: Team, seat: Seat, since: datetime | None) -> Team:
    """The team while its delegate is away, or is back.

    Args:
        team: As it is.
        seat: Who says so.
        since: Since when the delegate is away; none if they are back.

    Raises:
        NotAllowed: There is no stand-in, or neither a lead nor the delegate says so.
    """
    if team.voice is None or team.voice.stand_in is None:
        raise NotAllowed("stand-in-needed", _("Nobody stands in: a lead has to name somebody first."))
    if seat.role is not Role.LEAD and seat.membership != team.voice.delegate:
        raise NotAllowed("lead-or-delegate", _("Only the delegate, or a lead, can say that the delegate is away."))
    return replace(team, voice=replace(team.voice, away_since=since))


def _voice_without(voice: Voice | None, membership: UUID) -> Voice | None:
    if voice is None or membership not in {voice.delegate, voice.stand_in}:
        return voice
    left = voice.stand_in if voice.delegate == membership else voice.delegate
    return Voice(left) if left else None


def _led(before: Team, after: Team) -> Team:
    """The team after a change, unless that took its last lead away."""
    if before.leads and not after.leads:
        raise NotAllowed("last-lead", _("The organisation would have no lead left: make somebody else a lead first."))
    return after
