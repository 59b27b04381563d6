"""A home in which people live, on each database, as long as these tests run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from lichen_web.alliances.copies.moving import database_there, move
from lichen_web.alliances.copies.tables import bring_up
from tests.web.homes import Home, home_beside, home_on_postgres, living_in
from tests.web.people import WebCast, cast_of

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Inhabited:
    """A home, and who lives in it."""

    home: Home
    cast: WebCast


@pytest.fixture(params=["sqlite", "postgresql"])
def inhabited(request: pytest.FixtureRequest, tmp_path, django_db_blocker) -> Iterator[Inhabited]:
    home = home_beside(tmp_path / "home")
    with django_db_blocker.unblock():
        with living_in(home):
            bring_up("default")
            cast = cast_of(AT)
        if request.param == "postgresql":
            grown = home_on_postgres(home, request.getfixturevalue("postgres"), "kills", template="lichen")
            with living_in(home):
                move(database_there(grown.environment.database), at=AT)
            home = grown
        yield Inhabited(home, cast)
