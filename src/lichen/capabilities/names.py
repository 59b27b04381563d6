"""The vocabulary's own names, typed as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from lichen.capabilities.taxonomy import Capability, taxonomy
from lichen.capabilities.words import words

__all__ = ["capability_named"]

_IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*")
_AMERICAN = re.compile(r"(?<=\w{3})iz(?=e|ing|ation)")


def capability_named(text: str) -> str:
    """The code of the capability whose name a text is and nothing else; empty where it is none.

    A name is the label, what stands before or in its brackets, the code's own word, or a keyword. Capitals, stops,
    "and" and the plural do not matter.

    Example:
        >>> capability_named("fundraising"), capability_named("DATA SYSTEM & CRM."), capability_named("asdf")
        ('funding.fundraising', 'tech.data_systems', '')
    """
    return _names().get(_key(text), "")


@cache
def _names() -> Mapping[str, str]:
    """Every name and its code; where two have one name, it is theirs in whose label it stands."""
    listed = taxonomy().capabilities
    named: dict[str, str] = {}
    for names in (_labels, _own_words, _keywords):
        for code, capability in listed.items():
            for name in names(capability):
                named.setdefault(_key(name), code)
    return named


def _labels(capability: Capability) -> Iterator[str]:
    yield capability.label
    yield _IN_BRACKETS.sub(" ", capability.label)
    yield from _IN_BRACKETS.findall(capability.label)


def _own_words(capability: Capability) -> Iterator[str]:
    """The code's own word, unless it stands in the label of another, as "access" does in six."""
    own = capability.code.partition(".")[2].replace("_", " ")
    wanted = set(_key(own).split())
    others = (each for each in taxonomy().capabilities.values() if each.code != capability.code)
    if not any(wanted <= set(_key(each.label).split()) for each in others):
        yield own


def _keywords(capability: Capability) -> Iterator[str]:
    yield from capability.keywords


def _key(text: str) -> str:
    return " ".join(_singular(word) for word in words(text) if word.isalnum() and word != "and")


def _singular(word: str) -> str:
    british = _AMERICAN.sub("is", word)
    if british.endswith("ies") and len(british) > 4:
        return f"{british[:-3]}y"
    return british[:-1] if len(british) > 3 and british.endswith("s") and not british.endswith("ss") else british
