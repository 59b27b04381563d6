"""Writing a workbook: the sheets of the template with an audit in them, or plain tables of many organisations."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook

from lichen.errors import InputError, Problem
from lichen.files.documents import MANY
from lichen.files.draft import Cell, Draft, Reading, Row
from lichen.files.schema import HEAD, OFFER, VULNERABILITY
from lichen.files.workbook.choices import add_lists, add_words
from lichen.files.workbook.escapes import escaped
from lichen.files.workbook.items import fill_items, fill_table
from lichen.files.workbook.sheets import GAP_COLUMNS, OFFER_COLUMNS, example_gap, example_offer, titles
from lichen.files.workbook.start import fill_start
from lichen.files.workbook.vetting import vet
from lichen.language import _
from lichen.scales import Sector

__all__ = ["template", "written"]

_LONGEST = 32_767


def written(drafts: Sequence[Draft], form: str) -> bytes:
    """The workbook that has the drafts in it.

    Raises:
        InputError: A text is too long for a cell, or there are more cells than can be read back.
    """
    _check_lengths(drafts)
    return _saved(_many(drafts) if form == MANY else _single(drafts[0]))


def template(sector: Sector) -> bytes:
    """The workbook that a director fills in, with an example on each sheet of items."""
    head = {} if sector == Sector.OTHER else {"sector": sector.value}
    return _saved(_single(Draft(Row(head)), (example_gap(), example_offer())))


def _single(
    draft: Draft, examples: tuple[Mapping[str, Cell], Mapping[str, Cell]] | tuple[None, None] = (None, None)
) -> Workbook:
    names, book = titles(), Workbook()
    start = book.active
    if start is None:  # openpyxl allows books without sheets; a new one has one
        start = book.create_sheet()
    start.title = names.start
    gaps, offers = book.create_sheet(names.gaps), book.create_sheet(names.offers)
    add_words(book)
    ranges = add_lists(book)
    fill_start(start, draft.head, Sector(str(draft.head.cells.get("sector", Sector.OTHER))), ranges)
    purposes = (
        _(
            "Five rows or more. Put it in your own words; the other columns may stay empty. Rank first what needs "
            "outside help most. Stuck? There are questions at the end of the first sheet."
        ),
        _(
            "What could others have from you? Modest things count. Put it in your own words; say what you "
            "could show for it, and what you could spare."
        ),
    )
    fill_items(gaps, purposes[0], draft.vulnerabilities, GAP_COLUMNS, ranges, examples[0])
    fill_items(offers, purposes[1], draft.offers, OFFER_COLUMNS, ranges, examples[1])
    return book


def _many(drafts: Sequence[Draft]) -> Workbook:
    names, book = titles(), Workbook()
    for sheet in list(book):
        book.remove(sheet)
    tables: tuple[tuple[str, Iterable[Mapping[str, Cell]], Sequence[str]], ...] = (
        (names.organisations, (draft.head.cells for draft in drafts), tuple(HEAD)),
        (names.their_gaps, _owned((draft, draft.vulnerabilities) for draft in drafts), tuple(VULNERABILITY)),
        (names.their_offers, _owned((draft, draft.offers) for draft in drafts), tuple(OFFER)),
    )
    for name, rows, fields in tables:
        fill_table(book.create_sheet(name), list(rows), ("organisation", *fields))
    return book


def _owned(items: Iterable[tuple[Draft, Sequence[Row]]]) -> Iterable[Mapping[str, Cell]]:
    for draft, rows in items:
        yield from ({"organisation": draft.head.cells["id"], **row.cells} for row in rows)


def _check_lengths(drafts: Sequence[Draft]) -> None:
    rows = [row for draft in drafts for row in (draft.head, *draft.vulnerabilities, *draft.offers)]
    texts = [text for row in rows for text in row.cells.values() if isinstance(text, str)]
    if any(len(escaped(text)) > _LONGEST for text in texts):
        raise InputError(Problem(_("a text is too long for a cell of a workbook"), _("another format, such as .yaml")))


def _saved(book: Workbook) -> bytes:
    book.properties.creator = "Lichen"
    held = io.BytesIO()
    book.save(held)
    vet(held.getvalue(), Reading(""))
    return held.getvalue()
