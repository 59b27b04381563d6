"""What is turned away at the door, before anybody reads on: strange alphabets, and more than any form can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

from lichen_web.environment import is_loopback

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

__all__ = ["MOST_BYTES", "ON_LOOPBACK", "Door", "DoorOfPages", "is_from_this_machine"]

MOST_BYTES = 2 * 1024 * 1024
"""No page takes files; no form comes near this."""
ON_LOOPBACK = "lichen.on_loopback"
"""Said with every request by a server that listens on 127.0.0.1 alone; no header can say it, as those are HTTP_..."""
_ALPHABETS = frozenset({"utf-8", "utf8"})
_PASSED_ON = frozenset({"HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_CLIENT_IP", "HTTP_X_REAL_IP"})
_BAD, _LARGE = "400 Bad Request", "413 Content Too Large"


class Door:
    """Around a WSGI application."""

    def __init__(self, application: WSGIApplication, *, is_on_loopback: bool = False) -> None:
        """Before this one.

        Args:
            application: What it leads to.
            is_on_loopback: Whether the server listens on 127.0.0.1 alone.
        """
        self._application, self._is_on_loopback = application, is_on_loopback

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Pass on, or answer in plain words."""
        refused = _refused(environ)
        if refused is None:
            return self._application({**environ, ON_LOOPBACK: self._is_on_loopback}, start_response)
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


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether whoever asks sits at this machine, as far as can be seen.

    The server listens on 127.0.0.1 alone, was asked from there under such a name, and nobody says that they pass it on.
    A proxy that hides itself looks the same: where others are let in by one, the host's own URL has to be asked, too.
    """
    sent = request.META
    is_passed_on = any(name in _PASSED_ON or name.startswith("HTTP_X_FORWARDED") for name in sent)
    here = (sent.get("REMOTE_ADDR", ""), urlsplit(f"//{sent.get('HTTP_HOST', '')}").hostname or "")
    return sent.get(ON_LOOPBACK) is True and not is_passed_on and all(map(is_loopback, here))


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
