"""``lichen-web database prepare``: the roles and the database, made once and left alone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from lichen.errors import InputError
from lichen_web.command.database import prepare_database
from lichen_web.environment import Environment, Part
from tests.web.postgres import Cluster, running_cluster


@pytest.fixture(scope="module")
def cluster(postgres_cluster: Cluster) -> Iterator[Cluster]:
    """A server of its own: roles belong to all databases of one."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def bare(cluster: Cluster, tmp_path: Path) -> Iterator[Environment]:
    """A host that has just heard of PostgreSQL."""
    yield Environment(home=tmp_path / "home", database=f"postgresql://127.0.0.1:{cluster.port}/lichen")
    with psycopg.connect(cluster.administrator(), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS lichen")
        for part in Part:
            connection.execute(f"DROP ROLE IF EXISTS {part.role}")


def prepared(environment: Environment, administrator: str) -> list[str]:
    return list(prepare_database(environment, administrator))


def asked(environment: Environment, part: Part, question: str) -> tuple[object, ...] | None:
    with psycopg.connect(**environment.database_for(part)) as connection:
        return connection.execute(question).fetchone()


def test_each_part_signs_in_as_its_own_role(bare: Environment, cluster: Cluster):
    assert prepared(bare, cluster.administrator()) == [
        "lichen_app is there, for the web.",
        "lichen_matcher is there, for the worker.",
        "lichen_owner is there, for the owner.",
        "The database lichen is there. Next: lichen-web migrate",
    ]
    for part in Part:
        assert asked(bare, part, "SELECT current_user::text, current_database()::text") == (part.role, "lichen")


def test_passwords_are_made_up_and_kept_for_the_hosts_user_alone(bare: Environment, cluster: Cluster):
    prepared(bare, cluster.administrator())
    assert bare.password_file.stat().st_mode & 0o777 == 0o600
    kept = [line.rpartition(":") for line in bare.password_file.read_text().split()]
    assert [place for place, _, _ in kept] == [f"127.0.0.1:{cluster.port}:*:{part.role}" for part in Part]
    assert len({password for _, _, password in kept}) == 3
    wrong = replace(bare, database=bare.database.replace("//", "//lichen_app:guessed@"))
    with pytest.raises(psycopg.OperationalError):
        asked(wrong, Part.WEB, "SELECT 1")


def test_doing_it_again_changes_nothing(bare: Environment, cluster: Cluster):
    prepared(bare, cluster.administrator())
    before = bare.password_file.read_text()
    prepared(bare, cluster.administrator())
    assert bare.password_file.read_text() == before
    assert asked(bare, Part.WEB, "SELECT 1") == (1,)


def test_role_that_is_there_keeps_the_password_that_nobody_here_knows(
    bare: Environment, cluster: Cluster, tmp_path: Path
):
    prepared(bare, cluster.administrator())
    prepared(replace(bare, home=tmp_path / "elsewhere"), cluster.administrator())
    assert asked(bare, Part.WEB, "SELECT 1") == (1,)


def test_password_in_an_address_is_given_to_the_role(bare: Environment, cluster: Cluster):
    chosen = replace(bare, database=bare.database.replace("//", "//lichen_app:chosen@"))
    prepared(chosen, cluster.administrator())
    assert asked(chosen, Part.WEB, "SELECT 1") == (1,)
    assert "lichen_app" not in chosen.password_file.read_text()
    assert asked(chosen, Part.OWNER, "SELECT 1") == (1,)


def test_whoever_may_make_roles_and_databases_is_enough(bare: Environment, cluster: Cluster):
    with psycopg.connect(cluster.administrator(), autocommit=True) as connection:
        connection.execute("CREATE ROLE preparer LOGIN CREATEROLE CREATEDB PASSWORD 'x'")
    try:
        address = cluster.administrator().replace(f"postgres:{cluster.password}", "preparer:x")
        for _ in range(2):
            prepared(bare, address)
        assert asked(bare, Part.OWNER, "SELECT has_schema_privilege('public', 'CREATE')") == (True,)
    finally:
        with psycopg.connect(cluster.administrator(), autocommit=True) as connection:
            connection.execute("DROP OWNED BY preparer; DROP ROLE preparer")


def test_web_and_worker_make_nothing_and_others_stay_out(bare: Environment, cluster: Cluster):
    prepared(bare, cluster.administrator())
    for part in (Part.WEB, Part.WORKER):
        rights = "SELECT has_schema_privilege('public', 'CREATE'), has_database_privilege(current_database(), 'TEMP')"
        assert asked(bare, part, rights) == (False, False)
    public = "SELECT has_database_privilege('public', current_database(), 'CONNECT')"
    assert asked(bare, Part.OWNER, public) == (False,)


def test_host_without_postgresql_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="LICHEN_DATABASE_URL"):
        prepared(Environment(home=tmp_path), "postgresql:///postgres")


def test_server_that_refuses_is_told_without_the_password(bare: Environment, cluster: Cluster):
    with pytest.raises(InputError, match="PostgreSQL refuses") as refused:
        prepared(bare, cluster.administrator().replace(cluster.password, "a-wrong-secret"))
    assert "a-wrong-secret" not in str(refused.value)
