"""What ``lichen matrix`` prints: a heat map for each candidate, whose cells have the number in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from string import ascii_uppercase

from rich.text import Text

from lichen.audit.values import Organisation
from lichen.brief.phrases import within_sentence
from lichen.cli.answers import Block, Column, Record, styled, two_places
from lichen.cli.shades import INK, glow, step
from lichen.fit.matrix import Line, Matrix, Swap, best_swaps
from lichen.language import _, ngettext

__all__ = [
    "best_first",
    "cell_text",
    "gap_name",
    "left_out_line",
    "matrix_blocks",
    "matrix_records",
    "places_of",
    "question_marks",
    "swap_sentence",
    "swaps_with",
    "why_absent",
]

_MOST_COLUMNS = 8
"""So many columns fit beside the names of our gaps in 80 characters."""
_BEST = 3
_MOST_NAMES = 3
"""Of more than so many candidates only the number is told."""


def matrix_blocks(me: Organisation, others: Sequence[Organisation], found: Matrix) -> Iterator[Block]:
    """For each candidate with whom there is a swap a heat map and the best swaps, best first; the others in a line.

    Args:
        me: Whose gaps the rows are.
        others: The candidates, as they were given to ``matrix``.
        found: Its answer.
    """
    for other in best_first(others, found):
        yield _heat_map(me, other, found, places_of(found, other.id))
        yield _best(other, found)
    left_out = left_out_line(me, len(found.rows)) if found.rows else ""
    told = [*filter(None, [left_out]), *why_absent(others, found)]
    if told:
        yield Block((), (), empty="\n".join(told))


def matrix_records(found: Matrix) -> list[Record]:
    """Every cell, also those without a swap, as JSON and CSV have it."""
    return [
        {
            "id": column.organisation,
            "our_gap": row.code,
            "their_gap": column.code,
            "value": None if swap is None else swap.value,
            "their_offer": None if swap is None else swap.ours.offer,
            "our_offer": None if swap is None else swap.theirs.offer,
            "our_weight": row.weight,
            "their_weight": column.weight,
            "suggested": row.suggested or column.suggested,
        }
        for row, cells in zip(found.rows, found.cells, strict=True)
        for column, swap in zip(found.columns, cells, strict=True)
    ]


def places_of(found: Matrix, organisation: str) -> list[int]:
    """Which columns are the gaps of one candidate; none where there are no rows to cross them."""
    return [place for place, gap in enumerate(found.columns) if gap.organisation == organisation and found.rows]


def best_first(others: Sequence[Organisation], found: Matrix) -> list[Organisation]:
    """The candidates whose grid is worth looking at, that with the best swap first.

    A grid without a swap is shown only where it is the only one that was asked for.
    """
    best: dict[str, float] = {}
    for swap in best_swaps(found, top=len(found.rows) * len(found.columns)):
        best.setdefault(swap.organisation, swap.value)
    shown = (other for other in others if places_of(found, other.id) and (other.id in best or len(others) == 1))
    return sorted(shown, key=lambda other: -best.get(other.id, 0.0))


def why_absent(others: Sequence[Organisation], found: Matrix) -> Iterator[str]:
    """Why there is no grid with some of the candidates, and what to try next; many of a kind in one line."""
    if not others:
        yield _("There is nobody to compare with. Give at least one more file.")
        return
    if not found.rows:
        yield _("Your file names no gaps that may be shown yet. To see all of them yourself: --all")
        return
    shown, unknown = {other.id for other in best_first(others, found)}, set(found.unknown)
    told = {other.id: other.name for other in others if other.id not in shown}
    yield from _told_of([name for id, name in told.items() if id in unknown], _nobody_knows)
    yield from _told_of([name for id, name in told.items() if id not in unknown], _no_swap)


def left_out_line(me: Organisation, shown: int) -> str:
    """How many of the reader's own gaps are not among those shown; empty for none."""
    count = sum(bool(gap.code) for gap in me.vulnerabilities) - shown
    told = ngettext(
        "{number} gap of yours is left out: highly sensitive, or not relevant. To see it: --all",
        "{number} gaps of yours are left out: highly sensitive, or not relevant. To see them: --all",
        count,
    )
    return told.format(number=count) if count else ""


