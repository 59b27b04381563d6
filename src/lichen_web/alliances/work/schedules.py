"""What the worker does by the clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_q.models import Schedule

from lichen_web.alliances.jobs import HEARTBEAT, RUNNER

__all__ = ["SCHEDULES", "make_schedules"]

SCHEDULES = {HEARTBEAT: Schedule.MINUTES, "keep_house": Schedule.DAILY, "match_circles": Schedule.DAILY}
"""How often each of these jobs runs."""


def make_schedules(*, at: datetime) -> None:
    """Have the queue keep these schedules and no others, each beginning now; doing it twice changes nothing more."""
    with transaction.atomic():
        Schedule.objects.exclude(name__in=SCHEDULES).delete()
        for job, often in SCHEDULES.items():
            kept = {"func": RUNNER, "args": repr((job,)), "schedule_type": often, "minutes": 1, "next_run": at}
            Schedule.objects.update_or_create(name=job, defaults=kept)
