"""Text that a terminal can be trusted with."""

from __future__ import annotations

import re

__all__ = ["printable"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""The text without what would move the cursor, colour the screen or turn the direction of reading.

    A file may come from anyone, and a terminal obeys what is printed on it.

    Example:
        >>> printable("St\x1b[2J Brigid's")
        "St[2J Brigid's"
    """
    return _CONTROLS.sub("", text)
