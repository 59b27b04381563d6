"""The charts of a report, as SVG elements in one style: readable in print without colour, in the dark, and aloud.

Colours are attributes, so that they hold on paper; the classes let a style sheet change them for a dark screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from textwrap import wrap

from lichen.paper import written_day

__all__ = ["Dots", "Line", "Span", "dots_svg", "lines_svg", "spans_svg"]

_WIDTH = 520
_LEFT, _RIGHT = 14, 14
_LETTERS = 58
"""So many fit across."""
_ROW, _LINE = 62, 19
_INK, _SOFT, _GRID, _PAPER = "#22251e", "#5f6557", "#cfd1c5", "#fdfcf8"
_SHADES = ("#2f5d33", "#a5541b", "#34548a", "#6b3f73")
_DASHES = ("", "7 4", "2 4", "10 3 2 3")


@dataclass(frozen=True, slots=True)
class Dots:
    """One thing before and now, on a common scale."""

    label: str
    """What it is."""
    before: float | None
    """Where it stood; None where only now is known."""
    now: float
    """Where it stands."""
    told: str
    """The same in a few letters, such as ``5 → 3``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing over time."""

    label: str
    """What it is."""
    points: tuple[tuple[date, float], ...]
    """The earliest first."""


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with the ends between which it lies."""

    label: str
    """What it is."""
    value: float
    """The figure."""
    low: float | None
    """The lower end; None where there is no interval."""
    high: float | None
    """The upper end."""
    told: str
    """The same in a few words."""


def dots_svg(title: str, rows: Sequence[Dots], scale: tuple[int, int], ends: tuple[str, str]) -> str:
    """Things before, as hollow dots, and now, as full ones, with a line from one to the other.

    Args:
        title: What it shows, for whoever does not see it.
        rows: From the top down.
        scale: The lowest and the highest step.
        ends: What the two mean.

    Example:
        >>> picture = dots_svg("Needs", [Dots("Trust", 5, 3, "5 → 3")], (0, 5), ("gone", "total"))
        >>> picture.count("<circle"), "5 → 3" in picture
        (2, True)
    """
    heights = [_ROW + _LINE * (len(_wrapped(row.label)) - 1) for row in rows]
    height, left, right = 34 + sum(heights), _LEFT + 8, _WIDTH - 112
    parts = [_text(ends[0], left, 18, "soft"), _text(ends[1], right, 18, "soft", "end")]
    top = 34
    for row, tall in zip(rows, heights, strict=True):
        parts += _dots_row(row, top, tall, (left, right), scale)
        top += tall
    return _svg(title, height, parts)


def lines_svg(title: str, lines: Sequence[Line], scale: tuple[float, float], steps: Sequence[float]) -> str:
    """Things over time; each has a mark and a dash of its own, so that no colour is needed to tell them apart.

    Args:
        title: What it shows, for whoever does not see it.
        lines: At most four; more share a mark.
        scale: The lowest and the highest figure that can be.
        steps: Where a line is drawn across.

    Example:
        >>> day = date(2026, 3, 1)
        >>> lines_svg("Trust", [Line("a of b", ((day, 4),))], (1, 10), (1, 5, 10)).count("<polyline")
        0
    """
    days = sorted({day for line in lines for day, _value in line.points})
    top, bottom, left, right = 14, 214, _LEFT + 34, _WIDTH - 60
    span = max(1, (days[-1] - days[0]).days) if days else 1

    def place(day: date, value: float) -> tuple[float, float]:
        across = left + (right - left) * ((day - days[0]).days / span if len(days) > 1 else 0.5)
        return across, bottom - (bottom - top) * (value - scale[0]) / (scale[1] - scale[0])

    parts = [*_across(steps, scale, (left, right), (top, bottom))]
    if days:
        parts.append(_text(written_day(days[0]), left, bottom + 22, "soft"))
        if len(days) > 1:
            parts.append(_text(written_day(days[-1]), right + 46, bottom + 22, "soft", "end"))
    for number, line in enumerate(lines):
        parts += _drawn_line([place(*point) for point in line.points], number)
    parts += _last_figures([(place(*line.points[-1]), line.points[-1][1]) for line in lines if line.points])
    legend = bottom + 50
    for number, line in enumerate(lines):
        parts += [_mark(_LEFT + 8, legend - 5, number), _text(line.label, _LEFT + 26, legend)]
        legend += 24
    return _svg(title, legend - 8, parts)


