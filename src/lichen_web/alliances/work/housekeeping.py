"""What is thrown away once it is over: old addresses, ended sessions, sent mails, versions that nobody reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Q
from django_q.models import Failure

from lichen_web.accounts.models import Counted, Invitation, Organisation, Recovery, Session
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.bridge.audit import drop_unneeded_parts
from lichen_web.alliances.bridge.brief import drop_groundless_briefs
from lichen_web.alliances.bridge.team import drop_what_is_over
from lichen_web.alliances.models import Mail

__all__ = ["FAILURES_KEPT", "MAILS_KEPT", "SIGN_INS_KEPT", "drop_briefs", "keep_house"]

MAILS_KEPT = timedelta(days=90)
"""How long it can be seen that a mail was sent, or given up."""
SIGN_INS_KEPT = timedelta(days=30)
"""How long attempts to sign in are kept, with their addresses."""
FAILURES_KEPT = timedelta(days=90)
"""How long failures of jobs are kept."""


def keep_house(*, at: datetime) -> None:
    """Throw away what is over; once a day."""
    over = Q(expires_at__lte=at) | Q(accepted_at__lte=at) | Q(withdrawn_at__lte=at)
    Invitation.objects.filter(over).exclude(email="").update(email="")
    Recovery.objects.exclude(approved_at=None, refused_at=None).exclude(email="").update(email="")
    Session.objects.filter(expire_date__lte=at).delete()
    Counted.objects.filter(expires__lte=at).delete()
    for sign_ins in (AccessAttempt, AccessFailureLog, AccessLog):
        sign_ins.objects.filter(attempt_time__lte=at - SIGN_INS_KEPT).delete()
    Mail.objects.filter(Q(sent_at__lte=at - MAILS_KEPT) | Q(failed_at__lte=at - MAILS_KEPT)).delete()
    Failure.objects.filter(stopped__lte=at - FAILURES_KEPT).delete()
    for organisation in Organisation.objects.values_list("id", flat=True):
        with working(organisation):
            drop_unneeded_parts(organisation, at=at)
            drop_what_is_over(organisation, at=at)
        drop_briefs(organisation, at=at)


def drop_briefs(organisation: UUID, *, at: datetime) -> None:
    """Throw away the briefs of an organisation whose ground was taken back; those of one that is erased stay shut."""
    if Organisation.objects.filter(id=organisation, erased_at=None).exists():
        with working(organisation):
            drop_groundless_briefs(organisation)
