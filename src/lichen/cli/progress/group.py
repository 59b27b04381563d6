"""The commands of this stage, each in a module of its own."""

from __future__ import annotations

from lichen.cli.group import LazyGroup, Listed, commands

__all__ = ["COMMANDS", "app"]

COMMANDS: dict[str, Listed] = {
    "reduction": ("lichen.cli.progress.reduction", "Show how far each partner's needs have fallen."),
    "attainment": ("lichen.cli.progress.attainment", "Show how far the goals agreed beforehand were reached."),
    "outcomes": ("lichen.cli.progress.outcomes", "Compare what was reached with a comparison group."),
    "satisfaction": ("lichen.cli.progress.satisfaction", "Show how satisfied each is, and how fair each finds it."),
    "experience": ("lichen.cli.progress.experience", "Measure over your own alliances what the article claims."),
    "survival": ("lichen.cli.progress.survival", "Show how long your alliances last, and why they end."),
}
"""Every command in the order of its help, with its module and the first line of its help."""


class _Commands(LazyGroup):
    listed = COMMANDS


app = commands()
app.add_typer(commands(_Commands), name="progress", help="Measure what has changed, and say how surely.")
