"""A PostgreSQL of the tests' own: started when the first test asks, stopped and thrown away when the last is done.

A test takes the fixture ``on_postgres`` to run on it, signed in as the web, or ``any_database`` to run on both.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections

from lichen_web.alliances.copies.tables import bring_up
from lichen_web.command.database import prepare_database
from lichen_web.environment import Environment, Part

SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")
"""What is written need not outlast the machine."""

EMPTIED = """DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('auth_permission', 'django_content_type', 'django_migrations')
    LOOP EXECUTE 'DELETE FROM ' || quote_ident(name); END LOOP;
END $$"""
"""Every table but those whose rows belong to the schema."""


def programs() -> Path | None:
    """The folder of the newest PostgreSQL of this machine, as Debian lays it out or as the path has it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _version(program: Path) -> int:
    return int(re.sub(r"\D", "", program.parts[4]) or 0)


@dataclass(frozen=True)
class Cluster:
    """A server that runs, with nothing in it but its superuser."""

    folder: Path
    port: int
    password: str

    def administrator(self, database: str = "postgres") -> str:
        """The address of its superuser."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def prepared(self, name: str) -> Environment:
        """An empty database of that name with the three roles, made as a host makes it."""
        address = f"postgresql://127.0.0.1:{self.port}/{name}"
        environment = replace(settings.LICHEN, database=address)
        list(prepare_database(environment, self.administrator()))
        return environment

    def migrated(self, name: str) -> Database:
        """A database with its tables."""
        database = Database(self, self.prepared(name))
        with database.signed_in(Part.OWNER):
            bring_up("default")
        return database


@dataclass(frozen=True)
class Database:
    """A database of Lichen in the cluster."""

    cluster: Cluster
    environment: Environment

    @contextmanager
    def signed_in(self, part: Part = Part.WEB) -> Iterator[None]:
        """Django's own connection is to this database, as one part of Lichen, until the block ends."""
        parts = {"ENGINE": "django.db.backends.postgresql", **replace(self.environment, part=part).database_parts}
        before = connections.settings["default"], connections["default"], settings.LICHEN
        connections.settings["default"] = connections.configure_settings({"default": parts})["default"]
        connections["default"] = connections.create_connection("default")
        settings.LICHEN = replace(self.environment, part=part)
        try:
            yield
        finally:
            connections["default"].close()
            connections.settings["default"], connections["default"], settings.LICHEN = before

    def tamper(self, *statements: str) -> None:
        """Run SQL past every trigger, constraint and policy."""
        with psycopg.connect(
            self.cluster.administrator(self.environment.database_for(Part.WEB)["dbname"])
        ) as all_of_it:
            all_of_it.execute("SET session_replication_role = replica")
            for statement in statements:
                all_of_it.execute(statement)

    def empty(self) -> None:
        """Throw every row away that no migration put there; faster than TRUNCATE, as most tables have none."""
        self.tamper(EMPTIED)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster on a free port of this machine, and stop it in the end."""
    folder, programs_at = Path(tempfile.mkdtemp(prefix="lichen-postgres-")), programs()
    assert programs_at is not None
    cluster = Cluster(folder, _free_port(), secrets.token_urlsafe(12))
    try:
        _initialise(cluster, programs_at)
        server = _start(cluster, programs_at)
        try:
            _wait_for(cluster, server)
            yield cluster
        finally:
            server.send_signal(signal.SIGINT)  # what PostgreSQL calls fast: open connections are ended
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder)


def _initialise(cluster: Cluster, programs_at: Path) -> None:
    word = cluster.folder / "password"
    word.write_text(cluster.password)
    for path in (cluster.folder, word):
        _own(path)
    options = ["--auth=scram-sha-256", "--username=postgres", f"--pwfile={word}", "--encoding=UTF8", "--locale=C"]
    made = [programs_at / "initdb", "--no-sync", *options, cluster.folder / "data"]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=cluster.folder, **_as_user())


def _start(cluster: Cluster, programs_at: Path) -> subprocess.Popen[bytes]:
    places = [f"port={cluster.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={cluster.folder}"]
    settings = [part for setting in (*places, *SETTINGS) for part in ("-c", setting)]
    command = [programs_at / "postgres", "-D", cluster.folder / "data", *settings]
    with (cluster.folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, stdout=log, stderr=log, cwd=cluster.folder, preexec_fn=_end_with_parent, **_as_user()
        )


def _wait_for(cluster: Cluster, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(cluster.administrator()).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError((cluster.folder / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return


def _end_with_parent() -> None:
    """On Linux: even if the tests are killed, no server is left behind."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


def _as_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then its own user runs it."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def _own(path: Path) -> None:
    if os.geteuid() == 0:
        postgres = pwd.getpwnam("postgres")
        os.chown(path, postgres.pw_uid, postgres.pw_gid)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
