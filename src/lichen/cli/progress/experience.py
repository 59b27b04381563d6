"""``lichen progress experience``: the article's claims, measured over your own alliances."""

from __future__ import annotations

from lichen.alliance.recorded import alliance_record
from lichen.cli.answers import Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.group import Described, commands
from lichen.cli.progress.experience_words import experience_blocks
from lichen.cli.progress.given import AllianceFiles, Seed, given_alliances
from lichen.progress.experience import ExperienceRules
from lichen.progress.experience import experience as experience_of

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def experience(files: AllianceFiles, on: On = None, seed: Seed = 0, layout: Format = Layout.TABLE) -> None:
    """Measure over your own alliances what the article claims.

    How many partners leave and drop out, how long it takes to a charter and to an answer, how satisfied partners are:
    each with its number, how surely, and what it is beside. Give it all your alliances, also those that came to
    nothing, and those of other models: without them there is no comparator.

    Example:
        lichen progress experience alliances/*.yaml
        lichen progress experience alliances/*.yaml --on 2026-11-22 --format json
    """
    day, rules = day_given(on), ExperienceRules()
    records = [alliance_record(alliance, day) for alliance in given_alliances(files)]
    show(layout, *experience_blocks(experience_of(records, on=day, seed=seed, rules=rules), rules))
