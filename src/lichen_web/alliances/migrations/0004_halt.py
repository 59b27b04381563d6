"""Nobody starts on a database that was left for another, or is not whole: it takes no event, no person, no sign-in."""

from __future__ import annotations

import uuid

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

GUARDED = ("lichen_event", "lichen_person", "lichen_session")
"""Every act is an event, whoever signs up is a person, whoever signs in has a session."""

POSTGRESQL = """
CREATE FUNCTION lichen_refuse_halted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM lichen_halt) THEN
        RAISE EXCEPTION 'this database was left, or is not whole' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NULL;
END $$;
REVOKE INSERT, UPDATE, DELETE ON lichen_halt FROM lichen_app, lichen_matcher;
"""


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(POSTGRESQL)
    for table in GUARDED:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_halted BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION lichen_refuse_halted()"
            if is_postgresql
            else f"CREATE TRIGGER {table}_halted BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM lichen_halt)"
            " BEGIN SELECT RAISE(ABORT, 'this database was left, or is not whole'); END"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sessions"),
        ("alliances", "0003_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Halt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="internal: of which restoring or move",
                        default=uuid.uuid4,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("left", "it was left for another database"),
                            ("unfinished", "what was to be put into it has not wholly arrived"),
                        ],
                        db_comment="internal: left or unfinished",
                        max_length=20,
                    ),
                ),
                (
                    "other",
                    models.CharField(db_comment="internal: the database or file at the other end", max_length=200),
                ),
                ("since", models.DateTimeField(db_comment="internal: when")),
            ],
            options={
                "db_table": "lichen_halt",
                "db_table_comment": "Why Lichen does not start on this database",
            },
        ),
        migrations.RunPython(guard),
    ]
