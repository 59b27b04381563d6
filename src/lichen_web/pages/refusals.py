"""Turns what Lichen refuses into a page, once for all of them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from lichen.errors import InputError, LichenError, NotAllowed
from lichen_web.alliances.access.actors import NotThere
from lichen_web.pages import errors

__all__ = ["Refusals"]

_LOG = logging.getLogger(__name__)
_METHODS = ("GET", "HEAD", "POST")


class Refusals:
    """Middleware: a refusal that no form has taken as its own becomes a page in plain words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Around the views."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a form does not take a method of which nobody thought for a look."""
        return self._answer(request) if request.method in _METHODS else HttpResponseNotAllowed(_METHODS)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; what is none of ours goes on to be a 500."""
        match exception:
            case NotThere():
                return errors.not_there(request)
            case NotAllowed():
                return errors.not_allowed(request, why=exception.why)
            case InputError():
                return errors.unreadable(request)
            case LichenError():
                _LOG.error("%s", type(exception).__name__)
                return errors.shut(request)
        return None
