"""The shapes that a cell can have: how each is read, whoever typed it, and the words for its choices.

Every shape takes the value itself (as JSON has it, and as values are checked before they are written) and
the text that a person would type for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError, Problem
from lichen.files.draft import Cell
from lichen.files.figures import day_meant, in_figures, sum_meant
from lichen.language import _
from lichen.scales import size_of

__all__ = [
    "Amount",
    "Choice",
    "Country",
    "Day",
    "Income",
    "Kinds",
    "Name",
    "Number",
    "Shape",
    "Steps",
    "Text",
    "Whole",
    "YesNo",
    "folded",
]

Words = Callable[[], Mapping[str, str]]
"""The words for each choice, in the language being spoken."""

# Control characters that no keyboard and no pasted text bears; those that part words and lines are kept.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_YES = frozenset({"yes", "y", "true", "x", "✓", "✔", "1", "on"})
_NO = frozenset({"no", "n", "false", "0", "off"})
_LONGEST_ANSWER = 200
_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {"USA": "US", "UNITED STATES": "US"}
    | dict.fromkeys(("UK", "UNITED KINGDOM", "GREAT BRITAIN", "ENGLAND", "SCOTLAND", "WALES", "NORTHERN IRELAND"), "GB")
)


class Shape(Protocol):
    """How the cells of one field are read."""

    def read(self, cell: Cell) -> Any:
        """The value in the cell, which is not empty; raises ``InputError`` with what would be right."""

    def words(self) -> Mapping[str, str]:
        """The words for each value that can be chosen; none where anything goes."""


class _Free:
    def words(self) -> Mapping[str, str]:
        return {}


@dataclass(frozen=True)
class Text(_Free):
    """Text, kept to the letter."""

    limit: int

    def read(self, cell: Cell) -> str:
        """The text as it stands."""
        if not isinstance(cell, str):
            raise _wrong(_("this is not text"), _("text, in quotation marks if need be"))
        if len(cell) > self.limit:
            raise _wrong(_("the text is too long"), _("at most {limit:,} characters").format(limit=self.limit))
        if _UNSAFE.search(cell):
            raise _wrong(_("the text has a character that cannot be shown"), _("the same text, typed anew"))
        return cell


@dataclass(frozen=True)
class Name(Text):
    """Text by which something is told apart from others."""

    def read(self, cell: Cell) -> str:
        """The text as it stands, which must not begin or end with a space."""
        text = super().read(cell)
        if text != text.strip():
            raise _wrong(_("it begins or ends with a space"), _("the same without that space"))
        return text


@dataclass(frozen=True)
class Country(_Free):
    """A country, by its code."""

    def read(self, cell: Cell) -> str:
        """The code in capitals; a few that many people write otherwise, too."""
        code = _answer(cell).upper()
        code = _COUNTRIES.get(code, code)
        if not re.fullmatch("[A-Z]{2}", code):
            raise _wrong(_("this is not a country code"), _("the two letters of ISO 3166, such as GB, KE or US"))
        return code


@dataclass(frozen=True)
class Steps:
    """A step from 1 to 5, with words for each."""

    words: Words
    formerly: Mapping[str, int] = field(default_factory=dict)
    """Words that stood for a step in files of earlier versions."""

    def read(self, cell: Cell) -> int:
        """The step, given as a number, as ``4 - serious: we have little of it`` or as the words alone."""
        answer = folded(_answer(cell))
        if answer in self.formerly:
            return self.formerly[answer]
        numbered = re.fullmatch(r"([1-5])(?:\.0+)?(?:\s*[-–—:,(]\s*\D.*)?", answer)
        if numbered:
            return int(numbered[1])
        for step, words in self.words().items():
            told = folded(words.partition(" - ")[2])
            if answer in (told, *(part.strip() for part in told.split(":", 1))):
                return int(step)
        raise _wrong(_("this is not a step from 1 to 5"), "; ".join(self.words().values()))


@dataclass(frozen=True)
class Choice:
    """One of a few."""

    options: type[StrEnum]
    words: Words
    also: Mapping[str, str] = field(default_factory=dict)
    """Other answers that mean an option."""

    def read(self, cell: Cell) -> StrEnum:
        """The option, given by its value, its words, or what stands before the dash in them."""
        answer = folded("yes" if cell is True else "no" if cell is False else _answer(cell))
        answer = self.also.get(answer, answer)
        for option in self.options:
            words = self.words()[option]
            if answer in (option, folded(words), folded(words.partition(" - ")[0])):
                return option
        if answer in _YES and "yes" in tuple(self.options):
            return self.options("yes")
        if answer in _NO and "no" in tuple(self.options):
            return self.options("no")
        raise _wrong(_("this is not one of the choices"), "; ".join(self.words().values()))


@dataclass(frozen=True)
class Income(Choice):
    """A band of yearly income."""

    def read(self, cell: Cell) -> StrEnum:
        """The band, given as in any choice or as a sum such as ``40 million``."""
        income = sum_meant(folded(_answer(cell)))
        return super().read(cell) if income is None else size_of(income)


@dataclass(frozen=True)
class YesNo:
    """Yes or no."""

    words: Words

    def read(self, cell: Cell) -> bool:
        """Whether it is yes."""
        if isinstance(cell, bool):
            return cell
        answer = folded(_answer(cell))
        if answer in _YES or answer == folded(self.words()["yes"]):
            return True
        if answer in _NO or answer == folded(self.words()["no"]):
            return False
        raise _wrong(_("this is neither yes nor no"), _("yes or no"))


@dataclass(frozen=True)
class Whole(_Free):
    """A whole number."""

    least: int
    unit: str = ""
    """What may stand behind it, as a pattern."""

    def read(self, cell: Cell) -> int:
        """The number, ``3.0`` being 3, and ``three``, too."""
        number = re.fullmatch(r"(\d{1,9})(?:\.0*)?", in_figures(_answer(cell), self.unit), re.ASCII)
        if number is None or int(number[1]) < self.least:
            right = _("a whole number, {least} or more").format(least=self.least)
            raise _wrong(_("this is not a whole number that fits here"), right)
        return int(number[1])


@dataclass(frozen=True)
class Number(_Free):
    """A number of nought or more."""

    most: float
    unit: str = ""
    """What may stand behind it, as a pattern."""
    right: Callable[[], str] | None = None
    """What would be right, where that is more than the bounds."""

    def read(self, cell: Cell) -> float:
        """The number, with a point or a comma, or as a small one in letters."""
        answer = in_figures(_answer(cell), self.unit)
        matched = re.fullmatch(r"\d*[.,]?\d+(?:e[-+]?\d{1,3})?|\d+[.,]", answer, re.ASCII | re.IGNORECASE)
        number = float(answer.replace(",", ".")) if matched else math.inf
        if number > self.most:
            right = self.right or (lambda: _("a number from 0 to {most:,.0f}").format(most=self.most))
            raise _wrong(_("this is not a number that fits here"), right())
        return number


@dataclass(frozen=True)
class Amount(Number):
    """A number that may be a sum of money, a share, or below nought."""

    def read(self, cell: Cell) -> float:
        """The number, given as in any number, as a sum such as ``£9,500`` or ``10k``, or in per cent."""
        answer = folded(_answer(cell)).replace("\N{MINUS SIGN}", "-")
        if answer.startswith("-"):
            return -self.read(answer[1:])
        if answer.endswith("%"):
            return super().read(answer[:-1]) / 100
        meant = sum_meant(answer)
        return super().read(answer if meant is None else meant)


@dataclass(frozen=True)
class Day(_Free):
    """A date."""

    def read(self, cell: Cell) -> date:
        """The date, given as a date, as ``2026-09-14``, as ``14 September 2026``, or as ``14/9/2026``.

        A date in figures whose day could be its month, such as 3/4/2026, is refused.
        """
        if isinstance(cell, date):
            return cell
        day = day_meant(_answer(cell))
        if day is None:
            raise _wrong(_("this is not a date"), _("year, month and day, such as 2026-09-14"))
        return day


@dataclass(frozen=True)
class Kinds:
    """Some of the kinds of value that pass hands."""

    words: Words
    also: Mapping[str, str] = field(default_factory=dict)
    """Other words for a kind."""

    def read(self, cell: Cell) -> tuple[str, ...]:
        """The ids of the kinds, given as a list or parted by commas."""
        parts = cell if isinstance(cell, tuple) else re.split("[,;\n]", _answer(cell))
        return tuple(self._kind(part) for part in parts if not isinstance(part, str) or part.strip())

    def _kind(self, part: Cell) -> str:
        answer = re.sub("[_-]", " ", folded(_answer(part)))
        answer = self.also.get(answer, answer)
        for kind in taxonomy().kinds:
            if answer in (kind.replace("_", " "), folded(self.words()[kind])):
                return kind
        raise _wrong(_("a kind of exchange is not on the list"), "; ".join(self.words().values()))


def folded(text: str) -> str:
    """The text as two people would agree that they wrote the same: one case, single spaces.

    Example:
        >>> folded("  How  Serious ")
        'how serious'
    """
    return " ".join(text.casefold().split())


def _answer(cell: Cell) -> str:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise _wrong(_("this is not a single answer"), _("one answer"))
    return str(cell)[:_LONGEST_ANSWER].strip()


def _wrong(what: str, right: str) -> InputError:
    return InputError(Problem(what, right))
