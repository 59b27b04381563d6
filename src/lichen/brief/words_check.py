"""What is wrong with an edited table of words, all of it at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeGuard

from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import Problem
from lichen.language import _
from lichen.scales import Sector, Sensitivity

__all__ = ["REPORT_NAMES", "SECTOR_TEXTS", "word_problems"]

REPORT_NAMES = ("us", "you", "step", "gain", "months")
"""What may stand in curly brackets in a sector's ``report``."""

SECTOR_TEXTS = ("called", "answers_to", "ask", "offer", "avoid", "reassure", "report", "says_who")
"""The parts of a sector's language of value that are one text each."""

_NAME = re.compile(r"\{([^{}]*)\}")

Rule = Callable[[object, str, str], Iterator[Problem]]
"""Given what stands there, in which section and under which name: what is wrong with it."""


def word_problems(edited: Mapping[str, Any]) -> Iterator[Problem]:
    """Everything in an edited table that cannot be used.

    Args:
        edited: What ``tomllib`` reads from the edited copy.

    Example:
        >>> [problem] = word_problems({"sector": {"faith": {"ask": 5}}})
        >>> problem.place
        'sheet sector.faith, column ask'
    """
    sector = _table({**dict.fromkeys(SECTOR_TEXTS, _text), "report": _report, "counts": _texts, "often_lacks": _codes})
    step = _table({"brings": _brings, "try": _text})
    return _table(
        {
            "sector": _table(dict.fromkeys(Sector, sector)),
            "first_step": _list_of(step, {"brings", "try"}),
            "kind": _table(dict.fromkeys(taxonomy().kinds, _text)),
            "currency": _currencies,
        }
    )(edited, "", "")


def _table(rules: Mapping[str, Rule]) -> Rule:
    def check(found: object, section: str, name: str) -> Iterator[Problem]:
        place = f"{section}.{name}".strip(".")
        if not isinstance(found, Mapping):
            yield _wrong(section, name, _("a section of its own, with lines under its heading"))
            return
        for row, (key, value) in enumerate(found.items(), start=1):
            if key in rules:
                yield from rules[key](value, place, key)
            else:
                yield Problem(_("there is no such name"), ", ".join(rules), sheet=place, row=row)

    return check


def _list_of(rule: Rule, needed: set[str]) -> Rule:
    def check(found: object, section: str, name: str) -> Iterator[Problem]:
        if not isinstance(found, list) or not found:
            yield _wrong(section, name, _("at least one entry under [[first_step]]"))
            return
        for row, entry in enumerate(found, start=1):
            yield from rule(entry, name, str(row))
            if isinstance(entry, Mapping) and not needed <= {*entry}:
                yield _wrong(name, str(row), ", ".join(sorted(needed)))

    return check


def _currencies(found: object, section: str, name: str) -> Iterator[Problem]:
    countries = found if isinstance(found, Mapping) else {}
    return _table(dict.fromkeys(countries, _text))(found, section, name)


def _text(found: object, section: str, name: str) -> Iterator[Problem]:
    if not isinstance(found, str):
        yield _wrong(section, name, _("a text between quotation marks"))


def _texts(found: object, section: str, name: str) -> Iterator[Problem]:
    if not _is_texts(found):
        yield _wrong(section, name, _("texts between quotation marks, with commas, in square brackets"))


def _codes(found: object, section: str, name: str) -> Iterator[Problem]:
    known = taxonomy().capabilities
    may_be_asked = {code for code, entry in known.items() if entry.sensitivity is not Sensitivity.HIGH}
    if not _is_texts(found) or not {*found} <= may_be_asked:
        yield _wrong(section, name, _("codes of the taxonomy that are not of high sensitivity, in square brackets"))


def _brings(found: object, section: str, name: str) -> Iterator[Problem]:
    words = taxonomy()
    if not _is_texts(found) or not {*found} <= {*words.capabilities, *words.groups, *words.kinds}:
        yield _wrong(section, name, _("codes, families of codes or kinds of exchange, in square brackets"))


def _report(found: object, section: str, name: str) -> Iterator[Problem]:
    yield from _text(found, section, name)
    if not {*_NAME.findall(str(found))} <= {*REPORT_NAMES}:
        known = ", ".join(f"{{{known}}}" for known in REPORT_NAMES)
        yield Problem(_("a name in curly brackets is not known"), known, sheet=section, column=name)


def _is_texts(found: object) -> TypeGuard[list[str]]:
    return isinstance(found, list) and all(isinstance(text, str) for text in found)


def _wrong(section: str, name: str, right: str) -> Problem:
    return Problem(_("what stands there cannot be used"), right, sheet=section, column=name)
