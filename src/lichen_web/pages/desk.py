"""The desk: for whom one can act, and what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.circles import convened_circles, invited_circles
from lichen_web.alliances.access.complaints import unanswered_complaints
from lichen_web.alliances.access.organisations import own_organisations
from lichen_web.pages.acting import acting, page
from lichen_web.pages.host.console import host_desk
from lichen_web.pages.invitations import kept_token
from lichen_web.pages.next_steps import desk_step

__all__ = ["desk", "urls"]


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Somebody's own page."""
    actor = acting(request)
    organisations, circles = own_organisations(actor.person), convened_circles(actor)
    step = desk_step(
        organisations,
        circles,
        waiting=unanswered_complaints(actor),
        invited=invited_circles(actor),
        is_invited=bool(kept_token(request)),
        is_host=actor.is_host,
    )
    host = host_desk(request, actor) if actor.is_host else None
    return page(request, actor, "desk/desk.html", organisations=organisations, circles=circles, step=step, host=host)


urls = [path("desk/", desk, name="desk")]
