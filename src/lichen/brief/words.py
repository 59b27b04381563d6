"""What the editable words of a brief are: each sector's language of value, first steps, kinds, currencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lichen.scales import Sector

__all__ = ["SectorWords", "StepWords", "Words"]


@dataclass(frozen=True, slots=True)
class SectorWords:
    """How organisations of one sector count value, and how to speak to them of it."""

    called: str
    """What to call several of them, such as ``charities``."""
    answers_to: str
    """Whom they answer to, such as ``trustees``."""
    counts: tuple[str, ...]
    """What counts as value, in their own words."""
    ask: str
    """How to frame what we ask."""
    offer: str
    """How to frame what we offer."""
    avoid: str
    """What not to say or do."""
    reassure: str
    """One sentence to say aloud, against the first thing they will suspect."""
    report: str
    """What they must be able to say to those they answer to; names in curly brackets may stand in it."""
    often_lacks: tuple[str, ...]
    """Codes of what their kind is often said to lack: a question, never a fact."""
    says_who: str
    """Who says so."""


@dataclass(frozen=True, slots=True)
class StepWords:
    """A small first step, and what one side has to bring for it."""

    brings: tuple[str, ...]
    """Codes, groups of codes or exchange kinds; none fits everything."""
    activity: str


@dataclass(frozen=True, slots=True)
class Words:
    """The whole table."""

    sectors: Mapping[Sector, SectorWords]
    first_steps: tuple[StepWords, ...]
    """The first one that fits is taken; where none does, the last."""
    kinds: Mapping[str, str]
    """How each exchange kind passes hands."""
    currencies: Mapping[str, str]
    """What goes before a sum of money, by ISO 3166 alpha-2 code of the country."""
