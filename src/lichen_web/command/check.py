"""``lichen-web check``: whether all is well, and whether it is safe to let others in."""

from __future__ import annotations

from typing import Annotated

import typer
from django.core.checks import ERROR, WARNING, CheckMessage, run_checks
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lichen.cli.group import FINDINGS, Described, commands

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def check(
    deploy: Annotated[bool, typer.Option("--deploy", help="Also whether it is safe where others reach it.")] = False,
) -> None:
    """Look whether this Lichen is in order; with --deploy, whether others may be let in.

    Ends with 1 where something has to be mended before it may start. What is only advised does not stand against it.

    Example:
        lichen-web check --deploy
    """
    asked = run_checks(include_deployment_checks=deploy, databases=["default"])
    found = sorted((each for each in asked if not each.is_silenced()), key=lambda each: -each.level)
    faults = [each for each in found if each.level >= ERROR]
    for each in found:
        if each.level >= WARNING:
            _tell(each)
    if faults:
        told = ngettext("{n} thing has to be mended first.", "{n} things have to be mended first.", len(faults))
        typer.echo(told.format(n=len(faults)), err=True)
        raise typer.Exit(FINDINGS)
    typer.echo(_("It is safe to let others in.") if deploy else _("All is in order."))


def _tell(found: CheckMessage) -> None:
    kind = _("mend") if found.level >= ERROR else _("advice")
    typer.echo(f"{kind:<8}{found.msg}")
    if found.hint:
        typer.echo(f"{'':<8}{_('Right would be: {hint}').format(hint=found.hint)}")
