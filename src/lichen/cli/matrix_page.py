"""The vulnerability matrix as one page of HTML: real tables, no script, for the screen, the printer and the ear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from lichen.audit.values import Organisation
from lichen.cli.matrices import (
    best_first,
    cell_text,
    gap_name,
    places_of,
    question_marks,
    swap_sentence,
    swaps_with,
    why_absent,
)
from lichen.cli.shades import STEPS, ink, shade, step
from lichen.fit.matrix import Matrix, Swap
from lichen.language import _

__all__ = ["matrix_html"]

_BEST = 5


def matrix_html(me: Organisation, others: Sequence[Organisation], found: Matrix) -> str:
    """The whole page.

    Args:
        me: Whose gaps the rows are.
        others: The candidates, as they were given to ``matrix``.
        found: Its answer.
    """
    return "\n".join(_page(me, others, found)) + "\n"


def _page(me: Organisation, others: Sequence[Organisation], found: Matrix) -> Iterator[str]:
    title = escape(_("The vulnerability matrix of {name}").format(name=me.name))
    yield f'<!doctype html>\n<html lang="{escape(_("en"))}">\n<head>\n<meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>"
    yield f"<p>{escape(_explained())}</p>"
    yield from (f"<p>{escape(mark)}</p>" for mark in question_marks(found))
    for other in best_first(others, found):
        yield from _section(me, other, found)
    yield from (f"<p>{escape(told)}</p>" for told in why_absent(others, found))
    yield f'<p class="care">{escape(_care())}</p>\n</main>\n</body>\n</html>'


def _section(me: Organisation, other: Organisation, found: Matrix) -> Iterator[str]:
    name = escape(other.name)
    yield f"<section>\n<h2>{name}</h2>"
    yield from _table(me, other, found, places_of(found, other.id))
    yield from _swaps(swaps_with(found, other.id)[:_BEST])
    yield "</section>"


def _table(me: Organisation, other: Organisation, found: Matrix, places: Sequence[int]) -> Iterator[str]:
    caption = _("Rows: what {ours} lacks. Columns: what {theirs} lacks.").format(ours=me.name, theirs=other.name)
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{escape(other.name)}">\n<table>'
    yield f"<caption>{escape(caption)}</caption>\n<thead>\n<tr><td></td>"
    yield from (f'<th scope="col">{escape(gap_name(found.columns[place]))}</th>' for place in places)
    yield "</tr>\n</thead>\n<tbody>"
    for gap, cells in zip(found.rows, found.cells, strict=True):
        yield f'<tr><th scope="row">{escape(gap_name(gap))}</th>{"".join(_cell(cells[place]) for place in places)}</tr>'
    yield "</tbody>\n</table>\n</div>"


def _cell(swap: Swap | None) -> str:
    if swap is None:
        return f'<td><span aria-hidden="true">·</span><span class="heard">{escape(_("no swap"))}</span></td>'
    return f'<td class="s{step(swap.value)}">{cell_text(swap)}</td>'


def _swaps(swaps: Sequence[Swap]) -> Iterator[str]:
    if swaps:
        yield f"<h3>{escape(_('Best swaps'))}</h3>\n<ol>"
        yield from (f"<li><strong>{cell_text(swap)}</strong> {escape(swap_sentence(swap))}</li>" for swap in swaps)
        yield "</ol>"


def _style() -> str:
    """The style sheet; on a dark page the shades are turned round, so that the best swaps stand out there too."""
    light = "".join(_shade_rule(number, number) for number in range(STEPS + 1))
    dark = "".join(_shade_rule(number, STEPS - number) for number in range(STEPS + 1))
    sheet = (files("lichen.cli") / "page.css").read_text(encoding="utf-8")
    return f"{sheet}{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _shade_rule(number: int, shown: int) -> str:
    return f"tbody td.s{number} {{ background: {shade(shown)}; color: {ink(shown)}; }}\n"


def _explained() -> str:
    return _(
        "A number says how good it would be to swap help for the two gaps, from 0 to 1: how far each side meets the "
        "other's. A dot is no swap."
    )


def _care() -> str:
    return _("This page names weaknesses. Show it only to those whom their owners would tell.")
