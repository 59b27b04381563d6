"""``lichen-web move``: a living database carried from SQLite to PostgreSQL, or back."""

from __future__ import annotations

from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from lichen.cli.group import Described, commands
from lichen_web.alliances.copies.moving import SQLITE, database_there
from lichen_web.alliances.copies.moving import move as moved

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def move(
    to: Annotated[
        str, typer.Option(metavar="URL", help="An empty PostgreSQL database; or sqlite, a file in the home.")
    ],
) -> None:
    """Carry everything from the database that is set into another, and leave the old one as it is.

    Stop Lichen first. Both are read and compared in the end. Nobody can start on the old one any more; set
    LICHEN_DATABASE_URL to the new one, or unset it for the file in the home. Everybody signs in again.

    Example:
        lichen-web move --to postgresql://localhost/lichen
        lichen-web move --to sqlite
    """
    tallies = moved(database_there(to), at=timezone.now())
    for table, tally in tallies.items():
        typer.echo(f"{table:40}{tally.rows:>10,}  {tally.digest[:16]}")
    told = _("Moved: {rows} rows of {tables} tables, alike on both sides. Now {next}; then: lichen-web events verify")
    rows = sum(tally.rows for tally in tallies.values())
    what_next = _("unset LICHEN_DATABASE_URL") if to == SQLITE else _("set LICHEN_DATABASE_URL")
    typer.echo(told.format(rows=f"{rows:,}", tables=len(tallies), next=what_next))
