"""What each column says of itself stands in PostgreSQL, too."""

from __future__ import annotations

from django.db import connection

from tests.web.postgres import Database
from tools.write_data_dictionary import own_models

ASKED = """SELECT table_name || '.' || column_name,
    col_description(format('%I.%I', table_schema, table_name)::regclass, ordinal_position)
    FROM information_schema.columns WHERE table_name LIKE 'lichen\\_%'"""


def test_every_column_says_in_the_database_what_the_model_says(on_postgres: Database):
    said = {
        f"{model._meta.db_table}.{field.column}": field.db_comment
        for model in own_models()
        for field in model._meta.local_concrete_fields
    }
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        assert dict(cursor.fetchall()) == said
