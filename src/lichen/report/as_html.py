"""A report as one self-contained web page: nothing in it is fetched, and nothing in it runs."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

from lichen.language import _
from lichen.paper import html_page
from lichen.report.document import Block, Chart, Items, Note, Paragraph, Report, ReportSection, Section, Table

__all__ = ["report_html"]


def report_html(report: Report) -> str:
    """The report as an HTML page that prints well, in the light and in the dark.

    It stands alone: the styles and the pictures are in it, it fetches nothing, and it has no script. Each chart has a
    title, a text in its place, and the same figures as a table. Whatever somebody wrote is shown as plain text.

    Args:
        report: From ``report_for``; send it to nobody but its audience.
    """
    below = "\n".join(f"<p>{escape(line)}</p>" for line in report.below)
    head = f"<header>\n<h1>{escape(report.title)}</h1>\n{below}\n</header>"
    body = "\n".join(map(_section, report.sections))
    foot = f"<footer>{escape(report.foot)}</footer>"
    return html_page(report.title, _style(), f"<main>\n<article>\n{head}\n{body}\n{foot}\n</article>\n</main>")


@cache
def _style() -> str:
    return (files("lichen.report") / "report.css").read_text(encoding="utf-8")


def _section(section: Section) -> str:
    blocks = "\n".join(map(_block, section.blocks))
    kind = ' class="summary"' if section.name is ReportSection.SUMMARY else ""
    return f'<section id="{section.name}"{kind}>\n<h2>{escape(section.heading)}</h2>\n{blocks}\n</section>'


def _block(block: Block) -> str:
    match block:
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Note(text):
            return f'<p class="note">{escape(text)}</p>'
        case Items(items):
            return "<ul>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in items) + "\n</ul>"
        case Table():
            return _table(block)
        case Chart():
            return _chart(block)


def _chart(chart: Chart) -> str:
    head = f'<h3>{escape(chart.title)}</h3>\n<p class="told">{escape(chart.told)}</p>'
    return f'<div class="chart">\n{head}\n<figure>\n{chart.svg}\n</figure>\n{_table(chart.table)}\n</div>'


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_number(table, place)}>{escape(text)}</th>' for place, text in enumerate(table.headings)
    )
    rows = "\n".join(_row(table, row) for row in table.rows)
    caption = "" if table.is_detail else f"<caption>{escape(table.caption)}</caption>\n"
    inside = f"<table>\n{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    name = escape(_("Table: {caption}").format(caption=table.caption), quote=True)
    wide = f'<div class="wide" role="region" aria-label="{name}" tabindex="0">\n{inside}\n</div>'
    if not table.is_detail:
        return wide
    return f"<details>\n<summary>{escape(table.caption)}</summary>\n{wide}\n</details>"


def _row(table: Table, row: tuple[str, ...]) -> str:
    first, *others = row
    cells = "".join(f"<td{_number(table, place)}>{escape(text)}</td>" for place, text in enumerate(others, start=1))
    return f'<tr><th scope="row"{_number(table, 0)}>{escape(first)}</th>{cells}</tr>'


def _number(table: Table, place: int) -> str:
    return ' class="number"' if place in table.numbers else ""
