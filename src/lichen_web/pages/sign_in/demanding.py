"""A second factor is demanded before somebody who runs the host, or everybody, goes on: by the host's setting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lichen_web.environment import SecondFactor

__all__ = ["SecondFactorDemanded"]

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_ACCOUNT = "account/"
_OF_THE_HOST = ("host/", "circles/")
"""Where the addresses begin at which somebody acts as the host."""


class SecondFactorDemanded:
    """Middleware: where one is demanded and missing, a page says so, with the way to it, and nothing else is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Around the views."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self._answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _named: object
    ) -> HttpResponse | None:
        """The page that demands it; none where whoever asks may go on."""
        if not _is_demanded(request, view) or is_mfa_enabled(request.user, types=_FACTORS):
            return None
        return render(request, "mfa/demanded.html", {"is_host": _is_as_host(request)}, status=403)


def _is_demanded(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    if settings.LICHEN.is_demo or not request.user.is_authenticated:
        return False
    match settings.LICHEN.second_factor:
        case SecondFactor.HOSTS:
            return _is_as_host(request)
        case SecondFactor.EVERYBODY:
            return getattr(view, "login_required", True) and not _route(request).startswith(_ACCOUNT)
    return False


def _is_as_host(request: HttpRequest) -> bool:
    person: Any = request.user
    return person.hosting_since is not None and _route(request).startswith(_OF_THE_HOST)


def _route(request: HttpRequest) -> str:
    return request.resolver_match.route if request.resolver_match else ""
