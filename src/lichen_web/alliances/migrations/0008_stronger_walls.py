"""What no act does, the database refuses, too: whoever signs in to it as the web can say anything in SQL.

A transaction says for whom it speaks, and may lie. So the first part asks nothing of it: on both databases a row that
tells what happened is never rewritten, given away or turned back. The rest is PostgreSQL's alone: a new row
belongs where it says, an event stands at the end of a chain that its transaction has to do with, and the web and the
worker are denied what none of their acts needs. docs/reference/row-level-security.md says it in words.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ME = "nullif(current_setting('lichen.organisation', true), '')::uuid"
MATTER = "nullif(current_setting('lichen.matter', true), '')::uuid"
HOST = "current_setting('lichen.host', true) = 'yes'"
DECIDED = f"matter_id = {MATTER} AND lichen_is_party(matter_id)"
PATH = "SET search_path = pg_catalog, public, pg_temp"

# --- What stays as it was, on both databases -------------------------------------------------------------------------


def changed(*columns: str) -> str:
    return "(" + " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns) + ")"


def once(*columns: str) -> str:
    """Whether something changes that is set already."""
    return " OR ".join(f"(OLD.{column} IS NOT NULL AND {changed(column)})" for column in columns)


STAYS = {
    "lichen_circle_membership": changed("id", "circle_id", "organisation_id", "claim_id", "asked_at")
    + f" OR {once('vouched_by_id', 'admitted_at', 'refused_at', 'left_at', 'removed_at', 'removed_by_id', 'removed_because')}",
    "lichen_complaint": changed("id", "circle_id", "by_id", "about_id", "words", "made_at")
    + f" OR ((OLD.answered_at IS NOT NULL OR OLD.decided_at IS NOT NULL) AND {changed('answer', 'answered_at')})"
    + f" OR (OLD.decided_at IS NOT NULL AND {changed('outcome', 'reason', 'decided_by_id', 'decided_at')})"
    + f" OR {once('forgiven_at', 'forgiven_by_id', 'forgiven_because')} OR (NEW.forgiven_at IS NOT NULL AND NEW.outcome <> 'upheld')",
    "lichen_convener": changed("id", "circle_id", "person_id", "named_at") + f" OR {once('ended_at')}",
    "lichen_grant": changed("id", "owner_id", "reader_id", "matter_id", "granted_at")
    + f" OR (NEW.part_id IS NOT NULL AND {changed('part_id')}) OR {once('withdrawn_at')}"
    + f" OR (NEW.withdrawn_at IS NULL AND {changed('sealed_key')})"
    + " OR (NEW.withdrawn_at IS NOT NULL AND length(NEW.sealed_key) > 0)",
    "lichen_match_card": "1 = 1",
    "lichen_matter": changed("id", "circle_id", "pair", "opened_at")
    + f" OR (OLD.ended_at IS NOT NULL AND {changed('ended_at', 'last_number')})"
    + " OR NEW.last_number < OLD.last_number OR NEW.last_number > OLD.last_number + 1",
    "lichen_membership": changed("id", "organisation_id", "person_id", "joined_at") + f" OR {once('left_at')}",
    "lichen_offer": changed("id", "organisation_id", "made_at") + " OR NEW.version < OLD.version",
    # No more than a quarter allows at all.
    "lichen_probe_charge": changed("id", "organisation_id", "quarter")
    + " OR NEW.codes < OLD.codes OR NEW.codes > OLD.codes + 10",
    "lichen_proposal": changed("id", "organisation_id", "circle_id", "sealed", "wrapped_key", "method", "made_at")
    + f" OR {once('ended_at')}",
    "lichen_publication": changed(
        "id", "organisation_id", "circle_id", "published_at", "stands_until", "sealed", "wrapped_key"
    )
    + f" OR {once('withdrawn_at')}",
    "lichen_sealed_part": "1 = 1",
    "lichen_sitting": changed("organisation_id") + " OR NEW.version < OLD.version",
    "lichen_vulnerability": changed("id", "organisation_id", "made_at") + " OR NEW.version < OLD.version",
}
"""Which change of a row is refused, whoever asks for it."""

REFUSING = f"""
CREATE FUNCTION lichen_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    RAISE EXCEPTION '%: this is not changed any more', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def on_postgresql(table: str, refused: str) -> str:
    return (
        f"CREATE TRIGGER lichen_stays BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({refused})"
        " EXECUTE FUNCTION lichen_refuse_rewriting()"
    )


