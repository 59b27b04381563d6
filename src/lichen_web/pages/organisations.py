"""An organisation's own pages: what it is, what happened, what one can change."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.complaints import unanswered_complaints
from lichen_web.alliances.access.events import own_events
from lichen_web.alliances.access.organisations import own_organisation
from lichen_web.alliances.actions.keys import erase_organisation
from lichen_web.alliances.actions.organisations import change_organisation, found_organisation
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import Question, asked
from lichen_web.pages.forms.organisations import DescribingOrganisation, Erasing
from lichen_web.pages.next_steps import next_step
from lichen_web.pages.paging import paged

__all__ = ["change", "erase", "found", "history", "organisation", "urls"]

_DESCRIBED = tuple(DescribingOrganisation.base_fields)


def found(request: HttpRequest) -> HttpResponse:
    """Enter an organisation; whoever does becomes its first lead."""
    question = Question(
        title=_("Enter your organisation"),
        words=_("Only what anybody may know of it. You become its first lead, and can invite others."),
        button=_("Enter it"),
        back=reverse("desk"),
        said=_("It is entered. You are its lead."),
    )
    return asked(
        request,
        acting(request),
        found_organisation,
        DescribingOrganisation,
        question,
        onward=lambda made: reverse("organisation", args=[made]),
    )


@require_safe
def organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Its own page, with the one next step."""
    actor = acting(request, organisation)
    seen = own_organisation(actor)
    waiting = unanswered_complaints(actor).get(organisation, 0)
    step = next_step(actor, seen, waiting=waiting)
    return page(request, actor, "organisations/organisation.html", organisation=seen, step=step, waiting=waiting)


def change(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Change what anybody may know of it."""
    actor = acting(request, organisation)
    seen = own_organisation(actor)
    question = Question(
        title=_("What others may know"),
        words=_("The members of your circles see this. Nothing of it is a confession."),
        button=_("Keep these changes"),
        back=reverse("organisation", args=[organisation]),
        said=_("Changed."),
    )
    stands = {name: getattr(seen, name) for name in _DESCRIBED}
    return asked(request, actor, change_organisation, DescribingOrganisation, question, initial=stands)


@require_safe
def history(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What happened in it, last first."""
    actor = acting(request, organisation)
    return page(request, actor, "organisations/history.html", events=paged(request, own_events(actor)))


def erase(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Destroy its keys, after its name was typed."""
    actor = acting(request, organisation)
    seen = own_organisation(actor)
    question = Question(
        title=_("Erase {name}").format(name=seen.name),
        words=_(
            "Its keys will be destroyed. What it named, gave and agreed to under seal can then be read by nobody here,"
            " nor by those to whom you opened it. An old backup opens only together with the host’s key: ask your host"
            " how long backups are kept. What stays: its name, complaints with their answers, and the record of who"
            " did what, and when. This cannot be undone."
        ),
        button=_("Erase it for ever"),
        back=reverse("organisation", args=[organisation]),
        said=_("It is erased."),
        is_grave=True,
    )
    return asked(request, actor, erase_organisation, Erasing, question, onward=lambda _made: reverse("desk"))


_ONE = "organisations/<uuid:organisation>/"
urls = [
    path("organisations/new/", found, name="found_organisation"),
    path(_ONE, organisation, name="organisation"),
    path(f"{_ONE}settings/", change, name="change_organisation"),
    path(f"{_ONE}history/", history, name="history"),
    path(f"{_ONE}erase/", erase, name="erase_organisation"),
]
