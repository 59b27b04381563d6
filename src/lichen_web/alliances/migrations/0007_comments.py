"""Every column says what it means: so that no policy has to be dropped, its comment alone is changed."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def comment(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for model in apps.get_models():
        for field in filter(lambda field: field.db_comment, model._meta.local_concrete_fields):
            column = f"{model._meta.db_table}.{field.column}"
            schema_editor.execute(f"COMMENT ON COLUMN {column} IS {schema_editor.quote_value(field.db_comment)}")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_comments"),
        ("alliances", "0006_what_matching_needs"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="checkpoint",
                    name="chain",
                    field=models.ForeignKey(
                        db_comment="internal: which chain",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checkpoints",
                        to="alliances.chain",
                    ),
                ),
                migrations.AlterField(
                    model_name="event",
                    name="chain",
                    field=models.ForeignKey(
                        db_comment="internal: in which chain it stands",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="alliances.chain",
                    ),
                ),
                migrations.AlterField(
                    model_name="eventpayload",
                    name="event",
                    field=models.OneToOneField(
                        db_comment="internal: of which event",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="payload",
                        serialize=False,
                        to="alliances.event",
                    ),
                ),
                migrations.AlterField(
                    model_name="matchcard",
                    name="publication",
                    field=models.OneToOneField(
                        db_comment="internal: of which publication",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="alliances.publication",
                    ),
                ),
                migrations.AlterField(
                    model_name="matter",
                    name="circle",
                    field=models.ForeignKey(
                        db_comment="internal: in which circle they met",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="accounts.circle",
                    ),
                ),
                migrations.AlterField(
                    model_name="matterevent",
                    name="matter",
                    field=models.ForeignKey(
                        db_comment="internal: in which dealing",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="alliances.matter",
                    ),
                ),
                migrations.AlterField(
                    model_name="matterparty",
                    name="matter",
                    field=models.ForeignKey(
                        db_comment="internal: in which dealing",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="alliances.matter",
                    ),
                ),
                migrations.AlterField(
                    model_name="matterparty",
                    name="organisation",
                    field=models.ForeignKey(
                        db_comment="internal: who deals",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="accounts.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="proposal",
                    name="circle",
                    field=models.ForeignKey(
                        db_comment="internal: in which circle it was found",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.circle",
                    ),
                ),
                migrations.AlterField(
                    model_name="publication",
                    name="circle",
                    field=models.ForeignKey(
                        db_comment="internal: in which circle",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="accounts.circle",
                    ),
                ),
                migrations.AlterField(
                    model_name="publication",
                    name="organisation",
                    field=models.ForeignKey(
                        db_comment="internal: who published",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="accounts.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="sealedpart",
                    name="offer",
                    field=models.ForeignKey(
                        blank=True,
                        db_comment="internal: of which offer; or else of a gap",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="alliances.offer",
                    ),
                ),
                migrations.AlterField(
                    model_name="sealedpart",
                    name="vulnerability",
                    field=models.ForeignKey(
                        blank=True,
                        db_comment="internal: of which gap; or else of an offer",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="alliances.vulnerability",
                    ),
                ),
            ],
        ),
        migrations.RunPython(comment),
    ]
