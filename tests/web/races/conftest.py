"""Databases that several processes can reach: a file of SQLite, and PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lichen_web.alliances.copies.tables import bring_up
from tests.web.homes import Home, home_beside, living_in


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """A file of SQLite with every table and no row."""
    home = home_beside(tmp_path_factory.mktemp("races") / "home")
    with django_db_blocker.unblock(), living_in(home):
        bring_up("default")
    return home.folder / "lichen.sqlite3"


@pytest.fixture
def on_file(empty_file: Path, tmp_path: Path, django_db_blocker) -> Iterator[Home]:
    """The test runs on a file of SQLite of its own."""
    home = home_beside(tmp_path / "home")
    shutil.copy(empty_file, home.folder)
    with django_db_blocker.unblock(), living_in(home):
        yield home


ON_POSTGRES = pytest.param("on_postgres", id="postgresql", marks=pytest.mark.long)


@pytest.fixture(params=[pytest.param("on_file", id="sqlite"), ON_POSTGRES])
def each_database(request: pytest.FixtureRequest) -> object:
    """The test runs on both, one after the other."""
    return request.getfixturevalue(request.param)
