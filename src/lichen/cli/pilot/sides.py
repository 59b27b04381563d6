"""What each side expects, side by side: where they differ, what may be the same in other words, what is agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial

from lichen.brief.phrases import label
from lichen.cli.alliance.names import team_name
from lichen.cli.answers import Block, Column, Record, styled
from lichen.language import _
from lichen.paper import amount_words, one_line
from lichen.pilot.differences import Compared, Concord, Heading, Held, compared_expectations
from lichen.pilot.red_lines import Crossing, crossed_red_lines
from lichen.pilot.sealing import expectations_shown, has_written, interests_shown, is_revealed
from lichen.pilot.values import Pilot

__all__ = ["side_blocks"]

_STYLES = {
    Concord.CONTRADICTED: "red",
    Concord.DIFFERENT: "yellow",
    Concord.ONLY_SOME: "yellow",
    Concord.PERHAPS: "cyan",
    Concord.AGREED: "green",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What the partners wrote under one heading of one partner, in rows to be read side by side."""

    heading: Heading
    about: str
    rows: tuple[Compared, ...]


def side_blocks(pilot: Pilot, names: Mapping[str, str], on: date, reader: str | None) -> Iterator[Block]:
    """The expectations side by side once they are revealed; until then who has written, and the reader's own.

    Args:
        pilot: The pilot.
        names: The partners' names by their ids.
        on: The day to reckon with.
        reader: Id of the partner who is to read; None is the facilitator, to whom nothing sealed is shown either.
    """
    if not is_revealed(pilot, on):
        yield _who_has_written(pilot, names)
        if reader is not None:
            yield from _own(pilot, names, on, reader)
        return
    for part in _parts(compared_expectations(pilot, on), pilot):
        yield _side_by_side(part, pilot, names)
    yield from _settled(pilot)
    yield from _interests(pilot, names, on, reader)
    yield from _crossings(crossed_red_lines(pilot, on), names)


def _who_has_written(pilot: Pilot, names: Mapping[str, str]) -> Block:
    return Block(
        columns=(
            Column("", lambda record: team_name(names, record["partner"])),
            Column("", lambda record: _("has written") if record["has_written"] else _("still to write")),
        ),
        records=[
            {"part": "writing", "partner": partner, "has_written": has_written(pilot, partner)}
            for partner in pilot.partners
        ],
        heading=_("What each expects: sealed"),
        note=_("Nobody's is shown, here or to anybody else, until all have written and all is revealed together."),
    )


def _own(pilot: Pilot, names: Mapping[str, str], on: date, reader: str) -> Iterator[Block]:
    rows = [
        {"part": "own", "about": each.about, "heading": heading, **asdict(item)}
        for each in expectations_shown(pilot, reader, on)
        for heading in Heading
        for item in getattr(each, heading.value)
    ]
    columns = (
        Column("", lambda record: _own_heading(record["heading"], team_name(names, record["about"]))),
        Column("", lambda record: record["what"]),
    )
    yield Block(columns, rows, heading=_("What {name} has written so far").format(name=team_name(names, reader)))


def _parts(compared: Sequence[Compared], pilot: Pilot) -> Iterator[_Part]:
    """What is given and not done, partner by partner, then what is decided; of a contradiction only the one side."""
    shown = [each for each in compared if not each.is_mirrored]
    for heading, about in [
        *((heading, about) for about in pilot.partners for heading in (Heading.GIVES, Heading.DOES_NOT)),
        (Heading.DECIDES, ""),
    ]:
        rows = tuple(each for each in shown if each.heading is heading and about in ("", *each.abouts))
        if rows:
            yield _Part(heading, about, rows)


def _side_by_side(part: _Part, pilot: Pilot, names: Mapping[str, str]) -> Block:
    sides = (Column(one_line(team_name(names, partner)), partial(_cell, partner, names)) for partner in pilot.partners)
    return Block(
        columns=(Column("", lambda record: styled((_concord_words(record), _STYLES[record["concord"]]))), *sides),
        records=[*_records(part)],
        heading=_part_heading(part.heading, team_name(names, part.about)),
    )


def _part_heading(heading: Heading, name: str) -> str:
    told = {
        Heading.GIVES: _("What {name} gives"),
        Heading.DECIDES: _("Who decides"),
        Heading.DOES_NOT: _("What {name} does not do"),
    }
    return told[heading].format(name=name)


def _own_heading(heading: Heading, name: str) -> str:
    """The same of a single item, where nothing beside it says who decides."""
    return _("What {name} decides").format(name=name) if heading is Heading.DECIDES else _part_heading(heading, name)


def _records(part: _Part) -> Iterator[Record]:
    """A row for each thing; what may be the same in other words stands together in one."""
    asked = [each for each in part.rows if each.concord is Concord.PERHAPS and each.is_open]
    for each in part.rows:
        if each not in asked:
            yield _record(part, [each])
    if asked:
        yield _record(part, asked)


