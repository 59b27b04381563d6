"""How fair the exchange is, as each side sees it."""

from __future__ import annotations

from typing import Annotated

import typer

from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Block, Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.exchange.balance_words import balance_blocks, balance_records
from lichen.cli.exchange.course_words import course_blocks, course_records
from lichen.cli.exchange.dependence_words import dependence_blocks, dependence_records
from lichen.cli.exchange.envy_words import envy_blocks, envy_records
from lichen.cli.given import given_organisations
from lichen.cli.group import Described, commands
from lichen.exchange.fairness.balances import received_over_given
from lichen.exchange.fairness.dependence import mutual_dependences
from lichen.exchange.fairness.envy import envies
from lichen.exchange.fairness.quarters import courses

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def fairness(
    file: AllianceFile = "alliance.yaml",
    among: Annotated[
        list[str] | None,
        typer.Option(
            "--among", metavar="FILE…", help="Others who might help instead of a partner.", show_default=False
        ),
    ] = None,
    on: On = None,
    quarters: Annotated[int, typer.Option(min=1, help="From so many quarters one way on it is worth a talk.")] = 2,
    layout: Format = Layout.TABLE,
) -> None:
    """Show how fair it is as each sees it, and who depends on whom.

    The lowest and the gap come first. Then: does it lean to one side, quarter after quarter; who depends on whom, and
    how easily could they be replaced; would anybody rather have what another received? There is no common currency:
    each partner's numbers are its own, and only its own ratio is used. It is for the facilitator: how much a partner
    depends on another follows from what it lacks.

    Example:
        lichen exchange fairness examples/alliances/alliance.yaml --on 2026-11-22
        lichen exchange fairness alliance.yaml --among charities/*.yaml
    """
    alliance, day = given_alliance(file), day_given(on)
    names, ledger = names_of(alliance), alliance.exchange
    partners = [audit.organisation for audit in alliance.partners]
    ids = [one.id for one in partners]
    others = given_organisations(among) if among else ()
    fair = received_over_given(ledger, ids, on=day)
    went = courses(ledger, ids, on=day, least=quarters)
    depends = mutual_dependences(ledger, partners, on=day, candidates=others)
    envied = envies(ledger, ids, on=day)
    if layout in (Layout.JSON, Layout.CSV):
        records = [
            *balance_records(fair, names),
            *course_records(went, names),
            *dependence_records(depends, names),
            *envy_records(envied, names),
        ]
        show(layout, Block((), records))
    else:
        show(
            layout,
            *balance_blocks(fair, names),
            *course_blocks(went, names),
            *dependence_blocks(depends, names),
            *envy_blocks(envied, names),
        )
