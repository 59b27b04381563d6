"""Work in the background: what is to be done, by ids only."""

from __future__ import annotations

from uuid import UUID

from django_q.tasks import async_task

__all__ = ["HEARTBEAT", "NAMES", "RUNNER", "as_job", "enqueue"]

RUNNER = "lichen_web.alliances.work.running.run_job"
"""What the worker calls, with the job's name and its ids."""
HEARTBEAT = "sweep_mails"
"""The job of every minute, by which one sees that the worker is there."""

NAMES = frozenset(
    (
        "drop_briefs keep_house look_for_new mark_chains match_circle match_circles"
        " meet meet_circle search_again send_mail sweep_mails"
    ).split()
)
"""Every job there is; no other is ever taken from the queue."""


def as_job(args: object) -> tuple[str, tuple[UUID, ...]] | None:
    """A job's name and its ids, out of what a table of the queue's holds; ``None`` if they are none of ours."""
    if not isinstance(args, list | tuple) or not args or not all(isinstance(each, str) for each in args):
        return None
    name, *ids = args
    try:
        return (name, tuple(map(UUID, ids))) if name in NAMES else None
    except ValueError:
        return None


def enqueue(job: str, *ids: UUID) -> None:
    """Have the worker do something, once the transaction that is open has come about.

    The queue is a table of the same database: a transaction that is rolled back leaves no job.

    Args:
        job: A name of ``lichen_web.alliances.work.running.JOBS``.
        ids: Of what it is about; never anything that says more than that.

    Raises:
        TypeError: Something given is no id. The queue keeps what it is given in the clear.
    """
    if not all(isinstance(each, UUID) for each in ids):
        raise TypeError("a job takes ids only")
    async_task(RUNNER, job, *map(str, ids), task_name=job)
