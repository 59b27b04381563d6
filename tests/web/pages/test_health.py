"""What machines ask, and what anybody learns by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from lichen_web.alliances.jobs import HEARTBEAT
from lichen_web.alliances.mails import post
from lichen_web.alliances.work.schedules import make_schedules
from lichen_web.door import ON_LOOPBACK

pytestmark = pytest.mark.django_db

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000", ON_LOOPBACK: True}
TOKEN = "a-token-of-some-length"  # noqa: S105


@pytest.fixture
def worker() -> None:
    make_schedules(at=timezone.now())


def asked(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json()


@pytest.mark.usefixtures("worker")
def test_all_is_well(client: Client):
    assert asked(client) == (200, {"database": "ok", "migrations": "ok", "worker": "ok"})


@pytest.mark.usefixtures("worker")
def test_healthy_house_is_asked_three_questions(client: Client, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(4):  # whether there is a table of migrations, which, the clock, the queue
        client.get("/healthz")


def test_worker_that_never_came_is_missed(client: Client):
    assert asked(client) == (503, {"database": "ok", "migrations": "ok", "worker": "not ok"})


@pytest.mark.usefixtures("worker")
def test_worker_whose_clock_stands_is_missed(client: Client):
    Schedule.objects.filter(name=HEARTBEAT).update(next_run=timezone.now() - timedelta(minutes=4))
    assert asked(client)[1]["worker"] == "not ok"


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(("minutes", "told"), [(2, "ok"), (4, "not ok")])
def test_worker_that_leaves_work_lying_is_missed(client: Client, minutes: int, told: str):
    OrmQ.objects.create(key="lichen", payload="", lock=timezone.now() - timedelta(minutes=minutes))
    assert asked(client)[1]["worker"] == told


@pytest.mark.usefixtures("worker")
def test_missing_migration_is_told(client: Client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'alliances'")
    assert asked(client) == (503, {"database": "ok", "migrations": "not ok", "worker": "not ok"})


def test_silent_database_is_told_without_its_words(client: Client, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OperationalError("connection to server at 10.0.0.7 failed")

    monkeypatch.setattr("lichen_web.alliances.access.house.is_current", refuse)
    assert asked(client) == (503, {"database": "not ok", "migrations": "not ok", "worker": "not ok"})


@pytest.mark.parametrize("address", ["/healthz", "/metrics"])
def test_nothing_is_posted_there(client: Client, address: str):
    assert client.post(address).status_code == 405


@pytest.mark.usefixtures("worker")
def test_metrics_count_what_waits_for_this_machine(client: Client):
    post("invitation", to="ada@example.org", subject="An invitation", text="Come.", at=timezone.now())
    answer = client.get("/metrics", **HERE)
    counted = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert counted == [
        "lichen_jobs_waiting 1.0",
        "lichen_jobs_failed 0.0",
        "lichen_mails_waiting 1.0",
        "lichen_mails_failed 0.0",
        "lichen_worker_up 1.0",
    ]


@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {ON_LOOPBACK: False},
    ],
)
def test_metrics_are_not_there_for_strangers(client: Client, sent: dict[str, object]):
    assert client.get("/metrics", **{**HERE, **sent}).status_code == 404


@pytest.mark.parametrize("served", [{"proxies": 1}, {"url": "https://lichen.example.org"}])
def test_metrics_are_not_there_without_a_token_where_others_come_in(
    client: Client, settings, served: dict[str, object]
):
    """A proxy on this machine that says nothing of itself looks like whoever sits here."""
    settings.LICHEN = replace(settings.LICHEN, **served)
    assert client.get("/metrics", **HERE).status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 404),
        (f"Bearer {TOKEN[:-1]}", 404),
        (f"bearer {TOKEN}", 404),
        ("Bearer ", 404),
        ("Bearer caf\xe9", 404),
        ("", 404),
    ],
)
def test_metrics_are_for_whoever_has_the_token(client: Client, settings, sent: str, status: int):
    settings.LICHEN = replace(settings.LICHEN, metrics_token=TOKEN, proxies=1)
    answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION=sent)
    assert answer.status_code == status
