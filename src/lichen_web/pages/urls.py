"""The addresses of the pages: one list a room."""

from __future__ import annotations

from django.urls import URLPattern

from lichen_web.pages import (
    audit,
    circles,
    complaints,
    demo,
    desk,
    facilitators,
    front,
    health,
    invitations,
    organisations,
    people,
    tables,
)
from lichen_web.pages.host import circles as host_circles
from lichen_web.pages.host import console, work
from lichen_web.pages.host import organisations as host_organisations

urlpatterns: list[URLPattern] = [
    *front.urls,
    *desk.urls,
    *demo.urls,
    *invitations.urls,
    *organisations.urls,
    *people.urls,
    *facilitators.urls,
    *circles.urls,
    *tables.urls,
    *complaints.urls,
    *audit.urls,
    *console.urls,
    *host_organisations.urls,
    *host_circles.urls,
    *work.urls,
    *health.urls,
]
