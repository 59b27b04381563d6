"""Sending mail: each is claimed, sent, and then emptied; what got stuck is taken up again.

A try counts from its claim. While its pause lasts nobody else takes the mail up; a try that has not told of success
after it, because it failed or because the worker was killed, is followed by another with the same Message-ID, by which
a mail server and a reader know the two for one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from time import monotonic
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q

from lichen_web.alliances.keys import open_for_host
from lichen_web.alliances.mails import PURPOSE, bound_to
from lichen_web.alliances.models import Mail

__all__ = ["MOST_TRIES", "PAUSES", "message_id", "send_mail", "sweep_mails"]

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 60, 240, 720))
"""How long after its first, second ... claim a mail is taken up again. The first is longer than any try may take."""
MOST_TRIES = len(PAUSES) + 1
"""After this many failures a mail is given up, and the host is shown."""
_SWEEP_SECONDS = 30.0
"""A sweep ends well before the worker's time limit; the next one goes on."""
_LOG = structlog.stdlib.get_logger("lichen.mail")


def message_id(mail: UUID) -> str:
    """The Message-ID of a mail: the same however often it is sent."""
    return f"<{mail}@{settings.LICHEN.host}>"


def send_mail(mail: UUID, *, at: datetime) -> None:
    """Send a mail, unless it was sent, was given up, or is being sent by somebody else."""
    if not Mail.objects.filter(_due(at), id=mail).update(claimed_at=at, tries=F("tries") + 1):
        return
    claimed = Mail.objects.filter(id=mail, claimed_at=at)
    row = claimed.get()
    try:
        _message(row).send()
    except Exception as error:  # whatever it was, the next try may go better; its class is all that is kept
        failure = type(error).__name__
        claimed.update(failure=failure, failed_at=at if row.tries >= MOST_TRIES else None)
        _LOG.warning("mail not sent", mail=str(mail), kind=row.kind, tries=row.tries, failure=failure)
    else:
        claimed.update(sent_at=at, sealed=b"", failure="")


def sweep_mails(*, at: datetime) -> None:
    """Send what waits: mails whose job was lost, whose try failed, or whose worker was killed."""
    until = monotonic() + _SWEEP_SECONDS
    for mail in Mail.objects.filter(_due(at)).order_by("written_at").values_list("id", flat=True):
        if monotonic() > until:
            return
        send_mail(mail, at=at)


def _due(at: datetime) -> Q:
    paused = [Q(tries=tries, claimed_at__lte=at - pause) for tries, pause in enumerate(PAUSES, start=1)]
    last = Q(tries__gte=MOST_TRIES, claimed_at__lte=at - PAUSES[-1])
    return reduce(or_, paused, Q(claimed_at=None) | last) & Q(sent_at=None, failed_at=None)


def _message(row: Mail) -> EmailMessage:
    content = open_for_host(PURPOSE, bytes(row.sealed), bound_to=bound_to(row.id))
    return EmailMessage(
        content["subject"],
        content["text"],
        to=[content["to"]],
        headers={"Message-ID": message_id(row.id), "Auto-Submitted": "auto-generated"},
    )
