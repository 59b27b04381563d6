"""For whom an answer on progress is printed: the facilitator, or one partner with what was opened to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from lichen.alliance.values import Alliance
from lichen.charter.agreement.openings import opened_pairs

__all__ = ["Reader", "Sees", "sight_of"]

Reader = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="PARTNER",
        help="The copy of this partner, with what was opened to it: its id.",
        show_default="the facilitator",
    ),
]
"""The option of a command that can print one partner's copy; empty is whoever keeps the file."""

Sees = Callable[[str, str], bool]
"""Whether the reader may see how severe a need is, by its owner and its code."""


def sight_of(alliance: Alliance, reader: str) -> Sees:
    """What a reader may see: all of its own, and of the others what is open to it in words, with its severity.

    Args:
        alliance: The alliance.
        reader: Id of the partner; empty sees everything.

    Raises:
        InputError: No partner has this id.
    """
    if not reader:
        return lambda owner, code: True
    alliance.partner(reader)
    opened = opened_pairs(alliance.matters, alliance.partners)[1].get(reader, set())
    return lambda owner, code: owner == reader or (owner, code) in opened
