"""What is written down of what happens: never a word that anybody wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import structlog
from django.test import Client
from django.utils import timezone

from lichen_web.accounts.models import Person
from lichen_web.door import ON_LOOPBACK
from lichen_web.logs import logging_settings, start_logging

MARK = "Zyxquark"


@pytest.fixture
def written(settings) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """What stands in the log since the test began, an entry a line."""
    (handler,) = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    start_logging(logging_settings(on_terminal=False))
    (handler,) = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    stream = StringIO()
    handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    start_logging(settings.LOGGING)


def failing() -> None:
    """Fails with words in its message, in its cause and in its variables."""
    confessed = MARK
    try:
        raise LookupError(confessed)
    except LookupError as cause:
        raise ValueError(confessed) from cause


def test_exception_is_told_by_class_and_place(written):
    try:
        failing()
    except ValueError:
        structlog.stdlib.get_logger("lichen.test").exception("it failed", number=3)
    (entry,) = written()
    assert (entry["event"], entry["number"], entry["level"]) == ("it failed", 3, "error")
    assert entry["error"] == "ValueError after LookupError"
    assert [place.partition(":")[0] for place in str(entry["places"]).split(" > ")] == [__name__, __name__]
    assert MARK not in json.dumps(entry)


def test_other_packages_are_told_by_their_template(written):
    log = logging.getLogger("some.package")
    log.warning("%s cannot sign in", MARK)
    log.error(ValueError(MARK))
    try:
        failing()
    except ValueError:
        log.exception("Internal Server Error: %s", f"/invitations/{MARK}/", stack_info=True)
    assert [entry["event"] for entry in written()] == [
        "%s cannot sign in",
        "ValueError",
        "Internal Server Error: %s",
    ]
    assert MARK not in json.dumps(written())


@pytest.mark.django_db
def test_request_is_told_by_route_status_and_time(client: Client, written):
    answer = client.get(f"/invitations/{MARK}/?next={MARK}", HTTP_USER_AGENT=MARK, HTTP_REFERER=MARK)
    (entry,) = [entry for entry in written() if entry["event"] == "request"]
    assert {key for key in entry if key != "timestamp"} == {
        *("event", "level", "logger", "method", "milliseconds", "request", "route", "status")
    }
    assert (entry["route"], entry["method"], entry["status"]) == ("invitation", "GET", answer.status_code)
    assert entry["request"] == answer.headers["X-Request-ID"]
    assert MARK not in json.dumps(written())


@pytest.mark.django_db
def test_person_is_told_by_id_alone(client: Client, written):
    ada = Person.objects.create_user("ada@example.org", name="Ada", hosting_since=timezone.now())
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/desk/")
    (entry,) = [entry for entry in written() if entry["event"] == "request"]
    assert entry["person"] == str(ada.pk)
    assert "ada@example.org" not in json.dumps(written())


@pytest.mark.django_db
def test_page_that_breaks_is_told_without_its_words(client: Client, written, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("lichen_web.pages.health.health", lambda *, at: failing())
    client.raise_request_exception = False
    answer = client.get("/healthz")
    error, request = written()
    assert (answer.status_code, request["status"], request["route"]) == (500, 500, "healthz")
    assert (error["error"], error["request"]) == ("ValueError after LookupError", request["request"])
    assert MARK not in json.dumps(written()) + answer.content.decode()


@pytest.mark.django_db
def test_machines_that_ask_all_the_time_are_told_of_when_something_is_wrong(client: Client, written):
    client.get("/metrics", **{"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000", ON_LOOPBACK: True})
    assert written() == []
    client.get("/metrics", REMOTE_ADDR="192.0.2.7")
    assert [(entry["route"], entry["status"]) for entry in written()] == [("metrics", 404)]


def test_person_at_a_terminal_reads_a_short_line(settings, capsys: pytest.CaptureFixture[str]):
    start_logging(logging_settings(on_terminal=True))
    (handler,) = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    stream = StringIO()
    handler.setStream(stream)
    structlog.stdlib.get_logger("lichen.mail").info("a mail waits to be read", file="mails/1.eml")
    structlog.stdlib.get_logger("lichen.mail").warning("mail not sent", tries=2)
    start_logging(settings.LOGGING)
    lines = [line[8:] for line in stream.getvalue().splitlines()]
    assert lines == ["  a mail waits to be read  file=mails/1.eml", "  warning: mail not sent  tries=2"]
