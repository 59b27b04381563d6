"""The command ``lichen-web``: what whoever hosts Lichen can do, and the way in."""

from __future__ import annotations

import os
from typing import Annotated, Any

import django
import typer
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

import lichen
from lichen.cli.group import UNUSABLE, LazyGroup, Listed, help_when_alone
from lichen_web.environment import Part

__all__ = ["COMMANDS", "PARTS", "app", "run"]

COMMANDS: dict[str, Listed] = {
    "serve": ("lichen_web.command.serve", "Bring this Lichen up: its pages, and the work in the background."),
    "demo": ("lichen_web.command.demo", "Make up organisations to try Lichen with, on one machine."),
    "invite-host": ("lichen_web.command.host", "Make a link by which somebody becomes the host."),
    "check": ("lichen_web.command.check", "Look whether all is in order, and whether others may be let in."),
    "migrate": ("lichen_web.command.migrate", "Bring the tables to what this version needs."),
    "database": ("lichen_web.command.database", "Prepare the database, where it is PostgreSQL."),
    "key": ("lichen_web.command.key", "Make, copy, confirm and rotate the host's key."),
    "events": ("lichen_web.command.events", "Verify that no event was changed, and mark where the chains stand."),
    "backup": ("lichen_web.command.backup", "Write everything into one file that opens only with the host's key."),
    "restore": ("lichen_web.command.restore", "Put a backup into an empty database."),
    "move": ("lichen_web.command.move", "Carry everything into another database, of either kind."),
    "web": ("lichen_web.command.web", "Run the pages alone; serve does it for you."),
    "worker": ("lichen_web.command.worker", "Run the work in the background alone; serve does it for you."),
}
"""Every command in the order of the help, with its module and the first line of its help."""

PARTS = {"web": Part.WEB, "worker": Part.WORKER}
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
        except (OperationalError, ProgrammingError) as error:
            typer.echo(
                _(
                    "The database did not do what was asked. Either it does not answer at the place that"
                    " LICHEN_DATABASE_URL names, or its tables are not those of this version: lichen-web migrate"
                ),
                err=True,
            )
            raise typer.Exit(UNUSABLE) from error


app = typer.Typer(
    cls=_House,
    rich_markup_mode=None,
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
