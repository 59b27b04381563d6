"""What anybody may read before they sign up: what this is, what it is not, whether it is for them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from lichen_web.pages.advice import advice
from lichen_web.pages.forms.first_questions import FirstQuestions

__all__ = ["first_questions", "front", "privacy", "urls"]


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is, and what it is not."""
    return render(request, "front/front.html")


@login_not_required
def first_questions(request: HttpRequest) -> HttpResponse:
    """Is it for you, now? The answers come back as a page and are not kept, so they stand in no address either."""
    form = FirstQuestions(request.POST or None)
    if form.is_valid():
        return render(request, "front/advice.html", {"advice": advice(form.cleaned_data)})
    return render(request, "front/first_questions.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, and who can read it."""
    return render(request, "front/privacy.html")


urls = [
    path("", front, name="front"),
    path("first-questions/", first_questions, name="first_questions"),
    path("privacy/", privacy, name="privacy"),
]
