"""The vulnerability matrix as a picture, drawn by Vega-Lite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from lichen.audit.values import Organisation
from lichen.cli.matrices import best_first, cell_text, gap_name, places_of, question_marks, why_absent
from lichen.cli.shades import ink, shade, step
from lichen.errors import ExtraNeeded
from lichen.fit.matrix import Matrix
from lichen.language import _
from lichen.paper import one_line

__all__ = ["matrix_picture", "matrix_spec"]

_CELL = 46
_READ_AS_CODE = str.maketrans({'"': "”", "\\": "＼"})
"""Vega-Lite puts titles between quotation marks into expressions that it runs: here are signs that look the same."""
_SHARPNESS = 2
"""Pixels of a PNG for each of the drawing, so that it is crisp on a dense screen and on paper."""


def matrix_picture(me: Organisation, others: Sequence[Organisation], found: Matrix, form: str) -> bytes:
    """The picture as the bytes of a file.

    Args:
        me: Whose gaps the rows are.
        others: The candidates, as they were given to ``matrix``.
        found: Its answer.
        form: ``svg`` or ``png``.

    Raises:
        ExtraNeeded: The optional part that draws is not installed.
    """
    try:
        drawing = import_module("vl_convert")
    except ImportError as missing:
        raise ExtraNeeded("charts", _("A picture")) from missing
    spec = _drawable(matrix_spec(me, others, found))
    if form == "png":
        return bytes(drawing.vegalite_to_png(spec, scale=_SHARPNESS))
    return str(drawing.vegalite_to_svg(spec)).encode()


def matrix_spec(me: Organisation, others: Sequence[Organisation], found: Matrix) -> dict[str, Any]:
    """The drawing as Vega-Lite has it: a heat map for each candidate, below one another."""
    title = _("The vulnerability matrix of {name}").format(name=me.name)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": title,
        "title": {
            "text": title,
            "subtitle": [
                _("A number says how good it would be to swap help for the two, from 0 to 1; · is no swap."),
                *question_marks(found),
                *why_absent(others, found),
                _("This picture names weaknesses. Show it only to those whom their owners would tell."),
            ],
            "anchor": "start",
            "fontSize": 16,
            "subtitleFontSize": 12,
            "subtitlePadding": 8,
            "offset": 16,
        },
        "background": "white",
        "padding": 16,
        "vconcat": [_heat_map(other, found) for other in best_first(others, found)],
        "config": {
            "font": "sans-serif",
            "axis": {"domain": False, "ticks": False, "labelLimit": 260, "labelFontSize": 12, "titleFontSize": 12},
            "view": {"stroke": None},
        },
    }


def _heat_map(other: Organisation, found: Matrix) -> dict[str, Any]:
    places = places_of(found, other.id)
    columns = [gap_name(found.columns[place]) for place in places]
    rows = [gap_name(gap) for gap in found.rows]
    axes = {
        "x": _axis(
            "theirs", columns, {"orient": "top", "labelAngle": -40}, _("What {name} lacks").format(name=other.name)
        ),
        "y": _axis("ours", rows, {}, _("What we lack")),
    }
    return {
        "data": {"values": [_cell(found, row, place) for row in range(len(rows)) for place in places]},
        "width": {"step": _CELL},
        "height": {"step": _CELL * 3 // 4},
        "encoding": axes,
        "layer": [
            {
                "mark": {"type": "rect", "cornerRadius": 3, "stroke": "white", "strokeWidth": 2},
                "encoding": {"color": {"field": "shade", "scale": None}},
            },
            {
                "mark": {"type": "text", "fontSize": 12},
                "encoding": {"text": {"field": "told"}, "color": {"field": "ink", "scale": None}},
            },
        ],
    }


def _cell(found: Matrix, row: int, place: int) -> Mapping[str, Any]:
    swap = found.cells[row][place]
    number = 0 if swap is None else step(swap.value)
    return {
        "ours": gap_name(found.rows[row]),
        "theirs": gap_name(found.columns[place]),
        "told": cell_text(swap),
        "shade": "#f6f7f5" if swap is None else shade(number),
        "ink": ink(number),
    }


def _drawable(part: Any) -> Any:
    """A part of the drawing in which no name breaks a line, or ends the text that it stands in."""
    if isinstance(part, str):
        return one_line(part, None).translate(_READ_AS_CODE)
    if isinstance(part, Mapping):
        return {key: _drawable(value) for key, value in part.items()}
    return [_drawable(value) for value in part] if isinstance(part, list) else part


def _axis(field: str, names: Sequence[str], axis: Mapping[str, Any], title: str) -> Mapping[str, Any]:
    return {"field": field, "type": "ordinal", "sort": names, "title": title, "axis": axis}
