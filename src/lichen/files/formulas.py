r"""Keeps text from becoming a formula when a spreadsheet opens a CSV file, and gives it back to the letter.

An apostrophe is put before every run of spaces and apostrophes that leads to ``= + - @`` (or to their
full-width forms), before such a tab or new line, and does no harm elsewhere. That is done at the beginning of a
cell and also after every separator inside it, because a spreadsheet that expects semicolons cuts a file with
commas there, quotation marks or not. What is put in depends only on what remains when it is taken out again,
so taking out is its exact inverse, also for text that brings apostrophes of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["guarded", "unguarded"]

_BLANK = "\\s'\"\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"
_CUTS = ";,|\t\r\n\x0b\x0c\x85\u2028\u2029"
_TRIGGERS = "-=+@\uff0d\uff1d\uff0b\uff20\u2212\ufe62\ufe63\ufe66\ufe6b"
_RUN = re.compile(f"(?<![{_BLANK}])[{_BLANK}]*(?=[{_TRIGGERS}])")
_LEADING = re.compile("'*[\t\r\n]")


def guarded(text: str) -> str:
    """The text with an apostrophe wherever a formula could begin.

    Example:
        >>> guarded("=1+1"), guarded("'tis"), guarded("yes; =1")
        ("'=1+1", "'tis", "yes;' =1")
    """
    return "'".join(text[first:last] for first, last in pairwise((0, *_starts(text), len(text))))


def unguarded(text: str) -> str:
    """The text as it was before :func:`guarded`; other text is left as it is.

    Example:
        >>> unguarded("'=1+1"), unguarded("'tis"), unguarded("=1+1")
        ('=1+1', "'tis", '=1+1')
    """
    if "'" not in text:
        return text
    put_in = (place for place in _starts(text) if text[place] == "'")
    return "".join(text[last + 1 : place] for last, place in pairwise((-1, *put_in, len(text))))


def _starts(text: str) -> list[int]:
    """Where a spreadsheet could begin to read a formula; the same whether apostrophes stand there or not."""
    found = {0} if _LEADING.match(text) else set[int]()
    for run in _RUN.finditer(text):
        first, last = run.span()
        if first == 0 or text[first - 1] in _CUTS:
            found.add(first)
        found.update(place + 1 for place in range(first, last) if text[place] in _CUTS)
    return sorted(found)
