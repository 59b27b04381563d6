"""Loading into a store with a bar, and telling what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from lichen.cli.answers import say, screen
from lichen.language import _, ngettext
from lichen.registry.entries import Skip
from lichen.registry.loading import LoadProgress
from lichen.registry.manifest import Load

__all__ = ["Folder", "load_with_bar"]

Folder = Annotated[Path, typer.Option("--store", help="The folder of the store.", show_default=False)]
"""The option of every command on a store."""


def load_with_bar(load: Callable[[Callable[[LoadProgress], None]], Load], store: Path) -> None:
    """Load, draw how far it is, and say what was read and what was left out.

    Args:
        load: Loads, and tells its argument how far it is.
        store: Where to.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen(error=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(_("Reading …"), total=None)

        def step(come: LoadProgress) -> None:
            what = _("Writing …") if come.is_written else _("Reading … {rows} rows").format(rows=f"{come.rows:,}")
            bar.update(task, description=what, completed=come.done, total=come.of)

        told = load(step)
    say(_told(told, store))


def _told(load: Load, store: Path) -> str:
    read = ngettext("{number} row was read.", "{number} rows were read.", load.read).format(number=f"{load.read:,}")
    gave = ngettext("{number} entry is in {path}.", "{number} entries are in {path}.", load.entries)
    lines = [f"{read} {gave.format(number=f'{load.entries:,}', path=store)}"]
    if load.skipped:
        lines.append(_("Left out:"))
        lines += [_left_out(why, count, load) for why, count in sorted(load.skipped.items(), key=lambda each: -each[1])]
    next_step = _("Next: lichen registry twins --store {path} --out twins.csv")
    return "\n".join([*lines, next_step.format(path=store)])


def _left_out(why: str, count: int, load: Load) -> str:
    places = "; ".join(load.examples.get(why, ())[:3])
    return "  " + _("{number} {why} (such as {places})").format(
        number=f"{count:,}", why=_whys()[Skip(why)], places=places
    )


def _whys() -> dict[Skip, str]:
    return {
        Skip.INACTIVE: _("no longer active"),
        Skip.UNNAMED: _("without a name"),
        Skip.NO_ID: _("without an id that can be meant"),
        Skip.PERSON: _("about a person, and persons are not listed"),
        Skip.NOT_ABOUT_ONE: _("about no organisation"),
        Skip.CELLS: _("with more or fewer cells than there are headings"),
        Skip.ENCODING: _("not in the encoding of the file"),
        Skip.BROKEN: _("broken"),
        Skip.TOO_LONG: _("longer than any honest row"),
        Skip.VALUE: _("with a value that cannot be meant"),
    }
