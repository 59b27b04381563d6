"""Mails and jobs that were given up, and trying them again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen_web.alliances.access.work import failed_jobs, failed_mails
from lichen_web.alliances.actions.work import run_again, send_again
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import done
from lichen_web.pages.paging import paged

__all__ = ["job_again", "jobs", "mail_again", "mails", "urls"]


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The mails that were given up; never to whom, never what."""
    actor = acting(request)
    return page(request, actor, "host/mails.html", mails=paged(request, failed_mails(actor)))


@require_POST
def mail_again(request: HttpRequest, mail: UUID) -> HttpResponse:
    """Try to send one anew."""
    said, to = _("It will be tried again."), reverse("host_mails")
    return done(request, acting(request), send_again, mail=mail, said=said, to=to)


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The jobs that were given up."""
    actor = acting(request)
    return page(request, actor, "host/jobs.html", jobs=paged(request, failed_jobs(actor)))


@require_POST
def job_again(request: HttpRequest, task: UUID) -> HttpResponse:
    """Run one again."""
    said, to = _("It will be run again."), reverse("host_jobs")
    return done(request, acting(request), run_again, task=task, said=said, to=to)


urls = [
    path("host/mails/", mails, name="host_mails"),
    path("host/mails/<uuid:mail>/again/", mail_again, name="send_again"),
    path("host/jobs/", jobs, name="host_jobs"),
    path("host/jobs/<uuid:task>/again/", job_again, name="run_again"),
]
