r"""The characters that a workbook cannot hold as they are, written ``_x000D_`` as spreadsheet programs do.

Without it a carriage return comes back as a new line, and text that happens to say ``_x000D_`` as a carriage return.
"""

from __future__ import annotations

import re

__all__ = ["escaped", "unescaped"]

_HELD_BACK = re.compile("[\r\x0b\x0c\x1c-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    r"""The text as a cell holds it.

    Example:
        >>> escaped("one\rtwo"), escaped("_x000D_")
        ('one_x000D_two', '_x005F_x000D_')
    """
    return _HELD_BACK.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """The text that a cell holds.

    Example:
        >>> unescaped("_x005F_x000D_")
        '_x000D_'
    """
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)
