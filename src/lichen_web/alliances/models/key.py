"""The keys of organisations, wrapped by the host's key, and what became of them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

__all__ = ["Erasure", "KeyCopy", "OrganisationKey"]


class OrganisationKey(models.Model):
    """One organisation's keys. Deleting this row shuts all that it ever sealed, for every reader."""

    organisation = models.OneToOneField(
        "accounts.Organisation", models.PROTECT, primary_key=True, related_name="key", db_comment="internal: whose"
    )
    host_key = models.CharField(max_length=32, db_comment="internal: id of the host's key that wraps the data key")
    data_key = models.BinaryField(db_comment="secret: the data key, AES-wrapped by the host's key")
    public_key = models.BinaryField(db_comment="internal: X25519, to which grants are sealed")
    private_key = models.BinaryField(db_comment="secret: its private half, sealed under the data key")
    verify_key = models.BinaryField(db_comment="internal: Ed25519, with which claims are checked")
    signing_key = models.BinaryField(db_comment="secret: its private half, sealed under the data key")
    made_at = models.DateTimeField(db_comment="internal: when")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_organisation_key"
        db_table_comment = "Keys of organisations, wrapped"

    def __str__(self) -> str:
        """Whose."""
        return str(self.organisation_id)


class Erasure(models.Model):
    """That an organisation was erased: replayed after a restore."""

    organisation = models.UUIDField(primary_key=True, db_comment="internal: which")
    erased_at = models.DateTimeField(db_comment="internal: when")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_erasure"
        db_table_comment = "Organisations whose keys were destroyed"

    def __str__(self) -> str:
        """Which."""
        return str(self.organisation)


class KeyCopy(models.Model):
    """That somebody showed a second copy of the host's key to be readable."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: which it is")
    host_key = models.CharField(max_length=32, db_comment="internal: id of the key of which it is a copy")
    kept_by = models.CharField(max_length=120, db_comment="personal: who keeps it")
    kept_where = models.CharField(max_length=200, db_comment="internal: where, in the host's words")
    confirmed_at = models.DateTimeField(db_comment="internal: when it was read and found the same")

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_key_copy"
        db_table_comment = "Second copies of the host's key that were shown to be readable"

    def __str__(self) -> str:
        """Of which key."""
        return self.host_key
