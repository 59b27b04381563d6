"""The cast on PostgreSQL, entered once for all the tests of a file; what each of them does is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from tests.web.confiding import NOW, audited
from tests.web.people import WebCast, cast_of
from tests.web.postgres import Database


@pytest.fixture(scope="module")
def entered_house(postgres: Database, django_db_blocker) -> Iterator[WebCast]:
    with django_db_blocker.unblock(), postgres.signed_in():
        try:
            yield audited(cast_of(NOW - timedelta(days=2)))
        finally:
            postgres.empty()


@pytest.fixture
def house(entered_house: WebCast) -> Iterator[WebCast]:
    """The hospital and the churches have written down their audits; the stranger is in no circle with them."""
    with transaction.atomic():
        yield entered_house
        transaction.set_rollback(True)
