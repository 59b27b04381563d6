"""Sealed rows of a team's answers to values, and back; and files on their way into an audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from lichen.audit.team import Spread, TeamAudit, TeamItem
from lichen_web.alliances import keys
from lichen_web.alliances.models import TeamAnswer, TeamLink, TeamRound, Upload
from lichen_web.alliances.rounds import Said, TeamSaying

__all__ = [
    "ANSWERS_KEPT",
    "Shown",
    "address_and_secret",
    "drop_what_is_over",
    "load_answer",
    "load_answers",
    "load_links",
    "load_shown",
    "load_upload",
    "save_answer",
    "save_link",
    "save_shown",
    "save_upload",
]

ANSWERS_KEPT = timedelta(days=90)
"""How long single answers and addresses are kept once a round is closed; what was shown of it stays."""

Counted = Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the lead was last shown of a round."""

    counted: Counted
    """The version of each answer that is in it, by its link."""
    team: TeamAudit
    """What they say together; no single answer is in it."""
    people: tuple[TeamSaying, ...] = ()
    """Those who allowed their answer to be read by name, where there were too few for anything else."""


def save_link(round_: TeamRound, *, email: str, secret: str, digest: str, at: datetime) -> TeamLink:
    """Keep a link: its secret and its address are sealed under the organisation's keys."""
    link = uuid4()
    made = keys.seal(round_.organisation_id, {"email": email, "secret": secret}, bound_to=_place(TeamLink, link))
    return TeamLink.objects.create(
        id=link,
        organisation_id=round_.organisation_id,
        round=round_,
        digest=digest,
        sealed=made.sealed,
        wrapped_key=made.wrapped_key,
        sent_at=at,
    )


def load_links(round_: TeamRound) -> tuple[tuple[TeamLink, str], ...]:
    """The links of a round, each with the address it was sent to, in the order of the addresses."""
    links = list(round_.links.all())
    opened = keys.open_all_own(
        round_.organisation_id, [(link.sealed, link.wrapped_key, _place(TeamLink, link.id)) for link in links]
    )
    found = ((link, str(content["email"])) for link, content in zip(links, opened, strict=True))
    return tuple(sorted(found, key=lambda pair: pair[1]))


def address_and_secret(link: TeamLink) -> tuple[str, str]:
    """Where a link was sent, and what is secret in it."""
    content = keys.open_own(link.organisation_id, link.sealed, link.wrapped_key, bound_to=_place(TeamLink, link.id))
    return str(content["email"]), str(content["secret"])


def load_answer(row: TeamAnswer) -> TeamSaying:
    """What one colleague says."""
    place = _place(TeamAnswer, row.id, row.version)
    return _saying(keys.open_own(row.organisation_id, row.sealed, row.wrapped_key, bound_to=place))


def load_answers(round_: TeamRound) -> Mapping[UUID, tuple[int, TeamSaying]]:
    """What the colleagues say as far as it can be counted: by their links, each with its version."""
    rows = list(TeamAnswer.objects.filter(link__round=round_).order_by("id"))
    opened = keys.open_all_own(
        round_.organisation_id,
        [(row.sealed, row.wrapped_key, _place(TeamAnswer, row.id, row.version)) for row in rows],
    )
    said = ((row, _saying(content)) for row, content in zip(rows, opened, strict=True))
    return {row.link_id: (row.version, saying) for row, saying in said if saying.counts}


def save_answer(link: TeamLink, saying: TeamSaying, *, before: TeamAnswer | None, at: datetime) -> None:
    """Seal what somebody says; what they said before is gone. Whoever saves holds the round's row."""
    answer, version = (before.id, before.version + 1) if before else (uuid4(), 1)
    made = keys.seal(link.organisation_id, asdict(saying), bound_to=_place(TeamAnswer, answer, version))
    kept = {"version": version, "changed_at": at, "sealed": made.sealed, "wrapped_key": made.wrapped_key}
    if before:
        TeamAnswer.objects.filter(id=answer).update(**kept)
    else:
        TeamAnswer.objects.create(id=answer, organisation_id=link.organisation_id, link=link, **kept)


def load_shown(round_: TeamRound) -> Shown | None:
    """What was last shown of a round; none if nothing was."""
    if not round_.sealed:
        return None
    place = _place(TeamRound, round_.id, round_.version)
    content = keys.open_own(round_.organisation_id, round_.sealed, round_.wrapped_key, bound_to=place)
    return Shown(
        {UUID(link): version for link, version in content["counted"].items()},
        _team(content["team"]),
        tuple(map(_saying, content["people"])),
    )


def save_shown(round_: TeamRound, shown: Shown, *, at: datetime) -> None:
    """Seal what is shown of a round from now on. Single answers are never part of it, but those by name."""
    version = round_.version + 1
    content = {
        "counted": {str(link): counted for link, counted in shown.counted.items()},
        "team": {**asdict(shown.team), "answers": []},
        "people": [asdict(each) for each in shown.people],
    }
    made = keys.seal(round_.organisation_id, content, bound_to=_place(TeamRound, round_.id, version))
    TeamRound.objects.filter(id=round_.id).update(
        version=version, shown_at=at, sealed=made.sealed, wrapped_key=made.wrapped_key
    )


def save_upload(organisation: UUID, person: UUID, content: Mapping[str, Any], *, expires_at: datetime) -> UUID:
    """Seal what a file holds until it is looked over; what the same person brought before is thrown away."""
    Upload.objects.filter(organisation=organisation, person=person).delete()
    upload = uuid4()
    made = keys.seal(organisation, content, bound_to=_place(Upload, upload))
    Upload.objects.create(
        id=upload,
        organisation_id=organisation,
        person=person,
        expires_at=expires_at,
        sealed=made.sealed,
        wrapped_key=made.wrapped_key,
    )
    return upload


def load_upload(row: Upload) -> dict[str, Any]:
    """What a file held."""
    return keys.open_own(row.organisation_id, row.sealed, row.wrapped_key, bound_to=_place(Upload, row.id))


def drop_what_is_over(organisation: UUID, *, at: datetime) -> None:
    """Throw away files that nobody took in, and the answers and addresses of rounds that ended long ago."""
    Upload.objects.filter(organisation=organisation, expires_at__lte=at).delete()
    TeamLink.objects.filter(organisation=organisation, round__closed_at__lte=at - ANSWERS_KEPT).delete()


def _saying(content: Mapping[str, Any]) -> TeamSaying:
    return TeamSaying(tuple(Said(**each) for each in content["said"]), content["name"], content["is_by_name"])


def _team(content: Mapping[str, Any]) -> TeamAudit:
    items = tuple(
        TeamItem(**{**item, "severity": Spread(**item["severity"]) if item["severity"] else None})
        for item in content["items"]
    )
    return TeamAudit(**{**content, "items": items, "answers": ()})


def _place(table: type[TeamAnswer | TeamLink | TeamRound | Upload], row: UUID, version: int = 0) -> tuple[str, ...]:
    return (table._meta.db_table, str(row), str(version))
