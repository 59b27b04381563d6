"""The cast, in the database once for all the tests of a file; what each of them does is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from tests.web.alliances.actions.acts import NOW
from tests.web.people import WebCast, cast_of


@pytest.fixture(scope="module")
def entered_cast(django_db_setup, django_db_blocker) -> Iterator[WebCast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast_of(NOW - timedelta(days=2))
        transaction.set_rollback(True)


@pytest.fixture
def cast(entered_cast: WebCast, db) -> WebCast:
    return entered_cast
