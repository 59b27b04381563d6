"""A worker that is killed over and over: every mail arrives, and a mail server can count each once."""

from __future__ import annotations

import email
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from lichen_web.alliances.copies.tables import bring_up
from lichen_web.alliances.jobs import enqueue
from lichen_web.alliances.mails import post
from lichen_web.alliances.models import Mail
from lichen_web.command.supervision import Child
from lichen_web.environment import Part
from tests.web.homes import Home, home_beside, home_on_postgres, living_in
from tests.web.postgres import Database

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("LICHEN_TEST_KILLS", "20"))
"""``LICHEN_TEST_KILLS=200 make test-long`` kills more."""
MAILS_A_LIFE = 15
LONG_AGO = timedelta(days=3)


class Box:
    """A mail server that takes its time, so that a kill finds it in the midst of something."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        time.sleep(random.uniform(0, 0.05))
        message = email.message_from_bytes(envelope.content)
        self.taken.append((str(message["Message-ID"]), str(message.get_payload()).strip()))
        time.sleep(random.uniform(0, 0.05))
        return "250 taken"


@pytest.fixture
def box(port: int) -> Iterator[Box]:
    """Listens on this machine alone."""
    taken = Box(port)
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    yield taken
    controller.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker) -> Iterator[Home]:
    """A home of its own, in which the test writes as the web does."""
    place = home_beside(tmp_path / "home")
    if request.param == "postgresql":
        database: Database = request.getfixturevalue("postgres")
        place = home_on_postgres(place, database, "lichen_killed")
    with django_db_blocker.unblock():
        with living_in(place, Part.OWNER):
            bring_up("default")
        with living_in(place, Part.WEB):
            yield place


def worker(home: Home, box: Box) -> Child:
    command = [sys.executable, "-m", "lichen_web.command.main", "worker"]
    variables = {"LICHEN_PART": Part.WORKER, "LICHEN_MAIL_URL": f"smtp://127.0.0.1:{box.port}"}
    started = Child("worker", command, {**home.variables, "DJANGO_SETTINGS_MODULE": "lichen_web.settings", **variables})
    started.start()
    assert comes(lambda: started.is_at_work)
    return started


def comes(happening: Callable[[], bool], within: float = 120.0) -> bool:
    until = time.monotonic() + within
    while not happening():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def let_time_pass() -> None:
    """Whatever was claimed or taken up was so days ago."""
    Mail.objects.filter(sent_at=None).exclude(claimed_at=None).update(claimed_at=timezone.now() - LONG_AGO)
    OrmQ.objects.update(lock=timezone.now() - LONG_AGO)


def test_every_mail_of_a_killed_worker_arrives_and_is_one(home: Home, box: Box):
    random.seed(20)
    posted: dict[UUID, str] = {}
    for life in range(KILLS):
        for number in range(MAILS_A_LIFE):
            text = f"mail {number} of life {life}"
            with transaction.atomic():
                posted[post("trial", to="ada@example.org", subject="A trial", text=text, at=timezone.now())] = text
        before, killed = len(box.taken), worker(home, box)
        if life % 4:  # every fourth is killed at any moment, the others while they send
            comes(lambda before=before: len(box.taken) > before)
        time.sleep(random.uniform(0, 0.6))
        os.killpg(killed.pid, signal.SIGKILL)
        killed.end(by=time.monotonic() + 10)
        let_time_pass()
    interrupted = Mail.objects.filter(tries__gt=0, sent_at=None).count() + Mail.objects.filter(tries__gt=1).count()
    enqueue("sweep_mails")
    last = worker(home, box)
    try:
        comes(lambda: not Mail.objects.filter(sent_at=None).exists())
    finally:
        last.ask_to_stop()
        last.end(by=time.monotonic() + 10)

    assert set(box.taken) == {(f"<{mail}@127.0.0.1>", text) for mail, text in posted.items()}
    assert Mail.objects.filter(sent_at=None).count() == 0
    assert [bytes(each) for each in Mail.objects.values_list("sealed", flat=True).distinct()] == [b""]
    assert Mail.objects.exclude(failure="").count() == 0
    assert interrupted > 0, "no kill met a mail on its way"
    print(f"{len(posted)} mails, {KILLS} kills, {interrupted} met a mail on its way, {len(box.taken)} deliveries")
