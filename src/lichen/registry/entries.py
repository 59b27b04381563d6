"""The common shape of all registers: what one row of any of them says, and why a row was skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from lichen.audit.values import Organisation

__all__ = ["Entry", "Item", "Skip", "Skipped"]


class Skip(StrEnum):
    """Why a row of a register did not become an organisation."""

    INACTIVE = "inactive"
    """The register says that it is no longer active."""
    UNNAMED = "unnamed"
    """It has no name."""
    NO_ID = "no-id"
    """It has no id, or one that cannot be meant."""
    PERSON = "person"
    """It is about a person, and persons are not listed."""
    NOT_ABOUT_ONE = "not-about-one"
    """It is about no organisation."""
    CELLS = "cells"
    """It has another number of cells than there are headings."""
    ENCODING = "encoding"
    """It is not in the encoding of the file."""
    BROKEN = "broken"
    """It is no row or no item: a quotation mark is not closed, a NUL stands in it, or it is no JSON object."""
    TOO_LONG = "too-long"
    """It is longer than any honest row."""
    VALUE = "value"
    """A value in it cannot be meant, such as an income that is no number."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a register's file before anybody has looked at what it says."""

    number: int
    """Its place in the file as a person counts: a spreadsheet's row, or the place in a list; 1 is the first."""
    at: int
    """Bytes of the file that have been read so far."""
    content: dict[str, object] = field(default_factory=dict)
    """What stands under each heading or key."""
    broken: Skip | None = None
    """Why it cannot be read; None where it can."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out."""

    why: Skip
    """The reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one register says of one organisation."""

    organisation: Organisation
    """Who it is; its gaps and offers are suggested, each with its source."""
    locality: str = ""
    """Town or city."""
    postcode: str = ""
    """As the register has it."""
    latitude: float | None = None
    """Degrees north, where the register says so."""
    longitude: float | None = None
    """Degrees east."""
    url: str = ""
    """Its page on the register."""
    edition: str = ""
    """What tells a newer entry from an older one in the same register, such as the day a year ended; a later one
    takes the place of an earlier one whole."""
