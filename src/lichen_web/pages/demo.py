"""Entering the demo as one of its people; on loopback alone, and nowhere else is there such a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen_web.accounts.demo import Guest
from lichen_web.door import is_from_this_machine

__all__ = ["Card", "demo", "enter", "urls"]

View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody as whom one can enter."""

    key: str
    """What the button sends."""
    name: str
    """Who."""
    words: str
    """What there is to see."""


def _on_this_machine(view: View) -> View:
    """Answer only whoever sits at this machine, with no proxy between, and only where there is a demo."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        if not settings.LICHEN.is_demo or not is_from_this_machine(request):
            raise Http404
        return view(request)

    return answered


@login_not_required
@_on_this_machine
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """The five as whom one can enter."""
    return render(request, "demo/demo.html", {"guests": _cards()})


@login_not_required
@_on_this_machine
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of them."""
    person = authenticate(request, guest=request.POST.get("guest", ""))
    if person is None:
        raise Http404
    login(request, person)
    return redirect("desk")


def _cards() -> tuple[Card, ...]:
    return (
        Card(Guest.HOSPITAL, _("The hospital"), _("It has money and doctors, and nobody east of the river trusts it.")),
        Card(Guest.CHURCHES, _("The churches"), _("They are trusted, and nobody there knows about medicine.")),
        Card(Guest.FACILITATOR, _("The facilitator"), _("Serves both, and sees only what each has opened.")),
        Card(Guest.HOST, _("The host"), _("Runs this Lichen, and reads no confession by it.")),
        Card(Guest.STRANGER, _("A stranger"), _("Has signed up, and must see nothing.")),
    )


urls = [
    path("demo/", demo, name="demo"),
    path("demo/enter/", enter, name="enter_demo"),
]
