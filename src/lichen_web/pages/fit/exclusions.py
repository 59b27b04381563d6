"""Never with these: by name, for nobody else to see, and without anything that anybody could see it by."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.fit import own_exclusions
from lichen_web.alliances.actions.fit import end_exclusion, exclude
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import done

__all__ = ["add", "end", "exclusions", "urls"]


@require_safe
def exclusions(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Whom we never want to be introduced to."""
    actor = acting(request, organisation)
    return page(request, actor, "fit/exclusions.html", exclusions=own_exclusions(actor))


@require_POST
def add(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """One more."""
    actor = acting(request, organisation)
    said = _("They are on the list. Nobody hears of it.")
    return done(request, actor, exclude, said=said, to=_list(organisation), other=_other(request))


@require_POST
def end(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """One less."""
    actor = acting(request, organisation)
    said = _("They are off the list. Nobody hears of it.")
    return done(request, actor, end_exclusion, said=said, to=_list(organisation), other=_other(request))


def _other(request: HttpRequest) -> UUID:
    """Whom it is about; it stands in no address, which every log on the way could keep."""
    try:
        return UUID(request.POST.get("other", ""))
    except ValueError:
        raise NotThere from None


def _list(organisation: UUID) -> str:
    return reverse("exclusions", args=[organisation])


_ALL = "organisations/<uuid:organisation>/fit/never/"
urls = [
    path(_ALL, exclusions, name="exclusions"),
    path(f"{_ALL}add/", add, name="exclude"),
    path(f"{_ALL}end/", end, name="end_exclusion"),
]
