"""What happened stays: the database itself refuses to change it, whoever asks."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = """
CREATE FUNCTION lichen_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER lichen_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lichen_event
    FOR EACH STATEMENT EXECUTE FUNCTION lichen_refuse_change();
CREATE TRIGGER lichen_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lichen_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION lichen_refuse_change();
CREATE TRIGGER lichen_append_only BEFORE UPDATE OR TRUNCATE ON lichen_event_payload
    FOR EACH STATEMENT EXECUTE FUNCTION lichen_refuse_change();
CREATE TRIGGER lichen_append_only BEFORE DELETE OR TRUNCATE ON lichen_chain
    FOR EACH STATEMENT EXECUTE FUNCTION lichen_refuse_change();
"""

REFUSED = {
    "lichen_event": {
        "update": "",
        "delete": "",
        "insert": "(id = NEW.id OR (chain_id, number) = (NEW.chain_id, NEW.number))",
    },
    "lichen_checkpoint": {"update": "", "delete": "", "insert": "id = NEW.id"},
    "lichen_event_payload": {"update": "", "insert": "event_id = NEW.event_id"},
    "lichen_chain": {"delete": "", "insert": "id = NEW.id"},
}
"""What is refused on SQLite; an insertion, where such a row is there: INSERT OR REPLACE fires no trigger of deletion."""


def trigger(table: str, act: str, where: str) -> str:
    when = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {where})" if where else ""
    return f"CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_sqlite = [trigger(table, act, where) for table, acts in REFUSED.items() for act, where in acts.items()]
    with schema_editor.connection.cursor() as cursor:
        for statement in {"postgresql": [POSTGRESQL], "sqlite": on_sqlite}[schema_editor.connection.vendor]:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("alliances", "0002_row_level_security")]

    operations = [migrations.RunPython(guard)]
