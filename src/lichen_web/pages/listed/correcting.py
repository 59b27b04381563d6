"""Where a listed organisation asks to be put right or taken off, and where the host answers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen.errors import InputError
from lichen_web.accounts.taking import is_taken
from lichen_web.alliances.access.listed import correction, host_listed
from lichen_web.alliances.actions.corrections import ask_correction, decide_correction
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.listed.forms import AskingCorrection, deciding_correction
from lichen_web.pages.paging import paged
from lichen_web.pages.sign_in.lockout import address_of

__all__ = ["ASKED_AN_HOUR", "ask", "decide", "host_list", "urls"]

ASKED_AN_HOUR = 5
"""So often may somebody ask from one place: it is a form that anybody may send."""
_HOUR = timedelta(hours=1)


@login_not_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction or a removal. Whether anybody is listed is not told, so nothing can be learnt by asking."""
    form = AskingCorrection(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "listed/ask.html", {"form": form}, status=422 if form.is_bound else 200)
    if not is_taken("ask_correction", address_of(request) or "", most=ASKED_AN_HOUR, within=_HOUR, at=timezone.now()):
        form.add_error(None, _("Too many requests came from where you are. Please try again in an hour."))
        return render(request, "listed/ask.html", {"form": form}, status=429)
    try:
        ask_correction(**form.cleaned_data, at=timezone.now())
    except InputError as refused:
        for problem in refused.problems:
            form.add_error(problem.column, str(problem.right))
        return render(request, "listed/ask.html", {"form": form}, status=422)
    return render(request, "listed/received.html")


@require_safe
def host_list(request: HttpRequest) -> HttpResponse:
    """The list, and what is asked about it."""
    actor = acting(request)
    seen = host_listed(actor)
    return page(request, actor, "listed/host.html", seen=seen, requests=paged(request, seen.requests))


def decide(request: HttpRequest, correction_request: UUID) -> HttpResponse:
    """Answer a request."""
    actor = acting(request)
    seen = correction(actor, correction_request)
    question = Question(
        title=_("A request about {name}").format(name=seen.organisation),
        words=_("Be sure that whoever asks speaks for it: look at their address, or call the organisation."),
        button=_("Answer"),
        back=reverse("host_listed"),
        said=_("It is answered, and they get a mail."),
    )
    return asked(
        request,
        actor,
        decide_correction,
        deciding_correction(seen),
        question,
        about={"correction": seen.id},
        template="listed/deciding.html",
        seen=seen,
    )


urls = [
    path("listed/correction/", ask, name="ask_correction"),
    path("host/listed/", host_list, name="host_listed"),
    path("host/listed/<uuid:correction_request>/", decide, name="decide_correction"),
]
