"""A file on its way into an audit: what is in it, and what would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from lichen.audit.differences import Difference, added_to, differences
from lichen.audit.values import Audit
from lichen.errors import Problem
from lichen.files.foreign import Table
from lichen.files.reading import read_audit_text
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.audit import OwnAudit, load_audit
from lichen_web.alliances.bridge.team import load_upload
from lichen_web.alliances.models import Upload

__all__ = ["Held", "UploadView", "held_in", "own_upload", "problem_places", "standing_upload", "state_of"]


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds between its coming and its being taken in."""

    audit: Audit | None
    """What it says; None while nobody has said what its columns mean."""
    notes: tuple[str, ...] = ()
    """The places of what was set aside in it."""
    tables: tuple[Table, ...] = ()
    """Its tables, where they were made for something else."""
    only: frozenset[str] | None = None
    """The fields that it speaks of; None is all of them."""

    @property
    def is_foreign(self) -> bool:
        """Whether it was made for something else, so that it can add and never take away."""
        return bool(self.tables)


@dataclass(frozen=True, slots=True)
class UploadView:
    """A file as whoever brought it looks it over."""

    id: UUID
    """Which."""
    expires_at: datetime
    """When it is thrown away."""
    held: Held
    """What is in it."""
    name: str
    """Whose audit the file says that it is; empty where that is one's own, or nothing is said."""
    added: tuple[Difference, ...]
    """What would change if nothing is taken away."""
    whole: tuple[Difference, ...]
    """What would change if the audit became exactly the file; empty where it cannot."""
    answers_differ: bool
    """Whether how the audit was made, or the answers to the opening questions, would be said anew."""
    state: str
    """Stands for the audit as it is, so that it can be seen whether somebody changed it meanwhile."""


def own_upload(actor: Actor, *, upload: UUID, at: datetime) -> UploadView:
    """What a file that one brought would change.

    Raises:
        NotAllowed: The actor is neither lead nor member.
        NotThere: It is not theirs, was taken in or thrown away, or its time is over.
    """
    may(actor, "own_upload")
    organisation = organisation_of(actor)
    with reading(actor):
        row = standing_upload(actor, upload, at)
        held, own = held_in(load_upload(row)), load_audit(organisation)
    said = held.audit.organisation.name if held.audit else ""
    then = added_to(own.audit, held.audit, only=held.only) if held.audit else own.audit
    return UploadView(
        id=row.id,
        expires_at=row.expires_at,
        held=held,
        name="" if said.casefold() == own.organisation.name.casefold() else said,
        added=differences(own.audit, then) if held.audit else (),
        whole=differences(own.audit, held.audit) if held.audit and not held.is_foreign else (),
        answers_differ=replace(own.audit, organisation=then.organisation) != then,
        state=state_of(own),
    )


def standing_upload(actor: Actor, upload: UUID, at: datetime) -> Upload:
    """The row of a file that the actor brought for the organisation they act for.

    Raises:
        NotThere: There is none, or no longer.
    """
    rows = Upload.objects.filter(organisation=organisation_of(actor), person=actor.person, expires_at__gt=at)
    row = rows.filter(id=upload).first()
    if row is None:
        raise NotThere
    return row


def held_in(content: Mapping[str, Any]) -> Held:
    """What was sealed of a file."""
    tables = (
        Table(
            each["sheet"],
            each["header"],
            tuple(each["headings"]),
            tuple((number, tuple(cells)) for number, cells in each["rows"]),
        )
        for each in content["tables"]
    )
    return Held(
        audit=read_audit_text(content["audit"], "json") if content["audit"] else None,
        notes=tuple(content["notes"]),
        tables=tuple(tables),
        only=None if content["only"] is None else frozenset(content["only"]),
    )


def state_of(own: OwnAudit) -> str:
    """A word that is another one as soon as anything in the audit is; it tells nothing of what that is."""
    return salted_hmac("lichen.audit.state", repr(own), algorithm="sha256").hexdigest()[:32]


def problem_places(notes: tuple[Problem, ...]) -> tuple[str, ...]:
    """Where each of these is, in words."""
    return tuple(dict.fromkeys(note.place or note.what for note in notes))
