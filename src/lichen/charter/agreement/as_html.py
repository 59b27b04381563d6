"""The charter as one self-contained web page: nothing in it is fetched, and nothing in it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from lichen.charter.agreement.headings import full_heading
from lichen.charter.agreement.phrases import parted
from lichen.charter.agreement.standing import below_title, bindingness, foot, signature_cells, signature_headings, title
from lichen.charter.agreement.values import Agreement, Line, Section
from lichen.language import _
from lichen.paper import html_page

__all__ = ["agreement_html"]


def agreement_html(agreement: Agreement) -> str:
    """The charter as an HTML page that prints well: the body, the signatures, and each annex on a new sheet.

    It stands alone: the styles are in it, it fetches nothing, and it has no script. Whatever a person wrote is shown as
    plain text.

    Args:
        agreement: From ``agreement_for``. Made for a reader, it ends with that reader's own annex: send it to no other.
    """
    return html_page(title(agreement), _style(), "\n".join(_articles(agreement)))


@cache
def _style() -> str:
    return (files("lichen.charter.agreement") / "agreement.css").read_text(encoding="utf-8")


def _articles(agreement: Agreement) -> Iterator[str]:
    below = "\n".join(f"<p>{escape(line)}</p>" for line in below_title(agreement))
    head = f"<header>\n<h1>{escape(title(agreement))}</h1>\n{below}\n</header>"
    body = "\n".join(_section(section) for section in agreement.sections)
    signed = _table(signature_headings(), [signature_cells(place) for place in agreement.signatures])
    signatures = f'<section class="signatures">\n<h2>{escape(_("Signatures"))}</h2>\n{signed}\n</section>'
    yield f"<main>\n<article>\n{head}\n{body}\n{signatures}\n<footer>{escape(foot(agreement))}</footer>\n</article>"
    yield from (f"<article>\n{_section(section)}\n</article>" for section in agreement.annexes)
    if agreement.confided is not None:
        yield f'<article class="confided">\n{_section(agreement.confided)}\n</article>'
    yield "</main>"


def _section(section: Section) -> str:
    head = f'<h2>{escape(full_heading(section))}</h2>\n<p class="binds">{escape(bindingness(section))}</p>'
    return f'<section id="{section.name}">\n{head}\n' + "\n".join(_parts(section)) + "\n</section>"


def _parts(section: Section) -> Iterator[str]:
    number = 0
    for part in section.parts:
        if isinstance(part, Line):
            number += 1
            lead = f"<b>{_text(part.lead)}:</b> " if part.lead else ""
            yield f'<p><span class="number">{section.name.mark}.{number}</span> {lead}{_text(part.text)}</p>'
        else:
            yield _table(part.headings, [row.cells for row in part.rows])


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    told = "\n".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in cells) + "</tr>" for cells in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{told}\n</tbody>\n</table>"


def _text(text: str) -> str:
    """A text with its blanks marked."""
    return "".join(f"<mark>{escape(part)}</mark>" if is_blank else escape(part) for part, is_blank in parted(text))
