"""The addresses of the pages: one list a room."""

from __future__ import annotations

from django.urls import URLPattern

from lichen_web.pages import (
    brief,
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
from lichen_web.pages.audit import urls as audit
from lichen_web.pages.disclosure import urls as disclosure
from lichen_web.pages.fit import urls as fit
from lichen_web.pages.host import circles as host_circles
from lichen_web.pages.host import console, hosts, work
from lichen_web.pages.host import organisations as host_organisations
from lichen_web.pages.listed import urls as listed

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
    *disclosure.urls,
    *brief.urls,
    *fit.urls,
    *console.urls,
    *hosts.urls,
    *host_organisations.urls,
    *host_circles.urls,
    *work.urls,
    *listed.urls,
    *health.urls,
]
