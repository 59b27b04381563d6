"""What an organisation lacks and offers: all but ids, versions and dates is sealed.

The code is already the confession.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

__all__ = ["Offer", "SealedPart", "Sitting", "Vulnerability"]


class Vulnerability(models.Model):
    """One gap. Its code and sensitivity lie in a sealed part of rung 3, its words and the rest in one of rung 4."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="vulnerabilities", db_comment="internal: whose"
    )
    version = models.PositiveIntegerField(default=1, db_comment="internal: counts its changes")
    made_at = models.DateTimeField(db_comment="internal: when it was named")
    changed_at = models.DateTimeField(db_comment="internal: when it was last changed")
    removed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was taken back")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_vulnerability"
        db_table_comment = "Gaps: which organisation has how many, and since when"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class Offer(models.Model):
    """One thing that an organisation can give, sealed too."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="offers", db_comment="internal: whose"
    )
    is_public = models.BooleanField(default=False, db_comment="internal: whether its owner lets everybody see it")
    version = models.PositiveIntegerField(default=1, db_comment="internal: counts its changes")
    made_at = models.DateTimeField(db_comment="internal: when it was named")
    changed_at = models.DateTimeField(db_comment="internal: when it was last changed")
    removed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was taken back")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_offer"
        db_table_comment = "Offers: which organisation has how many, and since when"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class SealedPart(models.Model):
    """One rung of one version of one item, under a key of its own. Never changed: a new version is a new part."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="sealed_parts", db_comment="internal: whose"
    )
    vulnerability = models.ForeignKey(
        Vulnerability,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="parts",
        db_comment="internal: of which gap; or else of an offer",
    )
    offer = models.ForeignKey(
        Offer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="parts",
        db_comment="internal: of which offer; or else of a gap",
    )
    rung = models.PositiveSmallIntegerField(db_comment="internal: on which rung it may be shown: 3 or 4")
    version = models.PositiveIntegerField(db_comment="internal: of which version of the item")
    sealed = models.BinaryField(db_comment="sealed: padded, AES-256-GCM, bound to row, rung and version")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")
    sealed_at = models.DateTimeField(db_comment="internal: when")

    class Meta:
        """One part a rung and version of an item."""

        db_table = "lichen_sealed_part"
        db_table_comment = "The sealed rungs of gaps and offers"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(vulnerability=None, offer__isnull=False) | Q(vulnerability__isnull=False, offer=None),
                name="sealed_part_of_one_item",
            ),
            models.UniqueConstraint(
                fields=["vulnerability", "rung", "version"], condition=Q(offer=None), name="one_part_a_gap_and_rung"
            ),
            models.UniqueConstraint(
                fields=["offer", "rung", "version"], condition=Q(vulnerability=None), name="one_part_an_offer_and_rung"
            ),
        ]

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class Sitting(models.Model):
    """How an organisation made its audit, and its two opening answers."""

    organisation = models.OneToOneField(
        "accounts.Organisation", models.PROTECT, primary_key=True, related_name="sitting", db_comment="internal: whose"
    )
    version = models.PositiveIntegerField(default=1, db_comment="internal: counts its changes")
    sealed = models.BinaryField(db_comment="sealed: readiness, opening answers and day of the audit; bound to version")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")
    recorded_at = models.DateTimeField(db_comment="internal: when it was last written down")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_sitting"
        db_table_comment = "How audits were made"

    def __str__(self) -> str:
        """Whose."""
        return str(self.organisation_id)
