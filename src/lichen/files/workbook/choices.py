"""The drop-downs of a workbook, and the sheets that they draw from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lichen.capabilities.taxonomy import Capability, taxonomy
from lichen.files.draft import Cell
from lichen.files.schema import HEAD, OFFER, VULNERABILITY
from lichen.files.tables import plain_text
from lichen.files.wording import headings, help_texts
from lichen.files.workbook.looks import BODY, HEADING, LEAD, TITLE, WORD, height_for, lay_out_print, put
from lichen.files.workbook.sheets import titles
from lichen.language import _

__all__ = ["add_choices", "add_lists", "add_words", "label"]

_FIELDS = {**HEAD, **VULNERABILITY, **OFFER}
_WORDS_FROM = 4


def label(name: str, cell: Cell) -> Cell:
    """What a person reads for the value of a field, and what reads back as it."""
    if name == "code":
        capability = taxonomy().capabilities.get(str(cell))
        return cell if capability is None else capability.label
    words = _FIELDS[name].shape.words()
    if isinstance(cell, tuple):
        return ", ".join(words[kind] for kind in cell)
    return words.get(plain_text(cell), cell)


def add_lists(book: Workbook) -> Mapping[str, str]:
    """Add the hidden sheet that the drop-downs draw from; gives the range of each field's choices."""
    sheet = book.create_sheet(titles().lists)
    sheet.sheet_state = "hidden"
    ranges = {"code": f"'{titles().words}'!$B${_WORDS_FROM + 1}:$B${_WORDS_FROM + len(taxonomy().capabilities)}"}
    chosen = [name for name, field in _FIELDS.items() if field.shape.words()]
    for column, name in enumerate(chosen, 1):
        words = [*_FIELDS[name].shape.words().values()]
        for row, word in enumerate(words, 1):
            put(sheet, row, column, word, BODY)
        letter = get_column_letter(column)
        ranges[name] = f"'{titles().lists}'!${letter}$1:${letter}${len(words)}"
    return ranges


def add_words(book: Workbook) -> None:
    """Add the vocabulary, to be searched and filtered."""
    sheet = book.create_sheet(titles().words)
    sheet.sheet_view.showGridLines = False
    put(sheet, 1, 1, _("Words"), TITLE)
    put(sheet, 2, 1, _("The list that the capability is picked from. Filter it by group, or search it."), LEAD)
    sheet.merge_cells("A2:D2")
    columns = (
        (_("Group"), 24),
        (_("Capability"), 34),
        (_("What it means"), 52),
        (_("How people say that they lack it"), 52),
        (_("Usual sensitivity"), 14),
        (_("Code"), 32),
    )
    for column, (heading, width) in enumerate(columns, 1):
        put(sheet, _WORDS_FROM, column, heading, HEADING)
        sheet.column_dimensions[get_column_letter(column)].width = width
    capabilities = taxonomy().capabilities.values()
    for row, capability in enumerate(capabilities, _WORDS_FROM + 1):
        texts = _described(capability)
        for column, text in enumerate(texts, 1):
            put(sheet, row, column, text, WORD)
        heights = (height_for(text, width) for text, (_heading, width) in zip(texts, columns, strict=True))
        sheet.row_dimensions[row].height = max(heights)
    for row, height in ((1, 34), (2, 20), (_WORDS_FROM, 34)):
        sheet.row_dimensions[row].height = height
    sheet.auto_filter.ref = f"A{_WORDS_FROM}:F{_WORDS_FROM + len(capabilities)}"
    sheet.freeze_panes = f"A{_WORDS_FROM + 1}"
    lay_out_print(sheet, _WORDS_FROM)


def add_choices(sheet: Worksheet, name: str, cells: str, ranges: Mapping[str, str]) -> None:
    """Give a range of cells the help of a field, and its drop-down where there is something to choose."""
    chosen = ranges.get(name)
    validation = DataValidation("list" if chosen else None, chosen, allow_blank=True, sqref=cells)
    validation.promptTitle, validation.prompt = headings()[name][:32], help_texts().get(name, "")
    validation.showInputMessage = bool(validation.prompt)
    validation.showErrorMessage = bool(chosen) and name != "kinds"
    validation.errorStyle, validation.errorTitle = "warning", _("Not on the list")
    validation.error = _("Lichen reads what is on the list.")
    sheet.add_data_validation(validation)


def _described(capability: Capability) -> Sequence[str]:
    return (
        taxonomy().groups[capability.group].label,
        capability.label,
        capability.definition,
        "; ".join(capability.as_gap),
        capability.sensitivity.value,
        capability.code,
    )
