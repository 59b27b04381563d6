"""What happened, appended to a chain in the transaction that does it: ids and a salted hash, never a confession.

Each event bears the hash of the one before it, so that a change anywhere shows at the next. Whoever may write to the
database could still write a whole chain anew: a :class:`Mark`, which is signed and kept elsewhere, shows that, too.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.transaction import TransactionManagementError

from lichen_web.alliances.models.event import Chain, ChainOf, Event, EventPayload
from lichen_web.keyring import host_keyring
from lichen_web.sealing import is_signature, signature

__all__ = ["HOST_CHAIN", "START", "Mark", "event_hash", "has_signed", "payload_hash", "record", "signed_mark"]

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
    payload: Mapping[str, str] | None = None,
) -> None:
    """Append an event to a chain, within the transaction that is open.

    The head of the chain is locked until that transaction ends, so that no two events come after the same one.

    Args:
        what: In the past tense, such as ``member_joined``.
        of: What the chain is about.
        chain: The id of that; the host's own by default.
        at: When it happened.
        person: Who did it; nobody where Lichen itself did.
        organisation: For whom they did it.
        about: The id of what it was done to.
        payload: More ids, roles and dates; it can be erased, its salted hash stays. Never a confession or a name.

    Raises:
        TransactionManagementError: No transaction is open.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("an event is recorded in the transaction of what it tells of")
    head, salt = _locked_head(of, chain), secrets.token_bytes(16)
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
    event.hash = event_hash(event, head.of)
    event.save(force_insert=True)
    if payload:
        EventPayload.objects.create(event=event, salt=salt, payload=dict(payload))
    Chain.objects.filter(id=chain).update(last_number=event.number, last_hash=event.hash)


def _locked_head(of: ChainOf, chain: UUID) -> Chain:
    heads = Chain.objects.select_for_update()
    head = heads.filter(id=chain).first()
    if head is None:
        Chain.objects.get_or_create(id=chain, defaults={"of": of, "last_hash": START})
        head = heads.get(id=chain)
    return head


def payload_hash(salt: bytes, payload: Mapping[str, str]) -> str:
    """The salted hash of a payload, in whichever order its keys come back."""
    return sha256(salt + json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def event_hash(event: Event, of: str) -> str:
    """The hash over everything that an event says, what its chain is about, and the hash of the one before it."""
    said = [
        of,
        str(event.chain_id),
        event.number,
        event.what,
        _moment(event.happened_at),
        *(str(each) if each else "" for each in (event.person, event.organisation, event.about)),
        event.payload_hash,
        event.previous_hash,
    ]
    return sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a chain stood, signed with the host's key."""

    chain: UUID
    """Which chain."""
    of: str
    """What it is about."""
    number: int
    """How many events it had."""
    hash: str
    """The hash of the last."""
    signed_at: datetime
    """When that was."""
    signature: bytes = b""
    """Ed25519, under all of the above."""
    verify_key: bytes = b""
    """With which it is checked."""

    @property
    def text(self) -> str:
        """What is signed."""
        said = ["lichen checkpoint", str(self.chain), self.of, self.number, self.hash, _moment(self.signed_at)]
        return json.dumps(said, separators=(",", ":"))


def signed_mark(chain: UUID, of: str, number: int, last_hash: str, *, at: datetime) -> Mark:
    """Where a chain stands, signed with the host's current key."""
    mark, pair = Mark(chain, of, number, last_hash, at), host_keyring(settings.LICHEN).current.signing
    return Mark(chain, of, number, last_hash, at, signature(mark.text, pair.private), pair.public)


def has_signed(mark: Mark) -> bool:
    """Whether this host signed that, with a key of its ring."""
    own = host_keyring(settings.LICHEN).verify_keys
    return mark.verify_key in own and is_signature(mark.signature, mark.text, mark.verify_key)


def _moment(at: datetime) -> str:
    """The same text for the same moment, whatever the database's time zone: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
