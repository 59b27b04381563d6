"""Where one is signed in, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lichen_web.accounts.sessions import end_session, end_sessions, sign_ins_of
from lichen_web.pages.acting import acting

__all__ = ["sessions"]


@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The list of one's sessions; one of them, or all but this one, can be ended."""
    person, here = acting(request).person, request.session.session_key
    if request.method == "POST":
        if session := request.POST.get("session"):
            end_session(person, session)
        else:
            end_sessions(person, but=here)
        messages.success(request, _("Ended. Whoever used it has to sign in again."))
        return redirect("account_sessions")
    return render(request, "account/sessions.html", {"sign_ins": sign_ins_of(person, at=timezone.now(), here=here)})
