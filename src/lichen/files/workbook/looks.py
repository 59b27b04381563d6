"""How a workbook looks, and the one way in which anything gets into its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.header_footer import _HeaderFooterPart as _Part
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lichen.files.draft import Cell
from lichen.files.formulas import guarded
from lichen.files.tables import plain_text
from lichen.files.workbook.escapes import escaped
from lichen.language import _

__all__ = [
    "ANSWER",
    "BODY",
    "EXAMPLE",
    "HEADING",
    "HELP",
    "HINT",
    "ITEM",
    "LABEL",
    "LEAD",
    "NUMBER",
    "SECTION",
    "TITLE",
    "WORD",
    "Look",
    "height_for",
    "lay_out_print",
    "put",
]

_INK, _MOSS, _GREY = "FF26302B", "FF3F5E4E", "FF76807A"
_LINE = Side("thin", "FFD5DCD7")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks."""

    name: str
    size: float = 11
    colour: str = _INK
    bold: bool = False
    italic: bool = False
    fill: str = ""
    boxed: bool = False
    centred: bool = False
    upright: str = "top"
    indent: int = 0

    def dress(self, cell: SheetCell, book: Workbook) -> None:
        """Give the cell this look, which the book keeps under its name."""
        if self.name not in book.named_styles:
            book.add_named_style(self._style())
        cell.style = self.name

    def _style(self) -> NamedStyle:
        across = "center" if self.centred else "left"
        return NamedStyle(
            self.name,
            font=Font("Calibri", self.size, bold=self.bold, italic=self.italic, color=self.colour),
            fill=PatternFill("solid", self.fill) if self.fill else PatternFill(),
            border=Border(_LINE, _LINE, _LINE, _LINE) if self.boxed else Border(),
            alignment=Alignment(across, self.upright, wrap_text=True, indent=0 if self.centred else self.indent),
        )


TITLE = Look("Lichen title", 20, _MOSS, bold=True, upright="center")
SECTION = Look("Lichen section", 13, _MOSS, bold=True, upright="center")
BODY = Look("Lichen body")
LABEL = Look("Lichen label", bold=True)
LEAD = Look("Lichen lead", 10, _GREY, italic=True)
HELP = Look("Lichen help", 10, _GREY, italic=True, indent=1)
HINT = Look("Lichen hint", 9, _GREY, italic=True, upright="bottom", indent=1)
HEADING = Look("Lichen heading", bold=True, fill="FFDFE9E2", boxed=True, upright="center", indent=1)
ANSWER = Look("Lichen answer", boxed=True, indent=1)
NUMBER = Look("Lichen number", 10, _GREY, boxed=True, centred=True, upright="center")
ITEM = Look("Lichen item", boxed=True, upright="center", indent=1)
WORD = Look("Lichen word", upright="center", indent=1)
EXAMPLE = Look("Lichen example", 10, _GREY, italic=True, fill="FFF4F2EA", boxed=True, upright="center", indent=1)


def put(sheet: Worksheet, row: int, column: int, cell: Cell, look: Look, *, text: bool = False) -> None:
    """Put something into a cell, text always as text: a spreadsheet never takes it for a formula.

    Args:
        sheet: Where.
        row: 1 is the first.
        column: 1 is the first.
        cell: What; None leaves the cell empty and only dresses it.
        look: How it looks.
        text: Whether what people type there is to stay text, too.
    """
    target = cast("SheetCell", sheet.cell(row, column))
    look.dress(target, cast("Workbook", sheet.parent))
    if text:
        target.number_format = "@"
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float) and _is_exact(cell):
        target.value = cell
        return
    plain = plain_text(cell)
    target.value = escaped(plain)
    target.data_type = "s"
    target.quotePrefix = guarded(plain) != plain


def _is_exact(number: float) -> bool:
    """Whether openpyxl, which writes sixteen digits, writes the whole of a number."""
    return not isinstance(number, bool) and float(f"{number:.16g}") == number


def height_for(text: str, width: float) -> float:
    """How high a row must be for a text in a column so wide, roughly: spreadsheets do not see to it themselves."""
    return 8 + 15 * sum(1 + int(len(line) / (width * 1.1)) for line in text.splitlines() or [""])


def lay_out_print(sheet: Worksheet, headings: int = 0) -> None:
    """Have the sheet printed on A4, as wide as the page, with its headings on every page."""
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if headings else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.5, bottom=0.7, header=0.3, footer=0.3)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(left=_Part(_("Confidential")), right=_Part("&P / &N"))
    if headings:
        sheet.print_title_rows = f"{headings}:{headings}"
