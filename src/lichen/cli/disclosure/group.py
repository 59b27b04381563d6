"""The commands of this stage, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "next": ("lichen.cli.disclosure.next", "Say who may be shown what next, or which rule stands against it."),
    "history": ("lichen.cli.disclosure.history", "Show who has seen what, and since when."),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="disclosure", help="Open up a step at a time, without being exposed.")
