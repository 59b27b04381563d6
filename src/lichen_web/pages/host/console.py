"""What waits for the host."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.events import host_events
from lichen_web.alliances.access.host import console as host_console
from lichen_web.alliances.access.house import workload
from lichen_web.alliances.access.key_copies import key_copies
from lichen_web.pages.acting import acting, page
from lichen_web.pages.paging import paged

__all__ = ["HostDesk", "console", "events", "host_desk", "keys", "urls"]


@dataclass(frozen=True, slots=True)
class HostDesk:
    """What the desk of somebody who runs this host says of it."""

    waiting: int
    """How many things wait."""
    has_second_factor: bool
    """Whether they sign in with one."""
    has_copy: bool
    """Whether a second copy of each key was shown."""
    has_circle: bool
    """Whether a circle is open."""
    is_alone: bool
    """Whether nobody runs it with them."""

    @property
    def has_begun(self) -> bool:
        """Whether the first three steps are done."""
        return self.has_second_factor and self.has_copy and self.has_circle


def host_desk(request: HttpRequest, actor: Actor) -> HostDesk:
    """How much waits, and which of the first steps are done."""
    counted, work, uncopied = host_console(actor), workload(), _uncopied(actor)
    waiting = counted.complaints + counted.recoveries + counted.leaderless + counted.unvouched
    return HostDesk(
        waiting=waiting + work.mails_failed + work.jobs_failed + uncopied,
        has_second_factor=is_mfa_enabled(request.user),
        has_copy=not uncopied,
        has_circle=counted.circles > 0,
        is_alone=counted.hosts == 1,
    )


@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """Counts, and where to go from them."""
    actor = acting(request)
    counted = host_console(actor)
    shown = {"console": counted, "workload": workload(), "uncopied": _uncopied(actor)}
    return page(request, actor, "host/console.html", **shown)


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


def _uncopied(actor: Actor) -> int:
    return sum(not each.kept_by for each in key_copies(actor))


urls = [
    path("host/", console, name="host"),
    path("host/keys/", keys, name="host_keys"),
    path("host/events/", events, name="host_events"),
]