def _record(part: _Part, rows: Sequence[Compared]) -> Record:
    first = rows[0]
    return {
        "part": "expectation",
        "heading": part.heading,
        "about": part.about,
        "concord": first.concord,
        "fields": list(first.fields),
        "missing": list(first.missing) if len(rows) == 1 else [],
        "held": [_held_record(held) for each in rows for held in each.held],
        "against": [_held_record(held) for held in first.against],
        "settled": None if first.settled is None else first.settled.agreed,
    }


def _held_record(held: Held) -> Record:
    return {"by": held.by, "about": held.about, **asdict(held.item)}


def _concord_words(record: Record) -> str:
    if record["settled"] is not None:
        return _("✓ settled")
    told = {
        Concord.CONTRADICTED: _("✗ against each other"),
        Concord.DIFFERENT: _("≠ not the same"),
        Concord.PERHAPS: _("? the same in other words"),
        Concord.ONLY_SOME: _("! not shared"),
        Concord.AGREED: _("= the same"),
    }
    return told[record["concord"]]


def _cell(partner: str, names: Mapping[str, str], record: Record) -> str:
    held = [_item_words(item, record, names) for item in record["held"] if item["by"] == partner]
    against = [
        _("not: {what}").format(what=one_line(each["what"])) for each in record["against"] if each["by"] == partner
    ]
    return "\n".join((*held, *against)) or "–"


def _item_words(item: Record, record: Record, names: Mapping[str, str]) -> str:
    """What was written, and beside it how much; a kind or a receiver only where they differ in that."""
    amount = "" if item["amount"] is None else amount_words(item["amount"], item["unit"])
    kind = item["kind"].replace("_", " ") if "kind" in record["fields"] else ""
    receiver = team_name(names, item["to"]) if "to" in record["fields"] else ""
    beside = "; ".join(filter(None, (amount, kind, receiver and _("to {name}").format(name=receiver))))
    what = one_line(item["what"])
    if record["heading"] is Heading.DECIDES:
        what = _("{name}: {what}").format(name=team_name(names, item["about"]), what=what)
    return _("{what} ({more})").format(what=what, more=one_line(beside)) if beside else what


def _settled(pilot: Pilot) -> Iterator[Block]:
    records = [
        {"part": "settled", "what": each.what, "agreed": each.agreed, "settled_on": _day(each.settled_on)}
        for each in pilot.settled
    ]
    columns = (Column("", lambda record: label(record["what"])), Column("", lambda record: record["agreed"] or "–"))
    if records:
        yield Block(columns, records, heading=_("Settled since"))


def _interests(pilot: Pilot, names: Mapping[str, str], on: date, reader: str | None) -> Iterator[Block]:
    shown = pilot.interests if reader is None else interests_shown(pilot, reader, on)
    records = [
        {
            "part": "interests",
            "by": each.by,
            "wants": list(each.wants),
            "red_lines": [line.what for line in each.red_lines],
            "protects": list(each.protects),
        }
        for each in shown
    ]
    columns = (
        Column("", lambda record: team_name(names, record["by"])),
        Column(_("wants"), partial(_listed, "wants")),
        Column(_("will not have"), partial(_listed, "red_lines")),
        Column(_("protects under a cut"), partial(_listed, "protects")),
    )
    if records:
        yield Block(columns, records, heading=_("What each wants for itself"))


def _listed(key: str, record: Record) -> str:
    return "\n".join(one_line(each) for each in record[key]) or "–"


def _crossings(crossings: Sequence[Crossing], names: Mapping[str, str]) -> Iterator[Block]:
    records = [
        {
            "part": "red-line",
            "owner": each.owner,
            "red_line": each.line.what,
            "by": each.held.by,
            "about": each.held.about,
            "what": each.held.item.what,
            "settled": None if each.settled is None else each.settled.agreed,
        }
        for each in crossings
    ]
    columns = (
        Column("", lambda record: styled(_crossing_words(record))),
        Column(
            _("The red line"), lambda record: f"{team_name(names, record['owner'])}: {one_line(record['red_line'])}"
        ),
        Column(_("What is expected"), lambda record: f"{team_name(names, record['by'])}: {one_line(record['what'])}"),
        Column(_("Of whom"), lambda record: team_name(names, record["about"])),
    )
    if records:
        yield Block(columns, records, heading=_("Red lines that an expectation touches"))


def _crossing_words(record: Record) -> tuple[str, str]:
    return (_("? to settle"), "yellow") if record["settled"] is None else (_("✓ settled"), "green")


def _day(when: date | None) -> str | None:
    return None if when is None else when.isoformat()
