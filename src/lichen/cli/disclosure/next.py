"""The command that says who may be shown what next."""

from __future__ import annotations

from itertools import permutations
from typing import Annotated

import typer

from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.answers import Block, Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.disclosure.given_matters import check_parties, given_matters, nothing_given
from lichen.cli.disclosure.mending import mending_block, to_mend
from lichen.cli.disclosure.steps import step_block, step_record
from lichen.cli.group import FINDINGS, Described, commands
from lichen.disclosure.state import Pair

__all__ = ["app"]

app = commands()

Owner = Annotated[str | None, typer.Option("--from", metavar="ID", help="Only steps of this party.")]
To = Annotated[str | None, typer.Option("--to", metavar="ID", help="Only steps towards this party.")]
Reader = Annotated[
    str | None, typer.Option("--for", metavar="ID", help="Print for this party: its own steps, and nothing else.")
]
Money = Annotated[bool, typer.Option("--money", help="Money is about to move: material facts come first.")]


@app.command(cls=Described)
def next(
    file: AllianceFile = "alliance.yaml",
    owner: Owner = None,
    to: To = None,
    reader: Reader = None,
    money: Money = False,
    on: On = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Say who may be shown what next, or which rule stands against it.

    For each party towards each other: one step, why this one, and what to write into the file once it is done; or the
    rule that stands against any, and what would lift it. It shows nothing to anybody: that is the owner's to do.

    Ends with 1 where something was opened beyond the rules, or money waits for a material fact.

    Example:
        lichen disclosure next alliance.yaml
        lichen disclosure next alliance.yaml --from example-hospital --to example-churches --money
    """
    found = given_matters(given_alliance(file), reader)
    check_parties(found, {"--from": owner, "--to": to, "--for": reader})
    blocks, mends = list[Block](), 0
    for given in found:
        pairs = [pair for pair in permutations(given.state.parties, 2) if _is_wanted(pair, reader or owner, to)]
        if not pairs:
            continue
        records = [step_record(given, pair, day_given(on), money=money, masked=reader is not None) for pair in pairs]
        blocks.append(step_block(given, records))
        if reader is None and (mending := to_mend(given, pairs, money=money)):
            blocks.append(mending_block(mending))
            mends += len(mending)
    show(layout, *(blocks or [nothing_given(found)]))
    if mends:
        raise typer.Exit(FINDINGS)


def _is_wanted(pair: Pair, owner: str | None, to: str | None) -> bool:
    return owner in {None, pair[0]} and to in {None, pair[1]}
