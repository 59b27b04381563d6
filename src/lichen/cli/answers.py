"""How an answer of many rows is printed: a table for a person, JSON and CSV for a program, Markdown for a page."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Annotated, Any

import typer
from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from lichen.cli.plain import printable
from lichen.files.formulas import guarded

__all__ = [
    "Block",
    "Column",
    "Format",
    "Layout",
    "Line",
    "Record",
    "json_text",
    "percent",
    "say",
    "screen",
    "show",
    "styled",
    "two_places",
]

_INDENT = 4
_MARKS = re.compile(r"([\\`*_\[\]<>|])")
_PAGES = {"markdown.h1": "bold", "markdown.h2": "bold", "markdown.block_quote": "green"}
_HALF_A_PERCENT = 0.005

Record = Mapping[str, Any]
"""One row: what JSON prints, as it stands."""


Line = tuple[Text, Text]
"""A sign and the words it stands before, which wrap beside it."""


class Layout(StrEnum):
    """The ways in which rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


Format = Annotated[Layout, typer.Option("--format", "-f", help="How to print the rows.")]
"""The option that every command with rows has."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table for people."""

    heading: str
    """What stands above it; nothing where no column of a table has a heading."""
    cell: Callable[[Record], str | Text]
    """What stands in the column for a record; a new line in it is a new line in the cell."""
    number: bool = False
    """Numbers stand on the right and do not wrap."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together."""

    columns: Sequence[Column]
    """What people see of each record, from left to right."""
    records: Sequence[Record]
    """One a row; JSON and CSV print the whole of it."""
    heading: str = ""
    """What stands above the rows."""
    note: str = ""
    """What the numbers mean, in a line or two below the rows."""
    empty: str = ""
    """Why there are no rows, and what to try next."""
    below: Callable[[Record], Iterable[Line]] | None = None
    """Lines that stand under a row, as wide as the whole table."""
    repeats: bool = False
    """Whether the records stand in another block already, so that JSON and CSV pass over these."""
    gutter: int = 2
    """How many spaces part the columns."""


class _Screen(Console):
    """A console that leaves a closed pipe to whoever called it."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def show(layout: Layout, *blocks: Block) -> None:
    """Print the blocks; in JSON and CSV their records follow one another in one list."""
    _PRINTERS[layout](blocks)


def screen(*, error: bool = False) -> Console:
    """The terminal, or the file that stands for it; lines never longer than a person reads with ease."""
    console = _Screen(theme=Theme(_PAGES), stderr=error, highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(console.width, 100)
    return console


def say(text: str, *, style: str = "", error: bool = False) -> None:
    """Print a sentence for a person; it is not wrapped, so that a path or a command in it can be copied."""
    screen(error=error).print(styled((text, style)), soft_wrap=True)


def styled(*parts: str | tuple[str, str]) -> Text:
    """Text put together from plain parts and parts with a style, safe for a terminal.

    Example:
        >>> styled(("Fit", "bold"), " 0.71").plain
        'Fit 0.71'
    """
    pairs = ((part, "") if isinstance(part, str) else part for part in parts)
    return Text.assemble(*((printable(text), style) for text, style in pairs))


def json_text(value: Any) -> str:
    """One JSON document, readable and in the letters it is written in."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def two_places(number: float | None) -> str:
    """A share of one as people read it in a table; a dash for unknown.

    Example:
        >>> two_places(0.6249), two_places(None)
        ('0.62', '–')
    """
    return "–" if number is None else f"{number:.2f}"


def percent(share: float | None) -> str:
    """A share of one in per cent; a dash for unknown, and never 0% for what is more than nothing.

    Example:
        >>> percent(0.6249), percent(0.001), percent(None)
        ('62%', '<1%', '–')
    """
    if share is None:
        return "–"
    return "<1%" if 0 < share < _HALF_A_PERCENT else f"{share:.0%}"


def _records(blocks: Iterable[Block]) -> list[Record]:
    return [record for block in blocks if not block.repeats for record in block.records]


def _print_json(blocks: Sequence[Block]) -> None:
    sys.stdout.write(json_text(_records(blocks)))


def _print_csv(blocks: Sequence[Block]) -> None:
    records = _records(blocks)
    keys = list(dict.fromkeys(key for record in records for key in record))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_flat(record.get(key)) for key in keys] for record in records)


def _flat(value: Any) -> Any:
    """One cell: many values parted by semicolons, a reason as its sentence, unknown as nothing."""
    if isinstance(value, Mapping):
        return _flat(value.get("sentence") or "; ".join(f"{key} {_inner(part)}" for key, part in value.items()))
    if isinstance(value, list | tuple):
        return _flat("; ".join(str(_flat(part)) for part in value))
    return guarded(value) if isinstance(value, str) else value


