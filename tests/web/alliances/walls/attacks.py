"""Plain SQL, as somebody says it who has signed in to the database as the web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

__all__ = ["refused", "say"]


def say(statement: str, *given: object, me: UUID | None = None, **said: object) -> Any:
    """Run one statement and say for whom it is; its rows, or how many it touched."""
    words = {"organisation": me or "", "host": "", "matter": "", **said}
    with transaction.atomic(), connection.cursor() as cursor:
        for word, value in words.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"lichen.{word}", str(value)])
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@contextmanager
def refused(why: str | None = None) -> Iterator[None]:
    """The database does not do it; an UPDATE that finds no row is no refusal."""
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        yield
