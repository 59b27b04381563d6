"""What machines ask of the house: does it stand, and how much is there to do?"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.house import health, workload
from lichen_web.door import is_from_this_machine

__all__ = ["healthz", "metrics", "urls"]


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether each part is ok, for whoever watches from outside; 503 if one is not."""
    found = health(at=timezone.now())
    parts = {"database": found.database, "migrations": found.migrations, "worker": found.worker}
    said = {part: "ok" if is_ok else "not ok" for part, is_ok in parts.items()}
    return JsonResponse(said, status=200 if all(parts.values()) else 503)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts for Prometheus, for whoever has the token, or sits at this machine where none is set."""
    if not _is_known(request):
        raise NotThere
    return HttpResponse(generate_latest(_counted()), content_type=CONTENT_TYPE_PLAIN_0_0_4)


urls = [path("healthz", healthz, name="healthz"), path("metrics", metrics, name="metrics")]


def _is_known(request: HttpRequest) -> bool:
    token = settings.LICHEN.metrics_token
    if token:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    return settings.LICHEN.is_local and not settings.LICHEN.proxies and is_from_this_machine(request)


def _counted() -> CollectorRegistry:
    """Counted when asked for, in the database: each of several processes gives the same answer."""
    registry, load, found = CollectorRegistry(), workload(), health(at=timezone.now())
    for name, told, value in (
        ("lichen_jobs_waiting", "Jobs that wait or are being done.", load.jobs_waiting),
        ("lichen_jobs_failed", "Jobs that were given up.", load.jobs_failed),
        ("lichen_mails_waiting", "Mails that are not yet sent.", load.mails_waiting),
        ("lichen_mails_failed", "Mails that were given up.", load.mails_failed),
        ("lichen_worker_up", "Whether the worker takes up what waits.", found.worker),
    ):
        Gauge(name, told, registry=registry).set(value)
    return registry
