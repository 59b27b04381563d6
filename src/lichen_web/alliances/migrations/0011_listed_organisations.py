"""Organisations that are no members, listed from public records; notes on them, saved searches, requests to correct."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import lichen.scales

walls = import_module("lichen_web.alliances.migrations.0002_row_level_security")

# The list itself is public data, for everybody who is signed in. Anybody may ask for a correction, and reads none.
POLICIES = {
    "lichen_listed_note": [walls.own()],
    "lichen_saved_search": [walls.own()],
    "lichen_correction_request": [
        ("made", "INSERT", "outcome = '' AND decided_at IS NULL"),
        ("host", "ALL", walls.HOST),
    ],
}


def secure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for table, policies in POLICIES.items():
            for statement in walls.secured(table, policies):
                cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0001_initial"),
        ("alliances", "0010_interest"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Delisting",
            fields=[
                (
                    "digest",
                    models.CharField(
                        db_comment="internal: SHA-256 of its reference, or of its name and country",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("delisted_at", models.DateTimeField(db_comment="internal: since when")),
            ],
            options={
                "db_table": "lichen_delisting",
                "db_table_comment": "Who is not to be listed again, as digests",
            },
        ),
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="internal: which it is",
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "sealed",
                    models.BinaryField(
                        db_comment="sealed: which organisation, what is wrong, and who asks, for the host"
                    ),
                ),
                ("asked_at", models.DateTimeField(db_comment="internal: when")),
                ("outcome", models.CharField(blank=True, db_comment="internal: how it ended", max_length=20)),
                ("reason", models.BinaryField(blank=True, db_comment="sealed: what the host answered", null=True)),
                ("decided_at", models.DateTimeField(blank=True, db_comment="internal: when it was decided", null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="personal: who decided",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "lichen_correction_request",
                "db_table_comment": "Requests to correct or remove a listed organisation",
            },
        ),
        migrations.CreateModel(
            name="ListedNote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="internal: which it is",
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "sealed",
                    models.BinaryField(
                        db_comment="sealed: about whom, who was there, where, when, what was said, how sure"
                    ),
                ),
                ("wrapped_key", models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")),
                ("made_at", models.DateTimeField(db_comment="internal: when it was written")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, db_comment="internal: when it was taken back", null=True),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_comment="internal: whose",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed_notes",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "lichen_listed_note",
                "db_table_comment": "Notes about listed organisations",
            },
        ),
        migrations.CreateModel(
            name="ListedOrganisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="internal: which it is",
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, db_comment="public: its number on a register, if known", max_length=90
                    ),
                ),
                (
                    "spoken_name",
                    models.CharField(db_comment="public: its name and country as they are compared", max_length=220),
                ),
                ("name", models.CharField(db_comment="public: its name", max_length=200)),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            (lichen.scales.Sector["BUSINESS"], lichen.scales.Sector["BUSINESS"]),
                            (lichen.scales.Sector["NONPROFIT"], lichen.scales.Sector["NONPROFIT"]),
                            (lichen.scales.Sector["GOVERNMENT"], lichen.scales.Sector["GOVERNMENT"]),
                            (lichen.scales.Sector["FAITH"], lichen.scales.Sector["FAITH"]),
                            (lichen.scales.Sector["EDUCATION"], lichen.scales.Sector["EDUCATION"]),
                            (lichen.scales.Sector["HEALTH"], lichen.scales.Sector["HEALTH"]),
                            (lichen.scales.Sector["COOPERATIVE"], lichen.scales.Sector["COOPERATIVE"]),
                            (lichen.scales.Sector["FUNDER"], lichen.scales.Sector["FUNDER"]),
                            (lichen.scales.Sector["OTHER"], lichen.scales.Sector["OTHER"]),
                        ],
                        db_comment="public: its sector",
                        max_length=40,
                    ),
                ),
                ("country", models.CharField(blank=True, db_comment="public: ISO 3166-1 alpha-2", max_length=2)),
                ("region", models.CharField(blank=True, db_comment="public: where it works", max_length=120)),
                (
                    "size",
                    models.CharField(
                        choices=[
                            (lichen.scales.Size["MICRO"], lichen.scales.Size["MICRO"]),
                            (lichen.scales.Size["SMALL"], lichen.scales.Size["SMALL"]),
                            (lichen.scales.Size["MEDIUM"], lichen.scales.Size["MEDIUM"]),
                            (lichen.scales.Size["LARGE"], lichen.scales.Size["LARGE"]),
                            (lichen.scales.Size["MAJOR"], lichen.scales.Size["MAJOR"]),
                            (lichen.scales.Size["SUPER_MAJOR"], lichen.scales.Size["SUPER_MAJOR"]),
                            (lichen.scales.Size["UNKNOWN"], lichen.scales.Size["UNKNOWN"]),
                        ],
                        db_comment="public: its size band",
                        max_length=40,
                    ),
                ),
                ("website", models.URLField(blank=True, db_comment="public: where to read about it")),
                (
                    "items",
                    models.JSONField(
                        db_comment="public: what a record suggests that it has or lacks, each with the record, sentence and confidence"
                    ),
                ),
                ("source", models.CharField(db_comment="public: from which file or record it comes", max_length=200)),
                ("listed_at", models.DateTimeField(db_comment="internal: since when it is listed")),
                (
                    "changed_at",
                    models.DateTimeField(db_comment="internal: when what stands here last changed", db_index=True),
                ),
                (
                    "corrected_at",
                    models.DateTimeField(
                        blank=True,
                        db_comment="internal: when the host put it right; no import changes it from then on",
                        null=True,
                    ),
                ),
            ],
            options={
                "db_table": "lichen_listed_organisation",
                "db_table_comment": "Organisations that are no members, as public records have them",
                "indexes": [models.Index(fields=["spoken_name"], name="listed_spoken_name")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("reference",),
                        name="listed_once_a_reference",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", "")), fields=("spoken_name",), name="listed_once_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListState",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        db_comment="internal: always 1", default=1, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.UUIDField(db_comment="internal: another one after each change", default=uuid.uuid4)),
            ],
            options={
                "db_table": "lichen_list_state",
                "db_table_comment": "The state of the list of organisations that are no members",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_list_state")],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="internal: which it is",
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sealed", models.BinaryField(db_comment="sealed: its name and by what it is narrowed")),
                ("wrapped_key", models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")),
                ("made_at", models.DateTimeField(db_comment="internal: when it was saved")),
                ("looked_at", models.DateTimeField(db_comment="internal: up to when was looked for something new")),
                (
                    "written_at",
                    models.DateTimeField(blank=True, db_comment="internal: when a mail last told of it", null=True),
                ),
                (
                    "off_since",
                    models.DateTimeField(blank=True, db_comment="internal: since when it does not write", null=True),
                ),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, db_comment="internal: when it was taken back", null=True),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_comment="internal: whose",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_searches",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="personal: who saved it, and is written to",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "lichen_saved_search",
                "db_table_comment": "Saved searches",
            },
        ),
        migrations.RunPython(secure),
    ]
