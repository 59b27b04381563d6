"""A division between two parties in words: who gets what, and why neither envies the other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lichen.cli.answers import Block, Column, Record
from lichen.exchange.adjusted_winner import Division, DivisionShare
from lichen.language import _
from lichen.paper import amount_words

__all__ = ["division_blocks", "division_records"]


def division_records(found: Division, parties: tuple[str, str]) -> list[Record]:
    """One record an item: the points, and the part that each party gets, as a number and as an exact fraction.

    Args:
        found: The answer of ``adjusted_winner``.
        parties: What the two are called.
    """
    return [_record(share, parties, found.points) for share in found.shares]


def division_blocks(found: Division, parties: tuple[str, str]) -> Iterator[Block]:
    """Who gets what, then how much that is to each.

    Args:
        found: The answer of ``adjusted_winner``.
        parties: What the two are called.
    """
    first, second = parties
    yield Block(
        columns=(
            Column(_("Item"), lambda record: record["item"]),
            Column(first, lambda record: amount_words(record["first_points"]), number=True),
            Column(second, lambda record: amount_words(record["second_points"]), number=True),
            Column(_("Goes to"), lambda record: _goes_to(record)),
        ),
        records=division_records(found, parties),
        heading=_("Who gets what"),
        note=_("Below each name: its points for the item, of 100 in all."),
    )
    told = _(
        "Each gets {points} of its own 100 points ({exact} exactly). Neither would rather have what the other gets, and"
        " neither could get more without the other getting less. This holds if the points were honest: give them before"
        " either sees the other's."
    )
    yield Block((), (), empty=told.format(points=amount_words(float(found.points)), exact=found.points))


def _record(share: DivisionShare, parties: tuple[str, str], points: Fraction) -> Record:
    return {
        "item": share.item,
        "first": parties[0],
        "second": parties[1],
        "first_points": float(share.points[0]),
        "second_points": float(share.points[1]),
        "first_part": float(share.first),
        "second_part": float(share.second),
        "first_part_exact": str(share.first),
        "each_gets": float(points),
        "each_gets_exact": str(points),
    }


def _goes_to(record: Record) -> str:
    if record["first_part"] in (0.0, 1.0):
        return str(record["first" if record["first_part"] else "second"])
    first = Fraction(record["first_part_exact"])
    return _("{first}: {part}, {second}: {rest}").format(
        first=record["first"], part=first, second=record["second"], rest=1 - first
    )
