"""A dealing between organisations: what happened in it, who was given the key to what and looked, what was written."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

__all__ = ["Grant", "Look", "Matter", "MatterEvent", "MatterParty", "Message", "Unmailed"]


class Matter(models.Model):
    """A dealing between two organisations of one circle; they have one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    circle = models.ForeignKey(
        "accounts.Circle", models.PROTECT, related_name="matters", db_comment="internal: in which circle they met"
    )
    pair = models.CharField(max_length=73, db_comment="internal: the ids of the two who deal, the smaller first")
    opened_at = models.DateTimeField(db_comment="internal: when")
    met_at = models.DateTimeField(
        null=True, blank=True, db_comment="internal: since when both have said yes; empty before, and once taken back"
    )
    ended_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was over")
    complaint = models.ForeignKey(
        "accounts.Complaint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="internal: the complaint with which exploitation was reported in it",
    )
    third = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="internal: the third, where it is one of the three dealings of a ring",
    )
    last_number = models.PositiveIntegerField(default=0, db_comment="internal: how many events it has")

    class Meta:
        """One that is open between two."""

        db_table = "lichen_matter"
        db_table_comment = "Dealings between organisations"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pair"], condition=Q(ended_at=None), name="one_open_matter_a_pair")
        ]

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class MatterParty(models.Model):
    """One organisation in a dealing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parties", db_comment="internal: in which dealing")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="matters", db_comment="internal: who deals"
    )

    class Meta:
        """Once each."""

        db_table = "lichen_matter_party"
        db_table_comment = "Who deals with whom"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "organisation"], name="party_once_in_a_matter")
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.organisation_id} in {self.matter_id}"


class MatterEvent(models.Model):
    """One thing that happened in a dealing. Which act and which code is sealed under the keys of whoever did it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="events", db_comment="internal: in which dealing")
    number = models.PositiveIntegerField(db_comment="internal: its place in the dealing, from 1")
    by = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: who did it")
    happened_at = models.DateTimeField(db_comment="internal: when")
    sealed = models.BinaryField(db_comment="sealed: what happened, under a key of its own")
    wrapped_key = models.BinaryField(db_comment="secret: that key, wrapped by the data key of whoever did it")

    class Meta:
        """Numbered without a gap."""

        db_table = "lichen_matter_event"
        db_table_comment = "What happened in a dealing"
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "number"], name="matter_events_numbered")]

    def __str__(self) -> str:
        """Its place."""
        return f"{self.matter_id} {self.number}"


class Grant(models.Model):
    """The key of one sealed part, sealed to one reader."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    part = models.ForeignKey(
        "alliances.SealedPart",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="grants",
        db_comment="internal: to what",
    )
    owner = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: whose it is"
    )
    reader = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: to whom"
    )
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="grants", db_comment="internal: in which dealing")
    sealed_key = models.BinaryField(
        db_comment="secret: the part's key in a SealedBox to the reader; emptied once withdrawn"
    )
    granted_at = models.DateTimeField(db_comment="internal: when")
    withdrawn_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was taken back")

    class Meta:
        """One that stands a part and reader."""

        db_table = "lichen_grant"
        db_table_comment = "Who may read what"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["part", "reader"], condition=Q(withdrawn_at=None), name="one_grant_a_part_and_reader"
            ),
            models.CheckConstraint(
                condition=Q(part__isnull=False) | Q(withdrawn_at__isnull=False), name="standing_grant_of_a_part"
            ),
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.part_id} to {self.reader_id}"


class Look(models.Model):
    """That a person of the reader's has looked at what a grant opens. Its owner is told how many did, and when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="looks", db_comment="internal: at what was granted")
    owner = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: whose it is"
    )
    reader = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: for which organisation"
    )
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", db_comment="personal: who looked")
    first_at = models.DateTimeField(db_comment="personal: when first")
    last_at = models.DateTimeField(db_comment="personal: when last")
    times = models.PositiveIntegerField(default=1, db_comment="personal: how often")

    class Meta:
        """One line a grant and person."""

        db_table = "lichen_look"
        db_table_comment = "Who has looked at what was opened to them"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "person"], name="one_look_a_grant_and_person")
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.grant_id} by {self.reader_id}"


class Message(models.Model):
    """A few words from one side of a dealing to the other, under a key of their own that each side has a copy of."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="messages", db_comment="internal: in which dealing")
    by = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: who wrote")
    reader = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: to whom"
    )
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", db_comment="personal: who wrote it")
    sent_at = models.DateTimeField(db_comment="internal: when")
    sealed = models.BinaryField(db_comment="sealed: the words, under a key of their own")
    wrapped_key = models.BinaryField(db_comment="secret: that key, wrapped by the data key of whoever wrote")
    sealed_key = models.BinaryField(db_comment="secret: that key in a SealedBox to the reader")

    class Meta:
        """Read in their order."""

        db_table = "lichen_message"
        db_table_comment = "Messages between the two of a dealing"
        indexes: ClassVar = [models.Index(fields=["matter", "sent_at"], name="messages_in_order")]

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class Unmailed(models.Model):
    """That a person wants no mail when a message waits for their organisation."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: in which organisation"
    )
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", db_comment="personal: who")

    class Meta:
        """Said once."""

        db_table = "lichen_unmailed"
        db_table_comment = "Who wants no mail about messages"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "person"], name="unmailed_once_a_person")
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.person_id} in {self.organisation_id}"
