"""The command ``lichen``: what it can do, and the way in."""

from __future__ import annotations

import os
import re
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

import lichen
from lichen.cli.group import LazyGroup, Listed, help_when_alone
from lichen.cli.plain import printable
from lichen.language import has_translation, speaking

__all__ = ["COMMANDS", "app", "run"]

COMMANDS: dict[str, Listed] = {
    "capabilities": ("lichen.cli.capabilities", "Search the vocabulary that gaps and offers are named in."),
    "recognise": ("lichen.cli.capabilities", "Say which capabilities people's own words name."),
    "audit": ("lichen.cli.audit", "Record honestly what you lack and what you can give."),
    "match": ("lichen.cli.fit", "Find who has what you lack, and lacks what you have."),
    "matrix": ("lichen.cli.fit", "Draw the vulnerability matrix with one or more others."),
    "map": ("lichen.cli.fit", "Show who excels at your top gaps, and what they lack."),
    "ring": ("lichen.cli.fit", "Find the best ring of three, for when no pair fits."),
    "rings": ("lichen.cli.rings.group", "Help a whole community in rings."),
    "brief": ("lichen.cli.brief", "Write the brief for a first conversation with a partner."),
    "alliance": ("lichen.cli.alliance.group", "Keep everything about an alliance in one file."),
    "disclosure": ("lichen.cli.disclosure.group", "Open up a step at a time, without being exposed."),
    "pilot": ("lichen.cli.pilot.group", "Try something small, and see whether it is ready to grow."),
    "charter": ("lichen.cli.charter.group", "Agree who decides, who may say no, and what if things change."),
    "exchange": ("lichen.cli.exchange.group", "Give and receive unlike things, fairly."),
    "checkin": ("lichen.cli.checkin.group", "Keep being honest, every quarter."),
    "progress": ("lichen.cli.progress.group", "Measure what has changed, and say how surely."),
    "pitfalls": ("lichen.cli.pitfalls", "Be warned of what is about to go wrong, and why."),
    "advisor": ("lichen.cli.advisor", "Ask which kind of alliance suits you, if any."),
    "simulate": ("lichen.cli.simulate", "Ask how long it might live, and what would help it most."),
    "cases": ("lichen.cli.cases", "See the article's cases, and what would have been said."),
    "report": ("lichen.cli.report", "Write one document for a board, a funder or a partner."),
    "import": ("lichen.cli.registry.importing", "Turn a public register into organisations to match."),
    "registry": ("lichen.cli.registry.group", "Keep the organisations of public registers in a store."),
}
"""Every command in the order of an alliance, with its module and the first line of its help."""


class _Lichen(LazyGroup):
    listed = COMMANDS


app = typer.Typer(
    cls=_Lichen,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lichen {lichen.__version__}")
        raise typer.Exit


def _asked_language() -> str:
    asked = (os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return re.split("[:.]", next(filter(None, asked), "en"))[0]


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    language: Annotated[
        str, typer.Option(help="Language of the answers, such as fr or pt_BR.", show_default="that of the shell")
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Find organisations to ally with: each has what the other lacks."""
    # In English, since there is no other language to say it in.
    if language and not has_translation(language):
        typer.echo(f"There is no translation for {printable(language)}, so the answers are in English.", err=True)
    context.with_resource(speaking(language or _asked_language()))
    help_when_alone(context)


def run() -> None:
    """Run the command ``lichen`` with the arguments it was called with."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A pipe gets UTF-8, whatever the machine's habit; where a sign cannot be shown stands a question mark.
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="replace")
    app()
