"""What a team answers by link, and files between their preview and their being taken in."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from lichen_web.alliances.migrations._columns import identity, to

walls = import_module("lichen_web.alliances.migrations.0002_row_level_security")

TABLES = ("lichen_team_answer", "lichen_team_link", "lichen_team_round", "lichen_upload")


def secure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            for statement in walls.secured(table, [walls.own()]):
                cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("alliances", "0008_stronger_walls"),
        ("accounts", "0004_comments"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="TeamRound",
            fields=[
                ("id", identity()),
                (
                    "fewest",
                    models.PositiveSmallIntegerField(
                        db_comment="internal: how many answers it takes before anything is shown without names"
                    ),
                ),
                ("opened_at", models.DateTimeField(db_comment="internal: when it began")),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, db_comment="internal: when it ended, for now or for good", null=True
                    ),
                ),
                (
                    "shown_at",
                    models.DateTimeField(
                        blank=True, db_comment="internal: when the lead was last shown more", null=True
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(db_comment="internal: counts what was shown", default=0),
                ),
                (
                    "sealed",
                    models.BinaryField(
                        blank=True, db_comment="sealed: what was last shown, and whom it counts", default=b""
                    ),
                ),
                (
                    "wrapped_key",
                    models.BinaryField(
                        blank=True, db_comment="secret: its key, wrapped by the owner's data key", default=b""
                    ),
                ),
                ("organisation", to("accounts.organisation", "internal: whose", "team_rounds")),
            ],
            options={"db_table": "lichen_team_round", "db_table_comment": "Rounds in which teams were asked"},
        ),
        migrations.CreateModel(
            name="TeamLink",
            fields=[
                ("id", identity()),
                (
                    "digest",
                    models.CharField(db_comment="secret: SHA-256 of the link's secret", max_length=64, unique=True),
                ),
                (
                    "sealed",
                    models.BinaryField(db_comment="sealed: the address it was sent to, and its secret, to remind by"),
                ),
                (
                    "wrapped_key",
                    models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key"),
                ),
                ("sent_at", models.DateTimeField(db_comment="internal: when it was last sent")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, db_comment="internal: when it was taken back", null=True),
                ),
                (
                    "left_alone_at",
                    models.DateTimeField(
                        blank=True, db_comment="internal: when they asked not to be written to again", null=True
                    ),
                ),
                ("organisation", to("accounts.organisation", "internal: whose", "team_links")),
                (
                    "round",
                    models.ForeignKey(
                        db_comment="internal: in which round it is used",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="alliances.teamround",
                    ),
                ),
            ],
            options={"db_table": "lichen_team_link", "db_table_comment": "Links by which colleagues answer"},
        ),
        migrations.CreateModel(
            name="TeamAnswer",
            fields=[
                ("id", identity()),
                ("version", models.PositiveIntegerField(db_comment="internal: counts its changes", default=1)),
                ("changed_at", models.DateTimeField(db_comment="internal: when it was last changed")),
                (
                    "sealed",
                    models.BinaryField(db_comment="sealed: what they say, and whether their name may stand with it"),
                ),
                (
                    "wrapped_key",
                    models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key"),
                ),
                (
                    "link",
                    models.OneToOneField(
                        db_comment="internal: by which link it came",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer",
                        to="alliances.teamlink",
                    ),
                ),
                ("organisation", to("accounts.organisation", "internal: whose", "team_answers")),
            ],
            options={"db_table": "lichen_team_answer", "db_table_comment": "What colleagues answered"},
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", identity()),
                ("person", models.UUIDField(db_comment="personal: who brought it, and alone sees it")),
                ("expires_at", models.DateTimeField(db_comment="internal: when it is thrown away, if not before")),
                ("sealed", models.BinaryField(db_comment="sealed: what the file holds")),
                (
                    "wrapped_key",
                    models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key"),
                ),
                ("organisation", to("accounts.organisation", "internal: whose", "uploads")),
            ],
            options={"db_table": "lichen_upload", "db_table_comment": "Files on their way into an audit"},
        ),
        migrations.RunPython(secure),
    ]
