"""Nothing is written over what somebody has written: one rule and one option for every command that writes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["Overwrite", "check_free"]

Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write even if there is such a file already.")]
"""The option of every command that writes a file."""


def check_free(path: Path | None, overwrite: bool) -> None:
    """Never write over what somebody has written, unless told to.

    Args:
        path: Where something will be written; None for nowhere.
        overwrite: Whether that was asked for.

    Raises:
        InputError: There is such a file already.
    """
    if path is not None and os.path.lexists(path) and not overwrite:  # also a link that leads nowhere yet
        raise InputError(Problem(_("there is such a file already"), _("another name, or --overwrite"), file=path.name))
