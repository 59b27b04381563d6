"""The charter as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lichen.charter.agreement.headings import full_heading
from lichen.charter.agreement.phrases import parted
from lichen.charter.agreement.standing import below_title, bindingness, foot, signature_cells, signature_headings, title
from lichen.charter.agreement.values import Agreement, Line, Section
from lichen.language import _
from lichen.paper import plain_markdown

__all__ = ["agreement_markdown"]


def agreement_markdown(agreement: Agreement) -> str:
    """The charter as Markdown: the body, the signatures, the annexes.

    Whatever a person wrote is shown as plain text; no mark-up, HTML or link in it takes effect.

    Args:
        agreement: From ``agreement_for``. Made for a reader, it ends with that reader's own annex: send it to no other.
    """
    blocks = [
        f"# {plain_markdown(title(agreement))}",
        *(f"*{plain_markdown(line)}*" for line in below_title(agreement)),
        *(block for section in agreement.sections for block in _section(section)),
        f"## {plain_markdown(_('Signatures'))}",
        _table(signature_headings(), [signature_cells(place) for place in agreement.signatures]),
        f"*{plain_markdown(foot(agreement))}*",
        *(block for section in agreement.annexes for block in ("---", *_section(section))),
    ]
    if agreement.confided is not None:
        blocks += ["---", *_section(agreement.confided)]
    return "\n\n".join(blocks) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {plain_markdown(full_heading(section))}"
    yield f"*{plain_markdown(bindingness(section))}*"
    number = 0
    for part in section.parts:
        if isinstance(part, Line):
            number += 1
            yield f"{section.name.mark}.{number} {_line(part)}"
        else:
            yield _table(part.headings, [row.cells for row in part.rows])


def _line(line: Line) -> str:
    return f"**{plain_markdown(line.lead)}:** {_text(line.text)}" if line.lead else _text(line.text)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruled = "|---" * len(headings) + "|"
    return "\n".join((_row(headings), ruled, *(_row(cells) for cells in rows)))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_text(cell).replace("|", "\\|") for cell in cells) + " |"


def _text(text: str) -> str:
    """A text with its blanks in bold."""
    return "".join(
        f"**{plain_markdown(part)}**" if is_blank else plain_markdown(part) for part, is_blank in parted(text)
    )
