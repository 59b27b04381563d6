"""``lichen-web backup``: everything in one file that opens only with the host's key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen.cli.group import Described, commands
from lichen_web.alliances.copies.backing_up import back_up
from lichen_web.keyring import host_keyring

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def backup(to: Annotated[Path, typer.Option(help="The file to write; there must be none of that name yet.")]) -> None:
    """Write everything into one file that opens only with the host's key, while people go on working.

    The key is not in it: keep a copy of the key elsewhere, and with it the files erasures and matcher.key of the home.
    Sessions and the queue of the work in the background are left out.

    Example:
        lichen-web backup --to /var/backups/lichen/2026-11-22.lichen
    """
    ring = host_keyring(settings.LICHEN)
    tallies = back_up(to, ring, at=timezone.now())
    told = _("Backed up and read again: {rows} rows of {tables} tables, in {file}. It opens with the host's key {key}.")
    rows = sum(tally.rows for tally in tallies.values())
    typer.echo(told.format(rows=f"{rows:,}", tables=len(tallies), file=to, key=ring.current.id))
