"""What happened, in chains that show every change: ids and salted hashes only."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

__all__ = ["Chain", "ChainOf", "Checkpoint", "Event", "EventPayload"]


class ChainOf(models.TextChoices):
    """Whose events a chain holds."""

    HOST = "host", "the host"
    ORGANISATION = "organisation", "an organisation"
    CIRCLE = "circle", "a circle"
    ALLIANCE = "alliance", "an alliance"


class Chain(models.Model):
    """The head of a chain; whoever appends locks it."""

    id = models.UUIDField(primary_key=True, db_comment="internal: the id of what it is about")
    of = models.CharField(max_length=20, choices=ChainOf.choices, db_comment="internal: what that is")
    last_number = models.PositiveIntegerField(default=0, db_comment="internal: how many events it has")
    last_hash = models.CharField(max_length=64, db_comment="internal: the hash of the last")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_chain"
        db_table_comment = "Heads of the chains of events"

    def __str__(self) -> str:
        """What it is about."""
        return f"{self.of} {self.id}"


class Event(models.Model):
    """One thing that happened. Appended, never changed: the database itself refuses it."""

    id = models.BigAutoField(primary_key=True, db_comment="internal: which it is")
    chain = models.ForeignKey(
        Chain, models.PROTECT, related_name="events", db_comment="internal: in which chain it stands"
    )
    number = models.PositiveIntegerField(db_comment="internal: its place, from 1")
    what = models.CharField(max_length=60, db_comment="internal: in the past tense, such as member_joined")
    happened_at = models.DateTimeField(db_comment="internal: when")
    person = models.UUIDField(null=True, blank=True, db_comment="personal: who did it")
    organisation = models.UUIDField(null=True, blank=True, db_comment="internal: for whom they did it")
    about = models.UUIDField(null=True, blank=True, db_comment="internal: what it was done to")
    payload_hash = models.CharField(max_length=64, blank=True, db_comment="internal: salted hash of the payload")
    previous_hash = models.CharField(max_length=64, db_comment="internal: the hash of the event before")
    hash = models.CharField(max_length=64, db_comment="internal: over all of the above")

    class Meta:
        """Numbered without a gap."""

        db_table = "lichen_event"
        db_table_comment = "What happened"
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "number"], name="events_numbered")]

    def __str__(self) -> str:
        """What happened."""
        return self.what


class EventPayload(models.Model):
    """More about an event: ids and dates. It can be erased; its salted hash stays in the chain."""

    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="payload", db_comment="internal: of which event"
    )
    salt = models.BinaryField(db_comment="secret: without it the hash says nothing")
    payload = models.JSONField(db_comment="personal: ids, roles and dates; never a confession")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_event_payload"
        db_table_comment = "Payloads of events, which can be erased"

    def __str__(self) -> str:
        """Of which event."""
        return str(self.event_id)


class Checkpoint(models.Model):
    """Where a chain stood, signed: whoever kept a copy elsewhere sees whether it was rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="checkpoints", db_comment="internal: which chain")
    number = models.PositiveIntegerField(db_comment="internal: how many events it had")
    hash = models.CharField(max_length=64, db_comment="internal: the hash of the last")
    signed_at = models.DateTimeField(db_comment="internal: when")
    signature = models.BinaryField(db_comment="internal: Ed25519 by the host's signing key")
    verify_key = models.BinaryField(db_comment="internal: with which it is checked")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_checkpoint"
        db_table_comment = "Signed checkpoints of chains"

    def __str__(self) -> str:
        """Where."""
        return f"{self.chain_id} {self.number}"
