"""Whoever writes rows of the queue has nothing run by it but our jobs."""

from __future__ import annotations

import base64
import json
import pickle
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import Failure, OrmQ, Schedule, Task
from django_q.scheduler import scheduler
from django_q.signing import SignedPackage
from django_q.tasks import async_task

from lichen_web.alliances.jobs import NAMES, RUNNER, enqueue
from lichen_web.alliances.queue import NotOurs
from lichen_web.alliances.work.running import JOBS

pytestmark = pytest.mark.django_db
ID = "a" * 32


class Planted:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.mark,))


def test_names_are_those_of_the_jobs():
    assert set(JOBS) == NAMES


def test_row_that_is_no_job_goes_unread(tmp_path: Path):
    mark, about = tmp_path / "mark", str(uuid4())
    signed = SignedPackage.dumps(Planted(mark))
    rows = [
        signed,
        "",
        "[]",
        "3",
        "[" * 100_000,
        {"id": ID, "args": ["os.system", about]},
        {"id": ID, "args": ["send_mail", "no id"]},
        {"id": ID, "args": ["send_mail", {"id": about}]},
        {"id": ID, "args": []},
        {"id": 3, "args": ["send_mail", about]},
        {"id": ID, "args": ["send_mail", about], "func": "os.system"},
    ]
    for row in rows:
        OrmQ.objects.all().delete()
        OrmQ.objects.create(key="lichen", payload=row if isinstance(row, str) else json.dumps(row), lock=timezone.now())
        assert get_broker().dequeue() == []
        assert OrmQ.objects.count() == 0
    assert not mark.exists()


def test_nothing_else_gets_into_the_queue():
    for func, *args in (("os.system", "true"), (RUNNER, "os.system"), (RUNNER, "send_mail", "no id"), (RUNNER,)):
        with pytest.raises(NotOurs):
            async_task(func, *args)
    assert OrmQ.objects.count() == 0


def test_planted_schedule_runs_nothing_where_it_is_read(tmp_path: Path):
    mark = tmp_path / "mark"
    more = repr({"q_options": {"sync": True}})
    Schedule.objects.create(func="pathlib.Path.touch", args=repr((str(mark),)), kwargs=more, schedule_type="O")
    Schedule.objects.create(func="os.system", args=repr((f"touch {mark}",)), kwargs=more, schedule_type="O")
    scheduler()
    assert (mark.exists(), OrmQ.objects.count()) == (False, 0)


def test_columns_of_failed_jobs_are_plain(tmp_path: Path):
    mark, now = tmp_path / "mark", timezone.now()
    told = {"started": now, "stopped": now, "success": False, "hook": "os.abort"}
    Task.objects.create(id=ID, name="n", func="", args=("send_mail", "x"), kwargs={}, result="Oops : where", **told)
    kept = Failure.objects.get()
    assert (kept.args, kept.kwargs, kept.result) == (["send_mail", "x"], {}, "Oops : where")
    planted = base64.b64encode(pickle.dumps(Planted(mark))).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_q_task SET args = %s, kwargs = %s, result = %s", [planted] * 3)
    kept = Failure.objects.get()
    assert (kept.args, kept.kwargs, kept.result, mark.exists()) == (None, None, None, False)


def test_queue_holds_no_more_than_it_must():
    about = uuid4()
    enqueue("send_mail", about)
    row = json.loads(OrmQ.objects.get().payload)
    assert (set(row), row["args"]) == ({"id", "args"}, ["send_mail", str(about)])
