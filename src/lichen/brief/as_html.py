"""A brief as one self-contained web page: nothing in it is fetched, and nothing in it runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from lichen.brief.both_pages import Whose, brief_pages
from lichen.brief.pages import Block, Facts, Items, Page, Section, Speech, Text
from lichen.brief.values import Brief
from lichen.paper import html_page

__all__ = ["brief_html", "pages_html"]


def brief_html(brief: Brief, *, whose: Whose = "both") -> str:
    """The brief as an HTML page that prints on two sheets of A4: one for us, one for them.

    It stands alone: the styles are in it, it fetches nothing, and it has no script. Whatever an organisation
    wrote is shown as plain text.

    Args:
        brief: From ``brief_for``.
        whose: Which page; send them no other than ``theirs``. It is empty where there is no reason to lead with
            a weakness.
    """
    return pages_html(brief_pages(brief, whose))


def pages_html(pages: Sequence[Page]) -> str:
    """The same, of pages that may have been put in other words since."""
    title = next((page.heading for page in pages), "")
    return html_page(title, _style(), "\n".join(_page(page) for page in pages))


@cache
def _style() -> str:
    return (files("lichen.brief") / "sheet.css").read_text(encoding="utf-8")


def _page(page: Page) -> str:
    sections = "\n".join(_section(section) for section in page.sections)
    head = f"<header>\n<h1>{escape(page.heading)}</h1>\n<p>{escape(page.below)}</p>\n</header>"
    return f'<article class="{page.whose}">\n{head}\n{sections}\n<footer>{escape(page.foot)}</footer>\n</article>'


def _section(section: Section) -> str:
    blocks = "\n".join(_block(block) for block in section.blocks)
    opening = '<section class="say">' if any(isinstance(block, Speech) for block in section.blocks) else "<section>"
    return f"{opening}\n<h2>{escape(section.heading)}</h2>\n{blocks}\n</section>"


def _block(block: Block) -> str:
    match block:
        case Text(text, quiet):
            return f'<p class="quiet">{escape(text)}</p>' if quiet else f"<p>{escape(text)}</p>"
        case Speech(lines):
            return "<blockquote>\n" + "\n".join(f"<p>{escape(line)}</p>" for line in lines) + "\n</blockquote>"
        case Items(items, numbered):
            mark = "ol" if numbered else "ul"
            return f"<{mark}>" + "".join(f"<li>{escape(item)}</li>" for item in items) + f"</{mark}>"
        case Facts(rows):
            told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>\n" for name, text in rows)
            return f"<dl>\n{told}</dl>"
