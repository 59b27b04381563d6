"""Public registers, on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from lichen.cli.answers import say, screen
from lichen.cli.group import Described, commands
from lichen.files.writing import write_organisations
from lichen.language import _, ngettext
from lichen.registry.uk_charities import RegisterProgress, read_uk_charities

__all__ = ["app"]

app = commands()
register = commands()
app.add_typer(register, name="import", help="Turn a public register into organisations to match.")


@register.command(cls=Described)
def uk_charities(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The register as CSV.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Where to write the organisations: .json, .yaml, .csv, .xlsx.")] = Path(
        "charities.json"
    ),
) -> None:
    """Read the registers of charities of the United Kingdom.

    What a charity could give is suggested by its own words there, each suggestion with its sentence and how sure it
    is. What it lacks nobody knows: ask.

    Example:
        lichen import uk-charities register.csv --out charities.json
        lichen match my-audit.xlsx --among charities.json
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    final = RegisterProgress(of=0)
    with Progress(*columns, console=screen(error=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(_("Reading …"), total=None)

        def step(come: RegisterProgress) -> None:
            nonlocal final
            final = come
            bar.update(task, completed=come.rows, total=come.of)

        write_organisations(read_uk_charities(file, progress=step), out)
    say(_told(final, out))


def _told(final: RegisterProgress, out: Path) -> str:
    kept = ngettext("{number} charity is in {path}.", "{number} charities are in {path}.", final.kept)
    left_out = _("Left out: {inactive} no longer active, {repeated} that stand further up, {unnamed} without a name.")
    told = (
        kept.format(number=f"{final.kept:,}", path=out),
        left_out.format(inactive=final.inactive, repeated=final.repeated, unnamed=final.unnamed),
        _("Next: lichen match my-audit.xlsx --among {path}").format(path=out),
    )
    return "\n".join(told)
