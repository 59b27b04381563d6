"""SQLite as the house has it, but that the tests can empty its append-only tables."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base, operations

__all__ = ["DatabaseOperations", "DatabaseWrapper"]


class DatabaseOperations(operations.DatabaseOperations):
    """Empties tables between tests."""

    def sql_flush(self, style: Any, tables: Any, **how: Any) -> list[str]:
        """Take the triggers away, and put them back afterwards."""
        with self.connection.cursor() as cursor:
            triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        emptied = super().sql_flush(style, tables, **how)
        return [*(f"DROP TRIGGER {name}" for name, _ in triggers), *emptied, *(sql for _, sql in triggers)]


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with that one difference."""

    ops_class = DatabaseOperations
