"""The fit on the command line: partners, the matrix, the map and the ring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from lichen.audit.values import Organisation
from lichen.cli.answers import Block, Format, Layout, say, show
from lichen.cli.given import Among, given_organisation, given_organisations, waiting
from lichen.cli.group import Described, commands
from lichen.cli.guesses import guess_blocks
from lichen.cli.keeping import Overwrite, check_free
from lichen.cli.maps import map_blocks
from lichen.cli.matrices import left_out_line, matrix_blocks, matrix_records
from lichen.cli.matrix_chart import matrix_picture
from lichen.cli.matrix_page import matrix_html
from lichen.cli.nearby import among_those, nobody_among
from lichen.cli.partners import partner_blocks
from lichen.cli.rings.ring_words import ring_blocks
from lichen.files.storage import write_atomically
from lichen.fit.fusion import Fusion
from lichen.fit.matrix import Matrix, vulnerability_map
from lichen.fit.matrix import matrix as matrix_of
from lichen.fit.pairs import best_partners
from lichen.fit.rings import best_ring
from lichen.fit.showing import showable
from lichen.language import _
from lichen.scales import Sector

__all__ = ["app"]

app = commands()

_PAGES = ("html", "svg", "png")
_SECTORS = f"Only others of this sector; once for each: {', '.join(Sector)}."
_ORG = "The audit of the organisation that asks, or its id among the others; - is standard input."

Org = Annotated[str, typer.Argument(metavar="ORG", help=_ORG, show_default=False)]
All = Annotated[bool, typer.Option("--all", help="Count and show also gaps that are highly sensitive or not relevant.")]


@app.command(cls=Described)
def match(
    org: Org,
    among: Among,
    top: Annotated[int, typer.Option(min=1, help="How many partners to print.")] = 10,
    fusion: Annotated[Fusion, typer.Option(help="How the two directions become one number.")] = "harmonic",
    region: Annotated[
        list[str] | None,
        typer.Option(help="Only others whose region has this in it; once for each.", show_default=False),
    ] = None,
    sector: Annotated[list[Sector] | None, typer.Option(metavar="SECTOR", help=_SECTORS, show_default=False)] = None,
    everything: All = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Find who has what you lack, and lacks what you have.

    Both directions count, and each partner comes with the reasons. Those who could help you but have not said what they
    lack follow in a list of their own; in JSON they have null for "fit" and "cover_theirs", for unknown is not none.

    Example:
        lichen match examples/hospital.yaml --among examples/*.yaml
        lichen match my-audit.xlsx --among charities.json --top 20 --format json
        lichen match my-audit.xlsx --among charities.json --region london --sector faith
    """
    others = given_organisations(among)
    me = given_organisation(org, others)
    everybody = _shown((other for other in others if other.id != me.id), everything)
    near = among_those(everybody, region or (), sector or ())
    with waiting(_("Comparing …")):
        found = best_partners(me, near, top=top, fusion=fusion)
    if everybody and not near:
        show(layout, nobody_among(everybody, region or (), sector or ()))
    else:
        show(layout, *guess_blocks(org, me), *partner_blocks(me, found))


@app.command(cls=Described)
def matrix(
    org: Org,
    others: Annotated[list[str], typer.Argument(metavar="OTHER", help="One or more other audits.", show_default=False)],
    out: Annotated[Path | None, typer.Option(help="Write a page or a picture instead: .html, .svg or .png.")] = None,
    overwrite: Overwrite = False,
    everything: All = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Draw the vulnerability matrix with one or more others.

    Rows are what you lack, columns what they lack. A cell says how good it would be to swap help for the two.

    Example:
        lichen matrix examples/hospital.yaml examples/churches.yaml
        lichen matrix examples/hospital.yaml examples/*.yaml --out matrix.html
    """
    check_free(out, overwrite)
    me = given_organisation(org)
    candidates = _shown((other for other in given_organisations(others) if other.id != me.id), everything)
    [asking] = _shown([me], everything)
    found = matrix_of(asking, candidates)
    if out is not None:
        _write_page(out, me, candidates, found)
    elif layout in (Layout.JSON, Layout.CSV):
        show(layout, Block((), matrix_records(found)))
    else:
        show(layout, *guess_blocks(org, me), *matrix_blocks(me, candidates, found))


@app.command("map", cls=Described)
def draw_map(
    org: Org,
    among: Among,
    gaps: Annotated[int, typer.Option(min=1, help="How many of your gaps.")] = 5,
    each: Annotated[int, typer.Option(min=1, help="How many organisations for each.")] = 3,
    everything: All = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Show who excels at your top gaps, and what they lack.

    Example:
        lichen map examples/hospital.yaml --among examples/*.yaml
    """
    others = given_organisations(among)
    me = given_organisation(org, others)
    [asking] = _shown([me], everything)
    rows = vulnerability_map(asking, _shown(others, everything), gaps=gaps, each=each)
    left_out = left_out_line(me, sum(bool(gap.code) for gap in asking.vulnerabilities))
    show(layout, *guess_blocks(org, me), *map_blocks(me, rows, left_out))


@app.command(cls=Described)
def ring(org: Org, among: Among, everything: All = False, layout: Format = Layout.TABLE) -> None:
    """Find the best ring of three, for when no pair fits.

    You help a second organisation, it helps a third, and the third helps you.

    Example:
        lichen ring examples/startup.yaml --among examples/*.yaml
    """
    others = given_organisations(among)
    me = given_organisation(org, others)
    with waiting(_("Comparing …")):
        found = best_ring(me, _shown(others, everything))
    show(layout, *guess_blocks(org, me), *ring_blocks(found))


def _shown(organisations: Iterable[Organisation], everything: bool) -> list[Organisation]:
    """The organisations with what may be shown of them before a pilot, or with everything."""
    return [one if everything else showable(one) for one in organisations]


def _write_page(out: Path, me: Organisation, others: Sequence[Organisation], found: Matrix) -> None:
    form = out.suffix[1:].lower()
    if form not in _PAGES:
        raise typer.BadParameter(_("it must end in .html, .svg or .png"), param_hint="--out")
    if form == "html":
        write_atomically(matrix_html(me, others, found).encode(), out)
    else:
        write_atomically(matrix_picture(me, others, found, form), out)
    say(_("Written: {path}").format(path=out), error=True)
