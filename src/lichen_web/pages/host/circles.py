"""The circles of this host, and the complaints in them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.host import complaint as seen_complaint
from lichen_web.alliances.access.host import complaints as all_complaints
from lichen_web.alliances.access.host import forgivable, host_circles
from lichen_web.alliances.actions.circles import open_circle
from lichen_web.alliances.actions.complaints import decide_complaint, forgive_complaints
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.forms.circles import DecidingComplaint, OpeningCircle
from lichen_web.pages.forms.host import ForgivingComplaints
from lichen_web.pages.paging import paged

__all__ = ["circles", "complaint", "complaints", "forgive", "open_one", "urls"]


@require_safe
def circles(request: HttpRequest) -> HttpResponse:
    """Every circle, and who vouches in it."""
    actor = acting(request)
    return page(request, actor, "host/circles.html", circles=paged(request, host_circles(actor)))


def open_one(request: HttpRequest) -> HttpResponse:
    """Open a circle."""
    question = Question(
        title=_("Open a circle"),
        words=_("Fits are sought only among its members. Then name somebody who vouches for those who ask."),
        button=_("Open it"),
        back=reverse("host_circles"),
        said=_("It is open. Now name somebody who vouches in it."),
    )
    return asked(
        request,
        acting(request),
        open_circle,
        OpeningCircle,
        question,
        onward=lambda made: reverse("name_convener", args=[made]),
    )


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """Every complaint, last made first."""
    actor = acting(request)
    seen = paged(request, all_complaints(actor))
    return page(request, actor, "host/complaints.html", complaints=seen, forgivable=forgivable(actor))


def complaint(request: HttpRequest, complaint: UUID) -> HttpResponse:
    """Decide one."""
    actor = acting(request)
    seen = seen_complaint(actor, complaint)
    question = Question(
        title=_("{by} about {about}").format(by=seen.by_name, about=seen.about_name),
        words=_("Both sides get your decision and your reason. It can be decided once."),
        button=_("Decide"),
        back=reverse("host_complaints"),
        said=_("It is decided, and both sides have been told."),
    )
    return asked(
        request,
        actor,
        decide_complaint,
        DecidingComplaint,
        question,
        about={"complaint": complaint},
        template="host/complaint.html",
        complaint=seen,
    )


def forgive(request: HttpRequest, circle: UUID, about: UUID) -> HttpResponse:
    """Let an organisation that was put out after three ask again."""
    actor = acting(request)
    found = next((each for each in forgivable(actor) if (each.circle, each.organisation) == (circle, about)), None)
    if found is None:
        raise NotThere
    question = Question(
        title=_("Let {name} ask again").format(name=found.name),
        words=_("What was upheld about them in {circle} counts no longer. Whoever vouches there still decides.").format(
            circle=found.circle_name
        ),
        button=_("Let them ask again"),
        back=reverse("host_complaints"),
        said=_("{name} may ask again, and has been told.").format(name=found.name),
    )
    asking = {"circle": circle, "organisation": about}
    return asked(request, actor, forgive_complaints, ForgivingComplaints, question, about=asking)


urls = [
    path("host/circles/", circles, name="host_circles"),
    path("host/circles/new/", open_one, name="open_circle"),
    path("host/circles/<uuid:circle>/forgive/<uuid:about>/", forgive, name="forgive_complaints"),
    path("host/complaints/", complaints, name="host_complaints"),
    path("host/complaints/<uuid:complaint>/", complaint, name="decide_complaint"),
]
