"""Homes with something in them, and empty ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lichen_web.alliances.copies.tables import bring_up
from tests.web.copies.scene import Scene, scene_of
from tests.web.homes import Home, home_beside, living_in


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> tuple[Home, Scene]:
    """A home in which everything has happened; made once, and never changed."""
    home = home_beside(tmp_path_factory.mktemp("furnished") / "home")
    with django_db_blocker.unblock(), living_in(home):
        bring_up("default")
        return home, scene_of()


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Home:
    """A home with the tables and nothing in them; made once, and never changed."""
    home = home_beside(tmp_path_factory.mktemp("bare") / "home")
    with django_db_blocker.unblock(), living_in(home):
        bring_up("default")
    return home


@pytest.fixture
def scene(furnished: tuple[Home, Scene]) -> Scene:
    """Who is in the home, and what they confessed."""
    return furnished[1]


@pytest.fixture
def home(furnished: tuple[Home, Scene], tmp_path: Path, django_db_blocker) -> Iterator[Home]:
    """A home of this test's own in which everything has happened."""
    yield from copied(furnished[0], tmp_path / "home", django_db_blocker)


@pytest.fixture
def elsewhere(bare: Home, home: Home, tmp_path: Path) -> Home:
    """Another home, empty but for its tables, to which the host has brought the keys."""
    other = home_beside(tmp_path / "elsewhere", home)
    shutil.copy(bare.folder / "lichen.sqlite3", other.folder)
    return other


def copied(home: Home, to: Path, blocker) -> Iterator[Home]:
    """A copy of a home, for one test."""
    shutil.copytree(home.folder, to)
    with blocker.unblock():
        yield Home(replace(home.environment, home=to))
