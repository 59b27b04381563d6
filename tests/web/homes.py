"""Homes, each with its database: a test lives in one, runs ``lichen-web`` in it, or carries it elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections

from lichen_web.environment import Environment, Part
from tests.web.postgres import Database

__all__ = ["Home", "home_beside", "home_on_postgres", "lichen_web", "living_in"]


@dataclass(frozen=True, slots=True)
class Home:
    """A folder, and the database that belongs to it."""

    environment: Environment

    @property
    def folder(self) -> Path:
        return self.environment.home

    @property
    def variables(self) -> dict[str, str]:
        """What a process is given to live here."""
        own = {"LICHEN_HOME": str(self.folder), "LICHEN_DATABASE_URL": self.environment.database}
        return {name: value for name, value in (os.environ | own).items() if value and name != "DJANGO_SETTINGS_MODULE"}


def home_beside(folder: Path, other: Home | None = None) -> Home:
    """A new home on SQLite, with the keys and the erasures of another, as a host brings them."""
    folder.mkdir(mode=0o700)
    for name in ("host.key", "matcher.key", "matcher.pub", "erasures", "database.passwords"):
        if other is not None and (other.folder / name).exists():
            shutil.copy(other.folder / name, folder / name)
    return Home(Environment(home=folder))


def home_on_postgres(home: Home, database: Database, name: str, *, template: str = "template0") -> Home:
    """The same home on a database of that name: without tables, or with those of a template."""
    with psycopg.connect(database.cluster.administrator(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER lichen_owner")
    with psycopg.connect(database.cluster.administrator(name), autocommit=True) as connection:
        connection.execute("GRANT ALL ON SCHEMA public TO lichen_owner")
    shutil.copy(database.environment.password_file, home.environment.password_file)
    address = f"postgresql://127.0.0.1:{database.cluster.port}/{name}"
    return Home(replace(home.environment, database=address))


@contextmanager
def living_in(home: Home, part: Part = Part.OWNER) -> Iterator[None]:
    """Django's own connection and settings are those of this home until the block ends."""
    before = connections.settings["default"], connections["default"], settings.LICHEN, settings.SQLITE
    environment = replace(home.environment, part=part)
    postgresql = {**settings.POSTGRESQL, **environment.database_parts}
    sqlite = {**settings.SQLITE, "NAME": environment.home / settings.SQLITE["NAME"].name}
    chosen = postgresql if environment.database else sqlite
    connections.settings["default"] = connections.configure_settings({"default": chosen})["default"]
    settings.LICHEN, settings.SQLITE = environment, sqlite
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"], settings.LICHEN, settings.SQLITE = before


def lichen_web(home: Home, *words: str, more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """What ``lichen-web`` answers in this home."""
    command = [sys.executable, "-m", "lichen_web.command.main", *words]
    return subprocess.run(command, env=home.variables | dict(more or {}), capture_output=True, text=True, timeout=120)
