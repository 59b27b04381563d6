"""``lichen-web list-organisations``: organisations that are no members, from a file that ``lichen import`` wrote."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from lichen.cli.group import Described, commands
from lichen.files.reading import read_organisations
from lichen_web.alliances.actions.listed import Tally, list_organisations

__all__ = ["app"]

app = commands()


@app.command("list-organisations", cls=Described)
def _list_organisations(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="From lichen import: .json, .yaml, .csv, .xlsx.")],
    source: Annotated[str, typer.Option(help="Where the file comes from, for members to read.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count; change nothing.")] = False,
) -> None:
    """List organisations that are no members, so that members find them by name.

    What public records say of them stands in the clear. Gaps and offers that name no public record are left out, and
    so are guesses at anything sensitive. Run it again with a newer file: nobody is listed twice, and nobody comes back
    who asked not to be listed.

    Example:
        lichen import uk-charities register.csv --out charities.json
        lichen-web list-organisations charities.json --source "Charity Commission, November 2026" --dry-run
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what has no place in an audit is no concern of a list
        organisations = read_organisations([file])
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(_("Listing …"), total=len(organisations))
        tally = list_organisations(
            organisations,
            source=source or file.name,
            at=timezone.now(),
            is_dry=dry_run,
            progress=lambda done: bar.update(task, completed=done),
        )
    typer.echo("\n".join(_told(tally, is_dry=dry_run)))


def _told(tally: Tally, *, is_dry: bool) -> list[str]:
    kept = _("{added} new, {updated} changed, {unchanged} as before.")
    left_out = _(
        "Left out: {delisted} that asked not to be listed, {corrected} that the host put right by hand,"
        " {unnamed} without a name, {repeated} listed twice in the file."
    )
    counts = {name: f"{getattr(tally, name):,}" for name in Tally.__slots__ if name != "items_left_out"}
    told = [kept.format(**counts), left_out.format(**counts)]
    reasons = {
        "no-record": _("name no public record"),
        "sensitive": _("would be guesses at something sensitive"),
        "unknown": _("are not in the vocabulary"),
        "too-many": _("are more than forty of one organisation"),
    }
    items = "; ".join(f"{number:,} {reasons[why]}" for why, number in tally.items_left_out)
    if items:
        told.append(_("Gaps and offers left out: {items}.").format(items=items))
    if is_dry:
        told.append(_("Nothing was changed. Leave out --dry-run to list them."))
    return told
