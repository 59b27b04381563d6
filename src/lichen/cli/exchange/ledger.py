"""What was promised, what was delivered, and what is still owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Block, Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.exchange.ledger_rows import gift_records, intent_block, pair_blocks, standing_record
from lichen.cli.exchange.mending import is_to_mend, mending_blocks
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.exchange.ledger.capacity import Overpromise, capacity_promised_twice
from lichen.exchange.ledger.deliveries import ledger_on
from lichen.exchange.ledger.standings import open_intents, promise_standings

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def ledger(
    file: AllianceFile = "alliance.yaml",
    beside: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="FILE", help="Another alliance's file; once for each.", show_default=False),
    ] = None,
    on: On = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Show what was promised, delivered, and is still owed.

    What needs mending comes first. With the files of other alliances, it also says where a partner has promised the
    same people or halls to both. Ends with 1 where something is late, disputed or promised twice.

    Example:
        lichen exchange ledger examples/alliances/alliance.yaml --on 2026-11-22
        lichen exchange ledger alliance.yaml --with other-alliance.yaml
    """
    alliance, day = given_alliance(file), day_given(on)
    others = {place: given_alliance(place) for place in beside or ()}
    names = {id: name for one in (*others.values(), alliance) for id, name in names_of(one).items()}
    ledgers = {place: ledger_on(one.exchange, day) for place, one in {**others, file: alliance}.items()}
    twice = capacity_promised_twice(ledgers)
    show(layout, *_blocks(alliance, twice, names, file, day))
    mend = twice or any(is_to_mend(one) for one in promise_standings(alliance.exchange, on=day))
    raise typer.Exit(FINDINGS if mend else DONE)


def _blocks(
    alliance: Alliance, twice: Sequence[Overpromise], names: Mapping[str, str], file: str, day: date
) -> Sequence[Block]:
    found = promise_standings(alliance.exchange, on=day)
    records = [standing_record(one, names) for one in found] + gift_records(alliance.exchange, names, day)
    return (
        *mending_blocks(found, twice, names, file, day),
        *pair_blocks(records),
        intent_block(open_intents(alliance.exchange, on=day), names),
    )
