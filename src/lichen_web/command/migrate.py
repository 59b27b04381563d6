"""``lichen-web migrate``: bring the tables to what this version needs."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS

from lichen.cli.group import Described, commands
from lichen_web.alliances.copies.tables import bring_up

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def migrate() -> None:
    """Make or change the tables, as their owner; a second time nothing happens.

    Example:
        lichen-web migrate
    """
    bring_up(DEFAULT_DB_ALIAS, verbosity=1)
