"""Putting the gaps in order: by drag, by keys, by buttons, or by typing a place; never over somebody else's order."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lichen.errors import NotAllowed
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.actions.audit import rank_vulnerabilities
from lichen_web.pages.acting import acting, page
from lichen_web.pages.audit.rows import gap_rows

__all__ = ["put_in_order"]


@require_http_methods(["GET", "HEAD", "POST"])
def put_in_order(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Put the gaps in the order in which they need outside help."""
    actor = acting(request, organisation)
    may(actor, rank_vulnerabilities.__name__)
    if request.method != "POST":
        return _asked(request, actor)
    try:
        seen = _ids(request.POST.get("seen", ""))
        wanted = _wanted(request.POST, seen)
    except ValueError:
        return _asked(request, actor, HTTPStatus.UNPROCESSABLE_ENTITY, _("That is no place in the list."))
    try:
        rank_vulnerabilities(actor, order=wanted, seen=seen, at=timezone.now())
    except NotAllowed as refused:
        return _asked(request, actor, HTTPStatus.CONFLICT, refused.why)
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("The order is kept."))
    return redirect("rank_vulnerabilities", organisation)


def _asked(request: HttpRequest, actor: Actor, status: HTTPStatus = HTTPStatus.OK, refused: str = "") -> HttpResponse:
    rows = gap_rows(own_audit(actor), None)
    response = page(request, actor, "audit/order.html", rows=rows, refused=refused)
    response.status_code = status
    return response


def _wanted(said: QueryDict, seen: list[UUID]) -> list[UUID]:
    """The order that was asked for: all of it, one moved a place, or those with a new place typed beside them.

    Raises:
        ValueError: Something in it is no gap, or no place.
    """
    if order := said.get("order"):
        return _ids(order)
    if move := said.get("move"):
        item, _colon, place = move.partition(":")
        return _moved(seen, UUID(item), int(place))
    wanted = seen
    for to, which in sorted(_typed(said, seen)):
        wanted = _moved(wanted, which, to)
    return wanted


def _typed(said: QueryDict, seen: list[UUID]) -> Iterator[tuple[int, UUID]]:
    for now, item in enumerate(seen, 1):
        place = int(said.get(f"place-{item}", "") or now)
        if place != now:
            yield place, item


def _moved(items: list[UUID], item: UUID, place: int) -> list[UUID]:
    others = [each for each in items if each != item]
    at = min(max(place, 1), len(items)) - 1
    return [*others[:at], item, *others[at:]]


def _ids(said: str) -> list[UUID]:
    return [UUID(each) for each in said.split(",") if each]
