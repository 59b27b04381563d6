"""Whatever a row may hold comes back to the letter, on both databases: any text, bytes, number, day and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lichen_web.alliances.copies.rows import NotKept, line_of, put, read_lines
from lichen_web.alliances.copies.tables import LEFT_OUT, Table, tables_at
from tests.web.homes import Home, home_on_postgres, living_in

TABLES = {table.name: table for table in tables_at(MigrationLoader(None).graph.leaf_nodes())}
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")  # neither stands in PostgreSQL
NUMBERS = st.integers(-(10**30), 10**30) | st.floats(-1e6, 1e6).filter(lambda number: str(number) != "-0.0")
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(LETTERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS), inner, max_size=4),
    max_leaves=8,
)
KINDS: dict[type[models.Field], Any] = {
    models.UUIDField: lambda _: st.uuids(),
    models.DateTimeField: lambda _: st.datetimes(timezones=st.just(UTC)) | st.sampled_from(EDGES),
    models.BooleanField: lambda _: st.booleans(),
    models.BinaryField: lambda _: st.binary(max_size=3000),
    models.JSONField: lambda _: JSON.filter(lambda value: value is not None),
    models.IntegerField: lambda field: st.integers(*connection.ops.integer_field_range(field.get_internal_type())),
    models.CharField: lambda field: st.text(LETTERS, max_size=field.max_length),
    models.TextField: lambda _: st.text(LETTERS),
}
ONLY = {"lichen_list_state": 1}
"""The key of a table that has one row."""
EDGES = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC))


def values(field: models.Field) -> st.SearchStrategy[Any]:
    """All that a column may hold."""
    target = pointed_at(field)
    return next(strategy for kind, strategy in KINDS.items() if isinstance(target, kind))(target)


def pointed_at(field: models.Field) -> models.Field:
    """The column that a reference leads to in the end, or the column itself."""
    return pointed_at(field.target_field) if field.remote_field else field


@st.composite
def rows(draw: st.DrawFn, table: Table) -> list[Any]:
    """A row that the table takes, whatever it points to."""
    row = {
        field.attname: draw(st.none() | values(field) if field.null else values(field), label=field.attname)
        for field in table.fields
    }
    if table.name in ONLY:
        row[table.key] = ONLY[table.name]
    assume(all(is_kept(constraint, table, row) for constraint in table.model._meta.constraints))
    return list(row.values())


def is_kept(constraint: models.BaseConstraint, table: Table, row: dict[str, Any]) -> bool:
    """Whether a row is one that the table takes; that nothing is there twice is no matter of one row."""
    try:
        if isinstance(constraint, models.CheckConstraint):
            constraint.validate(table.model, table.model(**row))
    except ValidationError:
        return False
    return True


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, bare: Home, django_db_blocker) -> Iterator[str]:
    """An empty database of each kind."""
    with django_db_blocker.unblock():
        home = bare
        if request.param == "postgresql":
            made = request.getfixturevalue("postgres")
            home = home_on_postgres(bare, made, "copies_of_rows", template="lichen")
        with living_in(home):
            yield request.param


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_row_comes_back(name: str, database: str, data: st.DataObject):
    line = line_of(data.draw(rows(TABLES[name])))
    with every_row(database):
        assert put(TABLES[name], [line], "default").rows == 1
        assert list(read_lines(TABLES[name], "default")) == [line]


def test_large_sealed_part_comes_back(database: str):
    line = line_of([uuid4(), "invitation", bytes(range(256)) * 2**15, EDGES[2], None, None, 0, None, ""])
    with every_row(database):
        assert put(TABLES["lichen_mail"], [line], "default").rows == 1


@pytest.mark.parametrize("kind", ["a\0b", "x" * 61], ids=["zero byte", "too long"])
def test_row_that_the_other_database_does_not_take_is_refused_by_its_table(kind: str, database: str):
    line = line_of([uuid4(), kind, b"", EDGES[2], None, None, 0, None, ""])
    if database == "sqlite":
        with every_row(database):
            assert put(TABLES["lichen_mail"], [line], "default").rows == 1
    else:
        with pytest.raises(NotKept, match="a row of lichen_mail as it is"), every_row(database):
            put(TABLES["lichen_mail"], [line], "default")


@contextmanager
def every_row(database: str) -> Iterator[None]:
    """A transaction of the tables' owner, of which nothing stays."""
    with transaction.atomic(), connection.cursor() as cursor:
        if database == "postgresql":
            cursor.execute("SET LOCAL lichen.whole = 'yes'")
        yield
        transaction.set_rollback(True)


def test_every_table_is_copied_or_left_out_for_a_reason():
    every = {model._meta.label_lower.replace(".", "_") for model in apps.get_models(include_auto_created=True)}
    labels = {config.label for config in apps.get_app_configs()} | every
    assert [name for name in LEFT_OUT if name not in labels] == []
    left_out = [model for model in apps.get_models(include_auto_created=True) if is_left_out(model)]
    assert len(TABLES) + len(left_out) == len(every)


def test_rows_are_ordered_by_what_both_databases_order_alike():
    """Letters come in another order in each collation; numbers, ids and hexadecimal digits do not."""
    digests = {"lichen_delisting"}
    kinds = {type(pointed_at(table.model._meta.pk)) for name, table in TABLES.items() if name not in digests}
    assert kinds <= {models.AutoField, models.BigAutoField, models.PositiveSmallIntegerField, models.UUIDField}


def is_left_out(model: type[models.Model]) -> bool:
    return bool(LEFT_OUT.keys() & {model._meta.app_label, f"{model._meta.app_label}_{model._meta.model_name}"})
