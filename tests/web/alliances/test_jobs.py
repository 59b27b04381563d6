"""The queue: what may be given to it, and that it is part of the transaction."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django_q.brokers import get_broker
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from lichen_web.alliances.jobs import RUNNER, enqueue
from tests.web.queued import queued_jobs

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """So that a transaction is rolled back."""


def test_job_is_its_name_and_ids():
    mail = uuid4()
    enqueue("send_mail", mail)
    assert queued_jobs() == [("send_mail", str(mail))]
    ((_, packed),) = get_broker().dequeue()
    run = SignedPackage.loads(packed)
    assert (run["func"], run["args"], run["kwargs"]) == (RUNNER, ("send_mail", str(mail)), {})


@pytest.mark.parametrize("given", ["trust.underserved", 3, None, {"id": 1}, str(UUID(int=1))])
def test_job_takes_nothing_but_ids(given: object):
    with pytest.raises(TypeError, match="ids only"):
        enqueue("send_mail", uuid4(), given)  # type: ignore[arg-type]
    assert OrmQ.objects.count() == 0


def test_rolled_back_transaction_leaves_no_job(any_database: str):
    with suppress(Undone), transaction.atomic():
        enqueue("send_mail", uuid4())
        raise Undone
    assert OrmQ.objects.count() == 0
    with transaction.atomic():
        enqueue("send_mail", uuid4())
    assert OrmQ.objects.count() == 1
