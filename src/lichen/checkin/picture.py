"""Trust both ways as a picture: a bar to either side for each pair, readable in grey, on paper and aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from lichen.checkin.trust import TrustGap
from lichen.checkin.values import Dimension
from lichen.checkin.words import dimension_name
from lichen.language import _
from lichen.paper import one_line

__all__ = ["trust_svg"]

_WIDTH, _MARGIN, _HEAD, _ROW, _BAR = 760, 24, 84, 58, 20
_MIDDLE = _WIDTH / 2
_LONGEST = _MIDDLE - _MARGIN - 40
_INK, _LONG_NAME = "#0a1510", 34


def trust_svg(gaps: Sequence[TrustGap], names: Mapping[str, str], dimension: Dimension = Dimension.TRUST) -> str:
    """Who trusts whom as an SVG picture: for each pair a bar to the left and one to the right of a middle line.

    A reader that cannot see it hears its title and every pair with its figures. It fetches nothing.

    Args:
        gaps: The answer of ``trust_gaps``: only what may be shown stands in it.
        names: The partners' names by their ids.
        dimension: Which question.

    Example:
        >>> trust_svg([TrustGap("a", "b", Dimension.TRUST, 8, 4, True, ())], {}).count("<rect")
        3
    """
    shown = [gap for gap in gaps if gap.dimension is dimension]
    height = _HEAD + _ROW * len(shown) + _MARGIN
    title = _("Who trusts whom: {kind}").format(kind=dimension_name(dimension))
    described = " ".join(_told(gap, names) for gap in shown) or _("Nothing may be shown.")
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(described)}</desc>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            _text(title, _MARGIN, 38, ' font-size="20" font-weight="bold"'),
            _text(_("Each bar is how much the partner on its side trusts the other"), _MARGIN, 62),
            *(part for place, gap in enumerate(shown) for part in _pair(gap, _HEAD + place * _ROW, names)),
            "</svg>\n",
        )
    )


def _pair(gap: TrustGap, top: float, names: Mapping[str, str]) -> Iterator[str]:
    weight = ' font-weight="bold"' if gap.is_uneven else ""
    left, right = _width(gap.forth, gap.dimension), _width(gap.back, gap.dimension)
    yield _text(_name(names, gap.one), _MARGIN, top + 16, weight)
    yield _text(_name(names, gap.other), _WIDTH - _MARGIN, top + 16, f' text-anchor="end"{weight}')
    yield _bar(_MIDDLE - left, top + 24, left, gap.forth < gap.back)
    yield _bar(_MIDDLE, top + 24, right, gap.back < gap.forth)
    yield _text(f"{gap.forth:.3g}", _MIDDLE - left - 6, top + 39, ' text-anchor="end"')
    yield _text(f"{gap.back:.3g}", _MIDDLE + right + 6, top + 39)
    yield (
        f'<line x1="{_MIDDLE:g}" y1="{top + 20:g}" x2="{_MIDDLE:g}" y2="{top + 48:g}" '
        f'stroke="{_INK}" stroke-width="2"/>'
    )


def _bar(x: float, y: float, width: float, is_less: bool) -> str:
    """Who trusts less is drawn open, so that the sides differ without colour."""
    fill = "#ffffff" if is_less else "#104634"
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{_BAR}" fill="{fill}" stroke="#104634" stroke-width="2"/>'
    )


def _width(answer: float, dimension: Dimension) -> float:
    return round(_LONGEST * answer / dimension.steps[-1], 1)


def _told(gap: TrustGap, names: Mapping[str, str]) -> str:
    told = _("{one} answers {forth} of {other}, {other} answers {back} of {one}.")
    one, other = _name(names, gap.one), _name(names, gap.other)
    return told.format(one=one, other=other, forth=f"{gap.forth:.3g}", back=f"{gap.back:.3g}")


def _name(names: Mapping[str, str], id: str) -> str:
    return one_line(names.get(id) or id, _LONG_NAME)


def _text(text: str, x: float, y: float, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{_INK}"{more}>{escape(text)}</text>'
