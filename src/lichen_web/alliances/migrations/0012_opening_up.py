"""Who has looked at what was opened to them, messages between the two of a dealing, and since when both said yes."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from lichen_web.alliances.migrations._columns import identity, to

walls = import_module("lichen_web.alliances.migrations.0002_row_level_security")

ME = walls.ME
MET = "EXISTS (SELECT FROM lichen_matter met WHERE met.id = matter_id AND met.met_at IS NOT NULL AND met.ended_at IS NULL)"
GRANTED = f"EXISTS (SELECT FROM lichen_grant g WHERE g.id = grant_id AND g.owner_id = lichen_look.owner_id AND g.reader_id = {ME} AND g.withdrawn_at IS NULL)"

POLICIES = {
    "lichen_look": [
        ("own", "SELECT", f"owner_id = {ME}"),
        # Written by whoever looks, at what is granted to them at that moment, and by nobody else.
        ("looked", "ALL", f"reader_id = {ME} AND {GRANTED}"),
    ],
    "lichen_message": [
        ("own", "SELECT", f"by_id = {ME}"),
        ("sent", "INSERT", f"by_id = {ME} AND {MET} AND {walls.deals_with_me('reader_id')}"),
        ("reader", "SELECT", f"reader_id = {ME} AND {MET}"),
    ],
    "lichen_unmailed": [
        walls.own(),
        # Whoever sends a message has the mail written, or not, for the people of the other side.
        ("deciding", "SELECT", walls.deals_with_me("organisation_id")),
    ],
}


def secure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for table, policies in POLICIES.items():
            for statement in walls.secured(table, policies):
                cursor.execute(statement)
        cursor.execute("REVOKE UPDATE, DELETE ON lichen_message FROM lichen_app, lichen_matcher")
        cursor.execute("REVOKE DELETE ON lichen_look FROM lichen_app, lichen_matcher")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0005_what_the_host_needs"),
        ("alliances", "0011_listed_organisations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.AddField(
            "matter",
            "met_at",
            models.DateTimeField(
                blank=True,
                null=True,
                db_comment="internal: since when both have said yes; empty before, and once taken back",
            ),
        ),
        migrations.AddField(
            "matter",
            "complaint",
            models.ForeignKey(
                blank=True,
                null=True,
                db_comment="internal: the complaint with which exploitation was reported in it",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.complaint",
            ),
        ),
        migrations.CreateModel(
            "Look",
            [
                ("id", identity()),
                ("first_at", models.DateTimeField(db_comment="personal: when first")),
                ("last_at", models.DateTimeField(db_comment="personal: when last")),
                ("times", models.PositiveIntegerField(db_comment="personal: how often", default=1)),
                ("grant", to("alliances.grant", "internal: at what was granted", "looks")),
                ("owner", to("accounts.organisation", "internal: whose it is")),
                ("person", to(settings.AUTH_USER_MODEL, "personal: who looked")),
                ("reader", to("accounts.organisation", "internal: for which organisation")),
            ],
            options={
                "db_table": "lichen_look",
                "db_table_comment": "Who has looked at what was opened to them",
                "constraints": [
                    models.UniqueConstraint(fields=["grant", "person"], name="one_look_a_grant_and_person")
                ],
            },
        ),
        migrations.CreateModel(
            "Message",
            [
                ("id", identity()),
                ("sent_at", models.DateTimeField(db_comment="internal: when")),
                ("sealed", models.BinaryField(db_comment="sealed: the words, under a key of their own")),
                (
                    "wrapped_key",
                    models.BinaryField(db_comment="secret: that key, wrapped by the data key of whoever wrote"),
                ),
                ("sealed_key", models.BinaryField(db_comment="secret: that key in a SealedBox to the reader")),
                ("by", to("accounts.organisation", "internal: who wrote")),
                ("matter", to("alliances.matter", "internal: in which dealing", "messages")),
                ("person", to(settings.AUTH_USER_MODEL, "personal: who wrote it")),
                ("reader", to("accounts.organisation", "internal: to whom")),
            ],
            options={
                "db_table": "lichen_message",
                "db_table_comment": "Messages between the two of a dealing",
                "indexes": [models.Index(fields=["matter", "sent_at"], name="messages_in_order")],
            },
        ),
        migrations.CreateModel(
            "Unmailed",
            [
                ("id", identity()),
                ("organisation", to("accounts.organisation", "internal: in which organisation")),
                ("person", to(settings.AUTH_USER_MODEL, "personal: who")),
            ],
            options={
                "db_table": "lichen_unmailed",
                "db_table_comment": "Who wants no mail about messages",
                "constraints": [
                    models.UniqueConstraint(fields=["organisation", "person"], name="unmailed_once_a_person")
                ],
            },
        ),
        migrations.RunPython(secure, migrations.RunPython.noop),
    ]
