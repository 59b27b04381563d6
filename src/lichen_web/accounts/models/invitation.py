"""An invitation by single-use link."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from lichen_web.accounts.models.organisation import Role

__all__ = ["Invitation", "InvitedTo"]


class InvitedTo(models.TextChoices):
    """To what somebody is invited."""

    ORGANISATION = "organisation", "to an organisation, as a colleague"
    CIRCLE = "circle", "to a circle, with an organisation"
    CONVENE = "convene", "to vouch for organisations in a circle"
    FACILITATE = "facilitate", "to serve an organisation as its facilitator"
    HOST = "host", "to run this host"


class Invitation(models.Model):
    """A link that one person can use once. Only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    to = models.CharField(max_length=20, choices=InvitedTo.choices, db_comment="internal: to what")
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        db_comment="internal: to or for which organisation",
    )
    circle = models.ForeignKey(
        "accounts.Circle",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        db_comment="internal: to which circle",
    )
    role = models.CharField(max_length=20, choices=Role.choices, blank=True, db_comment="internal: as what")
    email = models.EmailField(db_comment="personal: to whom it was sent; emptied once it is used or over", blank=True)
    digest = models.CharField(max_length=64, unique=True, db_comment="secret: SHA-256 of the link's secret")
    scopes = models.JSONField(default=list, blank=True, db_comment="internal: what a facilitator will see")
    handing_over = models.ForeignKey(
        "accounts.Facilitation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="internal: whose place a facilitator will take",
    )
    sent_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="personal: who sent it; nobody for the first host's",
    )
    sent_at = models.DateTimeField(db_comment="internal: when")
    expires_at = models.DateTimeField(db_comment="internal: until when it can be used")
    accepted_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+", db_comment="personal: who used it"
    )
    accepted_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was used")
    withdrawn_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was taken back")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_invitation"
        db_table_comment = "Invitations"

    def __str__(self) -> str:
        """To what, and its id."""
        return f"{self.to} {self.id}"
