"""``lichen progress outcomes``: what was reached, beside a comparison group."""

from __future__ import annotations

import typer

from lichen.alliance.as_of import alliance_as_of
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.answers import Block, Format, Layout, show
from lichen.cli.days import On, day_given
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.cli.progress.given import Seed
from lichen.cli.progress.outcome_words import outcome_blocks
from lichen.language import _
from lichen.progress.outcomes import outcome_result

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def outcomes(
    file: AllianceFile = "alliance.yaml", on: On = None, seed: Seed = 0, layout: Format = Layout.TABLE
) -> None:
    """Compare what was reached with a comparison group.

    For each outcome below progress in the file: what changed where the alliance works, less what changed where it does
    not, and how surely. Without baselines and numbers there is no interval, and it says what is missing. With --on,
    figures of a later day are left out; places bear no day. Ends with 0, with 1 where something is missing.

    Example:
        lichen progress outcomes alliance.yaml
        lichen progress outcomes alliance.yaml --on 2026-11-22 --format json
    """
    alliance = alliance_as_of(given_alliance(file), day_given(on))
    found = [outcome_result(outcome, seed=seed) for outcome in alliance.progress.outcomes]
    nothing = _(
        "No outcome is written down yet. Below progress, outcomes, say what you measure, of whom you reach and of whom "
        "you compare them with, before and after; measure the baseline before you begin."
    )
    show(layout, *([*outcome_blocks(found)] or [Block((), (), empty=nothing)]))
    raise typer.Exit(FINDINGS if any(each.missing for each in found) else DONE)
