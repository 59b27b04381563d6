"""What every document of Lichen is written with: text that stays text, days as people write them, one page of HTML."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from html import escape

from lichen.language import _

__all__ = ["amount_words", "html_page", "one_line", "plain_markdown", "written_day"]

_CURRENCY = re.compile("[A-Z]{3}")
_LONGEST = 200
_MARKS = re.compile(r"([\\`*_\[\]<>~#]|&(?=#?\w+;))")
_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")
_LINK = re.compile(r"(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_FRAME = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def amount_words(amount: float, unit: str = "") -> str:
    """A number with what it is a number of, such as a sum with its currency.

    Example:
        >>> amount_words(1200, "GBP"), amount_words(250.5, "GBP"), amount_words(2.5, "hours")
        ('1,200 GBP', '250.50 GBP', '2.5 hours')
    """
    number = f"{amount:,.2f}".removesuffix(".00")
    if not _CURRENCY.fullmatch(unit) and "." in number:
        number = number.rstrip("0")
    return f"{number} {unit}".strip()


def one_line(text: str, longest: int | None = _LONGEST) -> str:
    """Somebody's text as one line: control characters gone, spaces single, the end cut off where it is too long.

    Args:
        text: Any.
        longest: In characters; None lets it be as long as it is.
    """
    printable = "".join(" " if unicodedata.category(mark)[0] in "CZ" else mark for mark in text)
    words = " ".join(printable.split())
    if longest is None or len(words) <= longest:
        return words
    return (words[:longest].rpartition(" ")[0] or words[:longest]).rstrip(",;:") + " …"


def written_day(when: date) -> str:
    """A date as people write it.

    Example:
        >>> written_day(date(2026, 9, 1))
        '1 September 2026'
    """
    months = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return _("{day} {month} {year}").format(day=when.day, month=months[when.month - 1], year=when.year)


def plain_markdown(text: str) -> str:
    r"""A text as Markdown that shows it as it is: no mark-up, HTML or link in it takes effect.

    Example:
        >>> print(plain_markdown("1. *See* <b>https://example.org</b>"))
        1\. \*See\* \<b\>https\://example.org\</b\>
    """
    escaped = _MARKS.sub(r"\\\1", text)
    unlinked = _LINK.sub(r"\\\g<0>", escaped)
    return _START.sub(
        lambda start: f"{start[1]}\\{start[2]}" if start[2] else f"{start[1]}{start[3]}\\{start[4]}", unlinked
    )


def html_page(title: str, style: str, body: str) -> str:
    """One self-contained web page: it fetches nothing, and nothing in it runs.

    Args:
        title: As plain text.
        style: The style sheet.
        body: HTML whose texts are escaped already.
    """
    return _FRAME.format(language=escape(_("en")), title=escape(title), style=style, body=body)
