"""What an organisation published, for itself; and proposals under keys of their own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alliances", "0005_sittings_and_pairs")]

    operations = [
        migrations.AddField(
            "publication",
            "sealed",
            models.BinaryField(db_comment="sealed: the same as on its card, for its owner", default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            "publication",
            "wrapped_key",
            models.BinaryField(db_comment="secret: its key, wrapped by the owner's data key", default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            "proposal",
            "wrapped_key",
            models.BinaryField(db_comment="secret: its key, wrapped by that side's data key", default=b""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "publication",
            models.UniqueConstraint(
                fields=["organisation", "circle"],
                condition=models.Q(withdrawn_at=None),
                name="one_publication_at_a_time",
            ),
        ),
    ]
