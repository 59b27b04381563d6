"""The brief for a first conversation, as its owner has rewritten it, and what came of the conversation."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

__all__ = ["BriefPages", "ConversationNote"]


class BriefPages(models.Model):
    """The two pages of a brief, from when somebody first put them in other words."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="briefs", db_comment="internal: whose"
    )
    about = models.UUIDField(db_comment="internal: the dealing, or the listed organisation, before which it is read")
    version = models.PositiveIntegerField(db_comment="internal: counts its changes, from 1")
    changed_at = models.DateTimeField(db_comment="internal: when it was last changed")
    sealed = models.BinaryField(db_comment="sealed: its pages, in words")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")

    class Meta:
        """One an organisation and conversation."""

        db_table = "lichen_brief"
        db_table_comment = "Briefs that were rewritten"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "about"], name="one_brief_a_conversation")
        ]

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class ConversationNote(models.Model):
    """What one side of a dealing noted after a conversation. The other side is never shown it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="conversation_notes", db_comment="internal: whose"
    )
    matter = models.ForeignKey(
        "alliances.Matter", models.PROTECT, related_name="+", db_comment="internal: in which dealing"
    )
    made_at = models.DateTimeField(db_comment="internal: when it was written down")
    sealed = models.BinaryField(db_comment="sealed: the day, what was said aloud, what came back, the next step")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_conversation_note"
        db_table_comment = "What was noted after conversations"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)
