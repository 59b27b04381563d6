"""Coming by a link: what it offers, and saying yes."""

from __future__ import annotations

import re
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen.errors import NotAllowed
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.invitations import InvitationOffer, invitation_behind
from lichen_web.alliances.access.organisations import own_organisations
from lichen_web.alliances.actions.membership import accept_invitation
from lichen_web.pages.acting import acting

__all__ = ["invitation", "invitation_asked", "kept_token", "urls"]

_COOKIE = "lichen_invitation"
_DAY = 24 * 60 * 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def kept_token(request: HttpRequest) -> str:
    """The secret of the link by which this browser came; it is kept by the browser alone, in no row and no address."""
    token = request.COOKIES.get(_COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


@login_not_required
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address, before anything else is asked for with it."""
    if not _TOKEN.fullmatch(token):
        raise NotThere
    response = redirect("invitation_asked")
    response.set_cookie(
        _COOKIE, token, max_age=_DAY, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    return response


@login_not_required
def invitation_asked(request: HttpRequest) -> HttpResponse:
    """What the link offers; the answer of somebody who is signed in."""
    token = kept_token(request)
    offer = invitation_behind(token, at=timezone.now()) if token else None
    if offer is None:
        return _forgotten(render(request, "invitations/over.html", status=404))
    if request.method == "POST" and request.user.is_authenticated:
        return _accepted(request, offer, token)
    return render(request, "invitations/offer.html", {"offer": offer})


def _accepted(request: HttpRequest, offer: InvitationOffer, token: str) -> HttpResponse:
    actor = acting(request)
    try:
        joined = accept_invitation(actor, token=token, at=timezone.now())
    except NotAllowed as refused:
        return _refused(request, offer, refused.why)
    except NotThere:
        return _refused(
            request, offer, _("It was sent to another address. Sign in with that one, or ask for a new link.")
        )
    messages.success(request, _("You have accepted."))
    return _forgotten(redirect(_onward(offer, joined, actor.person)))


def _onward(offer: InvitationOffer, joined: UUID | None, person: UUID) -> str:
    """Where somebody goes who has accepted: to what they joined, or on to asking for their own organisation."""
    if offer.to in {"organisation", "facilitate"}:
        return reverse("organisation", args=[joined])
    if offer.to == "convene":
        return reverse("circle_table", args=[joined])
    own = own_organisations(person)
    if offer.to == "circle" and len(own) == 1:
        return reverse("ask_to_join", args=[own[0].id, offer.circle])
    return reverse("desk")


def _refused(request: HttpRequest, offer: InvitationOffer, why: str) -> HttpResponse:
    return render(request, "invitations/offer.html", {"offer": offer, "refused": why}, status=403)


def _forgotten(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(_COOKIE, samesite="Lax")
    return response


urls = [
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("invitation/", invitation_asked, name="invitation_asked"),
]
