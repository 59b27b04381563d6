"""Before and after as a picture of bars, readable in grey, on paper and aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

__all__ = ["Bar", "BarGroup", "bars_svg"]

_WIDTH, _MARGIN = 760, 24
_LEFT, _LENGTH = 304, 264
"""Where the bars begin, and how long one can be."""
_LINE, _ROW, _HEAD = 18, 50, 46
_LABEL, _TOLD, _TITLE = 36, 22, 96
"""How many letters fit beside the bars, behind them, and across."""
_INK, _PALE, _DARK = "#0a1510", "#dfe5e0", "#104634"


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that was rated, before and now."""

    label: str
    """What it is."""
    before: float | None
    """Its length before, as a share of the whole scale; None where only now is known."""
    now: float
    """Its length now."""
    told: str
    """What stands behind it, such as ``5 → 3``."""
    is_marked: bool = False
    """Whether it is to be looked at first, such as a need that got worse: hatched, with a thick border."""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The bars that belong together."""

    heading: str
    """Whose they are, and what they come to."""
    bars: tuple[Bar, ...]
    """From the top down."""


def bars_svg(title: str, groups: Sequence[BarGroup], note: str) -> str:
    """Bars from before, pale, above bars from now, dark, as an SVG picture; a marked one is hatched.

    A reader that cannot see it hears its title and a description that tells every bar. It fetches nothing.

    Args:
        title: What it shows.
        groups: From the top down.
        note: How to read it, and what it is worth.

    Example:
        >>> picture = bars_svg("Needs", [BarGroup("Hospital", (Bar("Trust", 1.0, 0.6, "5 → 3"),))], "Self-rated.")
        >>> picture.count("<rect"), "Hospital. Trust: 5 → 3. Self-rated." in picture
        (3, True)
    """
    notes = wrap(note, _TITLE)
    heights = [_HEAD + _LINE * (len(_headings(group)) - 1) + _ROW * len(group.bars) for group in groups]
    height = 64 + sum(heights) + _LINE * len(notes) + _MARGIN
    described = " ".join((*(_described(group) for group in groups), note))
    drawn: list[str] = []
    top = 64
    for group, tall in zip(groups, heights, strict=True):
        drawn += _drawn_group(group, top)
        top += tall
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(described)}</desc>',
            '<defs><pattern id="marked" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path d="M0 3H6" stroke="{_INK}" stroke-width="3"/></pattern></defs>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            _text(title, _MARGIN, 38, ' font-size="20" font-weight="bold"'),
            *drawn,
            *(_text(line, _MARGIN, top + _LINE * (place + 1)) for place, line in enumerate(notes)),
            "</svg>\n",
        )
    )


def _headings(group: BarGroup) -> list[str]:
    return wrap(group.heading, _TITLE - 8) or [""]


def _described(group: BarGroup) -> str:
    heading = group.heading if group.heading.endswith((".", "?", "!")) else f"{group.heading}."
    return " ".join((heading, *(f"{bar.label}: {bar.told}." for bar in group.bars)))


def _drawn_group(group: BarGroup, top: float) -> Iterator[str]:
    headings = _headings(group)
    for place, line in enumerate(headings, start=1):
        yield _text(line, _MARGIN, top + 8 + place * _LINE, ' font-weight="bold"')
    top += _HEAD + _LINE * (len(headings) - 1)
    for place, bar in enumerate(group.bars):
        yield from _drawn_bar(bar, top + place * _ROW)


def _drawn_bar(bar: Bar, top: float) -> Iterator[str]:
    for place, line in enumerate(wrap(bar.label, _LABEL, max_lines=2, placeholder=" …")):
        yield _text(line, _MARGIN, top + 14 + place * _LINE)
    if bar.before is not None:
        yield _rect(top, 13, bar.before, f'fill="{_PALE}" stroke="{_INK}"')
    look = f'fill="url(#marked)" stroke="{_INK}" stroke-width="3"' if bar.is_marked else f'fill="{_DARK}"'
    yield _rect(top + 16, 16, bar.now, look)
    for place, line in enumerate(wrap(bar.told, _TOLD, max_lines=2, placeholder=" …")):
        yield _text(line, _LEFT + _LENGTH + 12, top + 14 + place * _LINE)


def _rect(top: float, height: float, share: float, look: str) -> str:
    width = max(1.0, _LENGTH * share)
    return f'<rect x="{_LEFT}" y="{top:g}" width="{width:g}" height="{height:g}" {look}/>'


def _text(text: str, x: float, y: float, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{_INK}"{more}>{escape(text)}</text>'
