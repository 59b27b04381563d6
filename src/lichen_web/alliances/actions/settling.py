"""Writing down a change of who is in an organisation or speaks for it, and saying so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.organisations import save_team
from lichen_web.alliances.team import Team

__all__ = ["settle", "settle_voice"]


def settle(
    actor: Actor,
    before: Team,
    after: Team,
    what: str,
    *,
    about: UUID | None,
    at: datetime,
    payload: dict[str, str] | None = None,
) -> None:
    """Write down a change of the team under its name; who speaks for it may change by it, and that is told, too."""
    save_team(before, after, at=at)
    tell(what, by=actor, at=at, about=about, organisations=[after.organisation], payload=payload)
    if _named(before) != _named(after):
        _tell_voice(actor, after, at)


def settle_voice(actor: Actor, before: Team, after: Team, *, at: datetime) -> None:
    """Write down that somebody else speaks for the organisation."""
    if before != after:
        save_team(before, after, at=at)
        _tell_voice(actor, after, at)


def _tell_voice(actor: Actor, team: Team, at: datetime) -> None:
    organisations = [team.organisation]
    if team.voice is None:
        tell("delegation_ended", by=actor, at=at, about=team.organisation, organisations=organisations)
        return
    more = {"stand_in": str(team.voice.stand_in)} if team.voice.stand_in else None
    tell("delegate_named", by=actor, at=at, about=team.voice.delegate, organisations=organisations, payload=more)


def _named(team: Team) -> tuple[UUID, UUID | None] | None:
    return (team.voice.delegate, team.voice.stand_in) if team.voice else None
