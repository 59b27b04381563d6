"""Why Lichen does not start on a database."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

__all__ = ["Halt", "Why"]


class Why(models.TextChoices):
    """Why nobody may start on it."""

    LEFT = "left", "it was left for another database"
    UNFINISHED = "unfinished", "what was to be put into it has not wholly arrived"


class Halt(models.Model):
    """Nobody starts on a database in which such a row stands; it takes no event, no person and no sign-in."""

    id = models.UUIDField(primary_key=True, default=uuid4, db_comment="internal: of which restoring or move")
    why = models.CharField(max_length=20, choices=Why.choices, db_comment="internal: left or unfinished")
    other = models.CharField(max_length=200, db_comment="internal: the database or file at the other end")
    since = models.DateTimeField(db_comment="internal: when")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_halt"
        db_table_comment = "Why Lichen does not start on this database"

    def __str__(self) -> str:
        """Why."""
        return self.why
