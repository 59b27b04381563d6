"""A brief as Markdown."""

from __future__ import annotations

from lichen.brief.both_pages import Whose, brief_pages
from lichen.brief.pages import Block, Facts, Items, Page, Section, Speech, Text
from lichen.brief.values import Brief
from lichen.paper import plain_markdown

__all__ = ["brief_markdown"]


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
    head = (f"# {plain_markdown(page.heading)}", f"*{plain_markdown(page.below)}*")
    foot = f"*{plain_markdown(page.foot)}*"
    return "\n\n".join((*head, *(_section(section) for section in page.sections), foot)) + "\n"


def _section(section: Section) -> str:
    return "\n\n".join((f"## {plain_markdown(section.heading)}", *(_block(block) for block in section.blocks)))


def _block(block: Block) -> str:
    match block:
        case Text(text, quiet):
            return f"*{plain_markdown(text)}*" if quiet else plain_markdown(text)
        case Speech(lines):
            return "\n>\n".join(f"> {plain_markdown(line)}" for line in lines)
        case Items(items, numbered):
            marks = (f"{place}." if numbered else "-" for place in range(1, len(items) + 1))
            return "\n".join(f"{mark} {plain_markdown(item)}" for mark, item in zip(marks, items, strict=True))
        case Facts(rows):
            return "\n".join(f"- **{plain_markdown(name)}:** {plain_markdown(text)}" for name, text in rows)
