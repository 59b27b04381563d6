"""What ``lichen map`` prints: who excels at each of our top gaps, and what they are likely to lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from lichen.audit.values import Organisation
from lichen.brief.phrases import within_sentence
from lichen.cli.answers import Block, Column, Line, Record, styled
from lichen.cli.reasons import giver_sentence, reason_lines, reason_record
from lichen.fit.matrix import Excelling, MapRow
from lichen.language import _

__all__ = ["map_blocks"]


def map_blocks(me: Organisation, rows: Sequence[MapRow], left_out: str) -> tuple[Block, ...]:
    """Our top gaps with the organisations that excel there, then what each of those lacks.

    Args:
        me: Who asked.
        rows: The answer of ``vulnerability_map``.
        left_out: How many of our gaps were left out before the heaviest were taken; empty for none.
    """
    records = [_record(place, row) for place, row in enumerate(rows, start=1)]
    who = Block(
        heading=_("Who has what {name} lacks").format(name=me.name),
        columns=(
            Column(" #", lambda record: str(record["place"]), number=True),
            Column(_("You lack"), lambda record: styled((within_sentence(record["gap"]), "bold"))),
            Column(_("Severity"), lambda record: _("{step} of 5").format(step=record["severity"]), number=True),
        ),
        records=records,
        note="\n".join(
            filter(None, (_("In brackets: how strong they say they are, and what stands behind it."), left_out))
        ),
        empty=left_out
        or _("Your file names no gaps that can be mapped. Start with: lichen audit template my-audit.xlsx"),
        below=_lines,
    )
    return (who, _lacking(records)) if records else (who,)


def _record(place: int, row: MapRow) -> Record:
    return {
        "place": place,
        "gap": row.gap.code,
        "severity": row.gap.severity,
        "rank": row.gap.rank,
        "weight": row.gap.weight,
        "excelling": [_excelling(one) for one in row.excelling],
    }


def _excelling(one: Excelling) -> dict[str, Any]:
    lacks = None if one.lacks is None else [asdict(lack) for lack in one.lacks]
    reason = reason_record(one.reason, giver_sentence(one.name, one.reason), shows_severity=True)
    return {"id": one.id, "name": one.name, "sector": one.sector, "lacks": lacks, **reason}


def _lines(record: Record) -> Iterator[Line]:
    for one in record["excelling"]:
        yield from reason_lines([one], ("←", "green"), most=1)
    if not record["excelling"]:
        yield Text(), styled((_("Nobody here offers it, or anything near it."), "dim"))


def _lacking(records: Sequence[Record]) -> Block:
    known = {one["id"]: one for record in records for one in record["excelling"]}
    return Block(
        heading=_("What they lack"),
        columns=(
            Column("", lambda record: styled((record["name"], "bold"))),
            Column("", lambda record: _lacks(record["lacks"])),
        ),
        records=[*known.values()],
        note=_("What others lack is something to ask them, not something to tell them."),
        empty=_("Nobody excels at any of it."),
        repeats=True,
    )


def _lacks(lacks: Sequence[Mapping[str, Any]] | None) -> str:
    """What somebody lacks, first what we could ease."""
    if lacks is None:
        return _("nobody knows: ask")
    if not lacks:
        return _("nothing that is for early eyes")
    eased, other = (", ".join(_name(lack) for lack in lacks if (lack["met"] > 0) is met) for met in (True, False))
    if not eased:
        return other
    frame = _("{eased}, which you have; also {other}") if other else _("{eased}, which you have")
    return frame.format(eased=eased, other=other)


def _name(lack: Mapping[str, Any]) -> str:
    return within_sentence(lack["code"]) + (" ?" if lack["suggested"] else "")
