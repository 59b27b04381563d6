"""The command that begins an alliance's file."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.cli.alliance.protection import protection
from lichen.cli.answers import say
from lichen.cli.days import On, day_given
from lichen.cli.given import given_audits
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.errors import InputError, Problem
from lichen.files.beginning import begin_alliance
from lichen.language import _

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def new(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="The partners' audits.", show_default=False)],
    name: Annotated[str, typer.Option(help="What the partners call the alliance.", show_default=False)],
    currency: Annotated[str, typer.Option(help="Three letters to stand beside sums of money, such as GBP.")] = "",
    out: Annotated[Path, typer.Option(help="Where to write it: .yaml or .json.")] = Path("alliance.yaml"),
    on: On = None,
    overwrite: Overwrite = False,
) -> None:
    """Begin the file of an alliance from the partners' audits.

    In YAML, every section that is still empty stands below them as an example to fill in.

    Example:
        lichen alliance new hospital.yaml churches.yaml --name "Eastfield Health"
    """
    check_free(out, overwrite)
    audits = given_audits(files)
    if len(audits) < 2:
        raise InputError(Problem(_("there are fewer than two audits"), _("the audits of two partners or more")))
    begin_alliance(Alliance(name, currency.upper(), partners=tuple(audits)), out, day_given(on))
    say(_("Written: {path}").format(path=out))
    for sentence in protection(str(out)):
        say(sentence)
    say(_("Next, what may be shown to whom: lichen disclosure next {path}").format(path=quote(str(out))))
