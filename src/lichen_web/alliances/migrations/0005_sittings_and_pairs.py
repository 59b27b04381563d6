"""How an audit was made; one open dealing a pair; a grant that was withdrawn outlives its part."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

ME = "nullif(current_setting('lichen.organisation', true), '')::uuid"
MATTER = "nullif(current_setting('lichen.matter', true), '')::uuid"
WHOLE = "current_setting('lichen.whole', true) = 'yes'"
DECIDED = f"matter_id = {MATTER} AND lichen_is_party(matter_id)"
DEALS_WITH_ME = (
    f"EXISTS (SELECT FROM lichen_matter_party party WHERE party.matter_id = {MATTER}"
    " AND party.organisation_id = lichen_sitting.organisation_id)"
)

# Whoever ends a dealing, or withdraws from it, shuts both sides: a grant of the other's, too, and only that.
SECURED = f"""
ALTER TABLE lichen_sitting ENABLE ROW LEVEL SECURITY;
ALTER TABLE lichen_sitting FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON lichen_sitting FOR ALL USING (organisation_id = {ME}) WITH CHECK (organisation_id = {ME});
CREATE POLICY deciding ON lichen_sitting FOR SELECT USING ({DEALS_WITH_ME});
CREATE POLICY whole ON lichen_sitting TO lichen_owner USING ({WHOLE}) WITH CHECK ({WHOLE});
CREATE POLICY shut ON lichen_grant FOR UPDATE USING ({DECIDED}) WITH CHECK ({DECIDED} AND withdrawn_at IS NOT NULL);
"""


def secure(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(SECURED)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_what_people_and_circles_need"),
        ("alliances", "0004_halt"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        db_comment="internal: whose",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sitting",
                        serialize=False,
                        to="accounts.organisation",
                    ),
                ),
                ("version", models.PositiveIntegerField(db_comment="internal: counts its changes", default=1)),
                (
                    "sealed",
                    models.BinaryField(
                        db_comment="sealed: readiness, opening answers and day of the audit; bound to version"
                    ),
                ),
                ("wrapped_key", models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key")),
                ("recorded_at", models.DateTimeField(db_comment="internal: when it was last written down")),
            ],
            options={"db_table": "lichen_sitting", "db_table_comment": "How audits were made"},
        ),
        migrations.AddField(
            model_name="matter",
            name="pair",
            field=models.CharField(
                db_comment="internal: the ids of the two who deal, the smaller first", default="", max_length=73
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("pair",), name="one_open_matter_a_pair"
            ),
        ),
        migrations.AlterField(
            model_name="grant",
            name="part",
            field=models.ForeignKey(
                blank=True,
                db_comment="internal: to what",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="grants",
                to="alliances.sealedpart",
            ),
        ),
        migrations.AlterField(
            model_name="grant",
            name="sealed_key",
            field=models.BinaryField(
                db_comment="secret: the part's key in a SealedBox to the reader; emptied once withdrawn"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__isnull", False), ("withdrawn_at__isnull", False), _connector="OR"),
                name="standing_grant_of_a_part",
            ),
        ),
        migrations.RunPython(secure),
    ]
