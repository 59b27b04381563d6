"""Whether the house stands: what anybody may know of it, which is ok or not, and how much work waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django_q.models import OrmQ, Schedule

from lichen_web.accounts.models import Person
from lichen_web.alliances.access.work import given_up_jobs
from lichen_web.alliances.copies.tables import is_current
from lichen_web.alliances.jobs import HEARTBEAT
from lichen_web.alliances.models import Mail

__all__ = ["Health", "Workload", "health", "is_hosted", "workload"]

_SILENCE = timedelta(minutes=3)
"""The worker has something to do every minute; after this long without a sign of it, it is not there."""


@dataclass(frozen=True, slots=True)
class Health:
    """Which parts of the house stand."""

    database: bool
    """Whether the database answers."""
    migrations: bool = False
    """Whether its tables are those that this version of Lichen knows."""
    worker: bool = False
    """Whether the worker takes up what waits."""


@dataclass(frozen=True, slots=True)
class Workload:
    """How much waits, and how much was given up."""

    jobs_waiting: int
    """Jobs that wait or are being done."""
    jobs_failed: int
    """Jobs that were given up."""
    mails_waiting: int
    """Mails not yet sent."""
    mails_failed: int
    """Mails that were given up."""


def health(*, at: datetime) -> Health:
    """How the house stands; asked without an actor, since it says nothing of anybody."""
    try:
        if not is_current(DEFAULT_DB_ALIAS):
            return Health(database=True)
        return Health(database=True, migrations=True, worker=_is_worker_there(at))
    except DatabaseError:
        return Health(database=False)


def workload() -> Workload:
    """How much there is to do; for whoever watches the house."""
    unsent = Mail.objects.filter(sent_at=None)
    return Workload(
        jobs_waiting=OrmQ.objects.count(),
        jobs_failed=given_up_jobs().count(),
        mails_waiting=unsent.filter(failed_at=None).count(),
        mails_failed=unsent.exclude(failed_at=None).count(),
    )


def is_hosted() -> bool:
    """Whether anybody runs this host."""
    return Person.objects.exclude(hosting_since=None).filter(suspended_at=None).exists()


def _is_worker_there(at: datetime) -> bool:
    """Whether its clock runs, and nothing that could be done has been left lying."""
    silent_since = at - _SILENCE
    beats = Schedule.objects.filter(name=HEARTBEAT, next_run__gt=silent_since).exists()
    return beats and not OrmQ.objects.filter(lock__lt=silent_since).exists()
