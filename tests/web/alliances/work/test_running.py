"""Running jobs: what went wrong is told by its class, wherever one looks."""

from __future__ import annotations

import logging
from contextlib import redirect_stderr
from datetime import datetime
from io import StringIO
from multiprocessing import Queue, Value
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django_q.brokers import get_broker
from django_q.exceptions import TimeoutException
from django_q.models import Failure, OrmQ
from django_q.monitor import monitor
from django_q.signing import SignedPackage
from django_q.worker import worker

from lichen_web.alliances import jobs
from lichen_web.alliances.jobs import enqueue
from lichen_web.alliances.work import running
from lichen_web.alliances.work.running import JOBS, JobFailed, run_job

MARK = "Zyxquark"

pytestmark = pytest.mark.django_db


def failing(_about: UUID, *, at: datetime) -> None:
    """Fails with a confession in its message, its cause and its variables."""
    confessed = f"{MARK} confessed at {at}"
    try:
        raise LookupError(confessed)
    except LookupError as cause:
        raise ValueError(confessed, MARK) from cause


def running_late(*, at: datetime) -> None:
    """Is told by the queue that its time is over, in the midst of another failure."""
    try:
        raise LookupError(MARK)
    except LookupError:
        raise TimeoutException(MARK) from None


@pytest.fixture(autouse=True)
def failing_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "JOBS", {**JOBS, "fail": failing, "run_late": running_late})
    monkeypatch.setattr(jobs, "NAMES", jobs.NAMES | {"fail", "tell"})


def work_off() -> None:
    """What the processes of the worker do with one queued job, in this one."""
    broker, tasks, results = get_broker(), Queue(), Queue()
    ((ack, packed),) = broker.dequeue()
    tasks.put({**SignedPackage.loads(packed), "cluster": "lichen", "ack_id": ack})
    tasks.put("STOP")
    worker(tasks, results, Value("f", -1))
    results.put("STOP")
    monitor(results, broker)


def everything_in(prefix: str) -> str:
    """Each row of each table of an app, as the database holds it."""
    rows = []
    for model in apps.get_app_config(prefix).get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 - our own tables
            rows += cursor.fetchall()
    return repr(rows)


def test_job_runs_with_its_ids_and_the_time(monkeypatch: pytest.MonkeyPatch):
    told = []
    monkeypatch.setattr(running, "JOBS", {"note": lambda about, *, at: told.append((about, at.tzinfo is not None))})
    about = uuid4()
    run_job("note", str(about))
    assert told == [(about, True)]


@pytest.mark.parametrize(
    ("job", "failure"), [("fail", "ValueError"), ("run_late", "TimeoutException"), ("no_such_job", "KeyError")]
)
def test_failed_job_raises_the_class_alone(job: str, failure: str):
    with pytest.raises(JobFailed) as raised:
        run_job(job, *([str(uuid4())] if job == "fail" else []))
    assert (str(raised.value), raised.value.__cause__, raised.value.__context__) == (failure, None, None)


@pytest.mark.django_db(transaction=True)
def test_words_of_a_failure_are_in_no_table_no_log_and_nowhere_on_the_terminal(caplog: pytest.LogCaptureFixture):
    terminal, handler = StringIO(), logging.getLogger().handlers[0]
    written = handler.setStream(terminal) if isinstance(handler, logging.StreamHandler) else None
    enqueue("fail", uuid4())
    with redirect_stderr(terminal):
        work_off()
    if written:
        handler.setStream(written)
    kept = Failure.objects.get()
    assert str(kept.result).split(" : ")[0] == "ValueError"
    assert len(everything_in("django_q")) > 200
    assert MARK not in everything_in("django_q") + str(kept.result) + repr(kept.args)
    assert '"event": "job failed"' in terminal.getvalue()
    assert MARK not in terminal.getvalue()


@pytest.mark.django_db(transaction=True)
def test_success_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(running, "JOBS", {"tell": lambda *, at: MARK})
    enqueue("tell")
    work_off()
    assert (OrmQ.objects.count(), everything_in("django_q")) == (0, "[]")
