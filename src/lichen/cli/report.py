"""``lichen report``: one document on an alliance, for a board, a funder or a partner, who sees only what they may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.answers import say
from lichen.cli.days import On, day_given
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.errors import ExtraNeeded
from lichen.files.storage import write_atomically
from lichen.language import _
from lichen.report.as_html import report_html
from lichen.report.as_markdown import report_markdown
from lichen.report.audience import audience_of
from lichen.report.compose import left_out_words, report_for
from lichen.report.document import Report

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def report(
    file: AllianceFile = "alliance.yaml",
    reader: Annotated[
        str,
        typer.Option("--for", metavar="READER", help="Who reads it: board, funder, or the id of a partner."),
    ] = "",
    out: Annotated[Path, typer.Option(help="Where to write it: .html, .md or .pdf.")] = Path("report.html"),
    on: On = None,
    overwrite: Overwrite = False,
) -> None:
    """Write one document for a board, a funder or a partner.

    What it holds follows from who reads it. A board reads what every partner opened to all others, a funder reads no
    need unless its owner allows it, and a partner its own and what was opened to it: send each copy to no other.

    Example:
        lichen report alliance.yaml --for board --out board.html
        lichen report alliance.yaml --for example-churches --out churches.pdf
    """
    written = _written(out)
    check_free(out, overwrite)
    alliance, day = given_alliance(file), day_given(on)
    audience = audience_of(alliance, reader)
    write_atomically(written(report_for(alliance, audience, day)), out)
    say(_("Written: {path}").format(path=out), error=True)
    say(left_out_words(alliance, audience, day), error=True)


def _written(out: Path) -> Callable[[Report], bytes]:
    """How a file is written, by what its name ends in."""
    suffix = out.suffix.lower()
    if suffix not in _WRITERS:
        raise typer.BadParameter(_("it must end in .html, .md or .pdf"), param_hint="--out")
    return _WRITERS[suffix]


def _pdf(made: Report) -> bytes:
    try:
        writing = import_module("lichen.report.as_pdf")
    except ImportError as missing:
        raise ExtraNeeded("pdf", _("A PDF")) from missing
    return bytes(writing.report_pdf(made))


_WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    ".html": lambda made: report_html(made).encode(),
    ".md": lambda made: report_markdown(made).encode(),
    ".pdf": _pdf,
}
