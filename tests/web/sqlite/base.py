"""SQLite as the house has it, but that the tests can empty its append-only tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.sqlite3 import base, operations

__all__ = ["DatabaseOperations", "DatabaseWrapper", "tamper_on_sqlite", "unguarded"]


class DatabaseOperations(operations.DatabaseOperations):
    """Empties tables between tests."""

    def sql_flush(self, style: Any, tables: Any, **how: Any) -> list[str]:
        """Take the triggers away, and put them back afterwards."""
        return without_triggers(self.connection, super().sql_flush(style, tables, **how))


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with that one difference."""

    ops_class = DatabaseOperations


def tamper_on_sqlite(*statements: str) -> None:
    """Run SQL past every trigger and constraint, as somebody can who has the file."""
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for statement in without_triggers(connection, statements):
            cursor.execute(statement)


@contextmanager
def unguarded() -> Iterator[None]:
    """On SQLite no trigger refuses anything meanwhile: for whoever tampers with rows by their models."""
    away, back = _triggers_away_and_back(connection)
    _run(away)
    try:
        yield
    finally:
        _run(back)


def without_triggers(connection: Any, statements: Iterable[str]) -> list[str]:
    """The statements, with the triggers taken away before and put back after."""
    away, back = _triggers_away_and_back(connection)
    return [*away, *statements, *back]


def _triggers_away_and_back(connection: Any) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
