"""Find likely twins, and heed what a person decided."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from lichen.cli.answers import say
from lichen.cli.group import Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.cli.registry.loading import Folder
from lichen.errors import InputError, Problem
from lichen.files.formulas import guarded
from lichen.files.storage import write_atomically
from lichen.language import _
from lichen.registry.decisions import Decision, read_decisions
from lichen.registry.store import Store
from lichen.registry.twins import HEADINGS, TwinReport, Why, apply_decisions, likely_twins, twin_rows

__all__ = ["app"]

app = commands()


@app.command(cls=Described)
def twins(
    store: Folder,
    out: Annotated[Path | None, typer.Option(help="Write likely twins here, as CSV.", show_default=False)] = None,
    apply: Annotated[Path | None, typer.Option(help="Heed what this table decides.", show_default=False)] = None,
    overwrite: Overwrite = False,
) -> None:
    """Find entries that may be one organisation, and decide.

    Nothing is joined by itself. Write same or different into the column decision of the table and apply it; ask takes
    a decision back.

    Example:
        lichen registry twins --store registers --out twins.csv
        lichen registry twins --store registers --apply twins.csv
    """
    opened = Store(store)
    if apply is not None:
        if out is not None:
            raise InputError(Problem(_("a table is written or applied"), _("either --out or --apply")))
        say(_applied(apply_decisions(opened, apply)))
        return
    check_free(out, overwrite)
    report = likely_twins(opened)
    if out is not None:
        _write(report, opened, out)
    say(_found(report, out))


def _write(report: TwinReport, store: Store, out: Path) -> None:
    text = io.StringIO()
    table = csv.DictWriter(text, HEADINGS)
    table.writeheader()
    for row in twin_rows(report, read_decisions(store.path)):
        table.writerow({name: guarded(cell) for name, cell in row.items()})
    write_atomically(text.getvalue().encode("utf-8-sig"), out)


def _found(report: TwinReport, out: Path | None) -> str:
    counts = {why: sum(twins.why is why for twins in report.twins) for why in Why}
    words = {
        Why.ID: _("{number} with the same id"),
        Why.POSTCODE: _("{number} with the same name and postcode"),
        Why.NEARBY: _("{number} with the same name, within a kilometre"),
        Why.LOCALITY: _("{number} with the same name and town"),
        Why.REGION: _("{number} with the same name and region"),
    }
    lines = [_("{number} pairs of entries may be one organisation:").format(number=f"{len(report.twins):,}")]
    lines += ["  " + words[why].format(number=f"{count:,}") for why, count in counts.items() if count]
    if out is None:
        lines.append(_("Next: --out twins.csv writes them down for you to decide."))
    else:
        lines.append(_("Write same or different beside each in {path}, then: --apply {path}").format(path=out))
    return "\n".join(lines)


def _applied(counts: dict[Decision, int]) -> str:
    told = _("Heeded: {same} the same, {different} different; {ask} not decided.")
    return told.format(**{said.value: f"{count:,}" for said, count in counts.items()})
