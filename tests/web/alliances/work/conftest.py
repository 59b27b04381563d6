"""The worker, and what it works on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial

import pytest
from django.conf import settings
from django.test import override_settings

from lichen_web.alliances.work.matching import match_circle
from lichen_web.alliances.work.meeting import meet_circle
from lichen_web.environment import Part
from tests.web.alliances.work.circles import AT, DAY, circle_of_six
from tests.web.people import WebCast
from tests.web.postgres import Database


@pytest.fixture
def as_worker(request: pytest.FixtureRequest, any_database: str) -> Callable[[], AbstractContextManager[None]]:
    """How a test becomes the worker, who alone can open cards."""
    if any_database == "postgresql":
        database: Database = request.getfixturevalue("postgres")
        return partial(database.signed_in, Part.WORKER)
    return lambda: override_settings(LICHEN=replace(settings.LICHEN, part=Part.WORKER))


@pytest.fixture
def compare(as_worker: Callable[[], AbstractContextManager[None]]) -> Callable[[WebCast, int], None]:
    """The nightly comparison on a day."""

    def compared(people: WebCast, day: int) -> None:
        with as_worker():
            match_circle(people.circle, at=AT + day * DAY)

    return compared


@pytest.fixture
def meet(as_worker: Callable[[], AbstractContextManager[None]]) -> Callable[[WebCast, int], None]:
    """The hourly meeting on a day."""

    def met(people: WebCast, day: int) -> None:
        with as_worker():
            meet_circle(people.circle, at=AT + day * DAY)

    return met


@pytest.fixture
def people(any_database: str) -> WebCast:
    """A circle of six."""
    return circle_of_six()
