"""Complaints between organisations of a circle."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.circles import own_circle
from lichen_web.alliances.access.complaints import own_complaint, own_complaints
from lichen_web.alliances.actions.complaints import answer_complaint
from lichen_web.alliances.actions.complaints import complain as make_complaint
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.forms.circles import AnsweringComplaint, Complaining
from lichen_web.pages.paging import paged

__all__ = ["answer", "complain", "complaints", "urls"]


@require_safe
def complaints(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Ours, and those about us."""
    actor = acting(request, organisation)
    return page(request, actor, "complaints/complaints.html", complaints=paged(request, own_complaints(actor)))


def complain(request: HttpRequest, organisation: UUID, circle: UUID, about: UUID) -> HttpResponse:
    """Complain about another member of a circle."""
    actor = acting(request, organisation)
    seen = own_circle(actor, circle)
    member = next((each for each in seen.members if each.organisation == about and not each.is_own), None)
    if member is None:
        raise NotThere
    question = Question(
        title=_("Complain about {name}").format(name=member.name),
        words=_("They can answer. Then this host decides. Three complaints upheld in a circle, and they are out."),
        button=_("Send the complaint"),
        back=reverse("circle", args=[organisation, circle]),
        said=_("They and the host have been told. You will hear how it ends."),
    )
    onward = _complaints(organisation)
    return asked(
        request,
        actor,
        make_complaint,
        Complaining,
        question,
        about={"circle": circle, "about": about},
        onward=lambda _made: onward,
    )


def answer(request: HttpRequest, organisation: UUID, complaint: UUID) -> HttpResponse:
    """Answer a complaint about us."""
    actor = acting(request, organisation)
    seen = own_complaint(actor, complaint)
    question = Question(
        title=_("Answer {name}").format(name=seen.by_name),
        words=_("Say it in your own words, once. The host reads both sides and decides."),
        button=_("Send the answer"),
        back=_complaints(organisation),
        said=_("Your answer is sent."),
    )
    return asked(
        request,
        actor,
        answer_complaint,
        AnsweringComplaint,
        question,
        about={"complaint": complaint},
        template="complaints/answering.html",
        complaint=seen,
    )


def _complaints(organisation: UUID) -> str:
    return reverse("complaints", args=[organisation])


_ONE = "organisations/<uuid:organisation>/"
urls = [
    path(f"{_ONE}complaints/", complaints, name="complaints"),
    path(f"{_ONE}complaints/<uuid:complaint>/answer/", answer, name="answer_complaint"),
    path(f"{_ONE}circles/<uuid:circle>/complain/<uuid:about>/", complain, name="complain"),
]
