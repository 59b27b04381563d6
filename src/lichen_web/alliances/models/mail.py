"""Mail that waits to be sent: written in the same transaction as what it tells of."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

__all__ = ["Mail"]


class Mail(models.Model):
    """One mail to one person. Its text is sealed until it is sent, and gone afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: also its Message-ID")
    kind = models.CharField(max_length=60, db_comment="internal: which mail it is, such as invitation")
    sealed = models.BinaryField(db_comment="sealed: address, subject and text; emptied once it is sent")
    written_at = models.DateTimeField(db_comment="internal: when")
    claimed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when a worker took it up")
    sent_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when the mail server took it")
    tries = models.PositiveSmallIntegerField(default=0, db_comment="internal: how often it was tried")
    failed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was given up")
    failure = models.CharField(max_length=80, blank=True, db_comment="internal: the class of the last error, no text")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_mail"
        db_table_comment = "Mail that waits, was sent or failed"

    def __str__(self) -> str:
        """Which mail."""
        return f"{self.kind} {self.id}"
