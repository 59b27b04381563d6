"""What either side of a proposal answered, and whom an organisation never wants to meet."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

walls = import_module("lichen_web.alliances.migrations.0002_row_level_security")

TABLE = "lichen_exclusions"


def secure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in walls.secured(TABLE, [walls.own()]):
            cursor.execute(statement)
        # The worker brings those together who all said yes; what they then show each other is opened by them alone.
        cursor.execute("GRANT INSERT ON lichen_matter, lichen_matter_party, lichen_matter_event TO lichen_matcher")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {TABLE} FROM lichen_matcher")
        cursor.execute(f"REVOKE DELETE ON {TABLE} FROM lichen_app")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("alliances", "0009_team_answers"),
        ("accounts", "0004_comments"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Exclusions",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        db_comment="internal: whose list it is",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.organisation",
                    ),
                ),
                ("sealed", models.BinaryField(db_comment="sealed: the ids of those on it, to its owner")),
                ("wrapped_key", models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")),
                ("changed_at", models.DateTimeField(db_comment="internal: when it was last changed")),
            ],
            options={"db_table": TABLE, "db_table_comment": "Whom organisations never want to meet"},
        ),
        migrations.AddField(
            "proposal",
            "answer",
            models.BinaryField(
                blank=True, db_comment="sealed: interested, not for us, or later, and by whom, to that side", null=True
            ),
        ),
        migrations.AddField(
            "proposal",
            "answer_key",
            models.BinaryField(blank=True, db_comment="secret: its key, wrapped by that side's data key", null=True),
        ),
        migrations.AddField(
            "proposal",
            "answered_at",
            models.DateTimeField(blank=True, db_comment="internal: when it was last answered", null=True),
        ),
        migrations.RunPython(secure),
    ]
