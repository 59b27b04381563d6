"""The trust scaffold as a picture: stairs that rise to the gate, readable in grey, on paper and aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from types import MappingProxyType

from lichen.language import _
from lichen.paper import one_line
from lichen.pilot.gate import Gate
from lichen.pilot.scaffold import Stair, StairState, gate_place
from lichen.pilot.stair_words import gate_words, stair_words, state_word

__all__ = ["scaffold_svg"]

_WIDTH, _MARGIN, _GAP = 760, 24, 8
_RISE, _MOST_RISE = 32, 260
"""How far each stair begins to the right of the one below it, and how far the highest at most."""
_LINE, _PADDING, _GATE = 19, 12, 44
_LETTER = 7.4
"""The usual width of a letter of the running text; lines are broken by it."""
_MOST_LINES = 2
_HEAD = 84


@dataclass(frozen=True, slots=True)
class _Look:
    """How a stair is drawn; states differ by fill, by border and by their word, never by colour alone."""

    fill: str
    ink: str
    border: str


_LOOKS: Mapping[StairState, _Look] = MappingProxyType(
    {
        StairState.DONE: _Look("#104634", "#ffffff", 'stroke="#104634" stroke-width="2"'),
        StairState.TRIED: _Look("#dfe5e0", "#0a1510", 'stroke="#0a1510" stroke-width="2" stroke-dasharray="2 4"'),
        StairState.NEXT: _Look("#ffffff", "#0a1510", 'stroke="#0a1510" stroke-width="4"'),
        StairState.LATER: _Look("#ffffff", "#3c4a42", 'stroke="#6b756f" stroke-width="1.5" stroke-dasharray="8 5"'),
    }
)


def scaffold_svg(stairs: Sequence[Stair], found: Gate, names: Mapping[str, str], *, currency: str = "") -> str:
    """The trust scaffold as an SVG picture: the first step at the bottom, the gate as a line across.

    A reader that cannot see it hears its title and a description that names every step. It fetches nothing.

    Args:
        stairs: The answer of ``scaffold``.
        found: The answer of ``gate`` for the same pilots.
        names: The partners' names by their ids.
        currency: The alliance's currency; empty is not said.

    Example:
        >>> from lichen.pilot.gate import gate
        >>> from lichen.pilot.values import PilotRules
        >>> scaffold_svg([], gate([], PilotRules()), {}).count("<rect")
        1
    """
    rise = min(_RISE, _MOST_RISE / max(1, len(stairs) - 1))
    boxes = [_box(stair, place * rise, names, currency) for place, stair in enumerate(stairs)]
    height = _HEAD + _GATE + sum(box.height + _GAP for box in boxes) + _MARGIN
    title, told = _("The trust scaffold"), gate_words(found)
    drawn = [*_drawn(boxes, gate_place(stairs), height, told)]
    described = " ".join((told + ".", *(box.told for box in boxes)))
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(described)}</desc>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            _text(title, _MARGIN, 38, "#0a1510", ' font-size="20" font-weight="bold"'),
            _text(_("To be read from the bottom up"), _MARGIN, 62, "#0a1510"),
            *drawn,
            "</svg>\n",
        )
    )


@dataclass(frozen=True, slots=True)
class _Box:
    look: _Look
    indent: float
    heading: tuple[str, ...]
    lines: tuple[str, ...]
    told: str

    @property
    def height(self) -> int:
        return 2 * _PADDING + _LINE * (len(self.heading) + len(self.lines)) - 4


def _box(stair: Stair, indent: float, names: Mapping[str, str], currency: str) -> _Box:
    fits = int((_WIDTH - 2 * _MARGIN - 2 * _PADDING - indent) / _LETTER)
    heading = _("{state}: {what}").format(state=state_word(stair.state).capitalize(), what=one_line(stair.what))
    said = [one_line(line) for line in stair_words(stair, names, currency) if line.strip()]
    return _Box(
        look=_LOOKS[stair.state],
        indent=indent,
        heading=_broken(heading, int(fits * 0.93)),  # bold letters are wider
        lines=tuple(part for line in said for part in _broken(line, fits)),
        told=" ".join(line if line.endswith(".") else f"{line}." for line in (heading, *said)),
    )


def _broken(text: str, fits: int) -> tuple[str, ...]:
    return tuple(wrap(text, fits, max_lines=_MOST_LINES, placeholder=" …"))


def _drawn(boxes: Sequence[_Box], gate_at: int, height: float, told: str) -> Iterator[str]:
    """The stairs from the bottom up, with the gate among them."""
    bottom = height - _MARGIN
    for place in range(len(boxes) + 1):
        if place == gate_at:
            yield from _gate_line(bottom, told)
            bottom -= _GATE
        if place < len(boxes):
            yield from _drawn_box(boxes[place], bottom - boxes[place].height)
            bottom -= boxes[place].height + _GAP


def _drawn_box(box: _Box, top: float) -> Iterator[str]:
    left = _MARGIN + box.indent
    width = _WIDTH - _MARGIN - left
    yield (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{box.height}" rx="4" '
        f'fill="{box.look.fill}" {box.look.border}/>'
    )
    for number, line in enumerate((*box.heading, *box.lines), start=1):
        weight = ' font-weight="bold"' if number <= len(box.heading) else ""
        yield _text(line, left + _PADDING, top + _PADDING + number * _LINE - 6, box.look.ink, weight)


def _gate_line(bottom: float, told: str) -> Iterator[str]:
    middle = bottom - _GATE / 2
    yield (
        f'<line x1="{_MARGIN}" y1="{middle + 8:g}" x2="{_WIDTH - _MARGIN}" y2="{middle + 8:g}" '
        'stroke="#0a1510" stroke-width="2"/>'
    )
    yield _text(told, _MARGIN, middle, "#0a1510", ' font-weight="bold"')


def _text(text: str, x: float, y: float, ink: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{ink}"{more}>{escape(text)}</text>'
