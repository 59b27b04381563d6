"""What the host sees of failed mail and jobs, and may have done again; a stranger sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django_q.models import Failure, OrmQ

from lichen_web.accounts.models import Person
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.work import FailedJob, FailedMail, failed_jobs, failed_mails
from lichen_web.alliances.actions.work import run_again, send_again
from lichen_web.alliances.mails import post
from lichen_web.alliances.models import Event, Mail
from tests.web.queued import queued_jobs

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> Actor:
    return actor_for(Person.objects.create_user("host@example.org", hosting_since=NOW).pk)


@pytest.fixture
def stranger() -> Actor:
    return actor_for(Person.objects.create_user("stranger@example.org").pk)


def failed_mail(**more: object) -> UUID:
    mail = post("invitation", to="ada@example.org", subject="An invitation", text="Come.", at=NOW)
    OrmQ.objects.all().delete()
    Mail.objects.filter(id=mail).update(**{"tries": 6, "claimed_at": NOW, "failed_at": NOW, "failure": "Oops", **more})
    return mail


def failed_job(job: str, *ids: UUID, tries: int = 3, at: datetime = NOW) -> UUID:
    task, args = uuid4(), (job, *map(str, ids))
    told = "OSError : Traceback (most recent call last):\n  somewhere"
    times = {"started": at, "stopped": at, "attempt_count": tries, "success": False}
    Failure.objects.create(id=task.hex, name="some words", func="", args=args, kwargs={}, result=told, **times)
    return task


def test_host_sees_what_was_given_up_by_class(host: Actor):
    mail, job = failed_mail(), failed_job("send_mail", uuid4())
    assert failed_mails(host) == (FailedMail(mail, "invitation", 6, "Oops", NOW),)
    assert failed_jobs(host) == (FailedJob(job, "send_mail", 3, "OSError", NOW),)


def test_what_is_still_tried_has_not_failed(host: Actor):
    failed_mail(failed_at=None)
    failed_job("send_mail", uuid4(), tries=2)
    assert (failed_mails(host), failed_jobs(host)) == ((), ())


def test_last_failure_comes_first(host: Actor):
    mails = [failed_mail(failed_at=NOW + timedelta(minutes=minute)) for minute in range(3)]
    jobs = [failed_job("sweep_mails", at=NOW + timedelta(minutes=minute)) for minute in range(3)]
    assert [each.id for each in failed_mails(host)] == mails[::-1]
    assert [each.id for each in failed_jobs(host)] == jobs[::-1]


def test_mail_is_sent_again_from_the_beginning(host: Actor):
    mail = failed_mail()
    send_again(host, mail=mail, at=LATER)
    row = Mail.objects.get(id=mail)
    assert (row.tries, row.claimed_at, row.failed_at, row.failure) == (0, None, None, "")
    assert queued_jobs() == [("send_mail", str(mail))]
    event = Event.objects.get()
    assert (event.what, event.person, event.about) == ("mail_sent_again", host.person, mail)


def test_job_is_run_again_with_what_it_was_given(host: Actor):
    about = uuid4()
    task = failed_job("send_mail", about)
    run_again(host, task=task, at=LATER)
    assert queued_jobs() == [("send_mail", str(about))]
    assert failed_jobs(host) == ()
    event = Event.objects.get()
    assert (event.what, event.person, event.about) == ("job_run_again", host.person, task)


@pytest.mark.parametrize("act", [lambda actor, which: send_again(actor, mail=which, at=LATER),
                                 lambda actor, which: run_again(actor, task=which, at=LATER)])  # fmt: skip
def test_what_was_not_given_up_is_not_there(host: Actor, act: Callable[[Actor, UUID], None]):
    for which in (uuid4(), failed_mail(failed_at=None), failed_job("send_mail", tries=1)):
        with pytest.raises(NotThere):
            act(host, which)
    assert (OrmQ.objects.count(), Event.objects.count()) == (0, 0)


def test_doing_it_twice_does_it_once(host: Actor):
    mail, task = failed_mail(), failed_job("sweep_mails")
    send_again(host, mail=mail, at=LATER)
    run_again(host, task=task, at=LATER)
    with pytest.raises(NotThere):
        send_again(host, mail=mail, at=LATER)
    with pytest.raises(NotThere):
        run_again(host, task=task, at=LATER)
    assert OrmQ.objects.count() == 2


def test_stranger_sees_and_does_nothing(stranger: Actor):
    mail, task = failed_mail(), failed_job("sweep_mails")
    for ask in (failed_mails, failed_jobs):
        with pytest.raises(NotThere):
            ask(stranger)
    with pytest.raises(NotThere):
        send_again(stranger, mail=mail, at=LATER)
    with pytest.raises(NotThere):
        run_again(stranger, task=task, at=LATER)
    assert OrmQ.objects.count() == 0
