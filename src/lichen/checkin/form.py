"""A check-in to print and to fill in with a pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lichen.checkin.values import Dimension, Slider
from lichen.checkin.words import dimension_ends, dimension_item, slider_ends, slider_name
from lichen.language import _
from lichen.paper import one_line, plain_markdown

__all__ = ["blank_form"]


def blank_form(name: str, others: Sequence[str], *, is_attributed: bool) -> str:
    """The questions of a check-in for one partner, as Markdown, with nothing filled in.

    Args:
        name: The partner who answers.
        others: The names of those it rates.
        is_attributed: Whether it is announced that answers are shown under names; the form says so at its top.

    Example:
        >>> blank_form("Almond House", ["Birch"], is_attributed=True).splitlines()[0]
        '# Check-in of Almond House'
    """
    return "\n".join(
        _lines(plain_markdown(one_line(name)), [plain_markdown(one_line(each)) for each in others], is_attributed)
    )


def _lines(name: str, others: Sequence[str], is_attributed: bool) -> Iterator[str]:
    yield _("# Check-in of {name}").format(name=name) + "\n"
    yield _("Day: ____________  Your name: ____________________") + "\n"
    yield (
        _("Your answers will be shown under your name, to all partners at once.")
        if is_attributed
        else _("Your answers are shown without your name, and only together with those of four others or more.")
    ) + "\n"
    for other in others:
        yield f"## {other}\n"
        yield from (_question(dimension, other) for dimension in Dimension)
    yield _("## How we work") + "\n"
    yield _("Make a mark on each line.") + "\n"
    for slider in Slider:
        left, right = slider_ends(slider)
        yield f"- {slider_name(slider)}: {left} 0 ├────┼────┼────┼────┤ 100 {right}\n"
    yield _("## What has changed") + "\n"
    yield _("Which of your needs are worse, better, gone or new since the last time?") + "\n"
    yield "____________________________________________________________\n"


def _question(dimension: Dimension, name: str) -> str:
    lowest, highest = dimension_ends(dimension)
    boxes = "  ".join(f"☐ {step}" for step in dimension.steps)
    meant = f"{dimension.steps[0]} {lowest}, {dimension.steps[-1]} {highest}"
    return f"{dimension_item(dimension, name)}\n\n{boxes}  ({meant})\n"
