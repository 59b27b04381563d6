"""Who may do what with which row, told to PostgreSQL itself; SQLite has no such thing.

A row belongs to an organisation, which each transaction names. Two more things open rows: ``lichen.matter``, to a
party of that dealing, while its rules are applied, and ``lichen.whole``, to the owner of the tables alone, who backs
them up and moves them. docs/reference/row-level-security.md lists every policy in words, and a test compares.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ME = "nullif(current_setting('lichen.organisation', true), '')::uuid"
MATTER = "nullif(current_setting('lichen.matter', true), '')::uuid"
WHOLE = "current_setting('lichen.whole', true) = 'yes'"
HOST = "current_setting('lichen.host', true) = 'yes'"
HOST_CHAIN = "'00000000-0000-0000-0000-000000000000'"

ROLES = ("lichen_app", "lichen_matcher")

# Policies that look into one another's tables go round in a circle, which PostgreSQL refuses. Such a question is
# asked of the tables' owner, who sees everything for as long as it takes to answer yes or no.
ASKED_OF_OWNER = """
CREATE FUNCTION {name} RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    before text := coalesce(current_setting('lichen.whole', true), '');
    answer boolean;
BEGIN
    PERFORM set_config('lichen.whole', 'yes', true);
    {question};
    PERFORM set_config('lichen.whole', before, true);
    RETURN answer;
END $$;
REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {name} TO lichen_app, lichen_matcher;
"""

# Null where nobody is a party yet.
IS_PARTY = ASKED_OF_OWNER.format(
    name="lichen_is_party(dealing uuid)",
    question=f"SELECT bool_or(organisation_id = {ME}) INTO answer FROM lichen_matter_party WHERE matter_id = dealing",
)
# What was sealed before an offer was made public stays shut.
IS_PUBLIC = ASKED_OF_OWNER.format(
    name="lichen_is_public(of_offer uuid, at_version integer)",
    question="SELECT EXISTS (SELECT FROM lichen_offer WHERE id = of_offer AND version = at_version"
    " AND is_public AND removed_at IS NULL) INTO answer",
)

DECIDED = f"matter_id = {MATTER} AND lichen_is_party(matter_id)"


def deals_with_me(organisation: str) -> str:
    """Whether an organisation is a party of the dealing that is being decided; the parties' own policies ask if I am."""
    return f"EXISTS (SELECT FROM lichen_matter_party party WHERE party.matter_id = {MATTER} AND party.organisation_id = {organisation})"


def granted(part: str) -> str:
    """Whether a grant to me stands, by whoever owns the part."""
    return f"EXISTS (SELECT FROM lichen_grant g WHERE g.part_id = {part}.id AND g.owner_id = {part}.organisation_id AND g.reader_id = {ME} AND g.withdrawn_at IS NULL)"


def granted_of(item: str) -> str:
    """Whether a part of an item is granted to me."""
    return f"EXISTS (SELECT FROM lichen_sealed_part part WHERE part.{item}_id = lichen_{item}.id AND {granted('part')})"


def own(column: str = "organisation_id") -> tuple[str, str, str]:
    return ("own", "ALL", f"{column} = {ME}")


