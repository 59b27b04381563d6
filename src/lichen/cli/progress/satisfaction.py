"""``lichen progress satisfaction``: how satisfied each partner is, and how fair each finds it."""

from __future__ import annotations

from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.drawing import Svg, check_picture, draw
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite
from lichen.cli.progress.reader import Reader
from lichen.cli.progress.satisfaction_words import satisfaction_blocks, satisfaction_picture
from lichen.progress.satisfaction import satisfaction as satisfaction_of
from lichen.progress.satisfaction import satisfaction_for

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def satisfaction(
    file: AllianceFile = "alliance.yaml",
    reader: Reader = "",
    on: On = None,
    svg: Svg = None,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Show how satisfied each is, and how fair each finds it.

    Asked at each refresher: satisfied, and fair in what is received, in how decisions are made, and in how one is
    treated, each from 1 to 7. The lowest and the gap come first, since a mean hides who is unhappy. What people
    answered without their names is told of from five on, and only when the round is closed.

    With --for the copy may be given to that partner: it holds its own answers alone.

    Example:
        lichen progress satisfaction alliance.yaml
        lichen progress satisfaction alliance.yaml --for example-churches --on 2026-11-22
    """
    check_picture(svg, overwrite)
    alliance, day = given_alliance(file), day_given(on)
    names, rules = names_of(alliance), alliance.progress.rules
    found = satisfaction_of(alliance.progress.surveys, day, rules)
    if reader:
        found = satisfaction_for(found, alliance.partner(reader).organisation.id)
    show(layout, *satisfaction_blocks(found, names, reader, rules))
    if svg is not None:
        draw(satisfaction_picture(found, names), svg)
