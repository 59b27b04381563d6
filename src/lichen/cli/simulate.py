"""How long an alliance might live, and which single change would help it most."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Format, Layout, say, screen, show
from lichen.cli.days import On, day_given
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.cli.simulated import answer_blocks, assumption_block
from lichen.errors import InputError, Problem
from lichen.files.storage import write_atomically
from lichen.language import _
from lichen.simulate.assumptions import assumption_table, with_assumed
from lichen.simulate.changes import most_helpful_change, remedies
from lichen.simulate.deriving import life_of
from lichen.simulate.outlook import outlook
from lichen.simulate.picture import simulation_svg
from lichen.simulate.running import MOST_MONTHS, MOST_RUNS, simulated_lives
from lichen.simulate.sensitivity import sensitivity, steadiness

__all__ = ["app"]

app = commands()

_SENSITIVITY_RUNS = 2_000
"""Each answer of the sensitivity is from so many lives, or from fewer where fewer are asked for."""
_STEADINESS_RUNS, _STEADY_AGAINST = 1_000, 5
"""The advice is tried on so many lives, against so many of the assumptions that move the answer most."""


@app.command(cls=Described)
def simulate(
    file: AllianceFile = "alliance.yaml",
    months: Annotated[int, typer.Option(min=1, max=MOST_MONTHS, help="How many months to look ahead.")] = 60,
    runs: Annotated[int, typer.Option(min=2, max=MOST_RUNS, help="How many lives to simulate.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="Of the chance; the same seed gives the same answer.")] = 1,
    on: On = None,
    every: Annotated[bool, typer.Option("--what-if", help="Show what every single change would do.")] = False,
    assume: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Assume otherwise; can be given again.", show_default=False),
    ] = None,
    table: Annotated[bool, typer.Option("--assumptions", help="Only print what is assumed, and why.")] = False,
    svg: Annotated[Path | None, typer.Option("--svg", help="Also draw the answer: a file that ends in .svg.")] = None,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Ask how long it might live, and what would help it most.

    Thousands of lives are played through month by month, with shocks that come by chance. It is a what-if on
    assumptions that nobody has validated, not a forecast: do not put its figures into a report for a funder.

    Example:
        lichen simulate alliance.yaml
        lichen simulate alliance.yaml --what-if --assume budget_cut=0.2 --svg lives.svg
        lichen simulate --assumptions
    """
    assumed = with_assumed(dict(map(_assumption, assume or ())))
    if table:
        show(layout, assumption_block(assumption_table(assumed)))
        return
    if svg is not None and svg.suffix.lower() != ".svg":
        raise typer.BadParameter(_("it must end in .svg"), param_hint="--svg")
    check_free(svg, overwrite)
    alliance, day = given_alliance(file), day_given(on)
    derived = life_of(alliance, day)
    few, least, changes = (
        min(runs, _SENSITIVITY_RUNS),
        min(runs, _STEADINESS_RUNS),
        sum(1 for _each in remedies(derived.life)),
    )
    work = runs * (2 + changes) + few * (2 * len(assumption_table()) + 1) + least * 2 * _STEADY_AGAINST * (1 + changes)
    with _progress(work) as step:
        lives = simulated_lives(derived.life, assumed, months=months, runs=runs, seed=seed, progress=step)
        advice = most_helpful_change(derived.life, assumed, months=months, runs=runs, seed=seed, progress=step)
        leaning = sensitivity(derived.life, assumed, months=months, runs=few, seed=seed, progress=step)
        widest = leaning.swings[:_STEADY_AGAINST]
        steady = steadiness(derived.life, advice, widest, assumed, months=months, runs=least, seed=seed, progress=step)
    found = outlook(lives)
    show(layout, *answer_blocks(found, advice, leaning, steady, derived, names_of(alliance), assumed, every=every))
    if svg is not None:
        write_atomically(simulation_svg(found, leaning).encode(), svg)
        say(_("Written: {path}").format(path=svg), error=True)


def _assumption(given: str) -> tuple[str, float]:
    name, equals, value = given.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        what = _("this is not an assumption") if not equals else _("this is not a number")
        raise InputError(Problem(what, _("such as budget_cut=0.2"), column="--assume")) from None


@contextmanager
def _progress(work: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, while it lasts; nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=screen(error=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(_("Simulating …"), total=work)
        yield lambda more: bar.advance(task, more)
