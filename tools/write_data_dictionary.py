"""Writes the reference of what the database keeps, from the comments of its columns, so that the two cannot differ.

python -m tools.write_data_dictionary docs/reference/stored-data.md
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from tools.tables_of_others import COLUMNS, TABLES

Class = type[Model]

CLASSES = {
    "public": "no secret: others in the same circle are shown it",
    "internal": "what the house needs to work: ids, days, counts. Whoever has the database reads in it who deals with"
    " whom, and when",
    "personal": "about a person, or leads to one",
    "sealed": "encrypted, and bound to its place; without the keys it says nothing but roughly how long it is",
    "secret": "a key (itself wrapped or sealed), a salt or a digest: nobody is ever shown it",
}
"""What each classification means, from the least to be guarded to the most."""

HEAD = """# What the database keeps

Generated from the comments of the columns by `make pages`; on PostgreSQL the database itself bears them. What the
fields of an audit mean, and how early each may be shown to others, stands in the {doc}`data-dictionary`; how long
something is kept, in {doc}`retention`; whom the database shows which rows, in {doc}`row-level-security`.

| class | means |
|---|---|
"""
OURS = "\n## Lichen's own\n"
OTHERS = """
## Of the packages that Lichen stands on

Their tables are as the packages made them. Many stay empty here.
"""
TYPES = {
    "AutoField": "number",
    "BigAutoField": "number",
    "BigIntegerField": "number",
    "BinaryField": "bytes",
    "BooleanField": "yes or no",
    "DateTimeField": "moment",
    "IntegerField": "number",
    "JSONField": "JSON",
    "PositiveIntegerField": "number",
    "PositiveSmallIntegerField": "number",
    "SmallIntegerField": "number",
    "UUIDField": "UUID",
}
"""What a kind of field holds; everything else is text."""


def reference() -> str:
    """The whole page; Django has to be set up."""
    classes = "\n".join(f"| **{name}** | {meaning} |" for name, meaning in CLASSES.items())
    return "\n".join([HEAD + classes, OURS, *map(_section, own_models()), OTHERS, *map(_section, others_models())])


def own_models() -> tuple[Class, ...]:
    """Lichen's tables, in the order of their names."""
    return tuple(model for model in _models() if model.__module__.startswith("lichen_web."))


def others_models() -> tuple[Class, ...]:
    """Every other table, in the order of their names."""
    return tuple(model for model in _models() if not model.__module__.startswith("lichen_web."))


def comments(model: Class) -> Mapping[str, str]:
    """What each column of a table is, as ``classification: meaning``."""
    table = model._meta.db_table
    return {column.column: column.db_comment or COLUMNS[table][column.column] for column in _columns(model)}


def _models() -> list[Class]:
    """One for each table, those of Django's own bookkeeping among them."""
    every = [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]
    return sorted((model for model in every if not model._meta.proxy), key=lambda model: model._meta.db_table)


def _columns(model: Class) -> tuple[Any, ...]:
    return tuple(model._meta.local_concrete_fields)


def _section(model: Class) -> str:
    table = model._meta.db_table
    told = model._meta.db_table_comment or TABLES[table]
    return "\n".join(
        [
            f"### `{table}`\n",
            f"{told}.\n",
            "| column | holds | class | meaning |",
            "|---|---|---|---|",
            *_rows(model),
            "",
        ]
    )


def _rows(model: Class) -> Iterator[str]:
    told = comments(model)
    for column in _columns(model):
        kind, _colon, meaning = told[column.column].partition(": ")
        yield f"| `{column.column}` | {_type(column)} | {kind} | {meaning} |"


def _type(column: Any) -> str:
    if column.remote_field:
        return f"row of `{column.related_model._meta.db_table}`"
    return TYPES.get(column.get_internal_type(), "text")


def main(page: Path) -> None:
    """Write the page, with the settings of a host on which nothing is set."""
    with tempfile.TemporaryDirectory(prefix="lichen-pages-") as home:
        os.environ |= {"LICHEN_HOME": home, "DJANGO_SETTINGS_MODULE": "lichen_web.settings"}
        django.setup()
        page.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
