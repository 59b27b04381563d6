"""A brief as Markdown."""

from __future__ import annotations

import re

from lichen.brief.both_pages import Whose, brief_pages
from lichen.brief.pages import Block, Facts, Items, Page, Section, Speech, Text
from lichen.brief.values import Brief

__all__ = ["brief_markdown"]

_MARKS = re.compile(r"([\\`*_\[\]<>~#]|&(?=#?\w+;))")
_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")
_LINK = re.compile(r"(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)


def brief_markdown(brief: Brief, *, whose: Whose = "both") -> str:
    """The brief as Markdown: the page for us, then, after a line, the page for them.

    Whatever an organisation wrote is shown as plain text; no mark-up, HTML or link in it takes effect.

    Args:
        brief: From ``brief_for``.
        whose: Which page; send them no other than ``theirs``. It is empty where there is no reason to lead with
            a weakness.
    """
    return "\n---\n\n".join(_page(page) for page in brief_pages(brief, whose))


def _page(page: Page) -> str:
    head = (f"# {_plain(page.heading)}", f"*{_plain(page.below)}*")
    return "\n\n".join((*head, *(_section(section) for section in page.sections), f"*{_plain(page.foot)}*")) + "\n"


def _section(section: Section) -> str:
    return "\n\n".join((f"## {_plain(section.heading)}", *(_block(block) for block in section.blocks)))


def _block(block: Block) -> str:
    match block:
        case Text(text, quiet):
            return f"*{_plain(text)}*" if quiet else _plain(text)
        case Speech(lines):
            return "\n>\n".join(f"> {_plain(line)}" for line in lines)
        case Items(items, numbered):
            marks = (f"{place}." if numbered else "-" for place in range(1, len(items) + 1))
            return "\n".join(f"{mark} {_plain(item)}" for mark, item in zip(marks, items, strict=True))
        case Facts(rows):
            return "\n".join(f"- **{_plain(name)}:** {_plain(text)}" for name, text in rows)


def _plain(text: str) -> str:
    escaped = _MARKS.sub(r"\\\1", text)
    unlinked = _LINK.sub(r"\\\g<0>", escaped)
    return _START.sub(
        lambda start: f"{start[1]}\\{start[2]}" if start[2] else f"{start[1]}{start[3]}\\{start[4]}", unlinked
    )