def on_sqlite(table: str, refused: str) -> str:
    return (
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} WHEN {refused.replace('IS DISTINCT FROM', 'IS NOT')}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: this is not changed any more'); END"
    )


# --- Whose a new row is, on PostgreSQL -------------------------------------------------------------------------------

# As in 0002: where policies would go round in a circle, the tables' owner answers yes or no.
ASKED_OF_OWNER = """
CREATE FUNCTION {name} RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER {path} AS $$
DECLARE
    before text := coalesce(current_setting('lichen.whole', true), '');
    answer boolean;
BEGIN
    PERFORM set_config('lichen.whole', 'yes', true);
    answer := ({question});
    PERFORM set_config('lichen.whole', before, true);
    RETURN coalesce(answer, false);
END $$;
REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {name} TO lichen_app, lichen_matcher;
"""

QUESTIONS = {
    "lichen_is_of_pair(dealing uuid, who uuid)": "SELECT who::text = ANY (string_to_array(pair, ' '))"
    " FROM lichen_matter WHERE id = dealing",
    "lichen_owns_item(gap uuid, of_offer uuid, who uuid)": "EXISTS (SELECT FROM lichen_vulnerability"
    " WHERE id = gap AND organisation_id = who)"
    " OR EXISTS (SELECT FROM lichen_offer WHERE id = of_offer AND organisation_id = who)",
    "lichen_owns_part(part uuid, who uuid)": "EXISTS (SELECT FROM lichen_sealed_part"
    " WHERE id = part AND organisation_id = who)",
}

ADMITTED = "admitted_at IS NOT NULL"
INSIDE = f"{ADMITTED} AND left_at IS NULL AND removed_at IS NULL"


def both(state: str, circle: str, one: str, other: str) -> str:
    """Whether two organisations are, or were, in a circle."""
    return (
        f"(SELECT count(DISTINCT line.organisation_id) = 2 FROM lichen_circle_membership line"
        f" WHERE line.circle_id = {circle} AND line.organisation_id IN ({one}, {other}) AND {state})"
    )


def deals_with_me(organisation: str) -> str:
    return (
        f"EXISTS (SELECT FROM lichen_matter_party party WHERE party.matter_id = {MATTER}"
        f" AND party.organisation_id = {organisation})"
    )


UNDECIDED = (
    "outcome = '' AND reason IS NULL AND decided_by_id IS NULL AND decided_at IS NULL"
    " AND forgiven_at IS NULL AND forgiven_by_id IS NULL AND forgiven_because IS NULL"
)
MINE = (
    "EXISTS (SELECT FROM lichen_publication publication WHERE publication.id = publication_id"
    f" AND publication.organisation_id = {ME}{{0}})"
)
KEY_OF_MINE = f"EXISTS (SELECT FROM lichen_organisation_key key WHERE key.organisation_id = {ME})"
OF_MY_EVENT = f"EXISTS (SELECT FROM lichen_event event WHERE event.id = event_id AND {ME} IN (event.organisation, event.chain_id))"
PAIR = "string_to_array(pair, ' ')::uuid[]"

