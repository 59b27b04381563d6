"""Which tables a copy holds, in which order, and at which schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.management import call_command
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

__all__ = ["LEFT_OUT", "Table", "bring_to", "bring_up", "is_current", "is_newer", "schema_of", "tables_at"]

LEFT_OUT = {
    "accounts_counted": "how often something was tried lately: counting begins anew",
    "accounts_session": "everybody signs in anew",
    "alliances_halt": "says of one database alone that it was left, or is not whole yet",
    "auth": "permissions and groups, made by the migrations; Lichen asks its own table who may do what",
    "axes": "failed sign-ins and their addresses: counting begins anew",
    "contenttypes": "made by the migrations",
    "django_q": "some of the queue has been done since; what still has to be done stands in rows too, and is queued"
    " again from them",
}
"""The apps, and single models as ``app_model``, of which no copy is made, and why. Everything else is copied."""

Migration = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """A table as a copy sees it: columns in a fixed order, rows in the order of their key."""

    model: type[models.Model]
    """Its model, at the schema of the copy."""

    @property
    def name(self) -> str:
        """What the database calls it."""
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> tuple[models.Field[Any, Any], ...]:
        """One for each column."""
        return tuple(field for field in self.model._meta.local_concrete_fields if not field.generated)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What the database calls them."""
        return tuple(str(field.column) for field in self.fields)

    @property
    def key(self) -> str:
        """The attribute by which rows are ordered."""
        return self.model._meta.pk.attname


def schema_of(using: str) -> tuple[Migration, ...]:
    """The migrations that a database has been through, in the order of their names."""
    return tuple(sorted(MigrationLoader(connections[using]).applied_migrations))


def is_newer(schema: Iterable[Migration]) -> bool:
    """Whether there are migrations among these that this Lichen does not have."""
    return not set(schema) <= set(MigrationLoader(None).disk_migrations or ())


def is_current(using: str) -> bool:
    """Whether the tables of a database are those of this Lichen."""
    loader = MigrationLoader(connections[using])
    there = set(loader.applied_migrations)
    return there >= set(loader.graph.leaf_nodes()) and not is_newer(there)


def bring_up(using: str, *, verbosity: int = 0) -> None:
    """Make or change the tables of a database until they are those of this Lichen; what it holds is kept.

    Args:
        using: Which database.
        verbosity: Of what Django tells while it does it; 0 is nothing.
    """
    _see_every_row(using)
    call_command("migrate", database=using, interactive=False, verbosity=verbosity)


def bring_to(using: str, schema: Iterable[Migration]) -> None:
    """Make the tables of an empty database as they are after these migrations, and no others."""
    _see_every_row(using)
    executor = MigrationExecutor(connections[using])
    wanted = set(schema)
    executor.migrate([node for node in sorted(wanted) if not _is_followed(executor.loader, node, wanted)])


def tables_at(schema: Iterable[Migration]) -> tuple[Table, ...]:
    """The tables of a copy as they are after these migrations, in the order of their names."""
    apps = MigrationLoader(None).project_state(list(schema)).apps
    every = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    return tuple(sorted((Table(model) for model in every if not _is_left_out(model)), key=lambda table: table.name))


def _is_left_out(model: type[models.Model]) -> bool:
    return not LEFT_OUT.keys().isdisjoint({model._meta.app_label, f"{model._meta.app_label}_{model._meta.model_name}"})


def _see_every_row(using: str) -> None:
    """On PostgreSQL: what changes rows would else change none, and a new constraint would find nothing to refuse."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SET lichen.whole = 'yes'")


def _is_followed(loader: MigrationLoader, node: Migration, among: set[Migration]) -> bool:
    return any(child.key in among and child.key[0] == node[0] for child in loader.graph.node_map[node].children)
