"""What the host sees of the work in the background: what failed, never what it was about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django_q.models import Failure

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.jobs import as_job
from lichen_web.alliances.models import Mail

__all__ = ["FailedJob", "FailedMail", "failed_jobs", "failed_mails", "given_up_jobs"]


@dataclass(frozen=True, slots=True)
class FailedMail:
    """A mail that was given up."""

    id: UUID
    """Which."""
    kind: str
    """Which mail it is, such as ``invitation``."""
    tries: int
    """How often it was tried."""
    failure: str
    """The class of what went wrong the last time."""
    failed_at: datetime
    """When it was given up."""


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was given up."""

    id: UUID
    """Which."""
    kind: str
    """Its name, such as ``sweep_mails``."""
    tries: int
    """How often it was tried."""
    failure: str
    """The class of what went wrong the last time."""
    failed_at: datetime
    """When it was given up."""


def failed_mails(actor: Actor) -> tuple[FailedMail, ...]:
    """The mails that were given up, last first.

    Raises:
        NotThere: Whoever asks does not run this host.
    """
    may(actor, "console")
    rows = Mail.objects.exclude(failed_at=None).order_by("-failed_at", "id")
    fields = ("id", "kind", "tries", "failure", "failed_at")
    return tuple(FailedMail(*row) for row in rows.values_list(*fields))


def failed_jobs(actor: Actor) -> tuple[FailedJob, ...]:
    """The jobs that were given up, last first.

    Raises:
        NotThere: Whoever asks does not run this host.
    """
    may(actor, "console")
    return tuple(
        FailedJob(UUID(row.id), _name(row.args), row.attempt_count, _failure(row.result), row.stopped)
        for row in given_up_jobs().order_by("-stopped", "id")
    )


def given_up_jobs() -> QuerySet[Failure]:
    """The queue's own rows of them; what failed and is still tried again is not among them."""
    rows: QuerySet[Failure] = Failure.objects.filter(attempt_count__gte=settings.Q_CLUSTER["max_attempts"])
    return rows


def _name(args: object) -> str:
    name, _ids = as_job(args) or ("", ())
    return name


def _failure(result: object) -> str:
    """The class at the head of what the queue keeps: the words of ``JobFailed``, a colon, where it was raised."""
    words: Sequence[str] = str(result).split(" : ", maxsplit=1)
    return words[0] if words[0].isidentifier() else ""
