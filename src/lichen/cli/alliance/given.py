"""What every command on an alliance is given: its file."""

from __future__ import annotations

from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.cli.alliance.passphrase import asked_passphrase
from lichen.cli.given import noting
from lichen.files.alliances import is_locked_file, read_alliance

__all__ = ["AllianceFile", "given_alliance", "opened_alliance"]

AllianceFile = Annotated[str, typer.Argument(metavar="FILE", help="The alliance's file.")]
"""The first argument of every command on an alliance; let it be ``alliance.yaml`` where nothing is given."""


def given_alliance(place: str) -> Alliance:
    """The alliance in a file, with what the reader has to note told beside the answer."""
    with noting():
        return opened_alliance(place)


def opened_alliance(place: str) -> Alliance:
    """The alliance in a file; whoever calls is asked for the passphrase of a locked one."""
    return read_alliance(place, asked_passphrase(place) if is_locked_file(place) else None)
