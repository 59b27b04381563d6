"""What the worker runs, by name, and the one place that says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

import structlog
from django.utils import timezone
from django_q.exceptions import TimeoutException

from lichen_web.alliances.actions.events import mark_chains
from lichen_web.alliances.work.housekeeping import drop_briefs, keep_house
from lichen_web.alliances.work.listed import look_for_new, search_again
from lichen_web.alliances.work.mails import send_mail, sweep_mails
from lichen_web.alliances.work.matching import match_circle, match_circles
from lichen_web.alliances.work.meeting import meet, meet_circle

__all__ = ["JOBS", "JobFailed", "run_job"]

_LOG = structlog.stdlib.get_logger("lichen.job")

JOBS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "drop_briefs": drop_briefs,
        "keep_house": keep_house,
        "look_for_new": look_for_new,
        "mark_chains": mark_chains,
        "match_circle": match_circle,
        "match_circles": match_circles,
        "meet": meet,
        "meet_circle": meet_circle,
        "search_again": search_again,
        "send_mail": send_mail,
        "sweep_mails": sweep_mails,
    }
)
"""Every job: a function that takes ids, and ``at``, when it runs. It may run twice, and must then change nothing."""


class JobFailed(Exception):
    """A job did not succeed. It bears the class of what went wrong and no more: the queue keeps what is raised."""


def run_job(job: str, *ids: str) -> None:
    """Run a job; the worker calls it.

    Args:
        job: A name of :data:`JOBS`.
        ids: Of what it is about.

    Raises:
        JobFailed: Something went wrong.
    """
    try:
        JOBS[job](*map(UUID, ids), at=timezone.now())
    except (Exception, TimeoutException) as error:
        failure = type(error).__name__
        _LOG.exception("job failed", job=job)
    else:
        return
    # Raised out here, so that nothing hangs on it by which the queue could find the words of the first.
    raise JobFailed(failure)
