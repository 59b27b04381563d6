"""Writing mail: sealed, in the transaction of what it tells of."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction
from django_q.models import OrmQ

from lichen_web.alliances.keys import Unopened, open_for_host
from lichen_web.alliances.mails import PURPOSE, bound_to, post
from lichen_web.alliances.models import Mail
from tests.web.alliances.test_jobs import Undone
from tests.web.queued import queued_jobs

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MARK = "Zyxquark"

pytestmark = pytest.mark.django_db


def posted() -> UUID:
    return post("invitation", to="ada@example.org", subject=f"{MARK} subject", text=f"{MARK} text", at=NOW)


def test_mail_waits_with_its_job():
    mail = posted()
    row = Mail.objects.get()
    assert (row.id, row.kind, row.written_at, row.tries) == (mail, "invitation", NOW, 0)
    assert (row.claimed_at, row.sent_at, row.failed_at, row.failure) == (None, None, None, "")
    assert queued_jobs() == [("send_mail", str(mail))]


def test_mail_opens_as_itself_only():
    mail, other = posted(), posted()
    sealed = bytes(Mail.objects.get(id=mail).sealed)
    opened = open_for_host(PURPOSE, sealed, bound_to=bound_to(mail))
    assert opened == {"to": "ada@example.org", "subject": f"{MARK} subject", "text": f"{MARK} text"}
    with pytest.raises(Unopened):
        open_for_host(PURPOSE, sealed, bound_to=bound_to(other))


def test_neither_words_nor_address_stand_in_the_tables():
    posted()
    kept = bytes(Mail.objects.get().sealed) + OrmQ.objects.get().payload.encode()
    assert [word for word in (MARK, "ada@example.org") if word.encode() in kept] == []


def test_rolled_back_transaction_leaves_neither_mail_nor_job(any_database: str):
    with suppress(Undone), transaction.atomic():
        posted()
        raise Undone
    assert (Mail.objects.count(), OrmQ.objects.count()) == (0, 0)
    with transaction.atomic():
        posted()
    assert (Mail.objects.count(), OrmQ.objects.count()) == (1, 1)