def spans_svg(title: str, rows: Sequence[Span], unit: str) -> str:
    """Figures with their intervals, beside the line of no difference.

    Args:
        title: What it shows, for whoever does not see it.
        rows: From the top down.
        unit: Of the figures.

    Example:
        >>> spans_svg("Outcomes", [Span("Measured", 9, 2, 16, "+9, from 2 to 16")], "points").count("<circle")
        1
    """
    heights = [_ROW + 8 + _LINE * (len(_wrapped(row.label)) + len(_wrapped(row.told)) - 2) for row in rows]
    ends = [end for row in rows for end in (row.low, row.high, row.value, 0.0) if end is not None]
    low, high = min(ends), max(ends)
    room = (high - low or 1.0) * 0.06
    left, right = _LEFT + 8, _WIDTH - _RIGHT - 8
    height = 40 + sum(heights)

    def at(value: float) -> float:
        return left + (right - left) * (value - low + room) / (high - low + 2 * room)

    axis = height - 30
    parts = [_text(_number(0), at(0), axis + 20, "soft", "middle")]
    for end in {low, high} - {0.0}:
        parts.append(_text(f"{_number(end)} {unit}".strip(), at(end), axis + 20, "soft", _anchor(at(end))))
    top = 4
    for row, tall in zip(rows, heights, strict=True):
        parts += _span_row(row, top, at)
        top += tall
    return _svg(title, height, parts)


def _dots_row(row: Dots, top: float, tall: float, ends: tuple[float, float], scale: tuple[int, int]) -> Iterator[str]:
    yield from _label(row.label, _LEFT, top + 16)
    middle = top + tall - 22
    step = (ends[1] - ends[0]) / (scale[1] - scale[0])

    def at(value: float) -> float:
        return ends[0] + step * (value - scale[0])

    yield _stroke(ends[0], middle, ends[1], middle, "grid")
    for each in range(scale[0], scale[1] + 1):
        yield _stroke(at(each), middle - 4, at(each), middle + 4, "grid")
    if row.before is not None and row.before != row.now:
        yield _stroke(at(row.before), middle, at(row.now), middle, "first", width=3)
        yield f'<circle class="hollow" cx="{at(row.before):g}" cy="{middle:g}" r="7" fill="{_PAPER}" ' + _edge("first")
    yield f'<circle class="full" cx="{at(row.now):g}" cy="{middle:g}" r="7.5" fill="{_SHADES[0]}" ' + _edge("first")
    yield _text(row.told, _WIDTH - _RIGHT, middle + 5, "ink", "end", bold=True)


def _span_row(row: Span, top: float, at: Callable[[float], float]) -> Iterator[str]:
    yield from _label(row.label, _LEFT, top + 16)
    told = _wrapped(row.told)
    top += 16 + _LINE * (len(_wrapped(row.label)) - 1)
    for place, line in enumerate(told, start=1):
        yield _text(line, _LEFT, top + place * _LINE, "soft")
    middle = top + len(told) * _LINE + 20
    yield _stroke(at(0), middle - 12, at(0), middle + 12, "ink", width=2, dash="2 3")
    if row.low is not None and row.high is not None:
        yield _stroke(at(row.low), middle, at(row.high), middle, "first", width=3)
        for end in (row.low, row.high):
            yield _stroke(at(end), middle - 7, at(end), middle + 7, "first", width=3)
    yield f'<circle class="full" cx="{at(row.value):g}" cy="{middle:g}" r="7.5" fill="{_SHADES[0]}" ' + _edge("first")


