"""Whether the alliance may scale, and the small steps so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lichen.cli.alliance.given import AllianceFile, given_alliance
from lichen.cli.alliance.names import names_of
from lichen.cli.answers import Block, Column, Format, Layout, Line, Record, say, show, styled
from lichen.cli.group import DONE, FINDINGS, Described, commands
from lichen.cli.keeping import Overwrite, check_free
from lichen.cli.pilot.chosen import chosen_pilot
from lichen.files.storage import write_atomically
from lichen.language import _
from lichen.paper import one_line
from lichen.pilot.gate import Gate, in_order
from lichen.pilot.gate import gate as gate_of
from lichen.pilot.picture import scaffold_svg
from lichen.pilot.scaffold import Stair, StairState, gate_place, scaffold
from lichen.pilot.stair_words import gate_words, stair_words, state_word
from lichen.pilot.values import PilotRules

__all__ = ["app"]

app = commands()

_SIGNS = {
    StairState.DONE: ("■", "green"),
    StairState.TRIED: ("□", "yellow"),
    StairState.NEXT: ("▶", "bold"),
    StairState.LATER: ("·", "dim"),
}


@app.command(cls=Described)
def gate(
    file: AllianceFile = "alliance.yaml",
    which: Annotated[
        str | None,
        typer.Option("--pilot", metavar="PILOT", help="Count this pilot alone: its id or name.", show_default="all"),
    ] = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Also draw the scaffold: a file that ends in .svg.")] = None,
    overwrite: Overwrite = False,
    layout: Format = Layout.TABLE,
) -> None:
    """Say whether the alliance may scale, and show its small steps.

    It may after three successes: small steps that every partner says worked for it. The number can be changed in the
    file, below rules of the pilot that begins last. Ends with 0 where the gate is open,
    with 1 where it is shut.

    Example:
        lichen pilot gate alliance.yaml
        lichen pilot gate alliance.yaml --svg scaffold.svg
    """
    if svg is not None and svg.suffix.lower() != ".svg":
        raise typer.BadParameter(_("it must end in .svg"), param_hint="--svg")
    check_free(svg, overwrite)
    alliance = given_alliance(file)
    pilots = alliance.pilots if which is None else (chosen_pilot(alliance, which),)
    rules = in_order(pilots)[-1].rules if pilots else PilotRules()
    found, stairs, names = gate_of(pilots, rules), scaffold(pilots, rules), names_of(alliance)
    show(layout, *_blocks(found, stairs, names, alliance.currency))
    if svg is not None:
        _draw(scaffold_svg(stairs, found, names, currency=alliance.currency), svg)
    raise typer.Exit(DONE if found.is_open else FINDINGS)


def _blocks(found: Gate, stairs: Sequence[Stair], names: Mapping[str, str], currency: str) -> Iterator[Block]:
    yield Block(
        columns=(Column("", lambda record: f"{gate_words(found)}."),),
        records=[_gate_record(found)],
        heading=_("May it scale? Yes.") if found.is_open else _("May it scale? Not yet."),
    )
    yield Block(
        columns=(Column("", lambda record: styled(_SIGNS[record["state"]], " ", _headline(record))),),
        records=[_record(place, stair, names, currency) for place, stair in enumerate(stairs, start=1)],
        heading=_("The steps so far, and those to come") if stairs else "",
        empty=_("No pilot is planned yet. Begin with one small thing that every partner would notice."),
        below=lambda record: _lines(record, gate_place(stairs), gate_words(found)),
    )
    if stairs:
        yield Block((), (), empty=_advice(found, stairs))


def _gate_record(found: Gate) -> Record:
    return {
        "part": "gate",
        "is_open": found.is_open,
        "successes": len(found.successes),
        "wanted": found.wanted,
        "missing": found.missing,
        "withheld": found.withheld,
        "in_a_row": found.in_a_row,
    }


def _record(place: int, stair: Stair, names: Mapping[str, str], currency: str) -> Record:
    held_on = None if stair.held_on is None else stair.held_on.isoformat()
    told = [line for line in stair_words(stair, names, currency) if line]
    return {"part": "stair", "place": place, **asdict(stair), "held_on": held_on, "told": told}


def _headline(record: Record) -> tuple[str, str]:
    told = _("{place}. {what} – {state}").format(
        place=record["place"], what=one_line(record["what"]), state=state_word(record["state"])
    )
    return told, "bold" if record["state"] is StairState.NEXT else ""


def _lines(record: Record, gate_after: int, gate_told: str) -> Iterator[Line]:
    yield from ((styled(""), styled(one_line(line, None))) for line in record["told"])
    if record["place"] == gate_after:
        yield styled("═"), styled((gate_told, "bold"))


def _advice(found: Gate, stairs: Sequence[Stair]) -> str:
    """What to do next."""
    if found.withheld and not found.is_open:
        return _(
            "Next: settle what the review found, once all have answered it, and write the day below adjusted_on. "
            "See: lichen pilot review"
        )
    following = next((stair for stair in stairs if stair.state is StairState.NEXT), None)
    if following is not None:
        return _("Next: {what}").format(what=one_line(following.what))
    if found.is_open:
        return _("Next: write down the larger thing as a step with scales: yes, and agree on a charter first.")
    return _("Next: add another small step to the pilot, or repeat one that worked.")


def _draw(picture: str, path: Path) -> None:
    write_atomically(picture.encode(), path)
    say(_("Written: {path}").format(path=path), error=True)
