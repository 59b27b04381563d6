"""The sheets of a workbook by name and by what stands in them: what writing and reading agree on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lichen.files.draft import Cell
from lichen.files.shapes import folded
from lichen.language import _

__all__ = [
    "GAP_COLUMNS",
    "OFFER_COLUMNS",
    "START_SECTIONS",
    "Titles",
    "example_gap",
    "example_mark",
    "example_offer",
    "mark_heading",
    "titles",
]

START_SECTIONS = MappingProxyType(
    {
        "opening": ("worst_at", "awake_at_night"),
        "organisation": ("name", "id", "sector", "country", "region", "size"),
        "readiness": ("audited_on", "leadership_aligned", "hours", "people"),
    }
)
"""The fields of the first sheet, by its sections."""

GAP_COLUMNS = ("words", "code", "severity", "rank", "relevance", "core", "sensitivity")
OFFER_COLUMNS = ("words", "code", "strength", "evidence", "kinds", "spare")
"""What the template asks of each item; the other fields have a column only where an item has something in them."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The names of the sheets."""

    start: str
    gaps: str
    offers: str
    words: str
    lists: str
    organisations: str
    their_gaps: str
    their_offers: str

    def find(self, sheet: str) -> str:
        """Which of them a sheet's name means, whatever its case; empty if none."""
        return next((name for name in self.__slots__ if folded(getattr(self, name)) == folded(sheet)), "")


def titles() -> Titles:
    """The names of the sheets, in the language being spoken."""
    return Titles(
        start=_("Start here"),
        gaps=_("What we lack"),
        offers=_("What we can offer"),
        words=_("Words"),
        lists=_("Lists"),
        organisations=_("Organisations"),
        their_gaps=_("What they lack"),
        their_offers=_("What they can offer"),
    )


def mark_heading() -> str:
    """The heading of the first column, which numbers the rows and marks the example."""
    return _("No.")


def example_mark() -> str:
    """What stands there in the example."""
    return _("Example")


def example_gap() -> Mapping[str, Cell]:
    """A gap as somebody might tell it."""
    return {
        "words": _("Nobody here can write a grant bid. The last one took a month and we never heard back."),
        "code": "funding.grant_seeking",
        "severity": 4,
        "rank": 1,
        "relevance": "yes",
        "core": False,
    }


def example_offer() -> Mapping[str, Cell]:
    """An offer as somebody might tell it."""
    return {
        "words": _("Our hall stands empty every weekday until four. The choir and the clinic can tell you about it."),
        "code": "assets.venue",
        "strength": 4,
        "evidence": 2,
        "kinds": ("space",),
        "spare": _("Monday to Friday, until four"),
    }
