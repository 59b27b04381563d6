"""The answer of a simulation as a picture: how many lives are where, and what the answer hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lichen.language import _
from lichen.simulate.outlook import Moment, Outlook
from lichen.simulate.sensitivity import Sensitivity, Swing
from lichen.simulate.words import answer_words, assumption_words, caution_words

__all__ = ["simulation_svg"]

_WIDTH, _LEFT, _RIGHT = 760, 64, 24
_TOP, _HEIGHT = 132, 240
_BAR, _NAMES = 26, 340
_INK, _GREEN, _GREY, _PALE = "#0a1510", "#104634", "#6b756f", "#c9d8cd"
_LETTERS = 100


def simulation_svg(found: Outlook, leaning: Sensitivity, *, swings: int = 10) -> str:
    """The answer as an SVG picture: a curve with its band, and bars for the assumptions that move it most.

    A reader that cannot see it hears the answer and its caution. It fetches nothing.

    Args:
        found: The answer of ``outlook``.
        leaning: The answer of ``sensitivity``.
        swings: How many assumptions are drawn.
    """
    drawn = [swing for swing in leaning.swings[:swings] if swing.width > 0]
    bars_at = _TOP + _HEIGHT + 96
    height = bars_at + _BAR * len(drawn) + 34
    answer, caution = answer_words(found), caution_words()
    body = [*_curve(found), *_bars(drawn, leaning.not_failed, bars_at)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14">',
            f'<title id="title">{escape(_("How long might this alliance live?"))}</title>',
            f'<desc id="desc">{escape(answer)} {escape(caution)}</desc>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            _text(_("How long might this alliance live?"), 24, 32, ' font-size="20" font-weight="bold"'),
            *(_text(line, 24, 56 + 18 * place) for place, line in enumerate(_broken(caution))),
            *body,
            "</svg>\n",
        )
    )


def _broken(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > _LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _curve(found: Outlook) -> Iterator[str]:
    span = _WIDTH - _LEFT - _RIGHT
    step = span / max(1, found.last.month)

    def at(moment: Moment, share: float) -> str:
        return f"{_LEFT + moment.month * step:.1f},{_TOP + _HEIGHT * (1 - share):.1f}"

    for tenth in (0, 25, 50, 75, 100):
        y = _TOP + _HEIGHT * (1 - tenth / 100)
        yield f'<line x1="{_LEFT}" y1="{y:g}" x2="{_WIDTH - _RIGHT}" y2="{y:g}" stroke="{_PALE}"/>'
        yield _text(str(tenth), _LEFT - 8, y + 5, ' text-anchor="end"')
    upper = [at(each, each.alive_between.high) for each in found.moments]
    lower = [at(each, each.alive_between.low) for each in reversed(found.moments)]
    yield f'<polygon points="{" ".join((*upper, *lower))}" fill="{_PALE}"/>'
    for share, look in (("alive", f'stroke="{_GREEN}"'), ("kept", f'stroke="{_GREY}" stroke-dasharray="6 4"')):
        line = (at(each, each.alive if share == "alive" else 1 - each.failed) for each in found.moments)
        yield f'<polyline points="{" ".join(line)}" fill="none" stroke-width="2.5" {look}/>'
    for month in range(0, found.last.month + 1, 12 if found.last.month >= 24 else 3):
        yield _text(str(month), _LEFT + month * step, _TOP + _HEIGHT + 20, ' text-anchor="middle"')
    told = _(
        "Lives of 100 after so many months. Line: still going. Dashes: not broken up, those with goals met included."
    )
    yield _text(told, 24, _TOP + _HEIGHT + 44, ' font-size="13"')


def _bars(swings: list[Swing], middle: float, top: float) -> Iterator[str]:
    span = _WIDTH - _NAMES - 2 * _RIGHT - 40
    yield _text(
        _("Not broken up at the end, of 100, if one assumption is low or high"), 24, top - 12, ' font-weight="bold"'
    )
    shares = [share for swing in swings for share in (swing.at_low, swing.at_high)] + [middle]
    least, most = min(shares), max(shares)
    scale = span / max(most - least, 0.01)

    def x(share: float) -> float:
        return _NAMES + 40 + (share - least) * scale

    for place, swing in enumerate(swings):
        y = top + place * _BAR
        low, high = sorted((swing.at_low, swing.at_high))
        yield _text(_name(swing), 24, y + 14, ' font-size="13"')
        yield (
            f'<rect x="{x(low):.1f}" y="{y + 2:g}" width="{max(1.0, x(high) - x(low)):.1f}" height="{_BAR - 10}" '
            f'fill="{_GREEN}"/>'
        )
        yield _text(f"{100 * low:.0f}–{100 * high:.0f}", x(low) - 6, y + 14, ' text-anchor="end" font-size="12"')
    yield (
        f'<line x1="{x(middle):.1f}" y1="{top - 4:g}" x2="{x(middle):.1f}" y2="{top + len(swings) * _BAR:g}" '
        f'stroke="{_INK}" stroke-dasharray="3 3"/>'
    )


def _name(swing: Swing) -> str:
    return f"{assumption_words(swing.name)}: {swing.low:g}–{swing.high:g}"


def _text(text: str, x: float, y: float, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{_INK}"{more}>{escape(text)}</text>'
