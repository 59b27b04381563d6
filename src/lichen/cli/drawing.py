"""An answer as a picture in a file: one option for every command that draws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lichen.cli.answers import say
from lichen.cli.keeping import check_free
from lichen.files.storage import write_atomically
from lichen.language import _

__all__ = ["Svg", "check_picture", "draw"]

Svg = Annotated[Path | None, typer.Option("--svg", help="Also draw it: a file that ends in .svg.")]
"""The option of a command whose answer can be drawn."""


def check_picture(svg: Path | None, overwrite: bool) -> None:
    """Refuse a place for a picture before anything is read.

    Args:
        svg: Where to draw it; None for nowhere.
        overwrite: Whether a file that is there may be written over.

    Raises:
        InputError: There is such a file already.
    """
    if svg is not None and svg.suffix.lower() != ".svg":
        raise typer.BadParameter(_("it must end in .svg"), param_hint="--svg")
    check_free(svg, overwrite)


def draw(picture: str, svg: Path) -> None:
    """Write a picture, and say where."""
    write_atomically(picture.encode(), svg)
    say(_("Written: {path}").format(path=svg), error=True)
