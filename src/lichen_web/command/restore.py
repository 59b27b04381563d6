"""``lichen-web restore``: a backup put into an empty database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lichen.cli.group import Described, commands
from lichen.errors import InputError, Problem
from lichen_web.alliances.copies.restoring import restore as restored
from lichen_web.alliances.keys import erasures_file
from lichen_web.keyring import host_keyring

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def restore(
    file: Annotated[Path, typer.Argument(help="A file that lichen-web backup wrote.")],
    no_erasures_known: Annotated[
        bool,
        typer.Option(
            "--no-erasures-known",
            help="Restore without the list of erased organisations: who was erased since can be read again.",
        ),
    ] = False,
) -> None:
    """Put a backup into the database that is set, which must be empty. All of it comes, or nothing.

    The host's key that it was made with must be in the home, and the file erasures: what was erased after the backup
    is erased again.

    Example:
        lichen-web restore /var/backups/lichen/2026-11-22.lichen
    """
    if not (erasures_file().exists() or no_erasures_known):
        what = _("the list of the organisations that were erased is not in the home")
        right = _("a copy of it there; or --no-erasures-known, and who was erased since can be read again")
        raise InputError(Problem(what, right, file=str(erasures_file())))
    answer = restored(file, host_keyring(settings.LICHEN), at=timezone.now())
    rows = sum(tally.rows for tally in answer.tallies.values())
    told = _("{rows} rows of {tables} tables are back, as they were at {moment}.")
    moment = answer.made_at.isoformat(" ", "seconds")
    typer.echo(told.format(rows=f"{rows:,}", tables=len(answer.tallies), moment=moment))
    told = ngettext("Erased again: {erased} organisation.", "Erased again: {erased} organisations.", answer.erased)
    typer.echo(told.format(erased=answer.erased))
    typer.echo(_("Next: lichen-web events verify"))
