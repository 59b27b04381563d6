"""How the audit was made: the two questions that open it, and whether the leadership stands behind it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.actions.audit import record_sitting
from lichen_web.pages.acting import acting
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.forms.audit import RecordingSitting

__all__ = ["sitting"]

_ALIGNED = {True: "yes", False: "no", None: ""}


def sitting(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Say how the audit was made."""
    actor = acting(request, organisation)
    may(actor, record_sitting.__name__)
    own = own_audit(actor)
    question = Question(
        title=_("Two questions, and how you made it"),
        words=_("They open every audit. The answers are sealed, and stay with you: no partner is shown them."),
        button=_("Seal and keep it"),
        back=reverse("audit", args=[organisation]),
        said=_("It is sealed and kept."),
    )
    stood = {
        "version": own.sitting_version,
        "worst_at": own.opening.worst_at,
        "awake_at_night": own.opening.awake_at_night,
        "leadership": _ALIGNED[own.readiness.leadership_aligned],
        "hours": own.readiness.hours,
        "people": own.readiness.people,
        "audited_on": own.audited_on,
    }
    return asked(request, actor, record_sitting, RecordingSitting, question, initial=stood)
