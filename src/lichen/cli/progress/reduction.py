"""``lichen progress reduction``: how far each partner's needs have fallen, need by need."""

from __future__ import annotations

from lichen.alliance.needs import need_courses
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.drawing import Svg, check_picture, draw
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite
from lichen.cli.progress.measured_words import measured_blocks
from lichen.cli.progress.reader import Reader, sight_of
from lichen.cli.progress.reduction_words import Told, method_block, reduction_blocks, reduction_picture
from lichen.progress.indicators import measured_needs
from lichen.progress.reduction import reductions

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def reduction(
    file: AllianceFile = "alliance.yaml",
    reader: Reader = "",
    on: On = None,
    svg: Svg = None,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Show how far each partner's needs have fallen.

    From the audit to the last check-in, need by need, those that got worse among them, with how far the needs lie
    apart. Weights stay those of the audit; needs that came up since are listed apart. The figure is a percentage of
    what the partners say of themselves; what was measured beside it is compared with it, and never mixed in.

    With --for the copy may be given to that partner: of the others it holds only what they opened to it in words.

    Example:
        lichen progress reduction alliance.yaml
        lichen progress reduction alliance.yaml --for example-churches --on 2026-11-22
    """
    check_picture(svg, overwrite)
    alliance, day = given_alliance(file), day_given(on)
    names, sees = names_of(alliance), sight_of(alliance, reader)
    needs = [need for need in need_courses(alliance, day) if sees(need.owner, need.code)]
    indicators = [one for one in alliance.progress.indicators if sees(one.owner, one.code)]
    told = Told(reductions(needs), names, reader)
    measured = measured_needs(indicators, needs, day, alliance.progress.rules)
    show(layout, *reduction_blocks(told), *measured_blocks(measured, names), method_block(told))
    if svg is not None:
        draw(reduction_picture(told), svg)
