"""The commands of this stage, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "check": ("lichen.cli.pilot.check", "Lay side by side what each side expects, and check the terms."),
    "review": ("lichen.cli.pilot.review", "Ask whether the exchange worked, each way, and what came to light."),
    "gate": ("lichen.cli.pilot.gate", "Say whether the alliance may scale, and show its small steps."),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="pilot", help="Try something small, and see whether it is ready to grow.")
