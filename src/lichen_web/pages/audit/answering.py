"""Answering a team's question by a link: no account, a few minutes, and one's own page back at once.

The secret of the link is taken out of the address before anything else is asked for, and is kept by the browser alone.
What is shown is the person's own, and the name of whoever asks; nothing of what others say, or of the audit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lichen.errors import InputError, NotAllowed
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.team import Answering, answering
from lichen_web.alliances.actions.answering import answer_round, be_left_alone, take_answer_back
from lichen_web.alliances.rounds import Said, TeamSaying
from lichen_web.pages.asking import told_to
from lichen_web.pages.audit.choosing import choices_among
from lichen_web.pages.audit.words import label_of, severity
from lichen_web.pages.forms.answering import AllowingName, SayingOne

__all__ = ["urls"]

_COOKIE = "lichen_answer"
_DAY = 24 * 60 * 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{40,64}")
_TO_HERE = "/answering/"

View = Callable[..., HttpResponse]


def _of_link(view: View) -> View:
    """For whoever holds a link that stands; everybody else gets the same page, whatever is wrong with theirs."""

    @wraps(view)
    def found(request: HttpRequest, **named: int) -> HttpResponse:
        token = _kept_token(request)
        seen = answering(token) if token else None
        if seen is not None:
            try:
                return view(request, token, seen, **named)
            except NotThere:
                pass
        return _forgotten(render(request, "answering/nowhere.html", status=404))

    return login_not_required(found)


@login_not_required
@require_safe
def link(request: HttpRequest, token: str, to: str) -> HttpResponse:
    """Take the secret out of the address, and go on without it."""
    response = redirect(to)
    if _TOKEN.fullmatch(token):
        response.set_cookie(
            _COOKIE,
            token,
            max_age=_DAY,
            path=_TO_HERE,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@_of_link
def own(request: HttpRequest, token: str, seen: Answering) -> HttpResponse:
    """What one has said so far, and saying one thing more."""
    return _writing(request, token, seen, None)


@require_http_methods(["GET", "HEAD", "POST"])
@_of_link
def change(request: HttpRequest, token: str, seen: Answering, place: int) -> HttpResponse:
    """Say one thing anew, or take it out."""
    if not place < len(seen.saying.said):
        raise NotThere
    if request.method == "POST" and "remove" in request.POST:
        return _kept(request, token, seen.saying.without(place), _("Taken out."))
    return _writing(request, token, seen, place)


@require_POST
@_of_link
def move(request: HttpRequest, token: str, seen: Answering) -> HttpResponse:
    """Put one thing before or after another."""
    try:
        place, to = (int(part) for part in request.POST.get("move", "").split(":"))
    except ValueError:
        raise NotThere from None
    if not 0 <= place < len(seen.saying.said):
        raise NotThere
    return _kept(request, token, seen.saying.moved(place, to), _("The order is kept."))


@require_POST
@_of_link
def understand(request: HttpRequest, token: str, seen: Answering) -> HttpResponse:
    """Say what was understood so far, while somebody still types."""
    return render(request, "answering/understood.html", {"choices": choices_among(request.POST, "gap"), "key": "one"})


@require_safe
@_of_link
def page_of_ones_own(request: HttpRequest, token: str, seen: Answering) -> HttpResponse:
    """What one has said, in its order, to keep or to print."""
    return _page(request, seen, "answering/own.html")


@require_http_methods(["GET", "HEAD", "POST"])
@_of_link
def by_name(request: HttpRequest, token: str, seen: Answering) -> HttpResponse:
    """Whether the answer may be read by name, should too few answer."""
    before = {"is_by_name": seen.saying.is_by_name, "name": seen.saying.name}
    form = AllowingName(request.POST if request.method == "POST" else None, initial=before)
    if form.is_bound and form.is_valid():
        saying = TeamSaying(seen.saying.said, form.cleaned_data["name"], form.cleaned_data["is_by_name"])
        try:
            return _kept(request, token, saying, _("It is kept."))
        except InputError as refused:
            told_to(form, refused)
    return _page(request, seen, "answering/name.html", _status(form), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@_of_link
def take_back(request: HttpRequest, token: str, seen: Answering) -> HttpResponse:
    """Destroy what one has said."""
    if request.method != "POST":
        return _page(request, seen, "answering/take_back.html")
    take_answer_back(token, link=_made_for(request))
    messages.success(request, _("It is destroyed. You can begin anew, or leave it."))
    return redirect("answering")


@require_http_methods(["GET", "HEAD", "POST"])
@_of_link
def no_more(request: HttpRequest, token: str, seen: Answering) -> HttpResponse:
    """Be asked no more in this round."""
    if request.method == "POST":
        be_left_alone(token, link=_made_for(request), at=timezone.now())
        return redirect("answer_no_more")
    return _page(request, seen, "answering/no_more.html")


@require_POST
@_of_link
def leave(request: HttpRequest, token: str, seen: Answering) -> HttpResponse:
    """Have this browser forget the link; it stays good elsewhere."""
    return _forgotten(render(request, "answering/left.html", {"seen": seen}))


# --- Within ----------------------------------------------------------------------------------------------------------


def _writing(request: HttpRequest, token: str, seen: Answering, place: int | None) -> HttpResponse:
    stood = seen.saying.said[place] if place is not None else None
    typed = request.POST if request.method == "POST" else _as_typed(stood)
    choices = choices_among(typed, "gap")
    form = SayingOne(typed) if "done" in typed else SayingOne(initial={"severity": 3, **typed.dict()})
    if form.is_bound and form.is_valid():
        if choices.chosen is None and choices.understood:
            form.add_error(None, _("Choose what it is about, or that none of these fits."))
        else:
            said = Said(form.cleaned_data["words"], choices.chosen or "", form.cleaned_data["severity"])
            try:
                return _kept(request, token, seen.saying.having(said, place), _("It is kept."))
            except InputError as refused:
                told_to(form, refused)
    template = "answering/one.html" if stood else "answering/answering.html"
    return _page(request, seen, template, _status(form), form=form, choices=choices, key="one")


def _as_typed(stood: Said | None) -> QueryDict:
    typed = QueryDict(mutable=True)
    if stood:
        typed.update({"words": stood.words, "code": stood.code, "severity": str(stood.severity)})
    return typed


def _kept(request: HttpRequest, token: str, saying: TeamSaying, told: str) -> HttpResponse:
    """Keep it, and go on to what one has said; what was changed in another window is not overwritten."""
    try:
        answer_round(token, link=_made_for(request), version=_version(request), saying=saying, at=timezone.now())
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, told)
    return redirect("answering")


def _page(
    request: HttpRequest, seen: Answering, template: str, status: HTTPStatus = HTTPStatus.OK, **shown: object
) -> HttpResponse:
    said = [
        {
            "words": each.words,
            "about": label_of(each.code) if each.code else "",
            "severity": each.severity,
            "step": step,
        }
        for each in seen.saying.said
        for step in [severity(each.severity)[0]]
    ]
    return render(request, template, {"seen": seen, "said": said, **shown}, status=status)


def _status(form: forms.Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _made_for(request: HttpRequest) -> UUID:
    """The link that the page was made for; another may have been followed in this browser since."""
    try:
        return UUID(request.POST.get("link", ""))
    except ValueError:
        raise NotThere from None


def _version(request: HttpRequest) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def _kept_token(request: HttpRequest) -> str:
    token = request.COOKIES.get(_COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def _forgotten(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(_COOKIE, path=_TO_HERE, samesite="Lax")
    return response


_HERE = "answering/"
urls = [
    path("answer/<str:token>/", link, {"to": "answering"}, name="answer_link"),
    path("answer/<str:token>/no-more/", link, {"to": "answer_no_more"}, name="answer_no_more_link"),
    path(_HERE, own, name="answering"),
    path(f"{_HERE}understand/", understand, name="answer_understand"),
    path(f"{_HERE}<int:place>/", change, name="answer_change"),
    path(f"{_HERE}order/", move, name="answer_order"),
    path(f"{_HERE}own/", page_of_ones_own, name="answer_own"),
    path(f"{_HERE}name/", by_name, name="answer_name"),
    path(f"{_HERE}take-back/", take_back, name="answer_take_back"),
    path(f"{_HERE}no-more/", no_more, name="answer_no_more"),
    path(f"{_HERE}leave/", leave, name="answer_leave"),
]
