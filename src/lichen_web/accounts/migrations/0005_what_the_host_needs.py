"""Why, and by whom, an organisation was put out of a circle; why, and by whom, complaints were forgiven."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0004_comments")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="circlemembership",
            name="allowed_back_at",
            field=models.DateTimeField(
                blank=True, db_comment="internal: since when it may ask again, having been put out", null=True
            ),
        ),
        migrations.AddField(
            model_name="circlemembership",
            name="removed_because",
            field=models.BinaryField(
                blank=True,
                db_comment="sealed: why it was put out, to the organisation and those who vouch",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="circlemembership",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                db_comment="personal: who put it out; nobody where three complaints did",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="forgiven_because",
            field=models.BinaryField(blank=True, db_comment="sealed: why it counts no longer", null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="forgiven_by",
            field=models.ForeignKey(
                blank=True,
                db_comment="personal: who forgave",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
