"""The cast, in the database once for all the tests of a file; what each of them does is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from lichen_web.alliances.access.transactions import whole
from lichen_web.environment import Part
from tests.web.alliances.actions.acts import NOW
from tests.web.alliances.one_of_each import write_one_of_each
from tests.web.people import WebCast, cast_of
from tests.web.postgres import Database


@pytest.fixture(scope="module")
def entered_cast(django_db_setup, django_db_blocker) -> Iterator[WebCast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast_of(NOW - timedelta(days=2))
        transaction.set_rollback(True)


@pytest.fixture
def cast(entered_cast: WebCast, db) -> WebCast:
    return entered_cast


@pytest.fixture
def rows(on_postgres: Database) -> Database:
    """One row of OURS in every table that PostgreSQL guards."""
    with on_postgres.signed_in(Part.OWNER), whole():
        write_one_of_each()
    return on_postgres
