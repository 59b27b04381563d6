"""The brief for a first conversation, on the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from lichen.brief.as_html import brief_html
from lichen.brief.as_markdown import brief_markdown
from lichen.brief.both_pages import Whose
from lichen.brief.compose import brief_for
from lichen.brief.editing import words_toml
from lichen.brief.values import Brief
from lichen.cli.answers import json_text, say
from lichen.cli.documents import Page, PageFormat, page_asked, print_page
from lichen.cli.given import given_organisation, given_organisations
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.errors import InputError, Problem
from lichen.files.draft import Reading
from lichen.files.storage import read_bounded, write_atomically
from lichen.language import _

__all__ = ["app"]

app = commands()

_LARGEST_WORDS = 10**6
"""Bytes; the table that ships has a hundredth of them."""
_MOST_DOTS = 50
"""So many may stand in a line: the time and memory that a dotted name takes grow with their square."""


def _show_words(wanted: bool) -> None:
    if wanted:
        typer.echo(words_toml(), nl=False)
        raise typer.Exit


@app.command(cls=Described)
def brief(
    org: Annotated[str, typer.Argument(metavar="ORG", help="Your audit.", show_default=False)],
    partner: Annotated[
        str, typer.Argument(metavar="PARTNER", help="Their audit, or their id among the others.", show_default=False)
    ],
    among: Annotated[
        list[str] | None, typer.Option("--among", metavar="FILE…", help="Where ids are looked up.", show_default=False)
    ] = None,
    months: Annotated[int, typer.Option(help="How long the first step may take.")] = 3,
    budget: Annotated[int, typer.Option(help="What it stays under, in your currency.")] = 10_000,
    whose: Annotated[Whose, typer.Option(help="Which of the two pages; send no other than theirs.")] = "both",
    words: Annotated[Path | None, typer.Option(help="Your own edited table of words, in TOML.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write a page instead: .md, .html or .json.")] = None,
    overwrite: Overwrite = False,
    layout: PageFormat = None,
    show_words: Annotated[
        bool,
        typer.Option("--show-words", callback=_show_words, is_eager=True, help="Print the table to edit, and exit."),
    ] = False,
) -> None:
    """Write the brief for a first conversation with a partner.

    It leads with one weakness, says what you offer in return and proposes a small first step, in the partner's own
    language of value. It never names a highly sensitive gap.

    Example:
        lichen brief examples/hospital.yaml examples/churches.yaml
        lichen brief my-audit.xlsx GB-CHC-1000340 --among charities.json --out brief.html
    """
    check_free(out, overwrite)
    others = given_organisations(among or ())
    made = brief_for(
        given_organisation(org, others),
        given_organisation(partner, others),
        months=months,
        budget=budget,
        today=date.today(),
        language_of_value=None if words is None else _edited(words),
    )
    page = page_asked(out, layout)
    if page is Page.JSON and whose != "both":
        raise typer.BadParameter(_("JSON has the whole brief in it, so it is for you alone"), param_hint="--whose")
    text = _WRITTEN[page](made, whose)
    if not made.lead and whose == "theirs":
        say(_("There is no page for them, since there is no reason to lead with a weakness."), error=True)
    elif out is not None:
        write_atomically(text.encode(), out)
        say(_("Written: {path}").format(path=out), error=True)
    else:
        print_page(text, layout)


def _edited(words: Path) -> dict[str, Any]:
    try:
        text = read_bounded(words, _LARGEST_WORDS, Reading(words.name)).decode()
        if max(line.count(".") for line in text.split("\n")) > _MOST_DOTS:
            raise ValueError
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        right = _("a table of words in TOML, such as: lichen brief --show-words > words.toml")
        raise InputError(Problem(_("the table of words cannot be read"), right, file=words.name)) from None


def _json(made: Brief, _whose: Whose) -> str:
    """The brief without the codes that no page bears: only how many were left out, and why."""
    record = {**asdict(made), "left_out": dict(made.left_out_counts)}
    if made.step is not None:
        looked_back = made.step.look_back_on
        record["step"] |= {"look_back_on": None if looked_back is None else looked_back.isoformat()}
    return json_text(record)


_WRITTEN: Mapping[Page, Callable[[Brief, Whose], str]] = {
    Page.MD: lambda made, whose: brief_markdown(made, whose=whose),
    Page.HTML: lambda made, whose: brief_html(made, whose=whose),
    Page.JSON: _json,
}
