"""Small phrases that the text of the charter is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from lichen.charter.agreement.terms import SectionName
from lichen.language import _, ngettext
from lichen.paper import one_line, written_day

__all__ = [
    "blank",
    "blanks_in",
    "closed",
    "day_or",
    "days_long",
    "listed",
    "months_long",
    "parted",
    "reference",
    "said_or",
    "share_of_parties",
    "times",
    "years_long",
]

_EVERYBODY = 100
_ENDINGS = (".", "!", "?", "…", ".”", "!”", "?”", "]")


def blank(what: str) -> str:
    """A marked place for something that is still to be agreed.

    Example:
        >>> blank("who mediates")
        '[to be agreed: who mediates]'
    """
    return _blank_form().format(what=what)


def blanks_in(text: str) -> list[str]:
    """What the marked places in a text are for, whoever marked them.

    Example:
        >>> blanks_in(f"Leaving takes {blank('how many days')}.")
        ['how many days']
    """
    before, _what, after = _blank_form().partition("{what}")
    return [part[len(before) : len(part) - len(after)] for part, is_blank in parted(text) if is_blank]


def parted(text: str) -> list[tuple[str, bool]]:
    """A text cut before and after its marked places, each part with whether it is one.

    Example:
        >>> parted(f"Leaving takes {blank('how many days')}.")
        [('Leaving takes ', False), ('[to be agreed: how many days]', True), ('.', False)]
    """
    before, _what, after = _blank_form().partition("{what}")
    parts = re.split(f"({re.escape(before)}.*?{re.escape(after)})", text)
    return [(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def said_or(text: str, what: str) -> str:
    """Somebody's words as one sentence or more, or a blank where there are none."""
    words = one_line(text, None)
    return closed(words) if words else blank(what)


def day_or(when: date | None, what: str) -> str:
    """A day, or a blank."""
    return blank(what) if when is None else written_day(when)


def closed(text: str) -> str:
    """A text that begins with a capital and ends like a sentence.

    Example:
        >>> closed("two nurses on fair days")
        'Two nurses on fair days.'
    """
    return text[:1].upper() + text[1:] + ("" if text.endswith(_ENDINGS) else ".")


def listed(names: Iterable[str]) -> str:
    """Names in a row, as a sentence has them.

    Example:
        >>> listed(["Clinic", "Chapel", "School"])
        'Clinic, Chapel and School'
    """
    first = [*names]
    last = first.pop() if first else ""
    return _("{others} and {last}").format(others=", ".join(first), last=last) if first else last


def days_long(days: int) -> str:
    """A time in days."""
    return ngettext("{days} day", "{days} days", days).format(days=days)


def months_long(months: int) -> str:
    """A time in months, as in "every 3 months"."""
    return ngettext("{months} month", "{months} months", months).format(months=months)


def years_long(years: int | None, what: str) -> str:
    """A time in years, or a blank."""
    return blank(what) if years is None else ngettext("{years} year", "{years} years", years).format(years=years)


def times(number: int) -> str:
    """How often."""
    seldom = {1: _("once"), 2: _("twice")}
    return seldom.get(number, _("{number} times")).format(number=number)


def share_of_parties(percent: int | None, what: str, everybody: str, some: str) -> str:
    """How many must agree, or a blank.

    Args:
        percent: Of them; None is open.
        what: What is to be agreed.
        everybody: The sentence where all must.
        some: The sentence where fewer are enough, with a place for ``percent``.
    """
    if percent is None:
        return blank(what)
    return everybody if percent == _EVERYBODY else some.format(percent=percent)


def reference(name: SectionName) -> str:
    """A section or an annex as a sentence points to it.

    Example:
        >>> reference(SectionName.RISKS), reference(SectionName.CONTACTS_ANNEX)
        ('section 11', 'Annex E')
    """
    return (_("Annex {mark}") if name.is_annex else _("section {mark}")).format(mark=name.mark)


def _blank_form() -> str:
    return _("[to be agreed: {what}]")
