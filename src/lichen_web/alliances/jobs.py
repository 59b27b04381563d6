"""Work in the background: what is to be done, by ids only."""

from __future__ import annotations

from uuid import UUID

from django_q.tasks import async_task

__all__ = ["HEARTBEAT", "RUNNER", "enqueue"]

RUNNER = "lichen_web.alliances.work.running.run_job"
"""What the worker calls, with the job's name and its ids."""
HEARTBEAT = "sweep_mails"
"""The job of every minute, by which one sees that the worker is there."""


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
