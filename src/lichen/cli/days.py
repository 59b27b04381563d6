"""The day that a command reckons with: today, unless another is asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from lichen.days import TOO_FAR
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["On", "day_given"]

On = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="The day to reckon with, such as 2026-11-22.",
        show_default="today",
    ),
]
"""The option of every command whose answer depends on the day."""


def day_given(on: datetime | None) -> date:
    """The day that was asked for, else today.

    Raises:
        InputError: It is too far ahead to reckon with.
    """
    day = date.today() if on is None else on.date()
    if day >= TOO_FAR:
        raise InputError(Problem(_("the day is too far ahead"), _("a day of our time"), column="--on"))
    return day
