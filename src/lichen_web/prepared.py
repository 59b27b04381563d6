"""Questions that every page asks. Django makes the SQL of each once, and from then on only fills in whom it is about.

Making it takes ten times as long as the database takes to answer; on a page of a dozen questions that is what counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet

__all__ = ["Prepared"]

Converter = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class _Statement:
    """One question in the language of one database."""

    sql: str
    asked: tuple[Any, ...]
    """What is filled in: a value, or the number of the argument that stands there."""
    converters: tuple[tuple[int, Any, tuple[Converter, ...]], ...]
    """For the columns that Django reads otherwise than the database writes them: which, as what, and how."""


@dataclass(frozen=True, slots=True)
class _Argument:
    number: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question about ids, answered with the columns that it names."""

    question: Callable[..., QuerySet[Any, Any]]
    """Makes it of its arguments, all of which are ids: a ``values_list`` of columns."""
    _made: dict[str, _Statement] = field(default_factory=dict, init=False)

    def __call__(self, *ids: UUID) -> list[tuple[Any, ...]]:
        """Ask it."""
        statement = self._made.get(connection.vendor)
        if statement is None:
            statement = self._made[connection.vendor] = _statement(self.question, len(ids))
        said = [_id(ids[each.number]) if isinstance(each, _Argument) else each for each in statement.asked]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, said)
            rows = cursor.fetchall()
        return [_converted(row, statement) for row in rows] if statement.converters else rows


def _statement(question: Callable[..., QuerySet[Any, Any]], arguments: int) -> _Statement:
    stand_ins = [uuid4() for _ in range(arguments)]
    compiler = question(*stand_ins).query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    places = {_id(stand_in): _Argument(number) for number, stand_in in enumerate(stand_ins)}
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    return _Statement(
        sql,
        tuple(places.get(each, each) for each in params),
        tuple((column, expression, tuple(convert)) for column, (convert, expression) in converters.items()),
    )


def _id(value: UUID) -> UUID | str:
    """As the database of this connection has it."""
    return value if connection.features.has_native_uuid_field else value.hex


def _converted(row: tuple[Any, ...], statement: _Statement) -> tuple[Any, ...]:
    found = list(row)
    for column, expression, converters in statement.converters:
        for convert in converters:
            found[column] = convert(found[column], expression, connection)
    return tuple(found)
