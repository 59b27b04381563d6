"""A person who signs in."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

__all__ = ["People", "Person"]


class People(BaseUserManager["Person"]):
    """How people are made; they are found by their e-mail, whose case does not matter."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> Person:
        """Make a person; without a password they can sign in by other means only."""
        person = self.model(email=email.strip().lower(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with that e-mail."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """A person. What they may do comes from their memberships; only the host's is written here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False, db_comment="internal: who it is")
    email = models.EmailField(unique=True, db_comment="personal: the address they sign in with, lower case")
    password = models.CharField(
        max_length=128, db_comment="secret: Argon2id hash of the password; ! where there is none"
    )
    name = models.CharField(max_length=120, blank=True, db_comment="personal: how others see them")
    last_login = models.DateTimeField(null=True, blank=True, db_comment="personal: when they last signed in")
    joined_at = models.DateTimeField(auto_now_add=True, db_comment="personal: when they signed up")
    hosting_since = models.DateTimeField(null=True, blank=True, db_comment="internal: since when they run this host")
    suspended_at = models.DateTimeField(null=True, blank=True, db_comment="internal: since when they may not sign in")

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """Set by hand, so that a renamed app keeps its table."""

        db_table = "lichen_person"
        db_table_comment = "People who sign in"

    def __str__(self) -> str:
        """What the pages call them."""
        return self.name or self.email

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether they may sign in."""
        return self.suspended_at is None
