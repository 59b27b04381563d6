"""A report as Markdown: its charts as their tables."""

from __future__ import annotations

from collections.abc import Sequence

from lichen.paper import plain_markdown
from lichen.report.document import Block, Chart, Items, Note, Paragraph, Report, Section, Table

__all__ = ["report_markdown"]


def report_markdown(report: Report) -> str:
    """The report as Markdown. Whatever somebody wrote is shown as plain text.

    Args:
        report: From ``report_for``; send it to nobody but its audience.
    """
    head = (f"# {plain_markdown(report.title)}", *(f"*{plain_markdown(line)}*" for line in report.below))
    foot = f"*{plain_markdown(report.foot)}*"
    return "\n\n".join((*head, *map(_section, report.sections), foot)) + "\n"


def _section(section: Section) -> str:
    return "\n\n".join((f"## {plain_markdown(section.heading)}", *map(_block, section.blocks)))


def _block(block: Block) -> str:
    match block:
        case Paragraph(text):
            return plain_markdown(text)
        case Note(text):
            return f"*{plain_markdown(text)}*"
        case Items(items):
            return "\n".join(f"- {plain_markdown(item)}" for item in items)
        case Table():
            return f"**{plain_markdown(block.caption)}**\n\n{_table(block)}"
        case Chart(title, told, _svg, table):
            return f"**{plain_markdown(title)}**\n\n{plain_markdown(told)}\n\n{_table(table)}"


def _table(table: Table) -> str:
    rule = ["---:" if place in table.numbers else "---" for place in range(len(table.headings))]
    return "\n".join(map(_row, ([*map(_cell, table.headings)], rule, *([*map(_cell, row)] for row in table.rows))))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    """A text in the middle of a line, where no number begins a list."""
    return plain_markdown(f"|{text}")[1:].replace("|", r"\|")
