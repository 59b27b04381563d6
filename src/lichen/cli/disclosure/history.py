"""The command that says who has seen what."""

from __future__ import annotations

from typing import Annotated

import typer

from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.answers import Block, Format, Layout, show
from lichen.cli.disclosure.given_matters import check_parties, given_matters, nothing_given
from lichen.cli.disclosure.mending import mending_block, to_mend
from lichen.cli.disclosure.seen import conversation_block, seen_blocks
from lichen.cli.group import FINDINGS, Described, commands

__all__ = ["app"]

app = commands()

Reader = Annotated[
    str | None, typer.Option("--for", metavar="ID", help="Only what this party was granted, as it may be told.")
]


@app.command(cls=Described)
def history(file: AllianceFile = "alliance.yaml", reader: Reader = None, layout: Format = Layout.TABLE) -> None:
    """Show who has seen what, and since when.

    Also by which act, and what may be read no longer.

    Nothing that was seen is ever missing. Own words are never printed. With --for the page may be given to that
    party: whom it does not know it does not name, nor an item that was withdrawn.

    Ends with 1 where something was opened beyond the rules.

    Example:
        lichen disclosure history alliance.yaml
        lichen disclosure history alliance.yaml --for example-churches
    """
    found = given_matters(given_alliance(file), reader)
    check_parties(found, {"--for": reader})
    blocks, mends = list[Block](), 0
    for given in found:
        blocks += seen_blocks(given, reader)
        if reader is None:
            mending = to_mend(given)
            blocks += [conversation_block(given)] if given.matter.conversations else []
            blocks += [mending_block(mending)] if mending else []
            mends += len(mending)
    show(layout, *(blocks or [nothing_given(found)]))
    if mends:
        raise typer.Exit(FINDINGS)
