"""``lichen-web serve``: everything that one machine needs, watched."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.urls import reverse
from django.utils.translation import gettext as _

from lichen.cli.group import FINDINGS, Described, commands
from lichen.errors import Problem, refuse
from lichen_web.alliances.access.house import is_hosted
from lichen_web.alliances.copies.tables import bring_up, is_current
from lichen_web.command.demo import AtStage, Stage
from lichen_web.command.host import invitation_link
from lichen_web.command.supervision import Child, supervise
from lichen_web.command.web import Port, Socket, Workers
from lichen_web.environment import Part

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def serve(
    port: Port = 8000,
    unix_socket: Socket = None,
    workers: Workers = 2,
    demo: Annotated[
        bool, typer.Option("--demo", help="With made-up organisations, and a page to enter as any of their people.")
    ] = False,
    stage: AtStage = Stage.DISCLOSURE,
) -> None:
    """Bring this Lichen up: its pages, and the work in the background. Ctrl-C stops it.

    On one machine nothing has to be set. Everything is kept in the folder lichen-home, or where LICHEN_HOME says.

    Example:
        lichen-web serve
        lichen-web serve --demo --stage fit --port 8100
    """
    url = os.environ.get("LICHEN_URL") or f"http://127.0.0.1:{port}"
    variables = {"LICHEN_URL": url} | ({"LICHEN_DEMO": "1"} if demo else {})
    refuse(_problems(port, unix_socket, demo))
    typer.echo(_("Lichen is being brought up ..."))
    _prepare()
    if demo:
        _run("demo", variables, "--stage", stage)
    where = ["--socket", str(unix_socket)] if unix_socket else ["--port", str(port)]
    children = [_child(Part.WEB, variables, *where, "--workers", str(workers)), _child(Part.WORKER, variables)]
    welcome = "\n".join(_welcome(url, demo))
    connections.close_all()
    if not supervise(children, ready=lambda: typer.echo(welcome)):
        _give_up()
    typer.echo(_("Lichen has stopped."))


def _problems(port: int, unix_socket: Path | None, demo: bool) -> Iterator[Problem]:
    if demo and not settings.LICHEN.is_local:
        what, right = _("the demo is for one machine, and LICHEN_URL says that others reach this one"), _("no --demo")
        yield Problem(what, right)
    if demo and unix_socket:
        what = _("the demo is for whoever sits at this machine, and a socket is for a proxy")
        yield Problem(what, _("no --demo, or no --socket"))
    if unix_socket is None and _is_taken(port):
        what = _("something listens on 127.0.0.1:{port} already, perhaps another Lichen").format(port=port)
        yield Problem(what, _("to stop that, or another port: --port {other}").format(other=port + 1))


def _is_taken(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def _prepare() -> None:
    """Tables, static files, and whether it is safe to start."""
    if settings.LICHEN.is_local:
        bring_up(DEFAULT_DB_ALIAS)
    elif not is_current(DEFAULT_DB_ALIAS):
        refuse([Problem(_("the tables are not those that this version needs"), "lichen-web migrate")])
    call_command("collectstatic", interactive=False, verbosity=0)
    found = run_checks(databases=["default"], include_deployment_checks=not settings.LICHEN.is_local)
    refuse(Problem(found.msg, found.hint or "") for found in found if found.is_serious(ERROR))


def _command(name: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "lichen_web.command.main", name, *options]


def _child(part: Part, variables: Mapping[str, str], *options: str) -> Child:
    return Child(part, _command(part, *options), {**variables, "LICHEN_PART": part})


def _run(name: str, variables: Mapping[str, str], *options: str) -> None:
    """Run another command to its end, as the part that it is, with what was set here."""
    environment = {**os.environ, **variables, "LICHEN_PART": Part.WEB}
    if subprocess.run(_command(name, *options), env=environment, check=False).returncode:  # noqa: S603
        _give_up()


def _give_up() -> None:
    typer.echo(_("Lichen could not be brought up; what stands above says why."), err=True)
    raise typer.Exit(FINDINGS)


def _welcome(url: str, demo: bool) -> Iterator[str]:
    yield ""
    yield _("  Lichen is up:        {url}").format(url=url)
    if demo:
        yield _("  The demo:            {url}").format(url=url + reverse("demo"))
    yield _("  All is kept in:      {folder}").format(folder=settings.LICHEN.home)
    if not settings.LICHEN.mail:
        yield _("  Mails are put into:  {folder}").format(folder=settings.EMAIL_FILE_PATH)
    yield _("  Ctrl-C stops it.")
    if not is_hosted():
        yield from _invitation(url)


def _invitation(url: str) -> Iterator[str]:
    """What to do first, and the link for it where somebody sits and reads it; a log is no place for that."""
    yield ""
    if sys.stdout.isatty():
        yield _("  Nobody runs this host yet. Whoever opens this link first does, so open it now, and sign up:")
        yield f"  {invitation_link(url)}"
        yield _("  Then open a circle on your console, and invite the first organisations into it.")
    else:
        yield _("  Nobody runs this host yet. On a terminal: lichen-web invite-host")