# A policy under its table: for which command, which rows are touched, how they may stand afterwards.
POLICIES = {
    "lichen_complaint": {
        "made": (
            "INSERT",
            "",
            f"by_id = {ME} AND by_id <> about_id AND answer IS NULL AND answered_at IS NULL AND {UNDECIDED}"
            f" AND {both(ADMITTED, 'lichen_complaint.circle_id', 'by_id', 'about_id')}",
        ),
        "answered": (
            "UPDATE",
            f"about_id = {ME} AND answered_at IS NULL AND decided_at IS NULL",
            f"about_id = {ME} AND {UNDECIDED}",
        ),
        "host": ("SELECT", HOST, ""),
        "decided": ("UPDATE", HOST, HOST),
    },
    "lichen_event_payload": {
        "own": ("SELECT", OF_MY_EVENT, ""),
        "recorded": ("INSERT", "", "lichen_is_payload(event_id, salt, payload)"),
    },
    "lichen_grant": {
        "own": ("SELECT", f"owner_id = {ME}", ""),
        "withdrawn": ("UPDATE", f"owner_id = {ME}", f"owner_id = {ME}"),
        "given": (
            "INSERT",
            "",
            f"{DECIDED} AND owner_id <> reader_id AND withdrawn_at IS NULL AND lichen_owns_part(part_id, owner_id)"
            f" AND {deals_with_me('owner_id')} AND {deals_with_me('reader_id')}",
        ),
    },
    "lichen_match_card": {
        "own": ("SELECT", MINE.format(""), ""),
        "written": ("INSERT", "", MINE.format(" AND publication.withdrawn_at IS NULL") + f" AND {KEY_OF_MINE}"),
        # With the keys, and not to write another in its place.
        "destroyed": ("DELETE", MINE.format("") + f" AND NOT {KEY_OF_MINE}", ""),
    },
    "lichen_matter": {
        "opened": (
            "INSERT",
            "",
            f"{ME} = ANY ({PAIR}) AND ended_at IS NULL AND last_number = 0"
            f" AND {both(INSIDE, 'lichen_matter.circle_id', f'({PAIR})[1]', f'({PAIR})[2]')}",
        ),
    },
    "lichen_matter_event": {
        "done": (
            "INSERT",
            "",
            f"by_id = {ME} AND lichen_is_party(matter_id) AND EXISTS (SELECT FROM lichen_matter matter"
            " WHERE matter.id = matter_id AND matter.ended_at IS NULL AND matter.last_number + 1 = number)",
        ),
    },
    "lichen_matter_party": {
        "opened": (
            "INSERT",
            "",
            f"organisation_id = {ME} AND lichen_is_party(matter_id) IS NULL AND lichen_is_of_pair(matter_id, {ME})",
        ),
        "joined": ("INSERT", "", f"{DECIDED} AND lichen_is_of_pair(matter_id, organisation_id)"),
    },
    "lichen_organisation_key": {
        # Before anything has happened in it, so that nobody gives keys to one that was erased.
        "made": (
            "INSERT",
            "",
            "NOT EXISTS (SELECT FROM lichen_event event WHERE event.chain_id = organisation_id)"
            " AND NOT EXISTS (SELECT FROM lichen_erasure erasure WHERE erasure.organisation = organisation_id)",
        ),
        "destroyed": ("DELETE", f"organisation_id = {ME}", ""),
    },
    "lichen_publication": {
        "own": ("SELECT", f"organisation_id = {ME}", ""),
        "published": (
            "INSERT",
            "",
            f"organisation_id = {ME} AND withdrawn_at IS NULL AND EXISTS (SELECT FROM lichen_circle_membership line"
            " WHERE line.circle_id = lichen_publication.circle_id"
            f" AND line.organisation_id = lichen_publication.organisation_id AND {INSIDE})",
        ),
        "withdrawn": ("UPDATE", f"organisation_id = {ME}", f"organisation_id = {ME}"),
    },
    "lichen_sealed_part": {
        "own": (
            "ALL",
            f"organisation_id = {ME}",
            f"organisation_id = {ME} AND lichen_owns_item(vulnerability_id, offer_id, {ME})",
        ),
    },
}

REPLACED = {
    "lichen_complaint": ("answered", "host", "made"),
    "lichen_event_payload": ("own", "recorded"),
    "lichen_grant": ("given", "own"),
    "lichen_match_card": ("own",),
    "lichen_matter": ("opened",),
    "lichen_matter_event": ("done",),
    "lichen_matter_party": ("joined", "opened"),
    "lichen_organisation_key": ("made", "own"),
    "lichen_publication": ("own",),
    "lichen_sealed_part": ("own",),
}


def policy(table: str, name: str, command: str, using: str, check: str) -> str:
    tests = (f"USING ({using})" if using else "", f"WITH CHECK ({check})" if check else "")
    return f"CREATE POLICY {name} ON {table} FOR {command} {' '.join(filter(None, tests))}"


# --- Where a new event stands, on PostgreSQL -------------------------------------------------------------------------

