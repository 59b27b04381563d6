"""Whoever is signed out in the middle of writing keeps the words: they are asked to sign in without losing them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

__all__ = ["SignInDemanded"]

_IN_THE_HEADING = {"HX-Retarget": "h1", "HX-Reswap": "innerHTML show:top", "HX-Reselect": ".signed-out"}
"""A part of a page takes no whole page in: it stays as it is, with what is typed there, and its heading says why."""


class SignInDemanded(LoginRequiredMiddleware):
    """Middleware: as Django's, but what was sent is given back to be copied, and never to be sent by itself."""

    def handle_no_permission(  # type: ignore[override]  # Django sends whatever comes back, not a redirect alone
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """To the page where one signs in; where something was written, first to a page that gives it back."""
        if "HX-Request" in request.headers:
            here = urlsplit(request.headers.get("HX-Current-URL", "")).path
            shown = {"sign_in": redirect_to_login(here or "/", settings.LOGIN_URL).url}
            part = render_to_string("account/signed_out_part.html", shown, request)
            return HttpResponse(part, headers=_IN_THE_HEADING)
        demanded: HttpResponse = super().handle_no_permission(request, view_func)
        if not (written := _written(request)):
            return demanded
        given_back = {"sign_in": demanded["Location"], "written": written}
        return render(request, "account/signed_out.html", given_back, status=403)


def _written(request: HttpRequest) -> list[str]:
    """What somebody wrote, which has a space in it; no choice, token or code has."""
    fields = (answers for name, answers in request.POST.lists() if "password" not in name)
    return [told for answers in fields for told in answers if " " in told.strip()]
