"""The commands of this stage, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "power": ("lichen.cli.charter.power", "Compute what say each member of a voting rule really has."),
    "weights": (
        "lichen.cli.charter.weights",
        "Find weights whose power is in proportion to each one's risk.",
    ),
    "votes": ("lichen.cli.charter.votes", "Work out a vote, with its arithmetic."),
    "clause": (
        "lichen.cli.charter.clause",
        "Watch the vulnerability clause: what has changed, what is due.",
    ),
    "agreement": ("lichen.cli.charter.agreement", "Write the charter as a document to sign."),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="charter", help="Agree who decides, who may say no, and what if things change.")
