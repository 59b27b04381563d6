"""What waits for the host."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.events import host_events
from lichen_web.alliances.access.host import console as host_console
from lichen_web.alliances.access.house import workload
from lichen_web.alliances.access.key_copies import key_copies
from lichen_web.pages.acting import acting, page
from lichen_web.pages.paging import paged

__all__ = ["console", "events", "keys", "urls"]


@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """Counts, and where to go from them."""
    actor = acting(request)
    counted = host_console(actor)
    uncopied = sum(not each.kept_by for each in key_copies(actor))
    return page(request, actor, "host/console.html", console=counted, workload=workload(), uncopied=uncopied)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Which keys there are, and who has shown a second copy of each."""
    actor = acting(request)
    return page(request, actor, "host/keys.html", copies=key_copies(actor))


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What happened on this host, last first."""
    actor = acting(request)
    return page(request, actor, "host/events.html", events=paged(request, host_events(actor)))


urls = [
    path("host/", console, name="host"),
    path("host/keys/", keys, name="host_keys"),
    path("host/events/", events, name="host_events"),
]
