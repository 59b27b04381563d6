"""``lichen-web web``: the pages, on gunicorn."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from lichen.capabilities.recognise import recognise
from lichen.cli.group import Described, commands
from lichen_web.alliances.bridge.listed import load_listing
from lichen_web.alliances.standing import refuse_unsafe
from lichen_web.command.supervision import begin_as_child, tell_at_work
from lichen_web.door import Door

__all__ = ["Port", "Socket", "Workers", "app"]

app = commands()

Port = Annotated[int, typer.Option(min=1, max=65535, help="Where on 127.0.0.1 to listen.")]
Socket = Annotated[
    Path | None,
    typer.Option(
        "--socket", help="A unix socket to listen on instead, for a proxy on this machine; its folder says who may."
    ),
]
Workers = Annotated[int, typer.Option(min=1, max=64, help="How many processes answer.")]


@app.command(cls=Described)
def web(port: Port = 8000, unix_socket: Socket = None, workers: Workers = 2) -> None:
    """Answer people who look at pages. Usually lichen-web serve does this for you.

    Example:
        lichen-web web --port 8000
        lichen-web web --socket /run/lichen/web.sock
    """
    begin_as_child()
    refuse_unsafe(settings.LICHEN.part)
    connections.close_all()  # the processes that are forked from here each open their own
    bind = f"unix:{unix_socket.absolute()}" if unix_socket else f"127.0.0.1:{port}"
    _Pages(bind, workers, is_on_loopback=unix_socket is None).run()


def _ready(_arbiter: object) -> None:
    tell_at_work()


class _Log(Logger):  # type: ignore[misc]
    """Gunicorn's messages go where ours go; what people ask for is written by our own middleware."""

    def setup(self, cfg: Any) -> None:
        self._access_log_enabled = False
        self.error_log.propagate = True
        self.error_log.setLevel("WARNING")


class _Pages(BaseApplication):  # type: ignore[misc]
    """Gunicorn with what is set here, and nothing from files or variables that may lie about."""

    def __init__(self, bind: str, workers: int, *, is_on_loopback: bool) -> None:
        self._is_on_loopback = is_on_loopback
        self._wanted = {
            "bind": bind,
            "control_socket_disable": True,
            "graceful_timeout": 5,
            "keepalive": 150,  # longer than a proxy keeps a line open, or it would send a form down one just closed
            "logger_class": _Log,
            "preload_app": True,
            "proc_name": "lichen-web",
            "threads": 4,
            "umask": 0o007,  # of the socket: its user, and the proxy's group
            "when_ready": _ready,
            "worker_class": "gthread",
            "workers": workers,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        recognise("")  # its table is read once, before there are workers, and not while somebody types
        load_listing()  # so is the list, and the first who looks into it does not wait for ten thousand rows
        connections.close_all()
        pages = Door(get_wsgi_application(), is_on_loopback=self._is_on_loopback)
        gc.freeze()  # what is there by now stays, and the workers share it
        return pages
