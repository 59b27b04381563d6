"""The charter as a document: sections of plain text, and which party each line concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lichen.charter.agreement.terms import SectionName

__all__ = ["Agreement", "Blank", "Line", "Party", "Row", "Section", "SignedBy", "Table"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or a few that stand together."""

    text: str
    """As plain text."""
    lead: str = ""
    """What it is about, such as a party's name; stands before it."""
    concerns: tuple[str, ...] = ()
    """The ids of the parties whose duty, right, money, risk or veto it states; empty: all of them alike."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[str, ...]
    """One for each heading."""
    concerns: tuple[str, ...] = ()
    """As in a line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that are read side by side."""

    headings: tuple[str, ...]
    """What stands above the columns."""
    rows: tuple[Row, ...]
    """From top to bottom."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section or an annex."""

    name: SectionName
    """Which."""
    heading: str
    """As it stands above it, without its number."""
    binding: bool
    """Whether the parties mean to be bound by it in law."""
    parts: tuple[Line | Table, ...]
    """What it says."""

    @property
    def texts(self) -> Iterator[str]:
        """Every text in it, its heading left out."""
        for part in self.parts:
            if isinstance(part, Line):
                yield part.lead
                yield part.text
            else:
                yield from part.headings
                yield from (cell for row in part.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Party:
    """One of those who sign."""

    id: str
    """The organisation's."""
    name: str
    """What it is called in the text."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that is still to be agreed."""

    section: SectionName
    """Where it stands."""
    binding: bool
    """Whether that section binds, so that nobody can sign before it is filled."""
    what: str
    """What is to be agreed."""


@dataclass(frozen=True, slots=True)
class SignedBy:
    """A party's place among the signatures."""

    party: Party
    """Whose."""
    person: str = ""
    """Who signed."""
    office: str = ""
    """As what."""
    signed_on: date | None = None
    """The day; None where no signature of this party counts for this version."""

    @property
    def is_signed(self) -> bool:
        """Whether a signature of this party counts for this version."""
        return self.signed_on is not None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The charter as a document. But for the annex of one reader, nothing in it tells what a party lacks."""

    name: str
    """What the alliance is called; empty where it has no name yet."""
    parties: tuple[Party, ...]
    """Those who sign."""
    sections: tuple[Section, ...]
    """The body, in order."""
    annexes: tuple[Section, ...]
    """The annexes that all parties receive."""
    confided: Section | None
    """The annex for one reader: what others have opened to it, and nothing else; None in the text for all."""
    reader: str
    """The id of that reader; empty in the text for all."""
    digest: str
    """By which this version is known: changed by any word but contacts, signatures and the reader's annex."""
    signatures: tuple[SignedBy, ...]
    """One for each party."""
    outdated: tuple[str, ...]
    """The ids of the parties that signed another version, and not this one."""
    blanks: tuple[Blank, ...]
    """What is still to be agreed, from top to bottom."""
    withheld: tuple[SectionName, ...]
    """Where a text was left out because it repeats what a party told of itself in confidence."""
    suspect: tuple[SectionName, ...]
    """Where a text bears the name of something that a party lacks: it may be chance, so somebody has to look."""
