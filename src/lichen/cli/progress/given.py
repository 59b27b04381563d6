"""What the commands over several alliances are given: their files, and a seed for whatever is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.cli.alliance.given import given_alliance
from lichen.errors import InputError, Problem

__all__ = ["AllianceFiles", "Seed", "given_alliances"]

AllianceFiles = Annotated[list[str], typer.Argument(metavar="FILE…", help="The files of your alliances.")]
"""The arguments of a command over several alliances."""

Seed = Annotated[int, typer.Option(min=0, help="Of whatever is drawn; the same seed gives the same answer.")]
"""The option of every command that draws by chance."""


def given_alliances(places: Sequence[str]) -> list[Alliance]:
    """The alliances in several files, each file once; what is wrong with any of them is told at once.

    Args:
        places: The files.

    Raises:
        InputError: One of them cannot be used.
    """
    alliances: list[Alliance] = []
    problems: list[Problem] = []
    for place in dict.fromkeys(places):
        try:
            alliances.append(given_alliance(place))
        except InputError as refusal:
            problems += refusal.problems
    if problems:
        raise InputError(problems)
    return alliances
