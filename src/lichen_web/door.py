"""What is turned away at the door, before anybody reads on: strange alphabets, and more than any form can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

__all__ = ["MOST_BYTES", "Door", "DoorOfPages"]

MOST_BYTES = 2 * 1024 * 1024
"""No page takes files; no form comes near this."""
_ALPHABETS = frozenset({"utf-8", "utf8"})
_BAD, _LARGE = "400 Bad Request", "413 Content Too Large"


class Door:
    """Around a WSGI application."""

    def __init__(self, application: WSGIApplication) -> None:
        """Before this one."""
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Pass on, or answer in plain words."""
        refused = _refused(environ)
        if refused is None:
            return self._application(environ, start_response)
        status, why = refused
        body = why.encode()
        told = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
        start_response(status, [*told.items(), ("X-Content-Type-Options", "nosniff")])
        return [body]


class DoorOfPages:
    """The same as Django's middleware, wherever Django is reached by another way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Around all others."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or answer in plain words."""
        refused = _refused(request.META)
        if refused is None:
            return self._answer(request)
        status, why = refused
        return HttpResponse(why, status=int(status[:3]), content_type="text/plain; charset=utf-8")


def _refused(environ: Mapping[str, Any]) -> tuple[str, str] | None:
    try:
        _, said = parse_header_parameters(environ.get("CONTENT_TYPE") or "")
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except (ValueError, LookupError):
        return _BAD, "This request cannot be read.\n"
    if said.get("charset", "utf-8").lower() not in _ALPHABETS:
        return _BAD, "Please send text as UTF-8; nothing else is read here.\n"
    if length > MOST_BYTES:
        return _LARGE, "This is more than any page here takes: at most 2 MiB.\n"
    return None
