"""What was done in several dealings is read at once, by a party of each, which names them all to its transaction."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

stronger = import_module("lichen_web.alliances.migrations.0008_stronger_walls")

MATTERS = "string_to_array(nullif(current_setting('lichen.matters', true), ''), ' ')::uuid[]"
POLICIES = {"looking": ("SELECT", f"matter_id = ANY ({MATTERS}) AND lichen_is_party(matter_id)", "")}


def let_look_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, asked in POLICIES.items():
            schema_editor.execute(stronger.policy("lichen_matter_event", name, *asked))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("alliances", "0014_rings")]
    operations: ClassVar = [migrations.RunPython(let_look_back)]
