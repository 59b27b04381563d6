"""The one table of fields that every format is read and written by.

A field has a name (the column of a table), a path (where it stands in a document and in the values) and a
shape. What equals the default is not written, and an empty cell is read as the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lichen.files.draft import Cell
from lichen.files.shapes import Choice, Country, Day, Income, Kinds, Name, Number, Shape, Steps, Text, Whole, YesNo
from lichen.files.wording import (
    evidence_words,
    kind_words,
    relevance_words,
    sector_words,
    sensitivity_words,
    severity_words,
    size_words,
    some_hours,
    strength_words,
    yes_no_words,
)
from lichen.scales import Relevance, Sector, Sensitivity, Size

__all__ = ["AUDIT", "HEAD", "OFFER", "ORGANISATION", "VULNERABILITY", "Field", "is_empty"]

_LINE, _PAGE = 500, 10_000
_FORMERLY = MappingProxyType({"a trace": 1, "none at all": 5})
_UNDECIDED = MappingProxyType(dict.fromkeys(("maybe", "perhaps", "not sure", "don't know", "?"), "unasked"))
_MEANS_KIND = MappingProxyType({"money": "funding", "cash": "funding", "goods": "in kind", "food": "in kind"})
_YES_NO = YesNo(yes_no_words)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record."""

    name: str
    """The column of a table."""
    shape: Shape
    default: Any = None
    """What an empty cell means."""
    path: tuple[str, ...] = ()
    """Where it stands in a document and in the values; empty: under its name."""
    always: bool = False
    """Whether it is written even where it is the default, because a reader would miss it."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The path, one key after the other."""
        return self.path or (self.name,)


def is_empty(cell: Cell, shape: Shape) -> bool:
    """Whether nothing stands in a cell; in a text, spaces are something."""
    return cell is None or cell == () or (cell == "" if isinstance(shape, Text) else not str(cell).strip())


def _table(*fields: Field) -> Mapping[str, Field]:
    return MappingProxyType({field.name: field for field in fields})


_SOURCE = (
    Field("source_name", Text(_LINE), "", ("source", "name")),
    Field("source_sentence", Text(_PAGE), "", ("source", "sentence")),
    Field("source_confidence", Number(1), None, ("source", "confidence")),
    Field("source_url", Text(2_000), "", ("source", "url")),
)

ORGANISATION = _table(
    Field("id", Name(200), ""),
    Field("name", Text(_LINE), ""),
    Field("sector", Choice(Sector, sector_words), Sector.OTHER, always=True),
    Field("country", Country(), ""),
    Field("region", Text(_LINE), ""),
    Field("size", Income(Size, size_words), Size.UNKNOWN),
)
"""What an organisation is."""

AUDIT = _table(
    Field("audited_on", Day()),
    Field("worst_at", Text(_PAGE), "", ("opening", "worst_at")),
    Field("awake_at_night", Text(_PAGE), "", ("opening", "awake_at_night")),
    Field("leadership_aligned", _YES_NO, None, ("readiness", "leadership_aligned")),
    Field("hours", Number(1e6, "hours?|hrs?|h", some_hours), None, ("readiness", "hours")),
    Field("people", Whole(0, "people|persons?"), None, ("readiness", "people")),
)
"""What an audit says beside its items."""

HEAD = MappingProxyType({**ORGANISATION, **AUDIT})
"""What stands once for an organisation."""

VULNERABILITY = _table(
    Field("code", Text(_LINE), ""),
    Field("words", Text(_PAGE), ""),
    Field("severity", Steps(severity_words, _FORMERLY), 3, always=True),
    Field("rank", Whole(1)),
    Field("core", _YES_NO, False),
    Field("sensitivity", Choice(Sensitivity, sensitivity_words)),
    Field("relevance", Choice(Relevance, relevance_words, _UNDECIDED), Relevance.UNASKED),
    Field("confirmed", _YES_NO, True),
    *_SOURCE,
)
"""What an organisation lacks."""

OFFER = _table(
    Field("code", Text(_LINE), ""),
    Field("words", Text(_PAGE), ""),
    Field("strength", Steps(strength_words), 3, always=True),
    Field("evidence", Steps(evidence_words), 1, always=True),
    Field("kinds", Kinds(kind_words, _MEANS_KIND), ()),
    Field("spare", Text(2_000), ""),
    Field("confirmed", _YES_NO, True),
    *_SOURCE,
)
"""What an organisation can give."""
