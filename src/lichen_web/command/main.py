"""The command ``lichen-web``: what whoever hosts Lichen can do, and the way in."""

from __future__ import annotations

import os
from typing import Annotated, Any

import django
import typer
from django.conf import settings
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

import lichen
from lichen.cli.group import UNUSABLE, LazyGroup, Listed, help_when_alone
from lichen_web.environment import Part

__all__ = ["COMMANDS", "PARTS", "app", "run"]

COMMANDS: dict[str, Listed] = {
    "serve": ("lichen_web.command.serve", "Bring Lichen up: its pages, and its work behind."),
    "demo": ("lichen_web.command.demo", "Make up organisations to try Lichen with."),
    "invite-host": ("lichen_web.command.host", "Make a link by which somebody becomes the host."),
    "list-organisations": ("lichen_web.command.listed", "List organisations that are no members, from a file."),
    "check": ("lichen_web.command.check", "Look whether all is in order, and safe for others."),
    "migrate": ("lichen_web.command.migrate", "Bring the tables to what this version needs."),
    "database": ("lichen_web.command.database", "Prepare the database, where it is PostgreSQL."),
    "key": ("lichen_web.command.key", "Make, copy and change the host's key."),
    "events": ("lichen_web.command.events", "Verify that no event was changed."),
    "backup": ("lichen_web.command.backup", "Write everything into one sealed file."),
    "restore": ("lichen_web.command.restore", "Put a backup into an empty database."),
    "move": ("lichen_web.command.move", "Carry everything into another database."),
    "web": ("lichen_web.command.web", "Run the pages alone; serve does it for you."),
    "worker": ("lichen_web.command.worker", "Run the background work alone; serve does it for you."),
}
"""Every command in the order of the help, with its module and the first line of its help."""

PARTS = {"web": Part.WEB, "worker": Part.WORKER, "demo": Part.WEB}
"""As which part a command signs in to PostgreSQL; every other one is the owner's."""


class _House(LazyGroup):
    listed = COMMANDS

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Wake Django as the part that the command is, then find the command."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lichen_web.settings")
        os.environ.setdefault("LICHEN_PART", PARTS.get(args[0], Part.OWNER))
        if args[0] in self.listed:
            django.setup()
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a database that does not answer becomes words, too."""
        try:
            return super().invoke(ctx)
        except ProgrammingError as error:
            told = _("The tables are not those of this version. Right would be: lichen-web migrate")
            raise _unusable(told) from error
        except OperationalError as error:
            told = _("The database does not do what was asked: {why}").format(why=_reason(error))
            right = _("Look whether it runs, and whether LICHEN_DATABASE_URL names it, its user and its password.")
            raise _unusable(f"{told}\n{right}" if settings.LICHEN.database else told) from error


def _unusable(told: str) -> typer.Exit:
    typer.echo(told, err=True)
    return typer.Exit(UNUSABLE)


def _reason(error: OperationalError) -> str:
    """What the database says itself, in its first line; it names places and users, never what is kept."""
    return (str(error).splitlines() or [type(error).__name__])[0]


app = typer.Typer(
    cls=_House,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lichen-web {lichen.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Host Lichen: the pages on which organisations meet, and what belongs to them."""
    help_when_alone(context)


def run() -> None:
    """Run the command ``lichen-web`` with the arguments it was called with."""
    app(prog_name="lichen-web")


if __name__ == "__main__":
    run()
