"""Lichen starts on no database whose walls are down, and says everything that is wrong at once."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.db import connection

from lichen.errors import InputError
from lichen_web.alliances.standing import APPEND_ONLY, POLICIES, faults, refuse_unsafe
from lichen_web.environment import Part
from tests.web.postgres import Database


def told(part: Part = Part.WEB) -> list[str]:
    return [found.what for found in faults(part)]


def test_walls_stand(any_database: str):
    assert told() == []
    refuse_unsafe(Part.WEB)
    assert [found for found in run_checks(databases=["default"]) if found.id == "lichen.E201"] == []


@pytest.mark.parametrize("part", Part)
def test_walls_stand_for_every_part(on_postgres: Database, part: Part):
    with on_postgres.signed_in(part):
        assert told(part) == []


@pytest.fixture
def broken(on_postgres: Database):
    """Runs SQL as the database's administrator, and undoes it afterwards."""
    undoing: list[str] = []

    def run(statement: str, undo: str) -> None:
        undoing.append(undo)
        on_postgres.tamper(statement)

    yield run
    on_postgres.tamper(*reversed(undoing))


FAULTS = {
    "row-level security of lichen_offer is off": (
        "ALTER TABLE lichen_offer DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE lichen_offer ENABLE ROW LEVEL SECURITY",
    ),
    "row-level security of lichen_grant is not forced on its owner": (
        "ALTER TABLE lichen_grant NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE lichen_grant FORCE ROW LEVEL SECURITY",
    ),
    "policy all_of_it of lichen_offer is not Lichen's": (
        "CREATE POLICY all_of_it ON lichen_offer FOR SELECT USING (true)",
        "DROP POLICY all_of_it ON lichen_offer",
    ),
    "policy own of lichen_proposal is not there": (
        "ALTER POLICY own ON lichen_proposal RENAME TO mine",
        "ALTER POLICY mine ON lichen_proposal RENAME TO own",
    ),
    "policy whole of lichen_sealed_part lets everything pass": (
        "ALTER POLICY whole ON lichen_sealed_part USING (true)",
        "ALTER POLICY whole ON lichen_sealed_part USING (current_setting('lichen.whole', true) = 'yes')",
    ),
    "trigger lichen_event.lichen_append_only is not there, or is switched off: what happened could be changed": (
        "ALTER TABLE lichen_event DISABLE TRIGGER lichen_append_only",
        "ALTER TABLE lichen_event ENABLE TRIGGER lichen_append_only",
    ),
    "trigger lichen_complaint.lichen_stays is not there, or is switched off: what happened could be changed": (
        "ALTER TABLE lichen_complaint DISABLE TRIGGER lichen_stays",
        "ALTER TABLE lichen_complaint ENABLE TRIGGER lichen_stays",
    ),
    "trigger lichen_event.lichen_in_its_place is not there, or is switched off: what happened could be changed": (
        "ALTER TABLE lichen_event DISABLE TRIGGER lichen_in_its_place",
        "ALTER TABLE lichen_event ENABLE TRIGGER lichen_in_its_place",
    ),
    "function lichen_is_party looks for tables where others could put them": (
        "ALTER FUNCTION lichen_is_party SET search_path = public",
        "ALTER FUNCTION lichen_is_party SET search_path = pg_catalog, public, pg_temp",
    ),
    "function lichen_owns_part can be called by anybody": (
        "GRANT EXECUTE ON FUNCTION lichen_owns_part TO PUBLIC",
        "REVOKE EXECUTE ON FUNCTION lichen_owns_part FROM PUBLIC",
    ),
    "lichen_app is a superuser of PostgreSQL, whom no policy stops": (
        "ALTER ROLE lichen_app SUPERUSER",
        "ALTER ROLE lichen_app NOSUPERUSER",
    ),
    "lichen_app may pass by row-level security": (
        "ALTER ROLE lichen_app BYPASSRLS",
        "ALTER ROLE lichen_app NOBYPASSRLS",
    ),
    "lichen_app owns lichen_vulnerability, or belongs to its owner": (
        "ALTER TABLE lichen_vulnerability OWNER TO lichen_app",
        # Whoever owned a table and does so no longer has lost what it was granted before.
        "ALTER TABLE lichen_vulnerability OWNER TO lichen_owner;"
        " GRANT SELECT, INSERT, UPDATE ON lichen_vulnerability TO lichen_app",
    ),
    "lichen_app may change what stands in lichen_event": (
        "GRANT DELETE ON lichen_event TO lichen_app",
        "REVOKE DELETE ON lichen_event FROM lichen_app",
    ),
    "lichen_app may change what stands in lichen_match_card": (
        "GRANT UPDATE (sealed) ON lichen_match_card TO lichen_app",
        "REVOKE UPDATE (sealed) ON lichen_match_card FROM lichen_app",
    ),
    "lichen_app may delete from lichen_grant": (
        "GRANT DELETE ON lichen_grant TO lichen_app",
        "REVOKE DELETE ON lichen_grant FROM lichen_app",
    ),
    "lichen_app may make proposals": (
        "GRANT INSERT ON lichen_proposal TO lichen_app",
        "REVOKE INSERT ON lichen_proposal FROM lichen_app",
    ),
    "lichen_app may read match cards": (
        "GRANT SELECT (sealed) ON lichen_match_card TO lichen_app",
        "REVOKE SELECT (sealed) ON lichen_match_card FROM lichen_app",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fallen_wall_is_told_and_refused(broken, fault: str):
    broken(*FAULTS[fault])
    assert fault in told()
    with pytest.raises(InputError):
        refuse_unsafe(Part.WEB)


def test_member_of_the_owner_is_refused(broken):
    broken("GRANT lichen_owner TO lichen_app", "REVOKE lichen_owner FROM lichen_app")
    owned = [what for what in told() if "belongs to its owner" in what]
    assert len(owned) == len({*POLICIES, *APPEND_ONLY})


def test_every_fault_is_told_at_once(broken):
    for breaking in FAULTS.values():
        broken(*breaking)
    with pytest.raises(InputError) as refused:
        refuse_unsafe(Part.WEB)
    assert set(FAULTS) <= {problem.what for problem in refused.value.problems}


def test_owner_may_own_and_must_not_be_a_superuser(on_postgres: Database, broken):
    broken("ALTER ROLE lichen_owner SUPERUSER", "ALTER ROLE lichen_owner NOSUPERUSER")
    with on_postgres.signed_in(Part.OWNER):
        assert told(Part.OWNER) == ["lichen_owner is a superuser of PostgreSQL, whom no policy stops"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "trigger", ["lichen_event_no_update", "lichen_event_no_delete", "lichen_chain_no_insert", "lichen_grant_stays"]
)
def test_trigger_that_is_gone_is_told_on_sqlite(trigger: str):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}")
    what = f"trigger {trigger} is not there, or is switched off: what happened could be changed"
    assert told() == [what]
    assert [found.msg for found in run_checks(databases=["default"]) if found.id == "lichen.E201"] == [what]


def test_database_without_tables_has_no_walls_yet(postgres_cluster, django_db_blocker):
    with django_db_blocker.unblock():
        empty = Database(postgres_cluster, postgres_cluster.prepared("walls_of_nothing"))
        with empty.signed_in(Part.OWNER):
            assert [found for found in run_checks(databases=["default"]) if found.id == "lichen.E201"] == []
            assert told(Part.OWNER) == [f"{table} is not there" for table in sorted({*POLICIES, *APPEND_ONLY})]
