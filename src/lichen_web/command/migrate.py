"""``lichen-web migrate``: bring the tables to what this version needs."""

from __future__ import annotations

import typer
from django.db import DEFAULT_DB_ALIAS

from lichen_web.alliances.copies.tables import bring_up

__all__ = ["app"]

app = typer.Typer()


@app.command("migrate")
def _migrate() -> None:
    """Make or change the tables, as their owner; a second time nothing happens."""
    bring_up(DEFAULT_DB_ALIAS, verbosity=1)
