"""Public registers, on the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from lichen.audit.values import Organisation
from lichen.cli.answers import say, screen
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite, check_free
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
    overwrite: Overwrite = False,
) -> None:
    """Read the registers of charities of the United Kingdom.

    What a charity could give is suggested by its own words there, each suggestion with its sentence and how sure it
    is. What it lacks nobody knows: ask.

    Example:
        lichen import uk-charities register.csv --out charities.json
        lichen match my-audit.xlsx --among charities.json
    """
    check_free(out, overwrite)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    final = RegisterProgress(of=0)
    with Progress(*columns, console=screen(error=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(_("Reading …"), total=None)

        def step(come: RegisterProgress) -> None:
            nonlocal final
            final = come
            bar.update(task, completed=come.rows, total=come.of)

        offering = 0

        def counted(organisations: Iterable[Organisation]) -> Iterator[Organisation]:
            nonlocal offering
            for one in organisations:
                offering += bool(one.offers)
                yield one

        write_organisations(counted(read_uk_charities(file, progress=step)), out)
    say(_told(final, offering, out))


def _told(final: RegisterProgress, offering: int, out: Path) -> str:
    kept = ngettext("{number} charity is in {path}.", "{number} charities are in {path}.", final.kept)
    recognised = _("Something to offer was recognised in the words of {number}; the others cannot be found yet.")
    left_out = _("Left out: {inactive} no longer active, {repeated} listed twice, {unnamed} without a name.")
    told = (
        kept.format(number=f"{final.kept:,}", path=out),
        recognised.format(number=f"{offering:,}"),
        left_out.format(inactive=final.inactive, repeated=final.repeated, unnamed=final.unnamed),
        _("Next: lichen match my-audit.xlsx --among {path}").format(path=out),
    )
    return "\n".join(told)
