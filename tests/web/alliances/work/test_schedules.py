"""What the worker does by the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django_q.models import Schedule
from django_q.scheduler import scheduler

from lichen_web.alliances.jobs import HEARTBEAT
from lichen_web.alliances.work.running import JOBS
from lichen_web.alliances.work.schedules import SCHEDULES, make_schedules
from tests.web.queued import queued_jobs

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_every_schedule_is_of_a_job():
    assert set(SCHEDULES) <= set(JOBS)
    assert SCHEDULES[HEARTBEAT] == Schedule.MINUTES


def test_starting_again_makes_no_second_schedule_and_has_nothing_run_sooner():
    for hours in range(3):
        make_schedules(at=NOW + timedelta(hours=hours))
    kept = {row.name: (row.schedule_type, row.next_run) for row in Schedule.objects.all()}
    assert kept == {job: (often, NOW) for job, often in SCHEDULES.items()}
    assert Schedule.objects.count() == len(SCHEDULES)


def test_schedule_that_is_no_longer_wanted_goes():
    Schedule.objects.create(name="of an older version", func="no.such.thing")
    make_schedules(at=NOW)
    assert not Schedule.objects.filter(name="of an older version").exists()


def test_due_schedules_become_jobs_and_nothing_is_caught_up():
    """A machine that was off for a night sweeps once in the morning, not six hundred times."""
    make_schedules(at=NOW - timedelta(days=10))
    scheduler()
    scheduler()
    assert sorted(queued_jobs()) == sorted((job,) for job in SCHEDULES)
