"""A complaint about an organisation in a circle, with its answer and outcome."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

__all__ = ["Complaint", "Outcome"]


class Outcome(models.TextChoices):
    """How a complaint ended."""

    UPHELD = "upheld", "upheld"
    DISMISSED = "dismissed", "dismissed"


class Complaint(models.Model):
    """Three upheld in a circle, and the organisation is out. Its words are sealed: they may quote a confession."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    circle = models.ForeignKey(
        "accounts.Circle", models.PROTECT, related_name="complaints", db_comment="internal: in which circle"
    )
    about = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="complaints", db_comment="internal: about whom"
    )
    by = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: whose")
    words = models.BinaryField(db_comment="sealed: what happened, to those it concerns and the host")
    made_at = models.DateTimeField(db_comment="internal: when")
    answer = models.BinaryField(null=True, blank=True, db_comment="sealed: what the other side says")
    answered_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was answered")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, db_comment="internal: how it ended")
    reason = models.BinaryField(null=True, blank=True, db_comment="sealed: why it ended so")
    decided_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+", db_comment="personal: who decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was decided")
    forgiven_at = models.DateTimeField(
        null=True, blank=True, db_comment="internal: since when it counts no longer among the three"
    )
    forgiven_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+", db_comment="personal: who forgave"
    )
    forgiven_because = models.BinaryField(null=True, blank=True, db_comment="sealed: why it counts no longer")

    class Meta:
        """One at a time between two organisations of a circle."""

        db_table = "lichen_complaint"
        db_table_comment = "Complaints"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["circle", "by", "about"], condition=Q(decided_at=None), name="one_open_complaint_at_a_time"
            )
        ]

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)
