"""The word lists of ``words.json``, by which register texts and names are read."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

__all__ = ["word_list"]


@cache
def word_list(kind: str) -> frozenset[str]:
    """One of the lists.

    ``statute`` has the words of the statutes' own descriptions of charitable purposes; those that end with
    ``_in_names`` say which words of a name in capitals become small, keep their capitals, are shortened titles,
    or follow an apostrophe.

    Example:
        >>> "of" in word_list("small_in_names")
        True
    """
    return frozenset(_lists()[kind])


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = json.loads((files("lichen.registry") / "words.json").read_text(encoding="utf-8"))
    return lists
