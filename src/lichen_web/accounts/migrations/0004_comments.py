"""Every column says what it means. The database is told so by the migration of the same name of the alliances."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sessions"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="circlemembership",
                    name="circle",
                    field=models.ForeignKey(
                        db_comment="internal: in which circle",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.circle",
                    ),
                ),
                migrations.AlterField(
                    model_name="circlemembership",
                    name="organisation",
                    field=models.ForeignKey(
                        db_comment="internal: which organisation",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="circle_memberships",
                        to="accounts.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="circle",
                    field=models.ForeignKey(
                        db_comment="internal: of which circle it asks to be a member",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="accounts.circle",
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="organisation",
                    field=models.ForeignKey(
                        db_comment="internal: who states it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="accounts.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="complaint",
                    name="circle",
                    field=models.ForeignKey(
                        db_comment="internal: in which circle",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="accounts.circle",
                    ),
                ),
                migrations.AlterField(
                    model_name="convener",
                    name="circle",
                    field=models.ForeignKey(
                        db_comment="internal: in which circle",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conveners",
                        to="accounts.circle",
                    ),
                ),
                migrations.AlterField(
                    model_name="convener",
                    name="person",
                    field=models.ForeignKey(
                        db_comment="personal: who vouches there",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convened",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="delegation",
                    name="organisation",
                    field=models.ForeignKey(
                        db_comment="internal: for which organisation",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="accounts.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="facilitation",
                    name="facilitator",
                    field=models.ForeignKey(
                        db_comment="personal: who serves it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facilitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="facilitation",
                    name="organisation",
                    field=models.ForeignKey(
                        db_comment="internal: which organisation is served",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facilitations",
                        to="accounts.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="invitation",
                    name="circle",
                    field=models.ForeignKey(
                        blank=True,
                        db_comment="internal: to which circle",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.circle",
                    ),
                ),
                migrations.AlterField(
                    model_name="invitation",
                    name="organisation",
                    field=models.ForeignKey(
                        blank=True,
                        db_comment="internal: to or for which organisation",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="membership",
                    name="organisation",
                    field=models.ForeignKey(
                        db_comment="internal: in which organisation",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.organisation",
                    ),
                ),
                migrations.AlterField(
                    model_name="membership",
                    name="person",
                    field=models.ForeignKey(
                        db_comment="personal: who",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="person",
                    name="last_login",
                    field=models.DateTimeField(blank=True, db_comment="personal: when they last signed in", null=True),
                ),
                migrations.AlterField(
                    model_name="person",
                    name="password",
                    field=models.CharField(
                        db_comment="secret: Argon2id hash of the password; ! where there is none", max_length=128
                    ),
                ),
                migrations.AlterField(
                    model_name="recovery",
                    name="organisation",
                    field=models.ForeignKey(
                        db_comment="internal: which organisation has no lead",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
    ]
