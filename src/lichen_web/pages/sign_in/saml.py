"""Two of allauth's pages for SAML, where its own would not do. What needs the extra ``saml`` is loaded by its name."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string

from lichen_web.sign_in import SAML_APP

__all__ = ["saml_urls"]


@login_not_required
def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Let in, or refuse; allauth answers what is no XML at all, or no answer to this browser, with an error."""
    try:
        response: HttpResponse = import_string(f"{SAML_APP}.views.finish_acs")(request, organization_slug)
    except (PermissionDenied, SyntaxError, ValueError):
        return render(request, "socialaccount/authentication_error.html", status=401)
    return response


@login_not_required
def no_single_log_out(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Allauth needs an address for it, but anybody could end a session through it."""
    raise Http404


def saml_urls() -> list[URLPattern | URLResolver]:
    """For hosts one of whose providers speaks SAML; they need the extra ``saml``."""
    return [
        path("saml/<slug:organization_slug>/acs/finish/", finish, name="saml_finish_acs"),
        path("saml/<slug:organization_slug>/sls/", no_single_log_out, name="saml_sls"),
        path("", include(f"{SAML_APP}.urls")),
    ]
