"""The commands about many rings at once, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "solve": ("lichen.cli.rings.solve", "Find the best set of rings that share nobody."),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="rings", help="Help a whole community in rings.")
