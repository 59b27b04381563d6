"""The charter as plain lines: what a version is known by, and what two versions are compared by."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lichen.charter.agreement.terms import SectionName
from lichen.charter.agreement.values import Line, Section, Table

__all__ = ["canonical_text", "plain_lines"]

_EDITION = "lichen agreement 1"
_UNSIGNED = frozenset({SectionName.CONTACTS_ANNEX, SectionName.VULNERABILITIES_ANNEX})


def plain_lines(section: Section) -> list[tuple[str, tuple[str, ...]]]:
    """Each line and row of a section as plain text, with the ids of the parties that it concerns."""
    return [line for part in section.parts for line in _lines(part)]


def canonical_text(sections: Iterable[Section]) -> str:
    """All that is signed, in one text: contacts and what is for one reader alone are no part of it."""
    signed = [_canonical(section) for section in sections if section.name not in _UNSIGNED]
    return json.dumps([_EDITION, *signed], ensure_ascii=True, separators=(",", ":"))


def _canonical(section: Section) -> list[object]:
    return [section.name, section.binding, *(_plain(part) for part in section.parts)]


def _plain(part: Line | Table) -> list[object]:
    return [part.lead, part.text] if isinstance(part, Line) else [row.cells for row in part.rows]


def _lines(part: Line | Table) -> Iterable[tuple[str, tuple[str, ...]]]:
    if isinstance(part, Line):
        return [(f"{part.lead}: {part.text}" if part.lead else part.text, part.concerns)]
    return [(" | ".join(row.cells), row.concerns) for row in part.rows]