# The bytes that alliances/events.py hashes: keys in order, no spaces, and all that is not plain ASCII escaped.
PAYLOAD = f"""
CREATE FUNCTION lichen_escaped(words text) RETURNS text LANGUAGE sql IMMUTABLE {PATH} AS $$
    SELECT string_agg(CASE
        WHEN ascii(letter) < 127 THEN letter
        WHEN ascii(letter) < 65536 THEN '\\u' || lpad(to_hex(ascii(letter)), 4, '0')
        ELSE '\\u' || to_hex(55296 + ((ascii(letter) - 65536) >> 10)) || '\\u' || to_hex(56320 + ((ascii(letter) - 65536) & 1023))
    END, '' ORDER BY place) FROM regexp_split_to_table(words, '') WITH ORDINALITY AS split(letter, place)
$$;
CREATE FUNCTION lichen_is_payload(of_event bigint, salt bytea, payload jsonb) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (
        SELECT FROM lichen_event event WHERE event.id = of_event AND event.payload_hash = encode(sha256(salt || convert_to(
            '{{' || lichen_escaped((
                SELECT string_agg(to_json(key)::text || ':' || to_json(value)::text, ',' ORDER BY key COLLATE "C")
                FROM jsonb_each_text(payload)
            )) || '}}', 'UTF8')), 'hex')
    )
$$;
REVOKE EXECUTE ON FUNCTION lichen_escaped(text), lichen_is_payload(bigint, bytea, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lichen_escaped(text), lichen_is_payload(bigint, bytea, jsonb) TO lichen_app, lichen_matcher;
"""

# Whoever owns the tables restores and moves rows as they are, and could take a trigger away.
GUARDS = f"""
CREATE FUNCTION lichen_guard_event() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    me uuid := {ME};
    head lichen_chain%ROWTYPE;
    is_told boolean;
BEGIN
    IF current_user = 'lichen_owner' THEN RETURN NEW; END IF;
    SELECT * INTO head FROM lichen_chain WHERE id = NEW.chain_id;
    IF NEW.number IS DISTINCT FROM head.last_number + 1 OR NEW.previous_hash IS DISTINCT FROM head.last_hash THEN
        RAISE EXCEPTION 'an event comes after the last of its chain' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.organisation IS DISTINCT FROM me AND NOT (NEW.organisation IS NULL AND head.of = 'host') THEN
        RAISE EXCEPTION 'an event is told by whoever did it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    is_told := head.of = 'host' OR coalesce({HOST}, false) OR CASE head.of
        WHEN 'organisation' THEN me IS NOT DISTINCT FROM NEW.chain_id
            OR EXISTS (SELECT FROM lichen_membership WHERE organisation_id = NEW.chain_id AND person_id = NEW.person)
            OR EXISTS (SELECT FROM lichen_facilitation WHERE organisation_id = NEW.chain_id AND facilitator_id = NEW.person)
            OR EXISTS (
                SELECT FROM lichen_circle_membership theirs WHERE theirs.organisation_id = NEW.chain_id AND (
                    EXISTS (SELECT FROM lichen_circle_membership ours
                        WHERE ours.circle_id = theirs.circle_id AND ours.organisation_id = me)
                    OR EXISTS (SELECT FROM lichen_convener
                        WHERE circle_id = theirs.circle_id AND person_id = NEW.person)))
        WHEN 'circle' THEN
            EXISTS (SELECT FROM lichen_circle_membership WHERE circle_id = NEW.chain_id AND organisation_id = me)
            OR EXISTS (SELECT FROM lichen_convener WHERE circle_id = NEW.chain_id AND person_id = NEW.person)
            OR EXISTS (SELECT FROM lichen_invitation
                WHERE circle_id = NEW.chain_id AND NEW.person IN (sent_by_id, accepted_by_id))
        ELSE lichen_is_party(NEW.chain_id)
    END OR EXISTS (SELECT FROM lichen_person WHERE id = NEW.person AND hosting_since IS NOT NULL);
    IF is_told IS NOT TRUE THEN
        RAISE EXCEPTION 'this chain is of others' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lichen_in_its_place BEFORE INSERT ON lichen_event FOR EACH ROW EXECUTE FUNCTION lichen_guard_event();

CREATE FUNCTION lichen_guard_chain() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF current_user = 'lichen_owner' THEN RETURN NEW; END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.last_number = 0 AND NEW.last_hash = repeat('0', 64)
            AND (NEW.of = 'host') = (NEW.id = '00000000-0000-0000-0000-000000000000') THEN RETURN NEW; END IF;
    ELSIF NEW.id = OLD.id AND NEW.of = OLD.of AND NEW.last_number = OLD.last_number + 1 AND EXISTS (
        SELECT FROM lichen_event WHERE chain_id = NEW.id AND number = NEW.last_number AND hash = NEW.last_hash
    ) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'the head of a chain is its last event' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER lichen_in_its_place BEFORE INSERT OR UPDATE ON lichen_chain
    FOR EACH ROW EXECUTE FUNCTION lichen_guard_chain();

CREATE FUNCTION lichen_guard_erasure() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF current_user <> 'lichen_owner' AND EXISTS (
        SELECT FROM lichen_organisation_key WHERE organisation_id = NEW.organisation
    ) THEN
        RAISE EXCEPTION 'its keys are still there' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lichen_in_its_place BEFORE INSERT ON lichen_erasure FOR EACH ROW EXECUTE FUNCTION lichen_guard_erasure();

CREATE FUNCTION lichen_guard_admission() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF current_user <> 'lichen_owner' AND NEW.admitted_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM lichen_convener
        WHERE circle_id = NEW.circle_id AND person_id = NEW.vouched_by_id AND ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a convener vouches for who is admitted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lichen_asked_first BEFORE INSERT ON lichen_circle_membership
    FOR EACH ROW EXECUTE FUNCTION lichen_guard_admission();
CREATE TRIGGER lichen_vouched_for BEFORE UPDATE ON lichen_circle_membership
    FOR EACH ROW WHEN (OLD.admitted_at IS NULL) EXECUTE FUNCTION lichen_guard_admission();
"""

