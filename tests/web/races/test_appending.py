"""Eight processes append events at once: no event is lost, none has the number of another, and every chain verifies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import pytest

from lichen_web.environment import Part
from tests.house.source import ROOT
from tests.web.postgres import Database
from tests.web.races.appending import PATIENCE, append

PROCESSES = 8

Variables = Mapping[str, str]


@pytest.fixture
def sqlite_house(tmp_path: Path) -> Variables:
    """A home of its own, with its tables."""
    variables = {"DJANGO_SETTINGS_MODULE": "lichen_web.settings", "LICHEN_HOME": str(tmp_path / "home")}
    told("migrate", variables)
    return variables


@pytest.fixture
def postgres_house(on_postgres: Database) -> Variables:
    """The PostgreSQL of the tests, as the web signs in to it."""
    here = on_postgres.environment
    return {
        "DJANGO_SETTINGS_MODULE": "lichen_web.settings",
        "LICHEN_HOME": str(here.home),
        "LICHEN_DATABASE_URL": here.database,
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest) -> Variables:
    return request.getfixturevalue({"sqlite": "sqlite_house", "postgresql": "postgres_house"}[request.param])


def told(command: str, variables: Variables) -> str:
    """What a command of the host says."""
    ran = subprocess.run(
        [sys.executable, "-m", "lichen_web.command.main", *command.split()],
        env={**os.environ, **variables, "LICHEN_PART": Part.OWNER},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return ran.stdout


@pytest.fixture
def race(house: Variables, record_property: Callable[[str, object], None]) -> Callable[..., int]:
    """Has eight processes append at once; how often they were refused."""

    def run(way: str, *, chains: int, times: int) -> int:
        return raced(house, way, chains, times, record_property)

    return run


def raced(house: Variables, way: str, chains: int, times: int, note: Callable[[str, object], None]) -> int:
    context = get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(PROCESSES, context) as pool:
        barrier = manager.Barrier(PROCESSES + 1)
        running = [pool.submit(append, house, way, chains, times, barrier) for _ in range(PROCESSES)]
        barrier.wait(PATIENCE)
        began = perf_counter()
        refusals = sum(each.result() for each in running)
        note("appends a second", round(PROCESSES * times / (perf_counter() - began)))
    return refusals


@pytest.mark.long
@pytest.mark.parametrize("chains", [1, 50])
def test_events_appended_at_once_stand_in_chains_without_a_gap(house: Variables, race, chains: int):
    assert race("locked", chains=chains, times=100) == 0
    assert told("events verify", house).splitlines() == [
        f"{chains} chains with {PROCESSES * 100} events; the payloads of 0 were erased, as they may be.",
        "Nothing was changed.",
    ]


@pytest.mark.long
def test_naive_way_is_refused_on_postgresql_by_the_constraint_that_numbers_are_one_events(
    postgres_house: Variables, record_property
):
    assert raced(postgres_house, "naive", 1, 25, record_property) > 0
