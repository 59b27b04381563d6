"""The taxonomy: 12 groups of capabilities, the kinds of value that pass hands, and how codes are related."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from lichen.scales import Sensitivity

__all__ = ["RELATED_FLOOR", "Capability", "ExchangeKind", "Group", "Taxonomy", "nearest_codes", "taxonomy"]

RELATED_FLOOR = 0.40
"""Related codes below this similarity do not count in a score (they still serve for browsing)."""


@dataclass(frozen=True, slots=True)
class ExchangeKind:
    """A kind of value that one organisation can pass to another, such as ``staff_time``."""

    id: str
    """A word, such as ``staff_time``; stable."""
    definition: str
    """One line."""


@dataclass(frozen=True, slots=True)
class Group:
    """A family of capabilities, such as ``trust``."""

    id: str
    """A word, such as ``trust``; stable."""
    label: str
    """Its name for people."""
    definition: str
    """One sentence."""
    crosswalk: Mapping[str, tuple[str, ...]]
    """Areas of published instruments that the group is near to; for orientation, the mapping is ours."""


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that an organisation can have (a strength) or lack (a gap)."""

    code: str
    """``group.name``, stable; renamed, split and merged codes are kept readable by the forward map."""
    label: str
    """Its name for people."""
    definition: str
    """One sentence."""
    as_gap: tuple[str, ...]
    """How people say that they lack it."""
    as_strength: tuple[str, ...]
    """How people say that they have it."""
    keywords: tuple[str, ...]
    """Words that point to it, whether as a gap or as a strength."""
    kinds: tuple[str, ...]
    """The exchange kinds by which it usually passes hands, most usual first."""
    sensitivity: Sensitivity
    """The sensitivity of a gap here, unless its owner says otherwise."""
    related: Mapping[str, float]
    """Similarity to other codes, in (0, 1): how far strength there eases a gap here. Symmetric."""
    public_evidence: tuple[str, ...]
    """Signals in public filings: a question to ask, never a finding."""

    @property
    def group(self) -> str:
        """The id of the group, which is what stands before the dot."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A version of the vocabulary."""

    version: str
    """Changes whenever a code, a definition, a phrase or a similarity does."""
    kinds: Mapping[str, ExchangeKind]
    """The exchange kinds, by id."""
    groups: Mapping[str, Group]
    """The groups, by id."""
    capabilities: Mapping[str, Capability]
    """The capabilities, by code."""

    def similarity(self, one: str, other: str) -> float:
        """How far strength in one code meets a gap in the other: 1 for the same, 0 below the floor.

        Example:
            >>> taxonomy().similarity("trust.community", "trust.underserved")
            0.75
        """
        if one == other:
            return 1.0
        found = self.capabilities[one].related.get(other, 0.0)
        return found if found >= RELATED_FLOOR else 0.0


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy that ships with this version of Lichen.

    Example:
        >>> taxonomy().capabilities["trust.underserved"].label
        'Trust in underserved communities'
    """
    raw = json.loads((files("lichen.capabilities") / "taxonomy.json").read_text(encoding="utf-8"))
    return Taxonomy(
        version=raw["version"],
        kinds=MappingProxyType({kind["id"]: ExchangeKind(kind["id"], kind["definition"]) for kind in raw["kinds"]}),
        groups=MappingProxyType({group["id"]: _group(group) for group in raw["groups"]}),
        capabilities=MappingProxyType({entry["code"]: _capability(entry) for entry in raw["capabilities"]}),
    )


def nearest_codes(wrong: str, count: int = 3) -> tuple[str, ...]:
    """The codes that a mistyped or unknown one most likely stands for, nearest first.

    Example:
        >>> nearest_codes("trust.comunity", 1)
        ('trust.community',)
    """
    wanted = wrong.strip().lower()[:80]
    scored = sorted(
        taxonomy().capabilities.values(),
        key=lambda capability: (-_likeness(wanted, capability), capability.code),
    )
    return tuple(capability.code for capability in scored[:count])


def _likeness(wanted: str, capability: Capability) -> float:
    names = (capability.code, capability.code.partition(".")[2], capability.label.lower())
    return max(SequenceMatcher(None, wanted, name).ratio() for name in names)


def _group(raw: dict[str, Any]) -> Group:
    crosswalk = {instrument: tuple(areas) for instrument, areas in raw["crosswalk"].items()}
    return Group(raw["id"], raw["label"], raw["definition"], MappingProxyType(crosswalk))


def _capability(raw: dict[str, Any]) -> Capability:
    return Capability(
        code=raw["code"],
        label=raw["label"],
        definition=raw["definition"],
        as_gap=tuple(raw["as_gap"]),
        as_strength=tuple(raw["as_strength"]),
        keywords=tuple(raw["keywords"]),
        kinds=tuple(raw["kinds"]),
        sensitivity=Sensitivity(raw["sensitivity"]),
        related=MappingProxyType(raw["related"]),
        public_evidence=tuple(raw["public_evidence"]),
    )
