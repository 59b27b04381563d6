"""What happened, appended to a chain in the transaction that does it: ids and a salted hash, never a confession."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from lichen_web.alliances.models.event import Chain, ChainOf, Event, EventPayload

__all__ = ["HOST_CHAIN", "START", "event_hash", "payload_hash", "record"]

HOST_CHAIN = UUID(int=0)
"""The id of the host's own chain."""
START = "0" * 64
"""What stands before the first event of a chain."""


def record(
    what: str,
    *,
    of: ChainOf,
    chain: UUID = HOST_CHAIN,
    at: datetime,
    person: UUID | None = None,
    organisation: UUID | None = None,
    about: UUID | None = None,
    payload: dict[str, str] | None = None,
) -> None:
    """Append an event to a chain, within the transaction that is open.

    Args:
        what: In the past tense, such as ``member_joined``.
        of: What the chain is about.
        chain: The id of that; the host's own by default.
        at: When it happened.
        person: Who did it; nobody where Lichen itself did.
        organisation: For whom they did it.
        about: The id of what it was done to.
        payload: More ids, roles and dates; it can be erased, its salted hash stays. Never a confession or a name.
    """
    Chain.objects.get_or_create(id=chain, defaults={"of": of, "last_hash": START})
    head = Chain.objects.select_for_update().get(id=chain)
    salt = secrets.token_bytes(16)
    event = Event(
        chain=head,
        number=head.last_number + 1,
        what=what,
        happened_at=at,
        person=person,
        organisation=organisation,
        about=about,
        payload_hash=payload_hash(salt, payload) if payload else "",
        previous_hash=head.last_hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    if payload:
        EventPayload.objects.create(event=event, salt=salt, payload=payload)
    Chain.objects.filter(id=chain).update(last_number=event.number, last_hash=event.hash)


def payload_hash(salt: bytes, payload: dict[str, str]) -> str:
    """The salted hash of a payload."""
    return sha256(salt + json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def event_hash(event: Event) -> str:
    """The hash over everything that an event says, and the hash of the one before it."""
    said = [
        str(event.chain_id),
        event.number,
        event.what,
        event.happened_at.isoformat(),
        *(str(each) if each else "" for each in (event.person, event.organisation, event.about)),
        event.payload_hash,
        event.previous_hash,
    ]
    return sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
