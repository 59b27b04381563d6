"""An organisation, who belongs to it, who speaks for it, and who serves it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from lichen.scales import Sector, Size

__all__ = ["Delegation", "Facilitation", "Membership", "Organisation", "Role", "Scope"]


class Role(models.TextChoices):
    """What a person is in their organisation."""

    LEAD = "lead", "lead"
    MEMBER = "member", "member"
    OBSERVER = "observer", "observer"


class Scope(models.TextChoices):
    """What an organisation has opened to its facilitator."""

    OFFERS = "offers", "offers"
    GAPS = "gaps", "gaps"
    WORDS = "words", "words"


class Organisation(models.Model):
    """The actor of everything that follows. What stands here is no confession."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    name = models.CharField(max_length=200, db_comment="public: its name")
    sector = models.CharField(max_length=40, choices=[(each, each) for each in Sector], db_comment="public: its sector")
    country = models.CharField(max_length=2, blank=True, db_comment="public: ISO 3166-1 alpha-2")
    region = models.CharField(max_length=120, blank=True, db_comment="public: where it works")
    size = models.CharField(
        max_length=40, blank=True, choices=[(each, each) for each in Size], db_comment="public: its size band"
    )
    website = models.URLField(blank=True, db_comment="public: where to read about it")
    is_public_body = models.BooleanField(default=False, db_comment="public: whether its papers can be requested by law")
    founded_at = models.DateTimeField(db_comment="internal: when it was entered here")
    suspended_at = models.DateTimeField(null=True, blank=True, db_comment="internal: since when it may not act")
    erased_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when its keys were destroyed")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_organisation"
        db_table_comment = "Organisations: what anybody in a circle with them may know"

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Membership(models.Model):
    """A person in an organisation, from a day to a day; who left keeps their line."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", db_comment="internal: in which organisation"
    )
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="memberships", db_comment="personal: who"
    )
    role = models.CharField(max_length=20, choices=Role.choices, db_comment="personal: what they are in it")
    joined_at = models.DateTimeField(db_comment="personal: since when")
    left_at = models.DateTimeField(null=True, blank=True, db_comment="personal: until when")

    class Meta:
        """One line that stands a person and organisation."""

        db_table = "lichen_membership"
        db_table_comment = "Who belongs to which organisation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(left_at=None), name="one_membership_at_a_time"
            )
        ]

    def __str__(self) -> str:
        """Role and ids."""
        return f"{self.role} {self.person_id} of {self.organisation_id}"


class Delegation(models.Model):
    """Who speaks for an organisation outside it, and who stands in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="delegations", db_comment="internal: for which organisation"
    )
    delegate = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_comment="personal: who speaks")
    stand_in = models.ForeignKey(
        Membership, models.PROTECT, related_name="+", null=True, blank=True, db_comment="personal: who stands in"
    )
    named_at = models.DateTimeField(db_comment="personal: since when")
    away_since = models.DateTimeField(
        null=True, blank=True, db_comment="personal: since when the stand-in speaks instead"
    )
    ended_at = models.DateTimeField(null=True, blank=True, db_comment="personal: until when")

    class Meta:
        """One that stands an organisation."""

        db_table = "lichen_delegation"
        db_table_comment = "Who speaks for which organisation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at=None), name="one_delegation_at_a_time"
            )
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.delegate_id} for {self.organisation_id}"


class Facilitation(models.Model):
    """A person who serves an organisation without belonging to it, and what it has opened to them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="facilitations", db_comment="internal: which organisation is served"
    )
    facilitator = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="facilitations", db_comment="personal: who serves it"
    )
    scopes = models.JSONField(default=list, db_comment="internal: what is open to them: offers, gaps, words")
    began_at = models.DateTimeField(db_comment="personal: since when")
    ended_at = models.DateTimeField(null=True, blank=True, db_comment="personal: until when")
    handed_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_comment="internal: the successor's line"
    )

    class Meta:
        """One line that stands a person and organisation."""

        db_table = "lichen_facilitation"
        db_table_comment = "Who serves which organisation from outside"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "facilitator"], condition=Q(ended_at=None), name="one_facilitation_at_a_time"
            )
        ]

    def __str__(self) -> str:
        """Its ids."""
        return f"{self.facilitator_id} serves {self.organisation_id}"
