"""Reading a workbook: vetted first, opened by a child with limits, then recognised sheet by sheet."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

from lichen.errors import Problem
from lichen.files.draft import Cell, Draft, Reading, Row, is_blank, shown_name
from lichen.files.schema import HEAD, OFFER, VULNERABILITY
from lichen.files.shapes import folded
from lichen.files.tables import Grid, column_letter, drafts_in_rows, header_place, names_of, rows_under
from lichen.files.workbook.escapes import unescaped
from lichen.files.workbook.sheets import example_gap, example_mark, example_offer, mark_heading, titles
from lichen.files.workbook.vetting import LARGEST, vet
from lichen.language import _

__all__ = ["LARGEST", "drafts_in", "foreign_grids"]

_SECONDS = 30  # the child stops itself sooner, where a system can count the seconds of one process
_TOO_LARGE = 3  # as the child has it, which the parent does not import
# Blocking numpy halves the child's start: openpyxl would import it for kinds of number that no cell has.
_CHILD = "import sys; sys.modules['numpy'] = None; from lichen.files.workbook.child import main; main()"


def drafts_in(raw: bytes, reading: Reading) -> list[Draft]:
    """The organisations in a workbook: one audit as the template asks for it, or many under headings.

    Raises:
        InputError: The workbook is no plain one, is too large, or has no sheet that Lichen knows.
    """
    vet(raw, reading)
    sheets = dict(_known_sheets(_grids(raw, reading), reading))
    if "organisations" in sheets:
        tables = (("organisations", HEAD), ("their_gaps", VULNERABILITY), ("their_offers", OFFER))
        rows = {name: _table(sheets.get(name), ("organisation", *fields), reading) for name, fields in tables}
        return drafts_in_rows(rows["organisations"], rows["their_gaps"], rows["their_offers"], reading)
    if "start" not in sheets:
        right = _("a workbook from the template, with the sheet {sheet}").format(sheet=titles().start)
        raise reading.refusal(_("there is no sheet that Lichen knows"), right)
    gaps = _own_rows(sheets.get("gaps"), VULNERABILITY, example_gap(), reading)
    offers = _own_rows(sheets.get("offers"), OFFER, example_offer(), reading)
    return [Draft(_head(sheets["start"]), tuple(gaps), tuple(offers))]


def foreign_grids(raw: bytes, reading: Reading) -> list[Grid]:
    """The cells of each sheet of a workbook that has none that Lichen knows; none of one that can be read as it is.

    Raises:
        InputError: The workbook is no plain one, or is too large.
    """
    vet(raw, reading)
    grids = [grid for grid in _grids(raw, reading) if grid.rows]
    return [] if any(titles().find(grid.sheet) in {"start", "organisations"} for grid in grids) else grids


def _grids(raw: bytes, reading: Reading) -> list[Grid]:
    command = [sys.executable, "-P", "-W", "ignore", "-c", _CHILD]
    right = _("the workbook saved anew as .xlsx, with nothing but the audit in it")
    try:
        child = subprocess.run(command, input=raw, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise reading.refusal(_("the workbook takes too long to read"), right) from None
    if child.returncode == _TOO_LARGE:
        raise reading.refusal(_("the workbook has more in it than an audit has"), right)
    if child.returncode:
        raise reading.refusal(_("the workbook cannot be read"), right)
    return [
        Grid(
            sheet,
            [(number, [unescaped(cell) if isinstance(cell, str) else cell for cell in row]) for number, row in rows],
        )
        for sheet, rows in json.loads(child.stdout)
    ]


def _known_sheets(grids: Sequence[Grid], reading: Reading) -> Iterator[tuple[str, Grid]]:
    for grid in grids:
        name = titles().find(grid.sheet)
        if name:
            yield name, grid
        elif grid.rows:
            what = _("a sheet was set aside")
            reading.note(Problem(what, "", sheet=shown_name(grid.sheet)))


def _head(grid: Grid) -> Row:
    """Questions with their answers beside them, wherever on the sheet they stand."""
    known = names_of(HEAD)
    cells: dict[str, Cell] = {}
    labels: dict[str, str] = {}
    rows: dict[str, int] = {}
    letters: dict[str, str] = {}
    for number, row in grid.rows:
        across = iter(enumerate(row))
        for index, question in across:
            name = known.get(folded(question)) if isinstance(question, str) else None
            # Taken even where nobody wants it, so that an answer such as "Country" is never read as a question.
            answer = next(across, (0, None))[1] if name else None
            if name and name not in cells:
                cells[name], labels[name], rows[name] = answer, str(question), number
                letters[name] = column_letter(index + 1)
    return Row(cells, grid.sheet, None, labels, rows, letters)


def _table(grid: Grid | None, fields: Sequence[str], reading: Reading) -> list[Row]:
    if grid is None or not grid.rows:
        return []
    known = {**names_of(fields), folded(mark_heading()): "mark"}
    place = header_place(grid, known)
    if place is None:
        right = _("headings such as those of the template")
        reading.tell(Problem(_("there are no headings that Lichen knows"), right, sheet=grid.sheet))
        return []
    rows = rows_under(grid, place, known, reading)
    return [row for row in rows if not all(is_blank(cell) for name, cell in row.cells.items() if name != "mark")]


def _own_rows(
    grid: Grid | None, fields: Mapping[str, object], example: Mapping[str, Cell], reading: Reading
) -> Iterator[Row]:
    for row in _table(grid, tuple(fields), reading):
        if folded(str(row.cells.get("mark"))) != folded(example_mark()):
            yield row
        elif row.cells.get("words") != example["words"]:
            right = _("no such mark, if the row is yours; no such row, if it is not")
            reading.tell(row.placed(Problem(_("the row is marked as the example, and was changed"), right), "mark"))
