"""Whether a text names a capability of the vocabulary, by its code or by its name."""

from __future__ import annotations

import re
from functools import cache

from lichen.capabilities.taxonomy import taxonomy

__all__ = ["names_capability"]


def names_capability(text: str, *, but: str = "") -> bool:
    """Whether a code or a name of the vocabulary stands in a text.

    Args:
        text: Any.
        but: A code that may stand there, by code or by name.

    Example:
        >>> names_capability("Help with cybersecurity"), names_capability("A hall and tea")
        (True, False)
        >>> names_capability("Help with cybersecurity", but="tech.cybersecurity")
        False
    """
    allowed = {but.casefold(), _names().get(but, "")}
    return any(found.casefold() not in allowed for found in _pattern().findall(" ".join(text.split())))


@cache
def _names() -> dict[str, str]:
    return {code: capability.label.casefold() for code, capability in taxonomy().capabilities.items()}


@cache
def _pattern() -> re.Pattern[str]:
    """Every code and every name, the longest first."""
    known = sorted((*_names(), *_names().values()), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, known)) + r")(?!\w)", re.IGNORECASE)
