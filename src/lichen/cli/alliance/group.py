"""The commands of this stage, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "new": ("lichen.cli.alliance.new", "Begin the file of an alliance from the partners' audits."),
    "check": ("lichen.cli.alliance.check", "Check the file: everything that is wrong with it, at once."),
    "lock": ("lichen.cli.alliance.lock", "Encrypt the file with a passphrase."),
    "unlock": ("lichen.cli.alliance.unlock", "Decrypt the file."),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="alliance", help="Keep everything about an alliance in one file.")
