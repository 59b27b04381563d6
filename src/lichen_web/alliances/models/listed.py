"""Organisations that are no members, listed from public records; and what members keep about them for themselves."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from lichen.scales import Sector, Size

__all__ = ["CorrectionRequest", "Delisting", "ListState", "ListedNote", "ListedOrganisation", "SavedSearch"]


class ListedOrganisation(models.Model):
    """An organisation that is no member, as public records have it. Everything here is public, and in the clear."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    reference = models.CharField(max_length=90, blank=True, db_comment="public: its number on a register, if known")
    spoken_name = models.CharField(max_length=220, db_comment="public: its name and country as they are compared")
    name = models.CharField(max_length=200, db_comment="public: its name")
    sector = models.CharField(max_length=40, choices=[(each, each) for each in Sector], db_comment="public: its sector")
    country = models.CharField(max_length=2, blank=True, db_comment="public: ISO 3166-1 alpha-2")
    region = models.CharField(max_length=120, blank=True, db_comment="public: where it works")
    size = models.CharField(max_length=40, choices=[(each, each) for each in Size], db_comment="public: its size band")
    website = models.URLField(blank=True, db_comment="public: where to read about it")
    items = models.JSONField(
        db_comment="public: what a record suggests that it has or lacks, each with the record, sentence and confidence"
    )
    source = models.CharField(max_length=200, db_comment="public: from which file or record it comes")
    listed_at = models.DateTimeField(db_comment="internal: since when it is listed")
    changed_at = models.DateTimeField(db_index=True, db_comment="internal: when what stands here last changed")
    corrected_at = models.DateTimeField(
        null=True, blank=True, db_comment="internal: when the host put it right; no import changes it from then on"
    )

    class Meta:
        """Once a number on a register; without one, once a name and country."""

        db_table = "lichen_listed_organisation"
        db_table_comment = "Organisations that are no members, as public records have them"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="listed_once_a_reference"),
            models.UniqueConstraint(fields=["spoken_name"], condition=Q(reference=""), name="listed_once_a_name"),
        ]
        indexes: ClassVar = [models.Index(fields=["spoken_name"], name="listed_spoken_name")]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class ListState(models.Model):
    """Which state of the list this is, so that a process knows when to lay it out anew."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, db_comment="internal: always 1")
    version = models.UUIDField(default=uuid4, db_comment="internal: another one after each change")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_list_state"
        db_table_comment = "The state of the list of organisations that are no members"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_list_state")]

    def __str__(self) -> str:
        """Its version."""
        return str(self.version)


class Delisting(models.Model):
    """That an organisation does not want to be listed: no name, only what an import can be compared with."""

    digest = models.CharField(
        max_length=64, primary_key=True, db_comment="internal: SHA-256 of its reference, or of its name and country"
    )
    delisted_at = models.DateTimeField(db_comment="internal: since when")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_delisting"
        db_table_comment = "Who is not to be listed again, as digests"

    def __str__(self) -> str:
        """Its digest."""
        return self.digest


class CorrectionRequest(models.Model):
    """That somebody asked for a listed organisation to be put right or taken off; answered by the host."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    sealed = models.BinaryField(db_comment="sealed: which organisation, what is wrong, and who asks, for the host")
    asked_at = models.DateTimeField(db_comment="internal: when")
    outcome = models.CharField(max_length=20, blank=True, db_comment="internal: how it ended")
    reason = models.BinaryField(null=True, blank=True, db_comment="sealed: what the host answered")
    decided_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+", db_comment="personal: who decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was decided")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_correction_request"
        db_table_comment = "Requests to correct or remove a listed organisation"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class ListedNote(models.Model):
    """What an organisation noted of a conversation or event: about whom is sealed, too."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="listed_notes", db_comment="internal: whose"
    )
    sealed = models.BinaryField(db_comment="sealed: about whom, who was there, where, when, what was said, how sure")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")
    made_at = models.DateTimeField(db_comment="internal: when it was written")
    removed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was taken back")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_listed_note"
        db_table_comment = "Notes about listed organisations"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class SavedSearch(models.Model):
    """A search of an organisation among those that are listed; by what it is narrowed is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="saved_searches", db_comment="internal: whose"
    )
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", db_comment="personal: who saved it, and is written to"
    )
    sealed = models.BinaryField(db_comment="sealed: its name and by what it is narrowed")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")
    made_at = models.DateTimeField(db_comment="internal: when it was saved")
    looked_at = models.DateTimeField(db_comment="internal: up to when was looked for something new")
    written_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when a mail last told of it")
    off_since = models.DateTimeField(null=True, blank=True, db_comment="internal: since when it does not write")
    removed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was taken back")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_saved_search"
        db_table_comment = "Saved searches"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)
