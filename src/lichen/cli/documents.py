"""How a document is printed or written: the form it has, and where it goes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown

from lichen.cli.answers import screen
from lichen.language import _

__all__ = ["Page", "PageFormat", "page_asked", "print_page"]


class Page(StrEnum):
    """The forms of a document."""

    MD = "md"
    HTML = "html"
    JSON = "json"


PageFormat = Annotated[Page | None, typer.Option("--format", "-f", help="How to print.", show_default="md")]
"""The option of every command that makes a document."""


def page_asked(out: Path | None, layout: Page | None) -> Page:
    """The form that is asked for, else that of the file to write, else Markdown."""
    if layout is not None or out is None:
        return layout or Page.MD
    suffix = out.suffix[1:].lower()
    if suffix not in tuple(Page):
        raise typer.BadParameter(_("it must end in .md, .html or .json"), param_hint="--out")
    return Page(suffix)


def print_page(text: str, layout: Page | None) -> None:
    """Print a document: laid out for a person at a terminal who asked for no form, else as it stands."""
    if layout is None and screen().is_terminal:
        screen().print(Markdown(text))
    else:
        typer.echo(text, nl=False)
