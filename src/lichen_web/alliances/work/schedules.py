"""What the worker does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django_q.models import Schedule

from lichen_web.alliances.jobs import HEARTBEAT, RUNNER

__all__ = ["SCHEDULES", "make_schedules"]

SCHEDULES = {
    HEARTBEAT: Schedule.MINUTES,
    "meet": Schedule.HOURLY,
    **dict.fromkeys(("keep_house", "mark_chains", "match_circles", "search_again"), Schedule.DAILY),
}
"""How often each of these jobs runs."""


def make_schedules(*, at: datetime) -> None:
    """Have the queue keep these schedules and no others; one that is kept already runs when it would have run."""
    with transaction.atomic():
        Schedule.objects.exclude(name__in=SCHEDULES).delete()
        for job, often in SCHEDULES.items():
            kept = {"func": RUNNER, "args": repr((job,)), "schedule_type": often, "minutes": 1}
            Schedule.objects.update_or_create(
                name=job, defaults=kept, create_defaults={**kept, "next_run": _first_run(often, at)}
            )


def _first_run(often: str, at: datetime) -> datetime:
    """At once; what is hourly on the hour, so that nobody can read off it when anybody did anything."""
    on_the_hour = at.replace(minute=0, second=0, microsecond=0)
    return on_the_hour + timedelta(hours=1) if often == Schedule.HOURLY and on_the_hour < at else at
