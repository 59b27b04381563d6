"""Giving an organisation whose last lead has gone a new one: two people of the host, logged."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

__all__ = ["Recovery"]


class Recovery(models.Model):
    """One asks, another approves; then a new lead is invited. Neither reads a confession by it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        related_name="recoveries",
        db_comment="internal: which organisation has no lead",
    )
    email = models.EmailField(db_comment="personal: the new lead's address; emptied once it is over", blank=True)
    reason = models.TextField(max_length=2000, db_comment="internal: how the new lead's standing was checked")
    asked_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", db_comment="personal: the first")
    asked_at = models.DateTimeField(db_comment="internal: when")
    approved_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+", db_comment="personal: the second"
    )
    approved_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when")
    refused_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was refused")
    invitation = models.OneToOneField(
        "accounts.Invitation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recovery",
        db_comment="internal: the new lead's",
    )

    class Meta:
        """Two different people."""

        db_table = "lichen_recovery"
        db_table_comment = "Recoveries of organisations without a lead"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")), name="recovery_by_two_people"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(approved_at=None, refused_at=None), name="one_recovery_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)
