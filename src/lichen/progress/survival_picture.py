"""The curve of survival as a picture: steps that fall, a band of how surely, a tick for each that still lives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from lichen.language import _
from lichen.progress.survival import SurvivalCurve, SurvivalStep

__all__ = ["survival_svg"]

_WIDTH, _HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 728, 84, 356
_INK, _BAND = "#0a1510", "#dfe5e0"
_DAYS = 365.25


def survival_svg(curve: SurvivalCurve, told: str) -> str:
    """The curve as an SVG picture, readable in grey and aloud; it fetches nothing.

    Args:
        curve: The answer of ``survival_curve`` for lifetimes in days.
        told: The answer in a sentence or two, for whoever cannot see it.

    Example:
        >>> from lichen.progress.survival import Lifetime, survival_curve
        >>> survival_svg(survival_curve([Lifetime(400, True), Lifetime(900, False)]), "").count("<path")
        2
    """
    longest = max((step.at for step in curve.steps), default=0) or 1
    title = _("How long alliances last")
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
            f'height="{_HEIGHT}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="14">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(told)}</desc>',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
            _text(title, _LEFT, 38, ' font-size="20" font-weight="bold"'),
            _text(_("Share that still lives; the band is how surely, a tick one that lives"), _LEFT, 62),
            *_axes(longest),
            f'<path d="{_band(curve.steps, longest)}" fill="{_BAND}"/>',
            f'<path d="{_curve(curve.steps, longest)}" fill="none" stroke="{_INK}" stroke-width="2.5"/>',
            *_ticks(curve.steps, longest),
            "</svg>\n",
        )
    )


def _across(at: float, longest: float) -> str:
    return f"{_LEFT + at / longest * (_RIGHT - _LEFT):.1f}"


def _down(share: float) -> str:
    return f"{_BOTTOM - share * (_BOTTOM - _TOP):.1f}"


def _curve(steps: Sequence[SurvivalStep], longest: float) -> str:
    falls = (f"H{_across(step.at, longest)}V{_down(step.survival)}" for step in steps)
    return f"M{_across(0, longest)} {_down(1)}" + "".join(falls)


def _band(steps: Sequence[SurvivalStep], longest: float) -> str:
    """Along the upper ends, and back along the lower ones, over the times at which there is an interval."""
    known = [(step, step.interval) for step in steps if step.interval is not None]
    if not known:
        return "M0 0"
    ends = [step.at for step, _interval in known[1:]] + [steps[-1].at]
    upper = [(step.at, interval.high) for step, interval in known]
    lower = [(step.at, interval.low) for step, interval in known]
    start = f"M{_across(upper[0][0], longest)} {_down(upper[0][1])}"
    there = "".join(f"V{_down(share)}H{_across(end, longest)}" for (_at, share), end in zip(upper, ends, strict=True))
    back = "".join(f"V{_down(share)}H{_across(at, longest)}" for at, share in reversed(lower))
    return f"{start}{there}{back}Z"


def _ticks(steps: Sequence[SurvivalStep], longest: float) -> Iterator[str]:
    for step in steps:
        if step.censored:
            across, down = _across(step.at, longest), float(_down(step.survival))
            yield (
                f'<line x1="{across}" y1="{down - 6:.1f}" x2="{across}" y2="{down + 6:.1f}" stroke="{_INK}" '
                'stroke-width="1.5"/>'
            )


def _axes(longest: float) -> Iterator[str]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield (
            f'<line x1="{_LEFT}" y1="{_down(share)}" x2="{_RIGHT}" y2="{_down(share)}" stroke="#6b756f" '
            'stroke-width="0.5"/>'
        )
        yield _text(f"{share:.0%}", _LEFT - 8, float(_down(share)) + 5, ' text-anchor="end"')
    years = longest / _DAYS
    apart = next((each for each in (0.25, 0.5, 1, 2, 5, 10, 25) if years / each <= 8), 100)
    for place in range(int(years / apart) + 1):
        at = place * apart
        yield _text(f"{at:g}", float(_across(at * _DAYS, longest)), _BOTTOM + 22, ' text-anchor="middle"')
    yield _text(_("years"), _RIGHT, _BOTTOM + 44, ' text-anchor="end"')


def _text(text: str, x: float, y: float, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{_INK}"{more}>{escape(text)}</text>'
