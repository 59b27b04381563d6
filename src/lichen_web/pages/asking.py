"""Asking, and doing what was answered: every form of the house goes this one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lichen.errors import InputError, NotAllowed
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.permissions import may
from lichen_web.pages.acting import page

__all__ = ["Question", "asked", "done", "told_to"]

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """What stands around a form: why it asks, and what its button does."""

    title: str
    """The heading."""
    words: str
    """What will happen, in a sentence or two."""
    button: str
    """On the one button."""
    back: str
    """The address to return to without having done anything."""
    said: str
    """What is said once it is done."""
    is_grave: bool = False
    """Whether it takes something away; the button then looks like it."""


def asked(
    request: HttpRequest,
    actor: Actor,
    act: Callable[..., object],
    make_form: Callable[..., forms.Form],
    question: Question,
    *,
    about: Mapping[str, object] = _NOTHING,
    initial: Mapping[str, object] = _NOTHING,
    onward: Callable[[object], str] | None = None,
    template: str = "asked.html",
    **shown: object,
) -> HttpResponse:
    """Ask, then do; what was typed is never lost on a refusal.

    Args:
        request: For whom.
        actor: Who acts.
        act: What is done with the answers; its name is its permission.
        make_form: What is asked: a form, or what makes one of the same arguments.
        question: What stands around it.
        about: More arguments of the act, which nobody is asked.
        initial: What stands in the fields at first.
        onward: The address to go to, made from what the act returned; else back.
        template: How it is shown.
        shown: More for the template.

    Raises:
        NotThere: It is none of the actor's business.
        NotAllowed: Somebody else has to do it; said before anything is typed.
    """
    may(actor, act.__name__)
    form = make_form(request.POST if request.method == "POST" else None, initial=dict(initial))
    status = HTTPStatus.OK
    if form.is_bound:
        try:
            if form.is_valid():
                result = act(actor, **form.cleaned_data, **about, at=timezone.now())
                messages.success(request, question.said)
                return redirect(onward(result) if onward else question.back)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except InputError as refused:
            told_to(form, refused)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except NotAllowed as refused:
            form.add_error(None, refused.why)
            status = HTTPStatus.FORBIDDEN
    response = page(request, actor, template, form=form, question=question, **shown)
    response.status_code = status
    return response


def done(
    request: HttpRequest, actor: Actor, act: Callable[..., object], *, said: str, to: str, **about: object
) -> HttpResponse:
    """Do what one button says, where nothing needs to be asked."""
    act(actor, **about, at=timezone.now())
    messages.success(request, said)
    return redirect(to)


def told_to(form: forms.Form, refused: InputError) -> None:
    """Tell a form what was refused, each problem beside its field."""
    for problem in refused.problems:
        what = capfirst(problem.what)
        told = _("{what}. Right would be: {right}.").format(what=what, right=problem.right) if problem.right else what
        form.add_error(problem.column if problem.column in form.fields else None, told)
