"""What of an organisation may stand in a list that others read: what a public record says, and nothing sensitive."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.paper import one_line
from lichen.scales import Sensitivity

__all__ = ["LONGEST_SENTENCE", "LeftOut", "Listable", "has_registration", "listable", "spoken_name"]

LONGEST_SENTENCE = 400
"""Characters of a sentence that an item rests on; a longer one is cut."""
_MOST_ITEMS = 40
_REGISTRATION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,20}-[A-Z0-9./-]{1,60}", re.ASCII)

Item = TypeVar("Item", Offer, Vulnerability)


class LeftOut(StrEnum):
    """Why an item is not listed."""

    NO_RECORD = "no-record"
    """It names no public record that says so: it may be somebody's confession."""
    SENSITIVE = "sensitive"
    """It would be a guess at a gap of high sensitivity."""
    UNKNOWN = "unknown"
    """Its code is not of this taxonomy."""
    TOO_MANY = "too-many"
    """There are forty before it."""


@dataclass(frozen=True, slots=True)
class Listable:
    """An organisation as it may be listed, and what was left out of it."""

    organisation: Organisation
    """With those items alone that a public record suggests, without anybody's own words."""
    left_out: Mapping[LeftOut, int]
    """How many items, by reason."""


def listable(organisation: Organisation) -> Listable:
    """What of an organisation may be listed.

    Example:
        >>> register = Source("Register", "We run a food bank.", 0.6, "javascript:alert(1)")
        >>> gaps = (Vulnerability("funding.solvency", source=register), Vulnerability("ops.logistics", words="Ours."))
        >>> found = listable(Organisation("x", "X", vulnerabilities=gaps, offers=(Offer("ops.food", source=register),)))
        >>> found.organisation.vulnerabilities, sorted(found.left_out)
        ((), [<LeftOut.NO_RECORD: 'no-record'>, <LeftOut.SENSITIVE: 'sensitive'>, <LeftOut.UNKNOWN: 'unknown'>])
    """
    left_out: Counter[LeftOut] = Counter()
    return Listable(
        replace(
            organisation,
            vulnerabilities=_kept(organisation.vulnerabilities, left_out),
            offers=_kept(organisation.offers, left_out),
        ),
        MappingProxyType(dict(left_out)),
    )


def has_registration(organisation: Organisation) -> bool:
    """Whether its id is one that a register gave it, in org-id style.

    Example:
        >>> has_registration(Organisation("GB-CHC-1000340", "X")), has_registration(Organisation("st-anne-s", "X"))
        (True, False)
    """
    return _REGISTRATION.fullmatch(organisation.id) is not None


def spoken_name(name: str, country: str) -> str:
    """A name and country as one key: what people write differently in a name is gone.

    Example:
        >>> spoken_name("The St. Anne's Trust", "GB") == spoken_name("ST ANNE’S TRUST", "gb")
        True
    """
    bare = re.sub(r"\b(?:the|and|limited|ltd)\b|[\W_]", "", name.casefold())
    return f"{bare or name.casefold()}|{country.casefold()}"


def _kept(items: tuple[Item, ...], left_out: Counter[LeftOut]) -> tuple[Item, ...]:
    kept: list[Item] = []
    for item in items:
        why = _why_not(item) or (LeftOut.TOO_MANY if len(kept) == _MOST_ITEMS else None)
        if why or item.source is None:
            left_out[why or LeftOut.NO_RECORD] += 1
        else:
            kept.append(_without_own_words(item, item.source))
    return tuple(kept)


def _why_not(item: Offer | Vulnerability) -> LeftOut | None:
    if item.source is None or not item.source.name.strip() or not item.source.confidence:
        return LeftOut.NO_RECORD
    if item.code not in taxonomy().capabilities:
        return LeftOut.UNKNOWN
    if isinstance(item, Vulnerability) and item.guarded is Sensitivity.HIGH:
        return LeftOut.SENSITIVE
    return None


def _without_own_words(item: Item, source: Source) -> Item:
    url = source.url if source.url.startswith(("https://", "http://")) else ""
    shown = Source(one_line(source.name), one_line(source.sentence, LONGEST_SENTENCE), source.confidence, url)
    if isinstance(item, Vulnerability):
        return Vulnerability(item.code, item.severity, source=shown, confirmed=False)
    return Offer(item.code, item.strength, item.evidence, source=shown, confirmed=False)
