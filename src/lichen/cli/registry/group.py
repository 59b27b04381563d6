"""The commands on a store of registers, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "show": ("lichen.cli.registry.show", "Say what a store holds, or what it has on one organisation."),
    "twins": ("lichen.cli.registry.twins", "Find entries that may be one organisation, and decide."),
    "synthetic": ("lichen.cli.registry.synthetic", "Make up a register of any size, to try things on."),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="registry", help="Keep the organisations of public registers in a store.")
