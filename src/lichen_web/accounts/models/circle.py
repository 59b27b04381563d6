"""A circle: the organisations among which matching happens, each vouched for by a person."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

__all__ = ["Circle", "CircleMembership", "Claim", "Convener"]


class Circle(models.Model):
    """A city's coalition table, a funder's grantees, or everybody on this host."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    name = models.CharField(max_length=200, db_comment="public: its name")
    purpose = models.TextField(max_length=2000, blank=True, db_comment="public: what it is for")
    opened_at = models.DateTimeField(db_comment="internal: since when")
    closed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: until when")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_circle"
        db_table_comment = "Circles"

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Convener(models.Model):
    """A person who vouches for those whom they admit to a circle."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="conveners", db_comment="internal: in which circle")
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="convened", db_comment="personal: who vouches there"
    )
    named_at = models.DateTimeField(db_comment="personal: since when")
    ended_at = models.DateTimeField(null=True, blank=True, db_comment="personal: until when")

    class Meta:
        """One line that stands a person and circle."""

        db_table = "lichen_convener"
        db_table_comment = "Who vouches in which circle"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "person"], condition=Q(ended_at=None), name="convener_once")
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.person_id} convenes {self.circle_id}"


class Claim(models.Model):
    """What an organisation states of itself when it asks to be admitted, signed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="claims", db_comment="internal: who states it"
    )
    circle = models.ForeignKey(
        Circle, models.PROTECT, related_name="claims", db_comment="internal: of which circle it asks to be a member"
    )
    statement = models.TextField(
        max_length=4000, db_comment="internal: what is claimed, read by the circle's conveners"
    )
    signed_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="+", db_comment="personal: who signed"
    )
    signed_name = models.CharField(max_length=120, db_comment="personal: the name as typed under it")
    signed_at = models.DateTimeField(db_comment="personal: when")
    digest = models.CharField(max_length=64, db_comment="internal: SHA-256 of the canonical text")
    signature = models.BinaryField(db_comment="internal: Ed25519 by the organisation's key")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_claim"
        db_table_comment = "Signed statements"

    def __str__(self) -> str:
        """Its digest."""
        return self.digest


class CircleMembership(models.Model):
    """An organisation in a circle: asked, then admitted or refused by a person who vouches, then left or removed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    circle = models.ForeignKey(
        Circle, models.PROTECT, related_name="memberships", db_comment="internal: in which circle"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        related_name="circle_memberships",
        db_comment="internal: which organisation",
    )
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+", db_comment="internal: what it stated")
    asked_at = models.DateTimeField(db_comment="internal: when it asked")
    vouched_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+", db_comment="personal: who vouched"
    )
    admitted_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was admitted")
    refused_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was refused")
    left_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it left")
    removed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was put out")
    removed_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="personal: who put it out; nobody where three complaints did",
    )
    removed_because = models.BinaryField(
        null=True, blank=True, db_comment="sealed: why it was put out, to the organisation and those who vouch"
    )
    allowed_back_at = models.DateTimeField(
        null=True, blank=True, db_comment="internal: since when it may ask again, having been put out"
    )

    class Meta:
        """One line that stands an organisation and circle."""

        db_table = "lichen_circle_membership"
        db_table_comment = "Which organisation is in which circle"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["circle", "organisation"],
                condition=Q(refused_at=None, left_at=None, removed_at=None),
                name="one_circle_membership_at_a_time",
            )
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.organisation_id} in {self.circle_id}"
