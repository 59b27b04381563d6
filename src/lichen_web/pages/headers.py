"""What every answer of the house says to browsers beside its own part."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

__all__ = ["Headers"]

_NOT_NEEDED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
_FIXED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{each}=()" for each in _NOT_NEEDED),
}


class Headers:
    """Middleware: no page is kept by a browser or a proxy, and none may use the machine it is shown on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Around everything but static files."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say so."""
        response = self._answer(request)
        response.headers["Cache-Control"] = "no-store"
        for name, value in _FIXED.items():
            response.headers[name] = value
        return response
