"""Faults planted in the acts of membership, one at a time: what somebody might get wrong while changing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from lichen_web.accounts.models import Delegation, Membership
from lichen_web.accounts.models.organisation import Role
from lichen_web.alliances import team
from lichen_web.alliances.access import actors, invitations, permissions
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.permissions import PERMISSIONS, PERSON, WORKS
from lichen_web.alliances.access.transactions import acting
from lichen_web.alliances.actions import accepting, membership
from lichen_web.alliances.team import Seat, Team, Voice

__all__ = ["FAULTS", "Fault"]

Fault = tuple[tuple[object, str, Any], ...]
"""Where something is put in the place of what is there: owner, name, and the fault."""


def in_links(usable: Any) -> Fault:
    """Another idea of which links work, wherever that is asked."""
    return tuple((owner, "usable_invitations", usable) for owner in (invitations, membership))


def allowing(action: str, rule: permissions.Rule) -> Fault:
    """Another line in the table."""
    return ((permissions, "PERMISSIONS", MappingProxyType({**PERMISSIONS, action: rule})),)


def _works_for_ever(*, at: object) -> Q:
    return Q(accepted_at=None, withdrawn_at=None, organisation__suspended_at=None) & (
        Q(sent_by=None) | Q(sent_by__suspended_at=None)
    )


def _works_though_withdrawn(*, at: object) -> Q:
    return Q(accepted_at=None, expires_at__gt=at, organisation__suspended_at=None, sent_by__suspended_at=None)


def _works_though_used(*, at: object) -> Q:
    return Q(withdrawn_at=None, expires_at__gt=at, organisation__suspended_at=None, sent_by__suspended_at=None)


def _works_though_its_sender_is_suspended(*, at: object) -> Q:
    return Q(accepted_at=None, withdrawn_at=None, expires_at__gt=at, organisation__suspended_at=None)


class _Everybodys:
    """Addresses, whosever they are."""

    class objects:  # noqa: N801 - as Django calls it
        @staticmethod
        def filter(**_asked: object) -> Any:
            return _REAL_ADDRESSES.objects.all()


_REAL_ADDRESSES = membership.EmailAddress


@contextmanager
def _believing(actor: Actor, action: str) -> Iterator[Actor]:
    """Whoever the page says."""
    with acting(actor):
        permissions.may(actor, action)
        yield actor


def _all_leads(this: Team) -> tuple[Seat, ...]:
    return tuple(seat for seat in this.seats if seat.role is Role.LEAD)


def _with_role_alone(this: Team, seat: Seat, role: Role) -> Team:
    kept = team.with_role(this, seat, role)
    return replace(kept, voice=this.voice)


def _nobody_takes_over(voice: Voice | None, line: object) -> Voice | None:
    return None if voice and line == voice.delegate else _REAL_VOICE_WITHOUT(voice, line)  # type: ignore[arg-type]


def _stays_away(voice: Voice | None, line: object) -> Voice | None:
    """Nobody speaks when the stand-in goes while the delegate is away."""
    left = _REAL_VOICE_WITHOUT(voice, line)  # type: ignore[arg-type]
    return None if voice and line == voice.stand_in and voice.away_since else left


_REAL_VOICE_WITHOUT = team._voice_without


def _named_without_a_look(this: Team, delegate: Seat, stand_in: Seat | None) -> Team:
    return replace(this, voice=Voice(delegate.membership, stand_in.membership if stand_in else None))


def _named_and_still_away(this: Team, delegate: Seat, stand_in: Seat | None) -> Team:
    named = team.with_voice(this, delegate, stand_in)
    since = this.voice.away_since if this.voice and stand_in else None
    return replace(named, voice=replace(named.voice, away_since=since)) if named.voice else named


def _away_by_anybody(this: Team, _seat: Seat, since: object) -> Team:
    lead = next(iter(_all_leads(this)))
    return team.with_delegate_away(this, lead, since)  # type: ignore[arg-type]


def _away_without_a_stand_in(this: Team, seat: Seat, since: object) -> Team:
    if this.voice and this.voice.stand_in is None:
        return this
    return team.with_delegate_away(this, seat, since)  # type: ignore[arg-type]


def _joined_twice(this: Team, seat: Seat) -> Team:
    return replace(this, seats=(*(each for each in this.seats if each.person != seat.person), seat))


def _lead_at_once(invitation: Any) -> None:
    _REAL_HOLD(invitation)
    invitation.role = Role.LEAD


_REAL_HOLD = membership.hold_place


def _is_inside_when_closed(actor: Actor, organisation: object) -> Actor:
    """The suspension of an organisation is forgotten."""
    row = Membership.objects.filter(organisation=organisation, person=actor.person, left_at=None).first()
    if row is None:
        raise actors.NotThere
    real = Delegation.objects.filter(organisation=organisation, ended_at=None).first()
    speaker = real and (real.stand_in_id if real.away_since else real.delegate_id)
    return replace(actor, organisation=organisation, role=Role(row.role), speaks=row.id == speaker)  # type: ignore[arg-type]


FAULTS: Mapping[str, Fault] = {
    "the last lead may go": ((team, "_led", lambda _before, after: after),),
    "a suspended lead counts": ((Team, "leads", property(_all_leads)),),
    "an observer goes on speaking": ((membership, "with_role", _with_role_alone),),
    "nobody takes over from the delegate": ((team, "_voice_without", _nobody_takes_over),),
    "nobody speaks when the stand-in goes": ((team, "_voice_without", _stays_away),),
    "anybody may be named": ((membership, "with_voice", _named_without_a_look),),
    "who is named is away already": ((membership, "with_voice", _named_and_still_away),),
    "the stand-in sends the delegate away": ((membership, "with_delegate_away", _away_by_anybody),),
    "nobody has to stand in": ((membership, "with_delegate_away", _away_without_a_stand_in),),
    "a link works for ever": in_links(_works_for_ever),
    "a link that was taken back works": (
        *in_links(_works_though_withdrawn),
        (membership, "_STANDING", Q(accepted_at=None)),
    ),
    "a link works twice": (*in_links(_works_though_used), (membership, "_STANDING", Q(withdrawn_at=None))),
    "a link of somebody suspended works": in_links(_works_though_its_sender_is_suspended),
    "a link serves another address": ((membership, "EmailAddress", _Everybodys),),
    "links stay when their sender goes": ((membership, "withdraw_those_of", lambda *_given, **_more: None),),
    "who comes by a link is a lead": ((membership, "hold_place", _lead_at_once),),
    "a link changes the role of who is inside": ((accepting, "with_seat", _joined_twice),),
    "members invite": allowing("invite_colleague", WORKS),
    "members remove": allowing("remove_member", WORKS),
    "members name who speaks": allowing("name_delegate", WORKS),
    "anybody takes links back": ((membership, "_withdrawable", lambda _actor: Q()),),
    "observers send the delegate away": allowing("set_delegate_away", PERSON),
    "the page is believed": ((membership, "begun", _believing),),
    "a suspended organisation goes on": ((actors, "_for_organisation", _is_inside_when_closed),),
}
"""Each must be found."""
