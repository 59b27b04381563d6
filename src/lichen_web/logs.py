"""What is written down of what happens here: routes, ids, classes and places; never a word that anybody wrote.

A line of the log says which page was asked for by the name of its route, never by its path, which may bear a token.
An exception is told by its class and by the places it went through: its message, and the values of the moment, may
bear a confession. What other packages log is told by its template, without what they would have filled in.
"""

from __future__ import annotations

import logging.config
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from time import perf_counter
from traceback import walk_tb
from typing import Any
from uuid import uuid4

import structlog
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, Processor

__all__ = ["RequestLog", "logging_settings", "start_logging"]

_QUIET_ROUTES = {"healthz", "metrics"}
"""Asked for every few seconds by machines; written down only when something is wrong."""
_LAST_PLACES = 8


def logging_settings(*, on_terminal: bool) -> dict[str, Any]:
    """The setting ``LOGGING``: one line an entry on standard error, for a person or as JSON for a machine."""
    renderer = _for_a_person if on_terminal else structlog.processors.JSONRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lichen": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [_without_filling, *_SHARED],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
                "use_get_message": False,
            }
        },
        "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "lichen"}},
        "root": {"handlers": ["terminal"], "level": "INFO"},
        "loggers": {
            "axes": {"level": "WARNING"},
            "django": {"handlers": [], "level": "WARNING"},
            "django-q": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            # Who sits before it wants to read of faults, and the one link that works once.
            "lichen.request": {"level": "WARNING" if on_terminal else "INFO"},
            "django.request": {"level": "ERROR"},  # what was refused stands in our own line of the request
            "weasyprint": {"level": "ERROR"},  # it warns with what it was given to print
        },
    }


def start_logging(settings: dict[str, Any]) -> None:
    """Begin to log; Django calls it, by the setting ``LOGGING_CONFIG``."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class RequestLog:
    """Writes one line a request: its route, how it ended, how long it took, and who asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._log = structlog.stdlib.get_logger("lichen.request")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and write it down; the answer bears the same id as the line."""
        request_id = uuid4().hex
        began = perf_counter()
        with structlog.contextvars.bound_contextvars(request=request_id):
            response = self._get_response(request)
            route = request.resolver_match.view_name if request.resolver_match else ""
            if route not in _QUIET_ROUTES or response.status_code >= 400:
                self._log.info(
                    "request",
                    route=route,
                    method=request.method,
                    status=response.status_code,
                    milliseconds=round(1000 * (perf_counter() - began)),
                    **_person(request),
                )
        response.headers["X-Request-ID"] = request_id
        return response


def _for_a_person(_logger: object, _method: str, entry: EventDict) -> str:
    """A line to be glanced at: the time of day here, what happened, and what belongs to it."""
    at = datetime.fromisoformat(entry.pop("timestamp")).astimezone()
    level, event = entry.pop("level"), entry.pop("event")
    for known in ("logger", "request"):
        entry.pop(known, None)
    loud = "" if level == "info" else f"{level}: "
    return "  ".join([f"{at:%H:%M:%S}", f"{loud}{event}", *(f"{name}={value}" for name, value in entry.items())])


def _person(request: HttpRequest) -> Mapping[str, str]:
    """The id of who asked, if the page looked; a line of the log is no reason to ask the database."""
    session = getattr(request, "session", None)
    person = session.get(SESSION_KEY) if session is not None and session.accessed else None
    return {"person": person} if person else {}


def _without_filling(_logger: object, _method: str, entry: EventDict) -> EventDict:
    """Where somebody logs an exception as the message, leave only its class."""
    message = entry["_record"].msg
    return {**entry, "event": type(message).__name__} if isinstance(message, BaseException) else entry


def _without_words(_logger: object, _method: str, entry: EventDict) -> EventDict:
    """Tell an exception by its class, those that led to it by theirs, and the places it went through."""
    raised = entry.pop("exc_info", None)
    entry.pop("stack_info", None)
    error = sys.exc_info()[1] if raised is True else raised[1] if isinstance(raised, tuple) else raised
    return {**entry, "error": _classes(error), "places": _places(error)} if error else entry


def _classes(error: BaseException) -> str:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name} after {_classes(before)}" if before else name


def _places(error: BaseException) -> str:
    frames = [(frame.f_globals.get("__name__", "?"), line) for frame, line in walk_tb(error.__traceback__)]
    return " > ".join(f"{module}:{line}" for module, line in frames[-_LAST_PLACES:])


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_words,
]