def question_marks(found: Matrix) -> Iterator[str]:
    """What a question mark stands for, on either side."""
    if any(gap.suggested for gap in found.rows):
        yield _("? on the left is guessed from your words, or from a record: confirm it.")
    if any(gap.suggested for gap in found.columns):
        yield _("? of theirs is not stated by them: ask.")


def swaps_with(found: Matrix, organisation: str) -> tuple[Swap, ...]:
    """Every swap with one candidate, best first."""
    every = best_swaps(found, top=len(found.rows) * len(found.columns))
    return tuple(swap for swap in every if swap.organisation == organisation)


def swap_sentence(swap: Swap) -> str:
    """A swap in words, said to us."""
    return _("They help you with {ours}; you help them with {theirs}.").format(
        ours=_through(swap.ours.gap, swap.ours.offer), theirs=_through(swap.theirs.gap, swap.theirs.offer)
    )


def cell_text(swap: Swap | None) -> str:
    """What stands in a cell: the number, or a dot where there is no swap."""
    return "·" if swap is None else two_places(swap.value)


def gap_name(gap: Line) -> str:
    """What a line of the matrix is called; one that nobody has stated bears a question mark."""
    return within_sentence(gap.code) + (" ?" if gap.suggested else "")


def _heat_map(me: Organisation, other: Organisation, found: Matrix, places: Sequence[int]) -> Block:
    letters = dict(zip(places[:_MOST_COLUMNS], ascii_uppercase, strict=False))
    return Block(
        heading=_("What {ours} lacks, by what {theirs} lacks").format(ours=me.name, theirs=other.name),
        columns=(
            Column("", lambda record: styled(f"{record['name']}  ")),
            *(Column(f"{letter:^6}", _cell_of(place)) for place, letter in letters.items()),
        ),
        records=[{"name": gap_name(gap), "cells": cells} for gap, cells in zip(found.rows, found.cells, strict=True)],
        note="\n".join(_key(found, letters, len(places) - len(letters))),
        gutter=0,
    )


def _cell_of(place: int) -> Callable[[Record], Text]:
    def cell(record: Record) -> Text:
        swap = record["cells"][place]
        number = 0 if swap is None else step(swap.value)
        return styled((f"{cell_text(swap):^6}", "dim" if swap is None else f"{INK} on {glow(number)}"))

    return cell


def _key(found: Matrix, letters: Mapping[int, str], more: int) -> Iterator[str]:
    yield from (f"{letter}  {gap_name(found.columns[place])}" for place, letter in letters.items())
    if more:
        yield ngettext(
            "{number} lighter gap is left out here; a page has them all: --out matrix.html",
            "{number} lighter gaps are left out here; a page has them all: --out matrix.html",
            more,
        ).format(number=more)
    yield _("A number says how good it would be to swap help for the two, from 0 to 1; · is no swap.")
    yield from question_marks(found)


def _best(other: Organisation, found: Matrix) -> Block:
    swaps = swaps_with(found, other.id)[:_BEST]
    return Block(
        heading=_("Best swaps with {name}").format(name=other.name),
        columns=(
            Column("", lambda record: two_places(record["value"]), number=True),
            Column("", lambda record: record["sentence"]),
        ),
        records=[{"value": swap.value, "sentence": swap_sentence(swap)} for swap in swaps],
        empty=_("There is none: what they lack you do not have, or what you lack they do not."),
    )


def _through(gap: str, offer: str) -> str:
    name = within_sentence(gap)
    return name if gap == offer else _("{gap} through {offer}").format(gap=name, offer=within_sentence(offer))


def _told_of(names: Sequence[str], told: Callable[[str, int], str]) -> Iterator[str]:
    """A line for each of a few, one with the number for many."""
    if len(names) > _MOST_NAMES:
        yield told("", len(names))
    else:
        yield from (told(name, 1) for name in names)


def _nobody_knows(name: str, number: int) -> str:
    if name:
        return _("What {name} lacks nobody knows: ask them.").format(name=name)
    return _("What {number} of them lack nobody knows: ask them.").format(number=f"{number:,}")


def _no_swap(name: str, number: int) -> str:
    if name:
        return _("With {name} there is no swap, so no grid is shown.").format(name=name)
    return _("With {number} of them there is no swap, so no grid is shown.").format(number=f"{number:,}")
