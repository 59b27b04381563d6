"""An organisation's own gaps and offers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen.capabilities.taxonomy import taxonomy
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.actions.audit import record_offer, record_vulnerability
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.forms.audit import RecordingOffer, RecordingVulnerability

__all__ = ["Line", "audit", "new_gap", "new_offer", "urls"]


@dataclass(frozen=True, slots=True)
class Line:
    """A gap or an offer, as the list has it."""

    id: UUID
    """Which."""
    about: str
    """What it is about, as people call it."""
    words: str
    """Their own words; empty where they are not open to whoever looks."""
    steps: int | None
    """Severity or strength, 1 to 5; none where it is not open."""


@require_safe
def audit(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What it lacks and what it can give."""
    actor = acting(request, organisation)
    seen = own_audit(actor)
    gaps = [
        Line(
            each.id,
            _label(each.code),
            each.vulnerability.words if each.vulnerability else "",
            each.vulnerability.severity if each.vulnerability else None,
        )
        for each in seen.gaps
    ]
    offers = [
        Line(each.id, _label(each.offer.code), each.offer.words or each.offer.spare, each.offer.strength)
        for each in seen.offers
    ]
    return page(request, actor, "audit/audit.html", gaps=gaps, offers=offers)


def new_gap(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Name a gap."""
    question = Question(
        title=_("Name a gap"),
        words=_("It is sealed before it is kept. Nobody outside reads it until you open it to them."),
        button=_("Seal and keep it"),
        back=_audit(organisation),
        said=_("It is sealed and kept."),
    )
    return asked(request, acting(request, organisation), record_vulnerability, RecordingVulnerability, question)


def new_offer(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Name an offer."""
    question = Question(
        title=_("Name something you can give"),
        words=_("What you are good at and could spare some of. It is sealed, too."),
        button=_("Keep it"),
        back=_audit(organisation),
        said=_("It is kept."),
    )
    return asked(request, acting(request, organisation), record_offer, RecordingOffer, question)


def _audit(organisation: UUID) -> str:
    return reverse("audit", args=[organisation])


def _label(code: str) -> str:
    known = taxonomy().capabilities.get(code)
    return known.label if known else _("not said what it is about")


_ONE = "organisations/<uuid:organisation>/audit/"
urls = [
    path(_ONE, audit, name="audit"),
    path(f"{_ONE}gaps/new/", new_gap, name="record_vulnerability"),
    path(f"{_ONE}offers/new/", new_offer, name="record_offer"),
]
