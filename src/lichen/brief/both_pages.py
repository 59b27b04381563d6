"""The pages of a brief: one to keep in our own hand, one to leave with them."""

from __future__ import annotations

from typing import Literal

from lichen.brief.our_page import our_page
from lichen.brief.pages import Page
from lichen.brief.their_page import their_page
from lichen.brief.values import Brief

__all__ = ["Whose", "brief_pages"]

Whose = Literal["both", "ours", "theirs"]
"""Which of the two pages is wanted; what is sent to them should be ``theirs`` alone."""


def brief_pages(brief: Brief, whose: Whose = "both") -> tuple[Page, ...]:
    """The pages that are wanted, ours first; none is for them where there is no reason to lead with a weakness."""
    pages = (our_page(brief), their_page(brief))
    return tuple(page for page in pages if page is not None and whose in ("both", page.whose))
