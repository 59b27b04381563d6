"""How axes counts here, and what it says to somebody who has tried too often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allauth.account.adapter import get_adapter
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

__all__ = ["account_tried", "address_of", "locked_out"]


def account_tried(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The account that somebody tries to enter, as a keyed digest.

    People type passwords into the field of the address; so what was typed is not kept.
    """
    told = credentials or {}
    typed = told.get("email") or told.get("username") or request.POST.get("login", "")
    return salted_hmac("lichen_web.sign_in", typed.strip().lower(), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str | None:
    """From where on the network they ask, behind as many proxies as the host told; none where it was not asked so."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return None


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, str] | None = None
) -> HttpResponse:
    """429, with the time from which on they can try again."""
    again_at = _again_at(request, credentials)
    page = render(request, "account/locked_out.html", {"again_at": again_at}, status=429)
    page.headers["Retry-After"] = str(max(1, round((again_at - timezone.now()).total_seconds())))
    return page


def _again_at(request: HttpRequest, credentials: Mapping[str, str] | None) -> datetime:
    tried = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    latest = max(filter(None, (each.aggregate(at=Max("attempt_time"))["at"] for each in tried)), default=timezone.now())
    moment: datetime = latest + get_cool_off(request)
    return moment
