"""``lichen-web migrate``: bring the tables to what this version needs."""

from __future__ import annotations

import typer
from django.core.management import call_command

__all__ = ["app"]

app = typer.Typer()


@app.command("migrate")
def _migrate() -> None:
    """Make or change the tables, as their owner; nothing is lost, and a second time nothing happens."""
    call_command("migrate", interactive=False, verbosity=1)
