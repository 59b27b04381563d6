"""Where somebody is signed in, and what is counted for a while to slow a guesser down."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

__all__ = ["Counted", "Session"]


class Session(AbstractBaseSession):
    """One browser. Whoever reads this row can neither take its place nor see what it holds."""

    session_key = models.CharField(primary_key=True, max_length=64, db_comment="internal: SHA-256 of the cookie")
    session_data = models.TextField(db_comment="sealed: what is remembered of the browser between two pages")
    expire_date = models.DateTimeField(db_index=True, db_comment="internal: until when")
    person = models.ForeignKey(
        "accounts.Person", models.CASCADE, null=True, related_name="+", db_comment="personal: who is signed in there"
    )

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_session"
        db_table_comment = "Browsers, signed in or on the way to it"

    def __str__(self) -> str:
        """The beginning of its key."""
        return self.session_key[:8]


class Counted(models.Model):
    """The table of Django's cache: how often something was tried lately, and codes that were used up just now."""

    cache_key = models.CharField(
        primary_key=True, max_length=255, db_comment="personal: what is counted, with an address, an id or a digest"
    )
    value = models.TextField(db_comment="internal: the moments")
    expires = models.DateTimeField(db_index=True, db_comment="internal: until when it counts")

    class Meta:
        """The name that the settings give to the cache."""

        db_table = "lichen_counted"
        db_table_comment = "What is counted for a while, so that nobody guesses quickly"

    def __str__(self) -> str:
        """Its key."""
        return self.cache_key
