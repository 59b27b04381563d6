"""Which dealings are those of a ring of three: each of them names the third, and never another."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

stronger = import_module("lichen_web.alliances.migrations.0008_stronger_walls")

TABLE = "lichen_matter"
STAYS = f"{stronger.STAYS[TABLE]} OR {stronger.once('third_id')}"


def keep_third(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The trigger that refuses to rewrite a dealing looks at the new column, too."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER lichen_stays ON {TABLE}")
        schema_editor.execute(stronger.on_postgresql(TABLE, STAYS))
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_stays")
        schema_editor.execute(stronger.on_sqlite(TABLE, STAYS))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("alliances", "0013_brief")]
    operations: ClassVar = [
        migrations.AddField(
            "matter",
            "third",
            models.ForeignKey(
                blank=True,
                null=True,
                db_comment="internal: the third, where it is one of the three dealings of a ring",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.RunPython(keep_third, migrations.RunPython.noop),
    ]
