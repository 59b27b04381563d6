"""The commands of this stage, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "trust": ("lichen.cli.checkin.trust", "Show where trust is uneven, and what to talk about."),
    "due": ("lichen.cli.checkin.due", "Show what is due, what has changed, and what has been outgrown."),
    "culture": ("lichen.cli.checkin.culture", "Show how differently the partners work, and who bridges it."),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="checkin", help="Keep being honest, every quarter.")
