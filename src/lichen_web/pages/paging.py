"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

__all__ = ["A_PAGE", "paged"]

A_PAGE = 25
"""How many lines a page has."""

Line = TypeVar("Line")


def paged(request: HttpRequest, lines: Sequence[Line]) -> Page[Line]:
    """The page of a list that was asked for; the nearest there is, if it is not there."""
    return Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
