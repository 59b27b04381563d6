"""Blind matching: cards that only the matcher opens, the caps on asking, proposals sealed to each side, and answers."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

__all__ = ["Exclusions", "MatchCard", "ProbeCharge", "Proposal", "Publication"]


class Publication(models.Model):
    """That an organisation published its audit for matching in a circle. It stands for seven days."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="publications", db_comment="internal: who published"
    )
    circle = models.ForeignKey(
        "accounts.Circle", models.PROTECT, related_name="publications", db_comment="internal: in which circle"
    )
    published_at = models.DateTimeField(db_comment="internal: when")
    stands_until = models.DateTimeField(db_comment="internal: before this it cannot be replaced")
    sealed = models.BinaryField(db_comment="sealed: the same as on its card, for its owner")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")
    withdrawn_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was taken out of matching")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_publication"
        db_table_comment = "Who takes part in matching, and since when"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "circle"], condition=Q(withdrawn_at=None), name="one_publication_at_a_time"
            )
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.organisation_id} in {self.circle_id}"


class MatchCard(models.Model):
    """What the matcher needs to know, sealed to the matcher's key: the web writes it and cannot read it."""

    publication = models.OneToOneField(
        Publication, models.CASCADE, primary_key=True, db_comment="internal: of which publication"
    )
    sealed = models.BinaryField(db_comment="sealed: five gaps and five offers, padded, to the matcher")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_match_card"
        db_table_comment = "Match cards"

    def __str__(self) -> str:
        """Of which publication."""
        return str(self.publication_id)


class ProbeCharge(models.Model):
    """How many codes an organisation has asked with in a quarter."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", db_comment="internal: whose"
    )
    quarter = models.CharField(max_length=6, db_comment="internal: such as 2026Q4")
    codes = models.PositiveIntegerField(default=0, db_comment="internal: how many were charged")

    class Meta:
        """One line an organisation and quarter."""

        db_table = "lichen_probe_charge"
        db_table_comment = "Codes asked with, a quarter"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "quarter"], name="one_charge_a_quarter")
        ]

    def __str__(self) -> str:
        """Whose, and when."""
        return f"{self.organisation_id} {self.quarter}"


class Proposal(models.Model):
    """That there is somebody: what rung 1 shows, sealed to one side."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="proposals", db_comment="internal: to whom"
    )
    circle = models.ForeignKey(
        "accounts.Circle", models.PROTECT, related_name="+", db_comment="internal: in which circle it was found"
    )
    sealed = models.BinaryField(db_comment="sealed: score band, sector, region, size band, and whom, to that side")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by that side's data key")
    method = models.CharField(max_length=80, db_comment="internal: how it was found, with its version")
    made_at = models.DateTimeField(db_comment="internal: when")
    answer = models.BinaryField(
        null=True, blank=True, db_comment="sealed: interested, not for us, or later, and by whom, to that side"
    )
    answer_key = models.BinaryField(
        null=True, blank=True, db_comment="secret: its key, wrapped by that side's data key"
    )
    answered_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was last answered")
    ended_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it stopped standing")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_proposal"
        db_table_comment = "Blind proposals"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class Exclusions(models.Model):
    """Whom an organisation never wants to be introduced to: one sealed list, so that nobody sees of how many."""

    organisation = models.OneToOneField(
        "accounts.Organisation",
        models.PROTECT,
        primary_key=True,
        related_name="+",
        db_comment="internal: whose list it is",
    )
    sealed = models.BinaryField(db_comment="sealed: the ids of those on it, to its owner")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")
    changed_at = models.DateTimeField(db_comment="internal: when it was last changed")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_exclusions"
        db_table_comment = "Whom organisations never want to meet"

    def __str__(self) -> str:
        """Whose."""
        return str(self.organisation_id)
