"""What is thrown away, and what stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django_q.models import Failure

from lichen_web.accounts.models import Counted, Invitation, Session
from lichen_web.accounts.models.invitation import InvitedTo
from lichen_web.alliances.access.house import Health, health
from lichen_web.alliances.models import Mail
from lichen_web.alliances.work.housekeeping import FAILURES_KEPT, MAILS_KEPT, SIGN_INS_KEPT, keep_house
from lichen_web.alliances.work.mails import sweep_mails
from lichen_web.alliances.work.schedules import make_schedules
from lichen_web.environment import Part
from tests.web.postgres import Database

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def invited(**more: object) -> Invitation:
    given = {"sent_at": NOW - timedelta(days=7), "expires_at": NOW + SECOND, **more}
    return Invitation.objects.create(to=InvitedTo.HOST, email="ada@example.org", digest=uuid4().hex, **given)


@pytest.mark.parametrize(
    ("more", "email"),
    [
        ({}, "ada@example.org"),
        ({"expires_at": NOW}, ""),
        ({"accepted_at": NOW}, ""),
        ({"withdrawn_at": NOW}, ""),
    ],
)
def test_invitation_that_is_over_forgets_the_address(more: dict[str, object], email: str):
    invitation = invited(**more)
    keep_house(at=NOW)
    invitation.refresh_from_db()
    assert invitation.email == email


def test_ended_sessions_and_counts_go():
    for key, expires in (("over", NOW), ("standing", NOW + SECOND)):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
        Counted.objects.create(cache_key=key, value="", expires=expires)
    keep_house(at=NOW)
    assert [row.session_key for row in Session.objects.all()] == ["standing"]
    assert [row.cache_key for row in Counted.objects.all()] == ["standing"]


def test_old_attempts_to_sign_in_go():
    old, young = (AccessAttempt.objects.create(failures_since_start=1) for _ in range(2))
    AccessAttempt.objects.filter(id=old.id).update(attempt_time=NOW - SIGN_INS_KEPT)
    AccessAttempt.objects.filter(id=young.id).update(attempt_time=NOW - SIGN_INS_KEPT + SECOND)
    keep_house(at=NOW)
    assert [row.id for row in AccessAttempt.objects.all()] == [young.id]


def test_rows_of_mails_go_after_a_while_and_those_that_wait_stay():
    def mail(**more: datetime) -> Mail:
        return Mail.objects.create(kind="invitation", sealed=b"", written_at=NOW - 2 * MAILS_KEPT, **more)

    waiting, sent = mail(), mail(sent_at=NOW - MAILS_KEPT + SECOND)
    mail(sent_at=NOW - MAILS_KEPT)
    mail(failed_at=NOW - MAILS_KEPT)
    keep_house(at=NOW)
    assert set(Mail.objects.values_list("id", flat=True)) == {waiting.id, sent.id}


def test_old_failures_of_jobs_go():
    for name, stopped in (("old", NOW - FAILURES_KEPT), ("young", NOW - FAILURES_KEPT + SECOND)):
        Failure.objects.create(id=uuid4().hex, name=name, func="", started=stopped, stopped=stopped, success=False)
    keep_house(at=NOW)
    assert [row.name for row in Failure.objects.all()] == ["young"]


def test_worker_may_do_so_on_postgresql(postgres: Database, django_db_blocker):
    with django_db_blocker.unblock(), postgres.signed_in(Part.WORKER):
        make_schedules(at=NOW)
        keep_house(at=NOW)
        sweep_mails(at=NOW)
        assert health(at=NOW) == Health(database=True, migrations=True, worker=True)
    with django_db_blocker.unblock():
        postgres.empty()


def test_doing_it_twice_changes_nothing_more():
    invited(accepted_at=NOW)
    keep_house(at=NOW)
    before = list(Invitation.objects.values())
    keep_house(at=NOW)
    assert list(Invitation.objects.values()) == before
