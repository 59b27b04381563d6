"""The host has something done again that was given up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import acting
from lichen_web.alliances.access.work import given_up_jobs
from lichen_web.alliances.events import record
from lichen_web.alliances.jobs import as_job, enqueue
from lichen_web.alliances.models import Mail
from lichen_web.alliances.models.event import ChainOf

__all__ = ["run_again", "send_again"]


def send_again(actor: Actor, *, mail: UUID, at: datetime) -> None:
    """Try anew to send a mail that was given up.

    Raises:
        NotThere: Whoever asks does not run this host, or no such mail was given up.
    """
    with acting(actor):
        may(actor, "send_again")
        fresh = {"tries": 0, "claimed_at": None, "failed_at": None, "failure": ""}
        if not Mail.objects.filter(id=mail).exclude(failed_at=None).update(**fresh):
            raise NotThere
        enqueue("send_mail", mail)
        record("mail_sent_again", of=ChainOf.HOST, at=at, person=actor.person, about=mail)


def run_again(actor: Actor, *, task: UUID, at: datetime) -> None:
    """Run a job again that was given up.

    Raises:
        NotThere: Whoever asks does not run this host, or no such job was given up.
    """
    with acting(actor):
        may(actor, "run_again")
        failed = given_up_jobs().select_for_update().filter(id=task.hex).first()
        job = None if failed is None else as_job(failed.args)
        if failed is None or job is None:
            raise NotThere
        name, ids = job
        failed.delete()
        enqueue(name, *ids)
        record("job_run_again", of=ChainOf.HOST, at=at, person=actor.person, about=task)
