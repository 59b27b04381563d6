"""The commands of this stage, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "plan": ("lichen.cli.exchange.plan", "Propose who gives what to whom, so that nobody is left out."),
    "ledger": ("lichen.cli.exchange.ledger", "Show what was promised, delivered, and is still owed."),
    "fairness": (
        "lichen.cli.exchange.fairness",
        "Show how fair it is as each sees it, and who depends on whom.",
    ),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="exchange", help="Give and receive unlike things, fairly.")
