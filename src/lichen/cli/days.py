"""The day that a command reckons with: today, unless another is asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

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
    """The day that was asked for, else today."""
    return date.today() if on is None else on.date()
