"""The best set of rings over a community."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from lichen.cli.answers import Block, Format, Layout, json_text, screen, show
from lichen.cli.given import given_organisations
from lichen.cli.group import Described, commands
from lichen.cli.rings.plan_words import amount, plan_block, plan_record
from lichen.files.preflib import read_preflib
from lichen.files.requests import read_requests
from lichen.fit.ring_graph import LONGEST_RING, RingGraph
from lichen.fit.ring_packing import RingPlan, best_rings
from lichen.fit.ring_values import Dropping, RingWeight
from lichen.fit.showing import showable
from lichen.language import _

__all__ = ["app"]

app = commands()

_PREFLIB = (".wmd", ".txt")
_WEIGHT = (
    "What counts: fit (all are helped well), weakest (the weakest link), most (how many are helped), "
    "total (the sum of the links)."
)


@app.command(cls=Described)
def solve(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Audits; or one PrefLib file, .wmd or .txt; or a table of requests, .csv."),
    ],
    offers: Annotated[
        Path | None, typer.Option(help="The table of offers that goes with a table of requests.", show_default=False)
    ] = None,
    max_length: Annotated[int, typer.Option(min=2, max=LONGEST_RING, help="How many are in a ring at most.")] = 3,
    max_chain: Annotated[
        int, typer.Option(min=0, help="How many a chain helps at most; it begins with one who asks for nothing.")
    ] = 0,
    weight: Annotated[
        RingWeight | None,
        typer.Option(metavar="WHAT", help=_WEIGHT, show_default="fit; total for a PrefLib file"),
    ] = None,
    chance: Annotated[
        float | None,
        typer.Option(metavar="P", help="How likely each is to drop out, 0 to below 1.", show_default=False),
    ] = None,
    fall_back: Annotated[
        bool, typer.Option("--fall-back", help="Those left may close smaller rings among themselves.")
    ] = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="Then stop with the best so far and its gap.")] = 60,
    layout: Format = Layout.TABLE,
) -> None:
    """Find the best set of rings that share nobody.

    In a ring each helps the next, and the last helps the first. A chain begins with one who asks for nothing. Nobody
    is in two. The answer is proved the best; where time is up before, it comes with its gap, and the exit status is 1.

    Example:
        lichen rings solve examples/*.yaml
        lichen rings solve community.wmd --max-length 3 --format json
        lichen rings solve requests.csv --offers offers.csv --chance 0.1 --fall-back
    """
    if fall_back and chance is None:
        raise typer.BadParameter(_("it needs --chance"), param_hint="--fall-back")
    dropping = None if chance is None else Dropping(chance, falls_back=fall_back)
    graph, counted = _community(files, offers, weight)
    end = monotonic() + seconds
    with _telling() as tell:
        plan = best_rings(
            graph, max_length=max_length, max_chain=max_chain, weight=counted, dropping=dropping,
            left=lambda: end - monotonic(), tell=tell,
        )  # fmt: skip
    _print(layout, plan, graph, counted, dropping is not None)
    if not plan.is_proved:
        raise typer.Exit(1)


def _community(files: list[str], offers: Path | None, weight: RingWeight | None) -> tuple[RingGraph, RingWeight]:
    """Who could help whom, and what counts."""
    if offers is not None:
        if len(files) > 1:
            raise typer.BadParameter(_("with --offers goes one table of requests"), param_hint="FILE")
        return read_requests(files[0], offers), weight or RingWeight.FIT
    if any(file.lower().endswith(_PREFLIB) for file in files):
        if len(files) > 1:
            raise typer.BadParameter(_("one such file is a community by itself"), param_hint="FILE")
        return read_preflib(files[0]), weight or RingWeight.TOTAL
    organisations = given_organisations(files)
    return RingGraph.of_organisations(map(showable, organisations)), weight or RingWeight.FIT


@contextmanager
def _telling() -> Iterator[Callable[[float, float], None]]:
    """Say on a terminal, and nowhere else, how far the search has come."""
    if not sys.stderr.isatty():
        yield lambda _value, _bound: None
        return
    with screen(error=True).status(_("Looking for rings …")) as status:
        so_far = _("Best so far {value}; nothing above {bound} is possible …")
        yield lambda value, bound: status.update(so_far.format(value=amount(value), bound=amount(bound)))


def _print(layout: Layout, plan: RingPlan, graph: RingGraph, weight: RingWeight, drops: bool) -> None:
    if layout is Layout.JSON:
        sys.stdout.write(json_text(plan_record(plan)))
        return
    block: Block = plan_block(plan, len(graph.ids), weight, drops=drops)
    show(layout, block)
