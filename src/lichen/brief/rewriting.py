"""A brief that its owner rewrites: every passage by its place, and the pages with other words in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lichen.brief.pages import BLANK, Block, Facts, Items, Page, Section, Speech, Text

__all__ = ["Passage", "passages", "rewritten"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a page that can be put in other words."""

    place: str
    """Where it stands, such as ``ours.0.1``: the page, its section, the block, and in facts the line."""
    whose: str
    """``ours`` or ``theirs``: on which page."""
    heading: str
    """Of its section."""
    name: str
    """What stands before it, in facts; else empty."""
    text: str
    """Its words; a line each where it has several. Empty where there is room to fill in with a pen."""


def passages(pages: Sequence[Page]) -> tuple[Passage, ...]:
    """Every passage of the pages, in their order.

    Example:
        >>> page = Page("theirs", "Try", "us and you", (Section("What", (Text("A room."),)),), "")
        >>> [(each.place, each.text) for each in passages([page])]
        [('theirs.0.0', 'A room.')]
    """
    return tuple(passage for page in pages for passage in _of_page(page))


def rewritten(pages: Sequence[Page], words: Mapping[str, str]) -> tuple[Page, ...]:
    """The pages in other words. What is left without any goes; a line to fill in with a pen stays.

    Args:
        pages: As they are.
        words: By place; a place that is not named stays as it is, and one that is not there is ignored.

    Example:
        >>> page = Page("theirs", "Try", "us and you", (Section("What", (Text("A room."),)),), "")
        >>> rewritten([page], {"theirs.0.0": "A hall."})[0].sections[0].blocks
        (Text(text='A hall.', quiet=False),)
        >>> rewritten([page], {"theirs.0.0": ""})[0].sections
        ()
    """
    return tuple(replace(page, sections=tuple(_sections(page, words))) for page in pages)


def _of_page(page: Page) -> Iterator[Passage]:
    for number, section in enumerate(page.sections):
        for place, block in enumerate(section.blocks):
            at = f"{page.whose}.{number}.{place}"
            for beyond, name, text in _texts(block):
                yield Passage(at + beyond, page.whose, section.heading, name, "" if text == BLANK else text)


def _texts(block: Block) -> Iterator[tuple[str, str, str]]:
    match block:
        case Text(text, _quiet):
            yield "", "", text
        case Speech(lines) | Items(lines, _):
            yield "", "", "\n".join(lines)
        case Facts(rows):
            yield from ((f".{row}", name, text) for row, (name, text) in enumerate(rows))


def _sections(page: Page, words: Mapping[str, str]) -> Iterator[Section]:
    for number, section in enumerate(page.sections):
        told = [_told(block, f"{page.whose}.{number}.{place}", words) for place, block in enumerate(section.blocks)]
        blocks = tuple(block for block in told if block is not None)
        if blocks:
            yield replace(section, blocks=blocks)


def _told(block: Block, at: str, words: Mapping[str, str]) -> Block | None:
    if isinstance(block, Facts):
        rows = tuple((name, words.get(f"{at}.{row}", text).strip() or BLANK) for row, (name, text) in _rows(block))
        return replace(block, rows=rows)
    lines = tuple(line.strip() for line in words[at].splitlines() if line.strip()) if at in words else None
    if lines is None:
        return block
    if not lines:
        return None
    match block:
        case Text():
            return replace(block, text="\n".join(lines))
        case Speech():
            return replace(block, lines=lines)
        case Items():
            return replace(block, items=lines)


def _rows(block: Facts) -> Iterator[tuple[int, tuple[str, str]]]:
    return enumerate(block.rows)