POLICIES = {
    "lichen_vulnerability": [
        own(),
        ("granted", "SELECT", granted_of("vulnerability")),
        ("deciding", "SELECT", deals_with_me("organisation_id")),
    ],
    "lichen_offer": [
        own(),
        ("public", "SELECT", "is_public AND removed_at IS NULL"),
        ("granted", "SELECT", granted_of("offer")),
        ("deciding", "SELECT", deals_with_me("organisation_id")),
    ],
    "lichen_sealed_part": [
        own(),
        ("public", "SELECT", "offer_id IS NOT NULL AND lichen_is_public(offer_id, version)"),
        ("granted", "SELECT", granted("lichen_sealed_part")),
        ("deciding", "SELECT", deals_with_me("organisation_id")),
    ],
    "lichen_grant": [
        own("owner_id"),
        ("reader", "SELECT", f"reader_id = {ME} AND withdrawn_at IS NULL"),
        ("deciding", "SELECT", DECIDED),
        # Both sides open at once, by the act of whoever comes second.
        ("given", "INSERT", f"{DECIDED} AND {deals_with_me('owner_id')} AND {deals_with_me('reader_id')}"),
    ],
    "lichen_matter": [
        ("party", "ALL", "lichen_is_party(id)"),
        ("opened", "INSERT", f"{ME} IS NOT NULL"),
    ],
    "lichen_matter_party": [
        ("own", "SELECT", f"organisation_id = {ME}"),
        ("deciding", "SELECT", DECIDED),
        # Whoever opens a dealing is its first party; a party brings in the others; nobody else can join.
        ("opened", "INSERT", f"organisation_id = {ME} AND lichen_is_party(matter_id) IS NULL"),
        ("joined", "INSERT", DECIDED),
    ],
    "lichen_matter_event": [
        ("own", "SELECT", f"by_id = {ME}"),
        ("deciding", "SELECT", DECIDED),
        ("done", "INSERT", f"by_id = {ME} AND lichen_is_party(matter_id)"),
    ],
    "lichen_publication": [own(), ("matcher", "SELECT TO lichen_matcher", "true")],
    # What of a card may be read at all is a matter of privileges: the web may read none.
    "lichen_match_card": [
        (
            "own",
            "ALL",
            f"EXISTS (SELECT FROM lichen_publication publication WHERE publication.id = publication_id AND publication.organisation_id = {ME})",
        ),
        ("matcher", "SELECT TO lichen_matcher", "true"),
    ],
    "lichen_probe_charge": [own()],
    "lichen_proposal": [own()],
    "lichen_complaint": [
        ("made", "INSERT", f"by_id = {ME}"),
        ("by", "SELECT", f"by_id = {ME}"),
        ("about", "SELECT", f"about_id = {ME}"),
        ("answered", "UPDATE", f"about_id = {ME}"),
        ("host", "ALL", HOST),
    ],
    # Others need the public halves, and what was granted opens only with its owner's. Only its own organisation can
    # destroy it.
    "lichen_organisation_key": [own(), ("wrapped", "SELECT", "true"), ("made", "INSERT", "true")],
    "lichen_event_payload": [
        (
            "own",
            "ALL",
            f"EXISTS (SELECT FROM lichen_event event WHERE event.id = event_id AND {ME} IN (event.organisation, event.chain_id))",
        ),
        ("recorded", "INSERT", "true"),
        (
            "host",
            "SELECT",
            f"{HOST} AND EXISTS (SELECT FROM lichen_event event WHERE event.id = event_id AND event.chain_id = {HOST_CHAIN})",
        ),
    ],
}

PRIVILEGES = """
GRANT USAGE ON SCHEMA public TO lichen_app, lichen_matcher;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO lichen_app, lichen_matcher;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO lichen_app, lichen_matcher;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lichen_app, lichen_matcher;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO lichen_app, lichen_matcher;

REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM lichen_app, lichen_matcher;
REVOKE UPDATE, DELETE ON lichen_event, lichen_checkpoint, lichen_erasure, lichen_matter_event, lichen_matter_party
    FROM lichen_app, lichen_matcher;
REVOKE UPDATE ON lichen_event_payload FROM lichen_app, lichen_matcher;
REVOKE DELETE ON lichen_chain, lichen_probe_charge FROM lichen_app, lichen_matcher;
REVOKE SELECT, UPDATE ON lichen_match_card FROM lichen_app;
GRANT SELECT (publication_id), UPDATE (sealed) ON lichen_match_card TO lichen_app;
"""
"""Ordinary tables get ordinary privileges, those of later migrations too; then comes what is different."""


def secured(table: str, policies: Sequence[tuple[str, str, str]]) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        *(policy(table, *each) for each in policies),
        f"CREATE POLICY whole ON {table} TO lichen_owner USING ({WHOLE}) WITH CHECK ({WHOLE})",
    ]


def policy(table: str, name: str, command: str, condition: str) -> str:
    tests = {
        "INSERT": "WITH CHECK ({0})",
        "ALL": "USING ({0}) WITH CHECK ({0})",
        "UPDATE": "USING ({0}) WITH CHECK ({0})",
    }
    return f"CREATE POLICY {name} ON {table} FOR {command} " + tests.get(command, "USING ({0})").format(condition)


def secure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('lichen_owner', 'lichen_app', 'lichen_matcher')"
        )
        if cursor.fetchone() != (3,):
            raise RuntimeError("The roles of Lichen are not there: make them with lichen-web database prepare.")
        for statement in (
            IS_PARTY,
            IS_PUBLIC,
            *(each for table in POLICIES for each in secured(table, POLICIES[table])),
            PRIVILEGES,
        ):
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_what_people_and_circles_need"),
        ("alliances", "0001_initial"),
    ]

    operations = [migrations.RunPython(secure)]