def _inner(value: Any) -> Any:
    """A part of a cell: many values parted by commas, since semicolons part what is around them."""
    return ", ".join(str(_flat(part)) for part in value) if isinstance(value, list | tuple) else _flat(value)


def _print_md(blocks: Sequence[Block]) -> None:
    sys.stdout.write("\n".join(line for block in blocks for line in _md_lines(block)))


def _md_lines(block: Block) -> Iterable[str]:
    if block.heading:
        yield f"## {_md_text(block.heading)}\n"
    if block.records and not any(column.heading for column in block.columns):
        yield from (f"- {_md_item(_plain_cells(block, record))}" for record in block.records)
        yield ""
    elif block.records:
        yield _md_row(column.heading for column in block.columns)
        yield "|" + "|".join(" ---: " if column.number else " --- " for column in block.columns) + "|"
        yield from (_md_row(_plain_cells(block, record)) for record in block.records)
        yield ""
    if block.below is not None:
        for record in block.records:
            yield f"### {_md_text(' '.join(_plain_cells(block, record)[:2]))}\n"
            yield from (f"- {_md_text(f'{sign} {words}'.strip())}" for sign, words in block.below(record))
            yield ""
    note = block.note if block.records else block.empty
    if note:
        yield _md_text(note).replace("\n", "  \n") + "\n"


def _plain_cells(block: Block, record: Record) -> list[str]:
    return [str(column.cell(record)) for column in block.columns]


def _md_item(cells: Iterable[str]) -> str:
    """The cells of a table without headings as an item of a list."""
    return " – ".join(_md_text(cell).replace("\n", ", ") for cell in cells if len(cell) > 1)


def _md_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_md_text(cell).replace("\n", "<br>") for cell in cells) + " |"


def _md_text(text: str) -> str:
    return _MARKS.sub(r"\\\1", printable(text))


def _print_table(blocks: Sequence[Block]) -> None:
    console = screen()
    parts = [part for block in blocks for part in _table_parts(block, console.width)]
    for place, part in enumerate(parts):
        if place:
            console.print()
        console.print(Segments([each for line in console.render_lines(part) for each in _unpadded(line)]), end="")


def _unpadded(line: list[Segment]) -> Iterable[Segment]:
    """A line without the spaces that a table leaves at its end, so that it can be copied as it is read."""
    while line and not line[-1].text.strip():
        line = line[:-1]
    yield from line[:-1]
    if line:
        yield line[-1]._replace(text=line[-1].text.rstrip())
    yield Segment.line()


def _table_parts(block: Block, width: int) -> Iterable[RenderableType]:
    """What is printed of a block from top to bottom, each part after a blank line."""
    if block.heading:
        yield Text(printable(block.heading), style="bold")
    if block.records:
        yield Group(*_rows(block, width))
    note = block.note if block.records else block.empty
    if note:
        yield Text(printable(note), style="dim" if block.records else "")


def _rows(block: Block, width: int) -> Iterable[RenderableType]:
    if block.below is None:
        yield _table(block, block.records)
        return
    widths = [_widest(column, block.records) if column.number else None for column in block.columns]
    for place, record in enumerate(block.records):
        table = _table(block, [record], widths, headed=place == 0)
        table.width = width
        yield table
        lines = [*block.below(record)]
        if lines:
            yield Padding(_hanging(lines), (0, 0, 0, _INDENT), expand=False)
        if lines and place + 1 < len(block.records):
            yield Text()


def _table(block: Block, records: Sequence[Record], widths: Sequence[int | None] = (), *, headed: bool = True) -> Table:
    headed = headed and any(column.heading for column in block.columns)
    table = Table(box=None, show_header=headed, header_style="dim", pad_edge=False, padding=(0, block.gutter, 0, 0))
    for column, width in zip_longest(block.columns, widths):
        ratio = None if column.number or not widths else 1
        justify: JustifyMethod = "right" if column.number else "left"
        table.add_column(
            column.heading, justify=justify, no_wrap=column.number, overflow="fold", width=width, ratio=ratio
        )
    for record in records:
        table.add_row(*(_cell(column.cell(record)) for column in block.columns))
    return table


def _hanging(lines: Iterable[Line]) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    for line in lines:
        grid.add_row(*line)
    return grid


def _widest(column: Column, records: Sequence[Record]) -> int:
    return max(len(column.heading), *(len(str(column.cell(record))) for record in records))


def _cell(cell: str | Text) -> Text:
    return Text(printable(cell)) if isinstance(cell, str) else cell


_PRINTERS: Mapping[Layout, Callable[[Sequence[Block]], None]] = {
    Layout.TABLE: _print_table,
    Layout.JSON: _print_json,
    Layout.CSV: _print_csv,
    Layout.MD: _print_md,
}
