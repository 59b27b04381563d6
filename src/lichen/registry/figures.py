"""Numbers as registers write them."""

from __future__ import annotations

import re

__all__ = ["amount", "coordinates"]

_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_NORTH, _EAST = 90, 180


def amount(text: object) -> float | None:
    """An amount of money; None where nothing stands there.

    Raises:
        ValueError: It is no number.

    Example:
        >>> amount("1,250.50"), amount(" "), amount(3)
        (1250.5, None, 3.0)
    """
    bare = "" if text is None else str(text).strip().lstrip("£$€").replace(",", "")
    if not bare:
        return None
    if not _AMOUNT.fullmatch(bare):
        raise ValueError
    return float(bare)


def coordinates(latitude: object, longitude: object) -> tuple[float | None, float | None]:
    """A point on the earth, in degrees; nowhere where either is missing, is no number or lies outside.

    Example:
        >>> coordinates("51.5", "-0.1"), coordinates("51.5", ""), coordinates("north", "0"), coordinates(0, 0)
        ((51.5, -0.1), (None, None), (None, None), (None, None))
    """
    try:
        north, east = float(str(latitude)), float(str(longitude))
    except ValueError:
        return None, None
    # 0, 0 lies in the sea and is what many programs write for nothing.
    inside = abs(north) <= _NORTH and abs(east) <= _EAST and (north, east) != (0, 0)
    return (north, east) if inside else (None, None)
