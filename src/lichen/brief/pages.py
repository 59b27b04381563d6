"""The two pages of a brief, as headings and blocks of plain text that Markdown and HTML are made from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BLANK", "Block", "Facts", "Items", "Page", "Section", "Speech", "Text"]

BLANK = "…" * 20
"""Room to fill in with a pen."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    quiet: bool = False
    """Whether it is an aside."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Sentences to say aloud."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered where the order matters."""

    items: tuple[str, ...]
    """Each on a line of its own."""
    numbered: bool = False
    """Whether the order matters."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what belongs to each."""

    rows: tuple[tuple[str, str], ...]


Block = Text | Speech | Items | Facts


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    """In a few words."""
    blocks: tuple[Block, ...]
    """In their order on the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper."""

    whose: str
    """``ours`` to keep in the hand, ``theirs`` to leave on the table."""
    heading: str
    below: str
    """The line below the heading."""
    sections: tuple[Section, ...]
    foot: str
