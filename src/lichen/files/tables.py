"""Rows under headings: what a CSV file and the sheets of a workbook have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lichen.errors import Problem
from lichen.files.audits import id_of
from lichen.files.draft import Cell, Draft, Reading, Row, is_blank, shown_name
from lichen.files.shapes import folded
from lichen.files.wording import headings
from lichen.language import _

__all__ = [
    "Grid",
    "column_letter",
    "drafts_in_rows",
    "header_place",
    "names_of",
    "plain_text",
    "rows_under",
]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet."""

    sheet: str
    """Its name; empty for a file without sheets."""
    rows: Sequence[tuple[int, Sequence[Cell]]]
    """Each row that has something in it, with its number as a person sees it."""


def names_of(fields: Iterable[str]) -> Mapping[str, str]:
    """The field that each heading means, whether it is the field's own name or the words for it."""
    words = headings()
    return {
        folded(heading): name for name in fields for heading in (name.replace("_", " "), name, words.get(name, name))
    }


def header_place(grid: Grid, known: Mapping[str, str], wanted: int = 2) -> int | None:
    """Where in the grid the headings stand: the first row with some that are known; None if nowhere."""
    for place, (_number, cells) in enumerate(grid.rows[:50]):
        if sum(folded(str(cell))[:100] in known for cell in cells if isinstance(cell, str)) >= wanted:
            return place
    return None


def rows_under(grid: Grid, place: int, known: Mapping[str, str], reading: Reading) -> list[Row]:
    """One row a record, from below the headings to the end of the grid."""
    number, header = grid.rows[place]
    names = _columns(grid.sheet, number, header, known, reading)
    labels = {name: str(header[index]).strip() for index, name in names.items()}
    letters = {name: column_letter(index) for index, name in names.items()} if grid.sheet else {}
    _note_stray(grid, place, reading)
    return [
        Row(
            {name: cells[index] for index, name in names.items() if index < len(cells)},
            grid.sheet,
            row,
            labels,
            letters=letters,
        )
        for row, cells in grid.rows[place + 1 :]
        if not all(is_blank(cells[index]) for index in names if index < len(cells))
    ]


def drafts_in_rows(heads: Sequence[Row], gaps: Sequence[Row], offers: Sequence[Row], reading: Reading) -> list[Draft]:
    """One draft an organisation, with the rows of items that name its id."""
    ids = [id_of(head.cells) for head in heads]
    owned: dict[str, tuple[list[Row], list[Row]]] = {key: ([], []) for key in ids}
    for kind, items in enumerate((gaps, offers)):
        for row in items:
            key = str(row.cells.get("organisation") or (ids[0] if len(ids) == 1 else ""))
            if key in owned:
                owned[key][kind].append(row)
            else:
                right = _("the id of an organisation in this file")
                reading.tell(row.placed(Problem(_("no organisation has this id"), right), "organisation"))
    firsts = {key: place for place, key in reversed(list(enumerate(ids)))}
    return [
        Draft(head, *(tuple(rows) if firsts[key] == place else () for rows in owned[key]))
        for place, (key, head) in enumerate(zip(ids, heads, strict=True))
    ]


def plain_text(cell: Cell) -> str:
    """The cell as text that reads back as the same.

    Example:
        >>> plain_text(True), plain_text(("funding", "reach")), plain_text(None)
        ('yes', 'funding, reach', '')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, tuple):
        return ", ".join(cell)
    return "" if cell is None else str(cell)


def column_letter(index: int) -> str:
    """The letters that a spreadsheet shows above a column, 0 being the first.

    Example:
        >>> column_letter(0), column_letter(27)
        ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _columns(
    sheet: str, row: int, header: Sequence[Cell], known: Mapping[str, str], reading: Reading
) -> dict[int, str]:
    names: dict[int, str] = {}
    given = {index: folded(str(cell)) for index, cell in enumerate(header) if not is_blank(cell)}
    for index, heading in given.items():
        column = shown_name(str(header[index]).strip()) or column_letter(index)
        cell = f"{column_letter(index)}{row}" if sheet else ""
        place = Problem("", "", sheet=sheet, row=row, column=column, cell=cell)
        name = known.get(heading)
        if name is None:
            taken = {known.get(other) for other in given.values()}
            reading.meet_unknown(heading, [other for other, field in known.items() if field not in taken], place)
        elif name in names.values():
            reading.tell(replace(place, what=_("two columns have this heading"), right=_("one of them")))
        else:
            names[index] = name
    return names


def _note_stray(grid: Grid, place: int, reading: Reading) -> None:
    header = grid.rows[place][1]
    headed = {index for index, cell in enumerate(header) if not is_blank(cell)}
    for number, cells in grid.rows[place + 1 :]:
        stray = next((index for index, cell in enumerate(cells) if index not in headed and not is_blank(cell)), None)
        if stray is not None:
            what = _("what stands below no heading was set aside, here and maybe further down")
            reading.note(Problem(what, "", "", grid.sheet, number, column_letter(stray)))
            return