def _across(
    steps: Sequence[float], scale: tuple[float, float], ends: tuple[float, float], height: tuple[float, float]
) -> Iterator[str]:
    for step in steps:
        y = height[1] - (height[1] - height[0]) * (step - scale[0]) / (scale[1] - scale[0])
        yield _stroke(ends[0], y, ends[1], y, "grid")
        yield _text(_number(step), ends[0] - 8, y + 5, "soft", "end")


def _drawn_line(points: Sequence[tuple[float, float]], number: int) -> Iterator[str]:
    name = _NAMES[number % len(_NAMES)]
    if len(points) > 1:
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = _DASHES[number % len(_DASHES)]
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        colour = _SHADES[number % len(_SHADES)]
        yield (
            f'<polyline class="line {name}" points="{drawn}" fill="none" stroke="{colour}" stroke-width="2.5"{dashed}/>'
        )
    yield from (_mark(x, y, number) for x, y in points)


def _last_figures(ends: Sequence[tuple[tuple[float, float], float]]) -> Iterator[str]:
    """The last figure of each line beside its end, pushed apart where two would touch."""
    placed = sorted(((x, y + 5, value) for (x, y), value in ends), key=lambda each: each[1])
    heights = [y for _x, y, _value in placed]
    for place, (before, after) in enumerate(pairwise(heights)):
        if heights[place + 1] < heights[place] + 17:
            heights[place + 1] = max(after, before + 17, heights[place] + 17)
    for (x, _y, value), y in zip(placed, heights, strict=True):
        yield _text(_number(value), x + 14, y, "ink", bold=True)


def _mark(x: float, y: float, number: int) -> str:
    """A circle, a square, a triangle or a diamond."""
    name, colour = _NAMES[number % len(_NAMES)], _SHADES[number % len(_SHADES)]
    look = f'class="mark {name}" fill="{colour}"'
    corners = {
        1: f"{x - 5:.1f},{y - 5:.1f} {x + 5:.1f},{y - 5:.1f} {x + 5:.1f},{y + 5:.1f} {x - 5:.1f},{y + 5:.1f}",
        2: f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y + 5:.1f} {x - 6:.1f},{y + 5:.1f}",
        3: f"{x:.1f},{y - 7:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 7:.1f} {x - 6:.1f},{y:.1f}",
    }
    shape = number % len(_SHADES)
    return (
        f'<polygon {look} points="{corners[shape]}"/>'
        if shape
        else f'<circle {look} cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>'
    )


_NAMES = ("first", "second", "third", "fourth")
_COLOURS = {"ink": _INK, "soft": _SOFT, "grid": _GRID, **dict(zip(_NAMES, _SHADES, strict=True))}


def _label(label: str, x: float, y: float) -> Iterator[str]:
    yield from (_text(line, x, y + place * _LINE) for place, line in enumerate(_wrapped(label)))


def _wrapped(text: str) -> list[str]:
    return wrap(text, _LETTERS) or [""]


def _number(value: float) -> str:
    return f"{round(value, 1):g}".replace("-", "−")


def _anchor(x: float) -> str:
    return "start" if x < _WIDTH / 4 else "end" if x > _WIDTH * 3 / 4 else "middle"


def _edge(name: str) -> str:
    return f'stroke="{_COLOURS[name]}" stroke-width="2.5"/>'


def _stroke(x: float, y: float, to_x: float, to_y: float, name: str, *, width: float = 1.2, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    at = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line class="line {name}" {at} stroke="{_COLOURS[name]}" stroke-width="{width}"{dashed}/>'


def _text(text: str, x: float, y: float, name: str = "ink", anchor: str = "start", *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    look = f'class="text {name}" fill="{_COLOURS[name]}" text-anchor="{anchor}"{weight}'
    return f'<text {look} x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    box = f'viewBox="0 0 {_WIDTH} {height:g}" width="{_WIDTH}" height="{height:g}"'
    drawn = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" font-family="sans-serif" font-size="15">\n'
        f"<title>{escape(title)}</title>\n{drawn}\n</svg>"
    )
