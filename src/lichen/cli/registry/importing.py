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
from lichen.cli.registry.loading import Folder, load_with_bar
from lichen.errors import InputError, Problem
from lichen.files.writing import write_organisations
from lichen.language import _, ngettext
from lichen.registry.loading import Register, load_register
from lichen.registry.mapped import mapped_register
from lichen.registry.mapping import read_mapping
from lichen.registry.sources import REGISTERS
from lichen.registry.uk_charities import RegisterProgress, read_uk_charities

__all__ = ["app"]

app = commands()
register = commands()
app.add_typer(register, name="import", help="Turn a public register into organisations to match.")


Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="The register's files.", show_default=False)]
Written = Annotated[Path | None, typer.Option(help="Write the organisations here: .json, .yaml, .csv, .xlsx.")]
Store = Annotated[Path | None, typer.Option("--store", help="Or load them into this store.", show_default=False)]


@register.command(cls=Described)
def uk_charities(files: Files, out: Written = None, store: Store = None, overwrite: Overwrite = False) -> None:
    """Read the registers of charities of the United Kingdom.

    What a charity could give is suggested by its own words there, each suggestion with its sentence and how sure it
    is. What it lacks nobody knows: ask.

    Example:
        lichen import uk-charities register.csv --out charities.json
        lichen match my-audit.xlsx --among charities.json
        lichen import uk-charities register.csv --store registers
    """
    if store is not None and out is None:
        _load(REGISTERS["uk-charities"], files, store)
        return
    if store is not None or len(files) > 1:
        raise InputError(Problem(_("one file goes into one other file"), _("either --out and one file, or --store")))
    _write(files[0], out or Path("charities.json"), overwrite)


@register.command(cls=Described)
def irs_bmf(files: Files, store: Folder) -> None:
    """Load the US Internal Revenue Service's list of exempt organisations.

    Give all of its files at once or one after the other; the order does not matter. What an organisation could give
    is suggested by its class alone.

    Example:
        lichen import irs-bmf eo1.csv eo2.csv eo3.csv eo4.csv --store registers
    """
    _load(REGISTERS["irs-bmf"], files, store)


@register.command("form-990", cls=Described)
def form_990(files: Files, store: Folder) -> None:
    """Load rows of US Form 990 and 990-EZ returns.

    A gap is suggested where a line of the return raises the question; nothing sensitive is guessed.

    Example:
        lichen import form-990 returns_2021.csv.gz --store registers
    """
    _load(REGISTERS["form-990"], files, store)


@register.command("360giving", cls=Described)
def three_sixty_giving(files: Files, store: Folder) -> None:
    """Load grants published to the 360Giving standard, as JSON or CSV.

    Grants to persons are left out.

    Example:
        lichen import 360giving grants.json --store registers
    """
    _load(REGISTERS["360giving"], files, store)


@register.command(cls=Described)
def ror(files: Files, store: Folder) -> None:
    """Load the dump of the Research Organization Registry.

    Example:
        lichen import ror v2-ror-data.json --store registers
    """
    _load(REGISTERS["ror"], files, store)


@register.command(cls=Described)
def valueflows(files: Files, store: Folder) -> None:
    """Load what organisations offer and request as intents in the words of Valueflows.

    Give the files that belong together at once: an intent counts only beside an agent that is an organisation.

    Example:
        lichen import valueflows community.jsonld --store registers
    """
    _load(REGISTERS["valueflows"], files, store)


@register.command(cls=Described)
def table(
    files: Files,
    store: Folder,
    mapping: Annotated[Path, typer.Option(help="Which column holds what, as YAML.", show_default=False)],
) -> None:
    """Load any CSV file or workbook, by a mapping from its columns.

    Example:
        lichen import table members.xlsx --mapping members.yaml --store registers
    """
    _load(mapped_register(read_mapping(mapping)), files, store)


def _load(source: Register, files: list[str], store: Path) -> None:
    load_with_bar(lambda step: load_register(store, source, files, progress=step), store)


def _write(file: str, out: Path, overwrite: bool) -> None:
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
