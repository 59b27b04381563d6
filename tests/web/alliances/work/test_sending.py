"""Sending mail: each once, tried again with growing pauses, given up in the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail as outgoing
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from lichen_web.alliances.mails import post
from lichen_web.alliances.models import Mail
from lichen_web.alliances.work.mails import MOST_TRIES, PAUSES, message_id, send_mail, sweep_mails

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MARK = "Zyxquark"

pytestmark = pytest.mark.django_db


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing, and says so with words of its own."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        raise ConnectionRefusedError(f"{MARK}: {email_messages[0].to}")


@pytest.fixture
def refusing(settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{Refusing.__qualname__}"


def posted(to: str = "ada@example.org") -> UUID:
    return post("invitation", to=to, subject="An invitation", text=f"{MARK} text", at=NOW)


def state(mail: UUID) -> tuple[object, ...]:
    row = Mail.objects.get(id=mail)
    return row.tries, row.claimed_at, row.sent_at, row.failed_at, row.failure


def test_mail_is_sent_with_its_own_message_id():
    mail = posted()
    send_mail(mail, at=NOW)
    (sent,) = outgoing.outbox
    assert (sent.to, sent.subject, sent.body) == (["ada@example.org"], "An invitation", f"{MARK} text")
    assert sent.message()["Message-ID"] == message_id(mail) == f"<{mail}@127.0.0.1>"
    assert state(mail) == (1, NOW, NOW, None, "")


def test_sent_mail_keeps_no_words():
    mail = posted()
    send_mail(mail, at=NOW)
    assert bytes(Mail.objects.get(id=mail).sealed) == b""


def test_mail_is_sent_once():
    mail = posted()
    for later in (timedelta(0), timedelta(minutes=5), timedelta(days=3)):
        send_mail(mail, at=NOW + later)
        sweep_mails(at=NOW + later)
    assert len(outgoing.outbox) == 1


def test_mail_that_somebody_sends_is_left_alone():
    mail = posted()
    Mail.objects.filter(id=mail).update(claimed_at=NOW, tries=1)
    send_mail(mail, at=NOW + timedelta(minutes=1))
    assert outgoing.outbox == []


def test_mail_whose_worker_was_killed_is_taken_up_again():
    mail = posted()
    Mail.objects.filter(id=mail).update(claimed_at=NOW, tries=1)
    sweep_mails(at=NOW + PAUSES[0])
    assert [sent.message()["Message-ID"] for sent in outgoing.outbox] == [message_id(mail)]


@pytest.mark.usefixtures("refusing")
def test_failing_mail_is_tried_after_growing_pauses_then_given_up():
    mail, at, tried = posted(), NOW, []
    for _minute in range(24 * 60):
        before = state(mail)[0]
        sweep_mails(at=at)
        tried += [at - NOW] * (state(mail)[0] - before)
        at += timedelta(minutes=1)
    waited = [sum(PAUSES[:count], timedelta()) for count in range(MOST_TRIES)]
    assert tried == waited
    assert state(mail) == (MOST_TRIES, NOW + waited[-1], None, NOW + waited[-1], "ConnectionRefusedError")


@pytest.mark.usefixtures("refusing")
def test_failure_is_kept_and_told_by_its_class_alone(caplog: pytest.LogCaptureFixture):
    mail = posted()
    send_mail(mail, at=NOW)
    assert state(mail) == (1, NOW, None, None, "ConnectionRefusedError")
    assert MARK not in caplog.text
    assert "ada@example.org" not in caplog.text


def test_mail_that_does_not_open_fails_like_any_other():
    mail = posted()
    Mail.objects.filter(id=mail).update(sealed=b"something else")
    send_mail(mail, at=NOW)
    assert state(mail) == (1, NOW, None, None, "Unopened")


def test_one_failing_mail_does_not_hold_up_the_next():
    broken, well = posted(), posted("ben@example.org")
    Mail.objects.filter(id=broken).update(sealed=b"something else")
    sweep_mails(at=NOW)
    assert [sent.to for sent in outgoing.outbox] == [["ben@example.org"]]
    assert state(well)[2] == NOW


def test_sweep_stops_before_the_worker_is_stopped(monkeypatch: pytest.MonkeyPatch):
    for _ in range(3):
        posted()
    clock = iter(range(0, 1000, 20))
    monkeypatch.setattr("lichen_web.alliances.work.mails.monotonic", lambda: next(clock))
    sweep_mails(at=NOW)
    assert len(outgoing.outbox) == 1
    sweep_mails(at=NOW)
    assert len(outgoing.outbox) == 2
