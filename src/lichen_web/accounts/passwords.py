"""Which passwords are refused: short, common, guessable and stolen ones. No other rule, and no change by the calendar.

Source:
    OWASP ASVS 5.0.0, section 6.2: any characters (6.2.5), no periodic change (6.2.10), at least 8 characters and better
    15 (6.2.1), none of the common ones (6.2.4), none with words of the place (6.2.11), none from a breach (6.2.12).
    The guesses that a password withstands: Wheeler, "zxcvbn", USENIX Security 2016.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from lichen_web.accounts.models import Membership, Person

__all__ = ["NotBreached", "NotGuessable", "is_listed", "refuse_guessable"]

_SAFELY_UNGUESSABLE = 3
"""Of zxcvbn's scale from 0 to 4: at least a hundred million guesses."""
_LONGEST_READ = 72
"""Characters of which zxcvbn judges; what comes after makes it no weaker."""
_LONGEST_LINE = 64


class NotGuessable:
    """Refuses what somebody who knows the person, the organisation or the place would guess."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Refuse it if it withstands too few guesses.

        Raises:
            ValidationError: It does not.
        """
        refuse_guessable(password, *_texts_of(user))

    def get_help_text(self) -> str:
        """What to avoid."""
        return _("Nothing that somebody who knows you or your organisation would guess.")


def refuse_guessable(password: str, *texts: str) -> None:
    """Refuse a password that withstands too few guesses of somebody who knows these texts.

    Raises:
        ValidationError: It does not.
    """
    words = [word for text in ("lichen", "alliance", settings.LICHEN.host, *texts) for word in _words_in(text)]
    if zxcvbn(password[:_LONGEST_READ], user_inputs=words)["score"] < _SAFELY_UNGUESSABLE:
        why = _("This password would be guessed quickly. A few words that do not belong together are better.")
        raise ValidationError(why, code="password_guessable")


class NotBreached:
    """Refuses what stands in a list of stolen passwords, if the host keeps one."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Refuse it if it is listed.

        Raises:
            ValidationError: It is.
        """
        if settings.LICHEN.breached and is_listed(password, settings.LICHEN.breached):
            why = _("This password was stolen elsewhere and stands in lists that thieves try. Please choose another.")
            raise ValidationError(why, code="password_breached")

    def get_help_text(self) -> str:
        """What to avoid."""
        return _("No password that was ever stolen elsewhere.")


def is_listed(password: str, path: Path) -> bool:
    """Whether a password stands in a list of stolen ones; of the list, a few dozen lines are read.

    Args:
        password: The password.
        path: A file with a line ``HASH:COUNT`` for each stolen password, sorted by the hash: its SHA-1 in capital
            letters, as the well-known download has it.
    """
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            file.seek(max(middle - 1, 0))
            if middle:
                file.readline(_LONGEST_LINE)  # the rest of a line whose beginning lies before
            start = file.tell()
            found = file.readline(_LONGEST_LINE)
            if found[:40].upper() == wanted:
                return True
            if start >= high or found[:40].upper() > wanted:
                high = middle
            else:
                low = start + len(found)
    return False


def _texts_of(person: Person | None) -> Iterator[str]:
    """Their address, their name, and the names of their organisations."""
    if person is not None:
        yield from (person.email, person.name)
        yield from Membership.objects.filter(person=person.pk, left_at=None).values_list(
            "organisation__name", flat=True
        )


def _words_in(text: str) -> Iterator[str]:
    yield text.lower()
    yield from (part for part in re.split(r"\W+", text.lower()) if len(part) > 2)
