"""Is a pilot ready to begin: what each side expects, side by side, and the terms."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from lichen.audit.findings import Weight
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of, team_name
from lichen.cli.answers import Block, Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.cli.pilot.agreed import terms_block
from lichen.cli.pilot.chosen import Reader, Which, check_reader, chosen_pilot
from lichen.cli.pilot.looks import finding_blocks
from lichen.cli.pilot.money import facts_owed, money_block
from lichen.cli.pilot.sides import side_blocks
from lichen.language import _, ngettext
from lichen.paper import one_line
from lichen.pilot.looking import pilot_findings
from lichen.pilot.values import Pilot

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def check(
    file: AllianceFile = "alliance.yaml",
    which: Which = None,
    reader: Reader = None,
    on: On = None,
    layout: Format = Layout.TABLE,
) -> None:
    """Lay side by side what each side expects, and check the terms.

    Each partner first writes, unseen, what every partner will give, decide and not do. Nobody's is shown before all
    have written and all is revealed together; then every difference is listed. Ends with 1 where anything has to be
    settled or mended.

    Example:
        lichen pilot check alliance.yaml
        lichen pilot check alliance.yaml --pilot fairs --on 2026-10-05
    """
    alliance = given_alliance(file)
    pilot, names, day = chosen_pilot(alliance, which), names_of(alliance), day_given(on)
    check_reader(pilot, reader)
    findings, owed = pilot_findings(pilot, day), facts_owed(alliance, pilot, reader, day)
    wrong = len(owed) + sum(finding.weight is not Weight.LOOK for finding in findings)
    show(
        layout,
        _answer(pilot, wrong, names),
        *([money_block(owed, names)] if owed else ()),
        *finding_blocks(findings, names, alliance.currency),
        *side_blocks(pilot, names, day, reader),
        terms_block(pilot, names, alliance.currency),
    )
    raise typer.Exit(FINDINGS if wrong else DONE)


def _answer(pilot: Pilot, wrong: int, names: Mapping[str, str]) -> Block:
    partners = ", ".join(one_line(team_name(names, each)) for each in pilot.partners)
    heading = _("{title}: {partners}").format(title=one_line(pilot.title), partners=partners)
    if not wrong:
        return Block((), (), heading=heading, empty=_("It is ready. Next, after each step: lichen pilot gate"))
    told = ngettext(
        "Not ready yet: {number} thing to put right.", "Not ready yet: {number} things to put right.", wrong
    )
    return Block((), (), heading=heading, empty=told.format(number=wrong))
