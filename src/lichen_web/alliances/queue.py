"""The queue in plain text: whoever writes its rows, with or without its key, can have nothing run but our jobs.

django-q signs pickles, and keeps what was given to a job that failed as a pickle. Here its tables hold JSON alone, and
what the worker runs is made anew, with one function fixed, from a name out of a list and ids.
"""

from __future__ import annotations

import json
import re
from typing import Any

import structlog
from django.db.models.signals import post_save
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.models import Task
from django_q.signals import call_hook, pre_enqueue
from django_q.signing import SignedPackage
from picklefield import PickledObjectField

from lichen_web.alliances.jobs import RUNNER, as_job

__all__ = ["NotOurs", "PlainField", "PlainQueue", "keep_plain"]

_LOG = structlog.stdlib.get_logger("lichen.queue")
_TASK = re.compile(r"[0-9a-f]{32}", re.ASCII)


class NotOurs(Exception):
    """Something that is none of our jobs."""


class PlainQueue(ORM):  # type: ignore[misc]
    """The table of jobs that wait, each with its id, its name and what it is about, and no more."""

    def enqueue(self, task: str) -> int:
        """Write down what this very process has packed a moment ago."""
        packed = SignedPackage.loads(task)
        row = {"id": packed["id"], "args": _checked(packed["func"], packed["args"])}
        key: int = super().enqueue(json.dumps(row))
        return key

    def dequeue(self) -> list[tuple[int, str]]:
        """What is to be run; what is none of our jobs is thrown away unread."""
        found = []
        for key, payload in super().dequeue() or ():
            try:
                found.append((key, _packed(payload)))
            except (NotOurs, ValueError, TypeError, KeyError, RecursionError) as error:
                _LOG.error("no job of ours in the queue", failure=type(error).__name__)
                self.delete(key)
        return found


class PlainField(PickledObjectField):  # type: ignore[misc]
    """A column of django-q's, as JSON; what is no JSON is nothing."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As django-q's own migrations know it: the column is the same."""
        name, _path, given, named = super().deconstruct()
        return name, "picklefield.fields.PickledObjectField", given, named

    def to_python(self, value: object) -> object:
        """It is what it is."""
        return value

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> object:
        """Read."""
        try:
            return None if value is None else json.loads(value)
        except (ValueError, RecursionError):
            return None

    def pre_save(self, model_instance: Any, add: bool) -> object:
        """What the row is given."""
        return getattr(model_instance, self.attname)

    def get_db_prep_value(self, value: object, connection: object = None, prepared: bool = False) -> str | None:
        """Write."""
        return None if value is None else json.dumps(value, default=str)


def keep_plain() -> None:
    """Have django-q keep no pickles and call nothing that a row names; once, when Django starts."""
    for name in ("args", "kwargs", "result"):
        Task._meta.get_field(name).__class__ = PlainField
    post_save.disconnect(call_hook, sender=Task)
    pre_enqueue.connect(_refuse_others, dispatch_uid="lichen_web.alliances.queue")


def _refuse_others(*, task: dict[str, Any], **_: object) -> None:
    """Before anything is packed: a schedule, too, may name our jobs alone, and have none run where it is read."""
    _checked(task["func"], task["args"])
    for more in set(task) - {"id", "name", "func", "args", "started"}:
        del task[more]
    task["kwargs"] = {}


def _checked(func: object, args: object) -> list[str]:
    job = as_job(args) if func == RUNNER else None
    if job is None:
        raise NotOurs
    name, ids = job
    return [name, *map(str, ids)]


def _packed(payload: str) -> str:
    row = json.loads(payload)
    if set(row) != {"id", "args"} or not _TASK.fullmatch(row["id"]):
        raise NotOurs
    args = tuple(_checked(RUNNER, row["args"]))
    task = {"id": row["id"], "name": args[0], "func": RUNNER, "args": args, "kwargs": {}, "started": timezone.now()}
    packed: str = SignedPackage.dumps(task)
    return packed
