"""Work in the background: what is to be done, by ids only."""

from __future__ import annotations

from uuid import UUID

from django_q.tasks import async_task

__all__ = ["RUNNER", "enqueue"]

RUNNER = "lichen_web.alliances.work.running.run_job"
"""What the worker calls, with the job's name and its ids."""


def enqueue(job: str, *ids: UUID) -> None:
    """Have the worker do something, once the transaction that is open has come about.

    Args:
        job: A name of ``lichen_web.alliances.work.running.JOBS``.
        ids: Of what it is about; never anything that says more than that.
    """
    async_task(RUNNER, job, *map(str, ids), task_name=job)
