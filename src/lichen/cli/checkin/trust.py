"""Where trust is uneven, and what to talk about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.checkin.form import blank_form
from lichen.checkin.picture import trust_svg
from lichen.checkin.schedule import first_audit_findings
from lichen.checkin.trust import TrustWave, trust_gaps, trust_waves
from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of, team_name
from lichen.cli.answers import Block, Format, Layout, say, show
from lichen.cli.checkin.across import across_blocks
from lichen.cli.checkin.both_ways import both_ways_blocks
from lichen.cli.checkin.first import first_block, pilot_start
from lichen.cli.checkin.served import served_block
from lichen.cli.days import On, day_given
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.errors import InputError, Problem
from lichen.files.storage import write_atomically
from lichen.language import _

__all__ = ["app"]

app = commands()

_Wave = Annotated[
    datetime | None,
    typer.Option(
        "--wave",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="The check-in held on this day.",
        show_default="the latest laid open",
    ),
]


@app.command(cls=Described)
def trust(
    file: AllianceFile = "alliance.yaml",
    on: On = None,
    wave: _Wave = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Also draw it: a file that ends in .svg.")] = None,
    blank: Annotated[Path | None, typer.Option("--blank", help="Write empty forms to print: ends in .md.")] = None,
    named: Annotated[bool, typer.Option("--named", help="The forms say that names will be shown.")] = False,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Show where trust is uneven, and what to talk about.

    The ratings stay sealed until they are laid open to all at once. Without names nothing is shown of fewer than
    five answers, nor anything from which one answer could be found by subtracting. Ends with 1 where trust is
    uneven or low, or where the first audit wants mending, with 0 otherwise.

    Example:
        lichen checkin trust alliance.yaml
        lichen checkin trust alliance.yaml --wave 2026-09-21 --svg trust.svg
        lichen checkin trust alliance.yaml --blank form.md --named
    """
    _check_places(svg, blank, overwrite)
    alliance, day = given_alliance(file), day_given(on)
    if blank is not None:
        _write(_forms(alliance, named), blank)
        raise typer.Exit(DONE)
    names = names_of(alliance)
    waves = trust_waves(alliance.checkins, list(names), day)
    chosen = _chosen(waves, wave)
    findings = first_audit_findings(alliance.checkins, day, pilot_on=pilot_start(alliance))
    show(layout, *_blocks(alliance, waves, chosen, names, day))
    gaps = () if chosen is None else trust_gaps(chosen)
    if svg is not None:
        _write(trust_svg(gaps, names), svg)
    uneven = any(gap.is_uneven or gap.low for gap in gaps)
    raise typer.Exit(FINDINGS if uneven or findings else DONE)


def _check_places(svg: Path | None, blank: Path | None, overwrite: bool) -> None:
    for path, ending, option in ((svg, ".svg", "--svg"), (blank, ".md", "--blank")):
        if path is not None and path.suffix.lower() != ending:
            raise typer.BadParameter(_("it must end in {ending}").format(ending=ending), param_hint=option)
        check_free(path, overwrite)


def _chosen(waves: tuple[TrustWave, ...], wanted: datetime | None) -> TrustWave | None:
    """The check-in that was asked for, else the latest that has been laid open, else the latest."""
    if wanted is not None:
        found = next((each for each in waves if each.checkin.held_on == wanted.date()), None)
        if found is None:
            right = "; ".join(each.checkin.held_on.isoformat() for each in waves)
            raise InputError(Problem(_("no check-in with ratings was held on that day"), right, column="--wave"))
        return found
    return next((each for each in reversed(waves) if each.is_revealed), waves[-1] if waves else None)


def _blocks(
    alliance: Alliance,
    waves: tuple[TrustWave, ...],
    chosen: TrustWave | None,
    names: Mapping[str, str],
    on: date,
) -> Iterator[Block]:
    if chosen is not None:
        yield from both_ways_blocks(chosen, names)
    yield from first_block(alliance, on)
    if chosen is not None:
        before = [each for each in waves if each.is_revealed and each.checkin.held_on < chosen.checkin.held_on]
        yield from across_blocks(chosen, before[-1] if before else None, names)
    yield from served_block(alliance.checkins, on)


def _forms(alliance: Alliance, named: bool) -> str:
    names = names_of(alliance)
    return "\n".join(
        blank_form(
            team_name(names, id), [team_name(names, other) for other in names if other != id], is_attributed=named
        )
        for id in names
    )


def _write(text: str, path: Path) -> None:
    write_atomically(text.encode(), path)
    say(_("Written: {path}").format(path=path), error=True)
