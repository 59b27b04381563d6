"""Options that are read together, so that whatever is wrong with any of them is told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from lichen.errors import InputError, Problem

__all__ = ["comma_parted", "tried"]

Made = TypeVar("Made")


def tried(make: Callable[[], Made], options: Mapping[str, str]) -> tuple[Made | None, list[Problem]]:
    """What is made of the options; or nothing, and each problem at the option it is about.

    Args:
        make: Makes it, or refuses.
        options: For the column of a problem, the option as it is typed.
    """
    try:
        return make(), []
    except InputError as refusal:
        return None, [
            replace(each, sheet=options.get(each.column, each.column), column="", document=True)
            for each in refusal.problems
        ]


def comma_parted(text: str) -> tuple[str, ...]:
    """The parts of a text between its commas; none where it is empty.

    Example:
        >>> comma_parted("Ada, Ben"), comma_parted("")
        (('Ada', 'Ben'), ())
    """
    return tuple(part.strip() for part in text.split(",")) if text else ()
