"""Messages between the two of a dealing: sealed once, with a copy of the key for each side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Q

from lichen_web.alliances import keys
from lichen_web.alliances.models import Message

__all__ = ["OpenedMessage", "load_messages", "save_message"]


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A message that was opened for one of the two."""

    id: UUID
    """Which."""
    is_own: bool
    """Whether our side wrote it."""
    words: str
    """What it says."""
    sent_at: datetime
    """When."""


def save_message(*, matter: UUID, by: UUID, reader: UUID, person: UUID, words: str, at: datetime) -> UUID:
    """Seal a message for both sides."""
    message = uuid4()
    sealed = keys.seal(by, {"text": words}, bound_to=_place(message))
    sealed_key = keys.key_for_reader(by, sealed.wrapped_key, reader, bound_to=_place(message))
    Message.objects.create(
        id=message,
        matter_id=matter,
        by_id=by,
        reader_id=reader,
        person_id=person,
        sent_at=at,
        sealed=sealed.sealed,
        wrapped_key=sealed.wrapped_key,
        sealed_key=sealed_key,
    )
    return message


def load_messages(matter: UUID, own: UUID, other: UUID, *, most: int) -> tuple[OpenedMessage, ...]:
    """The last messages of a dealing, the earliest first, each opened with our own keys.

    Raises:
        Unopened: One is not what was sealed, or one of the two was erased.
    """
    between = Q(by=own, reader=other) | Q(by=other, reader=own)
    rows = list(Message.objects.filter(between, matter=matter).order_by("-sent_at", "-id")[:most])[::-1]
    ours = [(row.sealed, row.wrapped_key, _place(row.id)) for row in rows if row.by_id == own]
    theirs = [(row.sealed, row.sealed_key, _place(row.id)) for row in rows if row.by_id == other]
    from_us = iter(keys.open_all_own(own, ours) if ours else ())
    from_them = iter(keys.open_all_granted(other, own, theirs) if theirs else ())
    return tuple(
        OpenedMessage(
            id=row.id,
            is_own=row.by_id == own,
            words=str(next(from_us if row.by_id == own else from_them)["text"]),
            sent_at=row.sent_at,
        )
        for row in rows
    )


def _place(message: UUID) -> tuple[str, ...]:
    return (Message._meta.db_table, str(message))
