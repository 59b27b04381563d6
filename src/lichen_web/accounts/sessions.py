"""Sessions that a thief of the database can do nothing with, and that a person can see and end.

The cookie holds a random key, the row its SHA-256; what is remembered is sealed for the host and bound to that row.
So neither the secret of a second factor that is being set up, nor a code that was mailed, nor the link of an
invitation, nor the way into a session stands in the database.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from lichen_web.accounts.models.session import Session
from lichen_web.accounts.sealed import open_text, seal_text
from lichen_web.sealing import Unopened

__all__ = [
    "PURPOSE",
    "SessionStore",
    "SignIn",
    "end_session",
    "end_sessions",
    "row_key",
    "sign_ins_of",
    "write_sign_in",
]

PURPOSE = "session"
"""For what they are sealed."""
_SIGN_IN = "signed_in"
_ROW_KEY = re.compile(r"[0-9a-f]{64}")
_LONG_AGO, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser in which a person is signed in."""

    id: str
    """Which; it opens nothing."""
    began_at: datetime | None
    """Since when; unknown where it was not by the ordinary way."""
    address: str
    """From which address of the network."""
    browser: str
    """What the browser says that it is."""
    is_here: bool
    """Whether it is the one that asks."""


def row_key(key: str) -> str:
    """What stands in the database for the key in a cookie."""
    return sha256(key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with the key hashed and the content sealed."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def load(self) -> dict[str, Any]:
        """What is remembered; nothing if the session is over, or its row is not as it was written."""
        row = type(self)(row_key(self.session_key or ""))._get_session_from_db()  # type: ignore[attr-defined]
        content = None if row is None else _content(row)
        if content is None:
            self._session_key = None
        elif row is not None:
            self._go_on(row, content)
        return content or {}

    def get_session_cookie_age(self) -> int:
        """How long it lasts without a click."""
        return int(settings.LICHEN.idle_minutes * 60)

    def _go_on(self, row: Session, content: dict[str, Any]) -> None:
        """Somebody is there, so the idle time begins anew; it is written down once in a twentieth of it."""
        until = min(self.get_expiry_date(expiry=None), _latest(content))
        if until - row.expire_date > timedelta(seconds=self.get_session_cookie_age() / 20):
            Session.objects.filter(session_key=row.session_key).update(expire_date=until)

    def exists(self, session_key: str) -> bool:
        """Whether there is a row for this cookie."""
        return Session.objects.filter(session_key=row_key(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        """Forget everything of this cookie."""
        Session.objects.filter(session_key=row_key(session_key or self.session_key or "")).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row as it will be written."""
        key = row_key(self._get_or_create_session_key())  # type: ignore[attr-defined]  # the stubs do not know it
        text = json.dumps(data, separators=(",", ":"))
        return Session(
            session_key=key,
            session_data=seal_text(PURPOSE, text, bound_to=(key,)),
            expire_date=min(self.get_expiry_date(), _latest(data)),
            person_id=data.get(SESSION_KEY),
        )


def write_sign_in(session: SessionBase, *, at: datetime, address: str, browser: str) -> None:
    """Remember in a session since when and from where somebody is signed in."""
    session[_SIGN_IN] = {"at": at.isoformat(), "address": address, "browser": browser[:200]}


def sign_ins_of(person: UUID, *, at: datetime, here: str | None) -> tuple[SignIn, ...]:
    """Where a person is signed in, last come first.

    Args:
        person: Whose.
        at: Now; what is over by then is left out.
        here: The key in the cookie of whoever asks.
    """
    rows = Session.objects.filter(person=person, expire_date__gt=at)
    found = [_sign_in(row, row_key(here or "")) for row in rows]
    return tuple(sorted(found, key=lambda each: each.began_at or _LONG_AGO, reverse=True))


def end_session(person: UUID, session: str) -> None:
    """End one of a person's sessions; nothing happens if it is not theirs."""
    if _ROW_KEY.fullmatch(session):
        Session.objects.filter(person=person, session_key=session).delete()


def end_sessions(person: UUID, *, but: str | None = None) -> None:
    """End all sessions of a person: they are signed out everywhere at their next click.

    Args:
        person: Whose.
        but: The key in the cookie of one that goes on.
    """
    Session.objects.filter(person=person).exclude(session_key=row_key(but or "")).delete()


def _content(row: Session) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(open_text(PURPOSE, row.session_data, bound_to=(row.session_key,)))
    except Unopened:
        return None
    return content


def _sign_in(row: Session, here: str) -> SignIn:
    told = (_content(row) or {}).get(_SIGN_IN, {})
    return SignIn(
        id=row.session_key,
        began_at=_began_at(told),
        address=told.get("address", ""),
        browser=told.get("browser", ""),
        is_here=row.session_key == here,
    )


def _began_at(told: dict[str, str]) -> datetime | None:
    return datetime.fromisoformat(told["at"]) if told else None


def _latest(data: dict[str, Any]) -> datetime:
    """When the session ends however busy it is: a day's work after signing in."""
    began_at = _began_at(data.get(_SIGN_IN, {}))
    return _NEVER if began_at is None else began_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
