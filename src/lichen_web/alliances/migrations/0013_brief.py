"""Briefs that their owners have put in other words, and what they noted after the conversation."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from lichen_web.alliances.migrations._columns import identity, to

walls = import_module("lichen_web.alliances.migrations.0002_row_level_security")

TABLES = ("lichen_brief", "lichen_conversation_note")


def secure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            for statement in walls.secured(table, [walls.own()]):
                cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("alliances", "0012_opening_up")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="BriefPages",
            fields=[
                ("id", identity()),
                (
                    "about",
                    models.UUIDField(
                        db_comment="internal: the dealing, or the listed organisation, before which it is read"
                    ),
                ),
                ("version", models.PositiveIntegerField(db_comment="internal: counts its changes, from 1")),
                ("changed_at", models.DateTimeField(db_comment="internal: when it was last changed")),
                ("sealed", models.BinaryField(db_comment="sealed: its pages, in words")),
                ("wrapped_key", models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")),
                ("organisation", to("accounts.organisation", "internal: whose", "briefs")),
            ],
            options={
                "db_table": "lichen_brief",
                "db_table_comment": "Briefs that were rewritten",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "about"), name="one_brief_a_conversation")
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationNote",
            fields=[
                ("id", identity()),
                ("made_at", models.DateTimeField(db_comment="internal: when it was written down")),
                (
                    "sealed",
                    models.BinaryField(
                        db_comment="sealed: the day, what was said aloud, what came back, the next step"
                    ),
                ),
                ("wrapped_key", models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")),
                (
                    "matter",
                    models.ForeignKey(
                        db_comment="internal: in which dealing",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliances.matter",
                    ),
                ),
                ("organisation", to("accounts.organisation", "internal: whose", "conversation_notes")),
            ],
            options={
                "db_table": "lichen_conversation_note",
                "db_table_comment": "What was noted after conversations",
            },
        ),
        migrations.RunPython(secure, migrations.RunPython.noop),
    ]
