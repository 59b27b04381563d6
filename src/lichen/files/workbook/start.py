"""The first sheet: what this is, how it is kept, and what is asked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from lichen.audit.prompts import offer_prompts, sector_prompts
from lichen.files.draft import Row
from lichen.files.schema import HEAD
from lichen.files.shapes import Text
from lichen.files.wording import headings, help_texts
from lichen.files.workbook.choices import add_choices, label
from lichen.files.workbook.looks import ANSWER, BODY, HELP, LABEL, SECTION, TITLE, Look, height_for, lay_out_print, put
from lichen.files.workbook.sheets import START_SECTIONS, titles
from lichen.language import _
from lichen.scales import Sector

__all__ = ["fill_start"]

_WIDTHS = {"A": 3, "B": 36, "C": 64, "D": 42}


def fill_start(sheet: Worksheet, head: Row, sector: Sector, ranges: Mapping[str, str]) -> None:
    """Lay out the first sheet and put the answers that there are into it."""
    sheet.sheet_view.showGridLines = False
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    row = _introduction(sheet)
    names = {
        "opening": _("Two questions to begin with"),
        "organisation": _("Your organisation"),
        "readiness": _("How this audit came about"),
    }
    for section, fields in START_SECTIONS.items():
        row = _section(sheet, row, names[section])
        for name in fields:
            _ask(sheet, row, name, head, ranges)
            row += 1
    _prompts(sheet, row, sector)
    lay_out_print(sheet)


def _introduction(sheet: Worksheet) -> int:
    names = titles()
    put(sheet, 1, 2, _("An honest audit"), TITLE)
    sheet.row_dimensions[1].height = 40
    steps = _(
        "Answer what you can on this sheet. On {gaps}, name at least five things, each in your own words. On {offers}, "
        "name what others could have from you. The sheet {words} says what the words of the lists mean."
    ).format(gaps=names.gaps, offers=names.offers, words=names.words)
    return _paragraphs(
        sheet,
        2,
        (
            (
                _("What this is"),
                _(
                    "A place to say where you are weak and what you are good at, so that Lichen can look for "
                    "organisations for whom it is the other way round. Two hours among the people who lead will do."
                ),
            ),
            (_("How to fill it in"), steps),
            (
                _("How your answers are kept"),
                _(
                    "In this file and nowhere else: Lichen reads it on your computer and sends nothing anywhere. "
                    "Whoever can open the file can read it, so keep it where you keep what is confidential, and name "
                    "no person in it. A partner learns only what you choose to show, one thing at a time."
                ),
            ),
            (
                _("Nothing here is a test"),
                _("What you do not know, leave empty. Lichen tells you what is missing, all at once, and where."),
            ),
        ),
    )


def _paragraphs(sheet: Worksheet, row: int, paragraphs: Sequence[tuple[str, str]]) -> int:
    for name, text in paragraphs:
        put(sheet, row, 2, name, LABEL)
        _across(sheet, row, text, BODY)
        row += 1
    return row


def _across(sheet: Worksheet, row: int, text: str, look: Look) -> None:
    put(sheet, row, 3, text, look)
    sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=4)
    sheet.row_dimensions[row].height = height_for(text, _WIDTHS["C"] + _WIDTHS["D"])


def _section(sheet: Worksheet, row: int, name: str) -> int:
    put(sheet, row, 2, name, SECTION)
    sheet.row_dimensions[row].height = 44
    return row + 1


def _ask(sheet: Worksheet, row: int, name: str, head: Row, ranges: Mapping[str, str]) -> None:
    put(sheet, row, 2, headings()[name], LABEL)
    cell = head.cells.get(name)
    free = isinstance(HEAD[name].shape, Text)
    put(sheet, row, 3, None if cell is None else label(name, cell), ANSWER, text=free)
    put(sheet, row, 4, help_texts().get(name), HELP)
    texts = ((str(cell or ""), "C"), (help_texts().get(name, ""), "D"), (headings()[name], "B"))
    lowest = 84 if name in START_SECTIONS["opening"] else 24
    sheet.row_dimensions[row].height = max(lowest, *(height_for(text, _WIDTHS[column]) for text, column in texts))
    add_choices(sheet, name, f"C{row}", ranges)


def _prompts(sheet: Worksheet, row: int, sector: Sector) -> None:
    row = _section(sheet, row, _("Questions that may help"))
    for about, prompts in (
        (_("What we lack"), sector_prompts(sector)),
        (_("What we can offer"), offer_prompts()),
    ):
        for place, prompt in enumerate(prompts):
            put(sheet, row, 2, "" if place else about, LABEL)
            _across(sheet, row, prompt.question, BODY)
            row += 1
