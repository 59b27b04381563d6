"""The pages for what went wrong, in plain words. They ask nothing of the database and repeat nothing that was sent."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

__all__ = ["broken", "not_allowed", "not_there", "shut", "stale_form", "too_often", "unreadable"]


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. What does not exist and what is not for whoever asks get the same bytes."""
    return _page(
        404,
        _("There is nothing here for you"),
        _("Either there is no such page, or it is not yours to see. Lichen never says which of the two."),
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None, why: str = "") -> HttpResponse:
    """403, with the sentence that says what would be right."""
    return _page(403, _("This is not yours to do"), why or _("Somebody else in your organisation can do it."))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not fit."""
    return _page(
        403,
        _("This form is too old"),
        _(
            "It was open for too long, you have signed in or out since, or your browser keeps no cookies. Nothing has"
            " changed. Go back, load the page again, and send it once more."
        ),
    )


def too_often(request: HttpRequest, why: str) -> HttpResponse:
    """429, with the sentence that says when it can be asked for again."""
    return _page(429, _("Too many at once"), why)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(
        400, _("Lichen could not read that"), _("What your browser sent made no sense here. Nothing has changed.")
    )


def shut(request: HttpRequest) -> HttpResponse:
    """503 for what is sealed and did not open."""
    return _page(
        503,
        _("This could not be opened"),
        _(
            "What you asked for is kept sealed, and its key did not open it. Nothing is lost by that, and nothing has"
            " changed. Whoever hosts this Lichen has been told; please come back later."
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        500,
        _("Something broke, and it was us"),
        _("What you sent was not kept. Please try again; if it happens twice, tell whoever hosts this Lichen when."),
    )


def _page(status: int, heading: str, words: str) -> HttpResponse:
    said = {"heading": heading, "words": words, "host_name": settings.LICHEN.host}
    return HttpResponse(render_to_string("errors/error.html", said), status=status)
