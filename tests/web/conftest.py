"""Two databases to test on: SQLite for most, and a PostgreSQL that is started when the first test asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial

import pytest

from lichen_web.environment import Part
from tests.needs import missing
from tests.web.postgres import Cluster, Database, programs, running_cluster
from tests.web.sqlite.base import tamper_on_sqlite


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A server for this run of the tests; what needs it is skipped where PostgreSQL is not installed."""
    if programs() is None:
        missing("postgresql")
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres(postgres_cluster: Cluster, django_db_blocker) -> Database:
    """A database with every table and no row."""
    with django_db_blocker.unblock():
        return postgres_cluster.migrated("lichen")


@pytest.fixture
def on_postgres(postgres: Database, django_db_blocker) -> Iterator[Database]:
    """The test runs on PostgreSQL, signed in as the web is; whatever it wrote is gone afterwards."""
    with django_db_blocker.unblock():
        try:
            with postgres.signed_in():
                yield postgres
        finally:
            postgres.empty()


ON_SQLITE = pytest.param("sqlite", marks=pytest.mark.django_db(transaction=True))


@pytest.fixture(params=[ON_SQLITE, "postgresql"])
def any_database(request: pytest.FixtureRequest) -> str:
    """The test runs on both databases, one after the other; which it is."""
    if request.param == "postgresql":
        request.getfixturevalue("on_postgres")
    return str(request.param)


@pytest.fixture
def as_owner(any_database: str, request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[None]]:
    """Begins what is done as the owner of the tables; on SQLite there is only one."""
    if any_database == "sqlite":
        return nullcontext
    return partial(request.getfixturevalue("on_postgres").signed_in, Part.OWNER)


@pytest.fixture
def tamper(any_database: str, request: pytest.FixtureRequest) -> Callable[..., None]:
    """Runs SQL past every trigger, constraint and policy, as somebody can who has the whole database."""
    return tamper_on_sqlite if any_database == "sqlite" else request.getfixturevalue("on_postgres").tamper
