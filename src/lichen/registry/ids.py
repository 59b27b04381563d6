"""Identifiers in org-id style: the list that gave an id, and the jurisdiction of that list."""

from __future__ import annotations

import re

__all__ = ["NOWHERE", "is_org_id", "jurisdiction", "list_of", "made_id"]

NOWHERE = "ZZ"
"""The jurisdiction of an id that no list in org-id style gave."""

_SHAPE = re.compile(r"([A-Z]{2})-([A-Z0-9]{1,20})-([A-Za-z0-9./_-]{1,60})", re.ASCII)
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9./_-]+")


def is_org_id(text: str) -> bool:
    """Whether a text is an id in org-id style.

    Example:
        >>> is_org_id("US-EIN-562210510"), is_org_id("XI-ROR-02mp31p96"), is_org_id("360G-acme")
        (True, True, False)
    """
    return _SHAPE.fullmatch(text) is not None


def jurisdiction(identifier: str) -> str:
    """The country of the list that gave an id: a code of two letters, ``XI`` for lists of the whole world.

    Example:
        >>> jurisdiction("GB-CHC-1000340"), jurisdiction("XI-ROR-02mp31p96"), jurisdiction("friends of ours")
        ('GB', 'XI', 'ZZ')
    """
    found = _SHAPE.fullmatch(identifier)
    return found[1] if found else NOWHERE


def list_of(identifier: str) -> str:
    """The list that gave an id, with which two ids differ though they may be of one organisation.

    Example:
        >>> list_of("GB-CHC-1000340"), list_of("360G-acme")
        ('GB-CHC', '')
    """
    found = _SHAPE.fullmatch(identifier)
    return f"{found[1]}-{found[2]}" if found else ""


def made_id(prefix: str, number: str) -> str:
    """An id from a list's prefix and a number as people write it; empty where nothing is left of the number.

    Args:
        prefix: Such as ``US-EIN-``; empty where the number is an id already.
        number: As the register has it.

    Example:
        >>> made_id("US-EIN-", " 56 2210510"), made_id("GB-CHC-", "  ")
        ('US-EIN-562210510', '')
    """
    bare = _NOT_IN_IDS.sub("", number)
    return f"{prefix}{bare}"[:80] if bare else ""
