"""``lichen progress survival``: how long your alliances last, and why they end."""

from __future__ import annotations

from lichen.alliance.recorded import alliance_lifetime
from lichen.cli.answers import Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.drawing import Svg, check_picture, draw
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite
from lichen.cli.progress.given import AllianceFiles, given_alliances
from lichen.cli.progress.survival_words import survival_blocks, survival_words
from lichen.paper import one_line
from lichen.progress.experience import ExperienceRules
from lichen.progress.survival import survival_curve
from lichen.progress.survival_picture import survival_svg

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def survival(
    files: AllianceFiles,
    on: On = None,
    svg: Svg = None,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Show how long your alliances last, and why they end.

    Over as many of your own alliances as you give it, those that live among them: they count for as long as they have
    lived. Give it all of them, also those that came to nothing: left-out endings make the others look lasting. What
    others have published stands beside, as they published it.

    Example:
        lichen progress survival alliances/*.yaml
        lichen progress survival alliances/*.yaml --svg survival.svg
    """
    check_picture(svg, overwrite)
    alliances, day = given_alliances(files), day_given(on)
    lives = [(alliance.name, alliance_lifetime(alliance, day)) for alliance in alliances]
    curve = survival_curve([life for _name, life in lives if life is not None])
    undated, enough = [one_line(name) for name, life in lives if life is None], ExperienceRules().enough
    show(layout, *survival_blocks(curve, undated, enough))
    if svg is not None:
        draw(survival_svg(curve, survival_words(curve, enough)), svg)
