"""What a brief holds: codes, numbers, our own words, and the reader's language of value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lichen.audit.values import Source
from lichen.brief.words import SectorWords
from lichen.scales import Relevance, Sector

__all__ = ["Ask", "Basis", "Because", "Brief", "FirstStep", "LeftOut", "Part", "Party", "Return", "Way"]


class Way(StrEnum):
    """What can be said of one direction: one side's gaps against the other side's offers."""

    MET = "met"
    """The other side seems able to ease at least one of them."""
    UNMET = "unmet"
    """What the other side is known to offer eases none of them."""
    UNKNOWN = "unknown"
    """The other side's gaps or offers are not known; that is not the same as none."""
    SILENT = "silent"
    """We have nothing of our own here that may be named yet."""


class Basis(StrEnum):
    """How we come to think that they lack something; anything but ``STATED`` is put as a question."""

    STATED = "stated"
    """They have said so themselves, in a file that we hold."""
    SUGGESTED = "suggested"
    """A source, such as a public register, suggests it."""
    SECTOR = "sector"
    """It is often said of organisations of their kind; nothing is known of them."""
    OPEN = "open"
    """Nothing to go by: we ask."""


class Because(StrEnum):
    """Why one of our gaps is not in the brief."""

    SENSITIVE = "sensitive"
    """High sensitivity: not before a pilot starts."""
    IRRELEVANT = "irrelevant"
    """The relevance filter was answered with no."""
    SUGGESTED = "suggested"
    """A source suggests it; we have not said so ourselves."""
    HUSHED = "hushed"
    """Another entry with the same code is of high sensitivity or not relevant."""
    UNCONFIRMED = "unconfirmed"
    """The code was recognised in our words and nobody has confirmed it, or the taxonomy does not have it."""
    UNMET = "unmet"
    """They do not seem able to help with it."""
    LATER = "later"
    """More than one meeting should hold: beyond the first three, or beyond the first while nothing is known of them."""


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two organisations, as far as a brief may know it."""

    id: str
    name: str
    """On one line; the id where there is none."""
    sector: Sector


@dataclass(frozen=True, slots=True)
class Ask:
    """One of our gaps that may be named to them."""

    code: str
    words: str
    """Our own words; empty where there are none, and the brief then suggests some."""
    relevance: Relevance
    """``YES``, or ``UNASKED`` while nobody has answered the relevance filter."""
    share: float | None = None
    """How far their best offer meets it, in [0, 1]; None where nobody knows what they offer."""
    offer: str | None = None
    """Code of that offer, the same as ``code`` or a related one."""
    kinds: tuple[str, ...] = ()
    """The exchange kinds by which they would give it."""
    evidence: int | None = None
    """1 to 5: the evidence for that offer."""
    source: Source | None = None
    """Where that offer is suggested, if they have not stated it themselves."""
    stated: bool = False
    """Whether they have stated that offer themselves, rather than a source or a guess at their words."""


@dataclass(frozen=True, slots=True)
class Return:
    """One of our offers, and the gap of theirs that it is aimed at."""

    offer: str
    kinds: tuple[str, ...]
    basis: Basis
    aim: str | None = None
    """Code of the gap; None where the basis is ``OPEN``. Never their words."""
    share: float | None = None
    """How far the offer meets the gap, in [0, 1]."""
    spare: str = ""
    """Our spare capacity, in our own words."""
    source: str = ""
    """Name of the source that suggests the gap; empty unless the basis is ``SUGGESTED``."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one side brings to the first step."""

    code: str
    """The capability that it rests on."""
    kinds: tuple[str, ...]
    """The exchange kinds in which it can be given."""
    passes_as: tuple[str, ...]
    """One phrase a kind, from the table of words."""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """A step small enough to say yes to at once, and to walk away from."""

    activity: str
    ours: Part | None
    """None while we have no offer that may be named."""
    theirs: Part | None
    """None while nobody knows what they could bring."""
    months: int
    budget: int
    """The cost stays under this, in whole units of the local currency."""
    currency: str
    """What goes before the sum, such as ``£``; empty where it is not known."""
    look_back_on: date | None
    """The day to ask the two questions; None where the brief was made without a date."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One of our gaps that the brief does not name. For our own eyes: no page ever bears the code."""

    code: str
    because: Because


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief for a first conversation. What it holds beside ``left_out`` may be written on its pages."""

    me: Party
    """Us."""
    partner: Party
    """Them."""
    ours: Way
    """Our gaps against their offers."""
    theirs: Way
    """Their gaps against our offers."""
    lead: Ask | None
    """The one vulnerability to lead with; None where there is no reason to lead with any."""
    later: tuple[Ask, ...]
    """What may follow in the meeting, in order, each only after they have named one of theirs."""
    returns: tuple[Return, ...]
    """What we offer; the first is the one to speak of."""
    step: FirstStep | None
    """None where there is no lead."""
    missing: tuple[str, ...]
    """Codes of our gaps that they would have to be able to ease for it to fit us; empty where they do."""
    left_out: tuple[LeftOut, ...]
    """Our gaps that it does not name, for our own eyes."""
    material_fact: bool
    """Whether our audit holds what may have to be shown before money moves. It is never named."""
    words: SectorWords
    """The language of value of the partner's sector, less what must stay unsaid."""

    @property
    def fits(self) -> bool:
        """Whether each side seems able to ease something that the other lacks."""
        return self.ours is Way.MET and self.theirs is Way.MET

    @property
    def left_out_counts(self) -> Mapping[Because, int]:
        """How many of our gaps were left out for each reason, in the order of :class:`Because`."""
        counts = Counter(item.because for item in self.left_out)
        return {because: counts[because] for because in Because if counts[because]}
