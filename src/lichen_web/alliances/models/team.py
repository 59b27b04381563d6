"""What a team answers by link, and a workbook between its preview and its being taken in: sealed, all of it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

__all__ = ["TeamAnswer", "TeamLink", "TeamRound", "Upload"]


class TeamRound(models.Model):
    """One time that an organisation asks its team. It is never overwritten: whoever asks again opens another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="team_rounds", db_comment="internal: whose"
    )
    fewest = models.PositiveSmallIntegerField(
        db_comment="internal: how many answers it takes before anything is shown without names"
    )
    opened_at = models.DateTimeField(db_comment="internal: when it began")
    closed_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it ended, for now or for good")
    shown_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when the lead was last shown more")
    version = models.PositiveIntegerField(default=0, db_comment="internal: counts what was shown")
    sealed = models.BinaryField(blank=True, default=b"", db_comment="sealed: what was last shown, and whom it counts")
    wrapped_key = models.BinaryField(
        blank=True, default=b"", db_comment="secret: its key, wrapped by the owner's data key"
    )

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_team_round"
        db_table_comment = "Rounds in which teams were asked"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class TeamLink(models.Model):
    """The link by which one colleague answers, without an account. Only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="team_links", db_comment="internal: whose"
    )
    round = models.ForeignKey(
        TeamRound, models.CASCADE, related_name="links", db_comment="internal: in which round it is used"
    )
    digest = models.CharField(max_length=64, unique=True, db_comment="secret: SHA-256 of the link's secret")
    sealed = models.BinaryField(db_comment="sealed: the address it was sent to, and its secret, to remind by")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")
    sent_at = models.DateTimeField(db_comment="internal: when it was last sent")
    withdrawn_at = models.DateTimeField(null=True, blank=True, db_comment="internal: when it was taken back")
    left_alone_at = models.DateTimeField(
        null=True, blank=True, db_comment="internal: when they asked not to be written to again"
    )

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_team_link"
        db_table_comment = "Links by which colleagues answer"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class TeamAnswer(models.Model):
    """What one colleague says, as it is now."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="team_answers", db_comment="internal: whose"
    )
    link = models.OneToOneField(
        TeamLink, models.CASCADE, related_name="answer", db_comment="internal: by which link it came"
    )
    version = models.PositiveIntegerField(default=1, db_comment="internal: counts its changes")
    changed_at = models.DateTimeField(db_comment="internal: when it was last changed")
    sealed = models.BinaryField(db_comment="sealed: what they say, and whether their name may stand with it")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_team_answer"
        db_table_comment = "What colleagues answered"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)


class Upload(models.Model):
    """A file that somebody looks over before it is taken into the audit, or thrown away."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="uploads", db_comment="internal: whose"
    )
    person = models.UUIDField(db_comment="personal: who brought it, and alone sees it")
    expires_at = models.DateTimeField(db_comment="internal: when it is thrown away, if not before")
    sealed = models.BinaryField(db_comment="sealed: what the file holds")
    wrapped_key = models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_upload"
        db_table_comment = "Files on their way into an audit"

    def __str__(self) -> str:
        """Its id."""
        return str(self.id)
