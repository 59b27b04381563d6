"""``lichen-web serve``: everything that one machine needs, watched."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Annotated

import structlog
import typer
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen.cli.group import FINDINGS, Described
from lichen.errors import InputError, Problem, refuse
from lichen_web.alliances.access.house import is_hosted, is_migrated
from lichen_web.alliances.actions.host import invite_host
from lichen_web.command.supervision import Child, supervise
from lichen_web.command.web import Port, Socket, Workers
from lichen_web.environment import Part

__all__ = ["app"]

app = typer.Typer()

_LOG = structlog.stdlib.get_logger("lichen.serve")


@app.command(cls=Described)
def serve(
    port: Port = 8000,
    socket: Socket = None,
    workers: Workers = 2,
    demo: Annotated[
        bool, typer.Option("--demo", help="With made-up organisations, and a page to enter as any of their people.")
    ] = False,
) -> None:
    """Bring this Lichen up: its pages, and the work in the background. Ctrl-C stops it.

    On one machine nothing has to be set. Everything is kept in the folder lichen-home, or where LICHEN_HOME says.

    Example:
        lichen-web serve
        lichen-web serve --demo --port 8100
    """
    url = os.environ.get("LICHEN_URL") or f"http://127.0.0.1:{port}"
    refuse(_problems(port, socket, demo))
    _prepare()
    environment = {"LICHEN_URL": url, "LICHEN_DEMO": "1" if demo else os.environ.get("LICHEN_DEMO", "")}
    if demo:
        _build_demo(environment)
    where = ["--socket", str(socket)] if socket else ["--port", str(port)]
    children = [
        _child(Part.WEB, environment, *where, "--workers", str(workers)),
        _child(Part.WORKER, environment),
    ]
    welcome = "\n".join(_welcome(url, demo))
    connections.close_all()
    if not supervise(children, is_ready=lambda: _answers(port, socket), ready=lambda: typer.echo(welcome)):
        typer.echo(_("Lichen could not be started; what stands above says why."), err=True)
        raise typer.Exit(FINDINGS)
    typer.echo(_("Lichen has stopped."))