# --- What nobody needs, on PostgreSQL --------------------------------------------------------------------------------

PRIVILEGES = """
ALTER FUNCTION lichen_is_party(uuid) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION lichen_is_public(uuid, integer) SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION lichen_refuse_change() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION lichen_refuse_halted() SET search_path = pg_catalog, public, pg_temp;
REVOKE EXECUTE ON FUNCTION lichen_refuse_change(), lichen_refuse_halted(), lichen_refuse_rewriting(),
    lichen_guard_event(), lichen_guard_chain(), lichen_guard_erasure(), lichen_guard_admission() FROM PUBLIC;

REVOKE DELETE ON lichen_circle, lichen_circle_membership, lichen_claim, lichen_complaint, lichen_convener,
    lichen_delegation, lichen_event_payload, lichen_facilitation, lichen_grant, lichen_invitation, lichen_key_copy,
    lichen_matter, lichen_membership, lichen_offer, lichen_organisation, lichen_person, lichen_proposal,
    lichen_publication, lichen_recovery, lichen_sitting, lichen_vulnerability FROM lichen_app, lichen_matcher;
REVOKE UPDATE ON lichen_claim, lichen_key_copy, lichen_match_card, lichen_organisation_key, lichen_sealed_part
    FROM lichen_app, lichen_matcher;
REVOKE UPDATE (sealed) ON lichen_match_card FROM lichen_app;
REVOKE INSERT ON lichen_proposal FROM lichen_app;
REVOKE INSERT ON lichen_complaint, lichen_grant, lichen_match_card, lichen_matter, lichen_matter_event,
    lichen_matter_party, lichen_organisation_key, lichen_probe_charge, lichen_publication FROM lichen_matcher;
"""


def strengthen(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        for table, refused in STAYS.items():
            schema_editor.execute(on_sqlite(table, refused))
        return
    with schema_editor.connection.cursor() as cursor:
        for statement in (
            REFUSING,
            *(on_postgresql(table, refused) for table, refused in STAYS.items()),
            *(ASKED_OF_OWNER.format(name=name, question=asked, path=PATH) for name, asked in QUESTIONS.items()),
            PAYLOAD,
            *(f"DROP POLICY {name} ON {table}" for table, names in REPLACED.items() for name in names),
            *(policy(table, name, *each) for table, found in POLICIES.items() for name, each in found.items()),
            GUARDS,
            PRIVILEGES,
        ):
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0005_what_the_host_needs"),
        ("alliances", "0007_comments"),
    ]
    operations: ClassVar = [migrations.RunPython(strengthen)]
