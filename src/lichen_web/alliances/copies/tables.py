"""Which tables a copy holds, in which order, and at which schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

__all__ = ["LEFT_OUT", "Table", "bring_to", "is_unmigrated", "schema_of", "tables_at", "unknown_to"]

LEFT_OUT = {
    "accounts_counted": "how often something was tried lately: counting begins anew",
    "accounts_session": "everybody signs in anew",
    "alliances_halt": "says of one database alone that it was left, or is not whole yet",
    "auth": "permissions and groups, made by the migrations; Lichen asks its own table who may do what",
    "axes": "failed sign-ins and their addresses: counting begins anew",
    "contenttypes": "made by the migrations",
    "django_q": "the queue is signed with a key that no copy holds, and some of it has been done since; what still"
    " has to be done stands in rows too, and is queued again from them",
    "sessions": "everybody signs in anew",
    "usersessions": "everybody signs in anew",
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


def unknown_to(using: str, schema: Iterable[Migration]) -> tuple[Migration, ...]:
    """Those migrations that this Lichen does not have: whatever bears them is of a newer one."""
    return tuple(sorted(set(schema) - set(MigrationLoader(connections[using]).disk_migrations or ())))


def is_unmigrated(using: str) -> bool:
    """Whether a database has not been through all the migrations of this Lichen, or through others."""
    return set(schema_of(using)) != set(MigrationLoader(connections[using]).disk_migrations or ())


def bring_to(using: str, schema: Iterable[Migration]) -> None:
    """Make or change the tables of an empty database until they have been through exactly these migrations."""
    executor = MigrationExecutor(connections[using])
    wanted = set(schema)
    executor.migrate([node for node in sorted(wanted) if not _is_followed(executor.loader, node, wanted)])


def tables_at(using: str, schema: Iterable[Migration]) -> tuple[Table, ...]:
    """The tables of a copy as they are after these migrations, in the order of their names."""
    apps = MigrationLoader(connections[using]).project_state(list(schema)).apps
    every = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    return tuple(sorted((Table(model) for model in every if not _is_left_out(model)), key=lambda table: table.name))


def _is_left_out(model: type[models.Model]) -> bool:
    return not LEFT_OUT.keys().isdisjoint({model._meta.app_label, f"{model._meta.app_label}_{model._meta.model_name}"})


def _is_followed(loader: MigrationLoader, node: Migration, among: set[Migration]) -> bool:
    return any(child.key in among and child.key[0] == node[0] for child in loader.graph.node_map[node].children)
