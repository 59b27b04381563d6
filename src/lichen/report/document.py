"""A report as a document: sections of paragraphs, tables, charts and notes, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Block", "Chart", "Items", "Note", "Paragraph", "Report", "ReportSection", "Section", "Table"]


class ReportSection(StrEnum):
    """The sections of a report, in their order."""

    SUMMARY = "summary"
    WHO = "who"
    EXCHANGE = "exchange"
    NEEDS = "needs"
    GOALS = "goals"
    OUTCOMES = "outcomes"
    FAIRNESS = "fairness"
    TRUST = "trust"
    SERVED = "served"
    WATCH = "watch"
    NEXT = "next"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str
    """As plain text."""


@dataclass(frozen=True, slots=True)
class Note:
    """How something was reckoned, of how many, and what it does not show."""

    text: str
    """As plain text."""


@dataclass(frozen=True, slots=True)
class Items:
    """Things in a list."""

    items: tuple[str, ...]
    """Each as plain text."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row names it."""

    caption: str
    """What it shows."""
    headings: tuple[str, ...]
    """One for each column."""
    rows: tuple[tuple[str, ...], ...]
    """From the top down."""
    numbers: tuple[int, ...] = ()
    """The columns that hold figures, the first being 0."""
    is_detail: bool = False
    """Whether a page shows it only to whoever opens it; on paper it stands there."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, with what it shows in words, and the same figures as a table."""

    title: str
    """What it shows."""
    told: str
    """The same in words, for whoever does not see it."""
    svg: str
    """The picture as an ``svg`` element, its texts escaped."""
    table: Table
    """Its figures."""


Block = Paragraph | Note | Items | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """One section."""

    name: ReportSection
    """Which."""
    heading: str
    """Its heading."""
    blocks: tuple[Block, ...]
    """What stands in it, from the top down."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, for one audience."""

    title: str
    """Its title."""
    below: tuple[str, ...]
    """What stands below the title: for whom it is, and as of when."""
    sections: tuple[Section, ...]
    """In their order."""
    foot: str
    """What stands at the end."""
