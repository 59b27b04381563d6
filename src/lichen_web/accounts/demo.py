"""The people of the demo, and how one enters as any of them; loaded only where the host asked for a demo."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from lichen_web.accounts.models import Person

__all__ = ["DemoBackend", "Guest", "guest_address"]


class Guest(StrEnum):
    """As whom one can enter."""

    HOSPITAL = "hospital"
    CHURCHES = "churches"
    FACILITATOR = "facilitator"
    HOST = "host"
    STRANGER = "stranger"


def guest_address(guest: Guest) -> str:
    """The address of one of them; no mail ever reaches it.

    Source:
        RFC 2606, section 2: nobody can own a name under ``.invalid``.
    """
    return f"{guest}@demo.invalid"


class DemoBackend(BaseBackend):
    """Believes whoever says that they are one of the demo's people, and nobody else."""

    def authenticate(self, request: HttpRequest | None, guest: str = "", **_more: object) -> Person | None:
        """The person of that name."""
        if guest not in set(Guest):
            return None
        return Person.objects.filter(email=guest_address(Guest(guest)), suspended_at=None).first()

    def get_user(self, user_id: UUID | str) -> Person | None:
        """The person with that id."""
        return Person.objects.filter(pk=user_id, suspended_at=None).first()
