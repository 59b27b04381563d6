"""What the host does at the terminal: with a home of its own, and as the owner of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lichen_web.environment import Environment, Part
from tests.web.people import WebCast, cast_of

DAY = datetime(2026, 11, 22, 9, tzinfo=UTC)

AsOwner = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def home(any_database: str, settings: Any, tmp_path: Path) -> Environment:
    settings.LICHEN = replace(settings.LICHEN, home=tmp_path / "home")
    return settings.LICHEN


@pytest.fixture
def people(home: Environment) -> WebCast:
    return cast_of(DAY)


@pytest.fixture
def as_owner(home: Environment, any_database: str, request: pytest.FixtureRequest, settings: Any) -> AsOwner:
    """What the host does at the terminal is done as the owner of the tables."""

    @contextmanager
    def owning() -> Iterator[None]:
        if any_database == "sqlite":
            yield
        else:
            here = settings.LICHEN
            with request.getfixturevalue("postgres").signed_in(Part.OWNER):
                settings.LICHEN = replace(here, part=Part.OWNER)
                yield

    return owning
