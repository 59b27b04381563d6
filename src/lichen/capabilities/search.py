"""Searching the vocabulary by words that somebody types."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from lichen.capabilities.taxonomy import Capability, taxonomy

__all__ = ["search_capabilities"]

_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ies|y|ed|es|(?<!s)s|e)$")
_SHORTEST = 3
"""Shorter words, such as IT, are looked for in names and keywords alone: in a phrase they are mostly another word."""


def search_capabilities(words: str, *, is_typing: bool = False) -> tuple[Capability, ...]:
    """The capabilities in which every word stands, best first: in the name, then as a keyword, then in the phrases.

    Args:
        words: What to look for; the commonest endings do not matter. Nothing finds everything.
        is_typing: Whether the last word may only be begun.

    Example:
        >>> search_capabilities("grant writing")[0].code
        'funding.grant_seeking'
        >>> search_capabilities("volun"), search_capabilities("volun", is_typing=True)[0].code
        ((), 'people.volunteers')
    """
    wanted = _spelt(words)
    begun = wanted[-1] if is_typing and wanted else ""
    worth = {code: _worth(code, frozenset(wanted), begun) for code in taxonomy().capabilities}
    found = [entry for entry in taxonomy().capabilities.values() if worth[entry.code]]
    return tuple(sorted(found, key=lambda entry: -worth[entry.code]))


def _worth(code: str, wanted: Collection[str], begun: str) -> int:
    """How well a capability answers the words; 0 where one of them is missing."""
    name, keywords, phrases = _places(code)
    worths = [
        3 if _stands(word, begun, name) else 2 if _stands(word, begun, keywords) else _in_phrases(word, begun, phrases)
        for word in wanted
    ]
    return max(1, sum(worths)) if all(worths) else 0


def _stands(word: str, begun: str, among: Collection[str]) -> bool:
    return _stem(word) in among or (word == begun and any(each.startswith(begun) for each in among))


def _in_phrases(word: str, begun: str, phrases: Collection[str]) -> int:
    return int(len(_stem(word)) >= _SHORTEST and _stands(word, begun, phrases))


@cache
def _places(code: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words of a capability, whole and without their endings: of its name, its keywords, its phrases."""
    entry = taxonomy().capabilities[code]
    texts = (
        f"{entry.code} {entry.label}",
        " ".join(entry.keywords),
        " ".join((entry.definition, *entry.as_gap, *entry.as_strength)),
    )
    name, keywords, phrases = (
        frozenset(form for word in _spelt(text) for form in (word, _stem(word))) for text in texts
    )
    return name, keywords, phrases


def _spelt(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _stem(word: str) -> str:
    """A word without its commonest ending, so that bids are found by bid."""
    return _ENDING.sub("", word)
