"""A brief as a tagged PDF of two sheets of A4."""

from __future__ import annotations

from collections.abc import Sequence

from lichen.brief.as_html import pages_html
from lichen.brief.both_pages import Whose, brief_pages
from lichen.brief.bounded import bounded_pdf
from lichen.brief.pages import Page
from lichen.brief.values import Brief

__all__ = ["brief_pdf", "pages_pdf"]


def brief_pdf(brief: Brief, *, whose: Whose = "both") -> bytes:
    """The brief as a PDF that prints as ``brief_html`` does; it needs the extra ``pdf``.

    Args:
        brief: From ``brief_for``.
        whose: Which page; send them no other than ``theirs``.
    """
    return pages_pdf(brief_pages(brief, whose))


def pages_pdf(pages: Sequence[Page]) -> bytes:
    """The same, of pages that may have been put in other words since.

    Raises:
        NotAllowed: They take too long to print, or too much memory.
    """
    return bounded_pdf(pages_html(pages))
