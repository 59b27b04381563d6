"""What every command on a pilot is given: which pilot, and for whose eyes."""

from __future__ import annotations

from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.pilot.gate import in_order
from lichen.pilot.values import Pilot

__all__ = ["Reader", "Which", "check_reader", "chosen_pilot"]

Which = Annotated[
    str | None, typer.Option("--pilot", metavar="PILOT", help="Its id or name.", show_default="the latest")
]
"""The option of every command on one pilot."""
Reader = Annotated[
    str | None,
    typer.Option("--for", metavar="PARTNER", help="Only what this partner may read: its id.", show_default=False),
]
"""The option of every command whose answer may be handed to one partner."""


def chosen_pilot(alliance: Alliance, wanted: str | None) -> Pilot:
    """The pilot with an id or a name, or the latest.

    Args:
        alliance: The alliance.
        wanted: The id or the name; None takes the pilot that begins last.

    Raises:
        InputError: There is none, or not exactly one of that id or name.
    """
    fitting = [pilot for pilot in alliance.pilots if wanted in (None, pilot.id, pilot.name)]
    if not alliance.pilots:
        raise InputError(Problem(_("the alliance has no pilot yet"), _("one below the key pilots of its file")))
    if not fitting or (wanted is not None and len(fitting) > 1):
        right = "; ".join(pilot.id for pilot in alliance.pilots)
        raise InputError(Problem(_("there is not exactly one pilot of that id or name"), right))
    return in_order(fitting)[-1]


def check_reader(pilot: Pilot, reader: str | None) -> None:
    """Refuse to write for somebody who takes no part.

    Args:
        pilot: The pilot.
        reader: Id of the partner who is to read; None is the facilitator.

    Raises:
        InputError: Nobody who takes part has this id.
    """
    if reader is not None and reader not in pilot.partners:
        raise InputError(Problem(_("nobody who takes part in this pilot has this id"), "; ".join(pilot.partners)))
