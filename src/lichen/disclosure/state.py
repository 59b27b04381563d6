"""Where a matter stands: what was agreed to, and every grant there ever was in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum, StrEnum
from itertools import permutations
from types import MappingProxyType

from lichen.disclosure.items import Item
from lichen.disclosure.values import DisclosureRules, Matter, Reception
from lichen.scales import Relevance

__all__ = ["Closed", "Grant", "MatterState", "Opened", "Pair", "Rung", "Trial", "blind_grant", "opening_state"]

Pair = tuple[str, str]
"""An owner and a reader, or whoever does something and whom it concerns."""


class Rung(IntEnum):
    """How far one party sees into another."""

    NOTHING = 0
    BLIND = 1
    """That there is a two-way fit, how good it is, and of what sector, region and size they are."""
    IDENTITY = 2
    """Who they are, and the groups of what they lack that we could ease."""
    CODES = 3
    """Which of their gaps we could ease."""
    WORDS = 4
    """One item in their own words, with its severity."""


class Opened(StrEnum):
    """By what something came to be seen."""

    MATCHED = "blind match"
    SAID_YES = "mutual yes"
    AGREED = "both agreed to codes"
    SAID_ALOUD = "said aloud"
    DISCLOSED = "disclosed"
    TRIED = "tried as one item"
    MATERIAL = "shown as a material fact"


class Closed(StrEnum):
    """Why it may not be read any longer."""

    WITHDRAWN = "withdrawn"
    """By its owner, or with everything when one of the two withdrew."""
    FROZEN = "frozen"
    """Its owner reported that the reader exploited it."""
    ENDED = "ended"
    """The matter ended."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing that one party may see of another, or once might. It is never erased, only closed."""

    owner: str
    """Id of the party whose it is; empty where the reader does not know."""
    reader: str
    """Id of the party that may see it."""
    rung: Rung
    """What it opens."""
    opened: Opened
    """By what."""
    since: date
    """The day from which on it could be seen."""
    code: str = ""
    """The item, from the rung of codes on."""
    until: date | None = None
    """The day on which it was closed; None while it is open."""
    closed: Closed | None = None
    """Why."""

    @property
    def tells(self) -> bool:
        """Whether the item itself was told, in writing or aloud, rather than its code alone."""
        return self.rung is Rung.WORDS or self.opened is Opened.SAID_ALOUD

    @property
    def is_owed(self) -> bool:
        """Whether it was shown because it had to be, so that it counts neither for its owner nor against."""
        return self.opened is Opened.MATERIAL


@dataclass(frozen=True, slots=True)
class Trial:
    """The one item that an owner tried with one reader."""

    owner: str
    reader: str
    outcome: Reception | None = None
    """None while it is awaited."""


@dataclass(frozen=True, slots=True)
class MatterState:
    """Where a matter stands after what has happened so far."""

    rules: DisclosureRules
    """The limits that hold in it."""
    last_on: date
    """The day of the last event."""
    parties: tuple[str, ...]
    """Who stands in it."""
    grants: tuple[Grant, ...] = ()
    """Everything that was ever opened, in that order."""
    said_yes: frozenset[Pair] = frozenset()
    """Who has said yes to whom."""
    agreed: Mapping[Pair, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Which codes an owner has agreed to show a reader, once both have agreed."""
    withdrawn: Mapping[Pair, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Which items an owner has withdrawn from a reader one by one, and not agreed to again."""
    answers: Mapping[tuple[str, str, str], Relevance] = field(default_factory=lambda: MappingProxyType({}))
    """What an owner answered to the relevance filter, by owner, reader and code."""
    trials: tuple[Trial, ...] = ()
    """Every trial of one item."""
    pilots: frozenset[Pair] = frozenset()
    """Who has said, and with whom, that a pilot started; where the facilitator says it, both have."""
    consents: frozenset[Pair] = frozenset()
    """Which party has consented to which newcomer."""
    money: frozenset[Pair] = frozenset()
    """Who has said that it is about to commit money, and with whom."""
    earlier: tuple[Grant, ...] = ()
    """Everything that was opened in the matters before this one. None of it is open here; it still counts."""
    ended: Closed | None = None
    """Why the matter is over: ended, or frozen where exploitation was reported; None while it is open."""
    third: str = ""
    """Id of the third, where it is one of the three dealings of a ring."""
    is_held: bool = False
    """Whether what both agreed to show waits for the third of the ring."""

    def rung(self, one: str, other: str) -> Rung:
        """The rung on which two parties stand to each other: that of codes at most, since words are opened singly."""
        pairs = {(one, other), (other, one)}
        if self.ended or one == other or not {one, other} <= {*self.parties} or self.is_frozen(one, other):
            return Rung.NOTHING
        if pairs <= self.agreed.keys() and not self.is_held:
            return Rung.CODES
        return Rung.IDENTITY if pairs <= self.said_yes else Rung.BLIND

    def has_pilot(self, one: str, other: str) -> bool:
        """Whether a pilot has started between two parties: like a yes, it takes the word of both."""
        return {(one, other), (other, one)} <= self.pilots

    def waiting(self, owner: str, reader: str) -> tuple[str, ...]:
        """The codes that the owner has agreed to show and that are not open, in the order of its agreement."""
        known = self.open_codes(owner, reader)
        return tuple(code for code in self.agreed.get((owner, reader), ()) if code not in known)

    def between(self, owner: str, reader: str) -> Iterator[Grant]:
        """Every grant from an owner to a reader that there ever was in this matter."""
        return (grant for grant in self.grants if (grant.owner, grant.reader) == (owner, reader))

    def ever_between(self, owner: str, reader: str) -> Iterator[Grant]:
        """Every grant from an owner to a reader that there ever was, in this matter and in those before it."""
        yield from (grant for grant in self.earlier if (grant.owner, grant.reader) == (owner, reader))
        yield from self.between(owner, reader)

    def is_frozen(self, one: str, other: str) -> bool:
        """Whether exploitation was reported between two in an earlier matter, so that nothing opens between them."""
        pairs = {(one, other), (other, one)}
        return any(grant.closed is Closed.FROZEN and (grant.owner, grant.reader) in pairs for grant in self.earlier)

    def open_codes(self, owner: str, reader: str) -> tuple[str, ...]:
        """The codes of the owner that the reader may see now, in the order in which they were opened."""
        codes = (grant.code for grant in self.between(owner, reader) if grant.code and grant.until is None)
        return tuple(dict.fromkeys(codes))

    def seen(self, owner: str, reader: str) -> frozenset[str]:
        """The codes of the owner that the reader has ever seen, in any matter so far, but for what was owed."""
        return frozenset(grant.code for grant in self.ever_between(owner, reader) if grant.code and not grant.is_owed)

    def told(self, owner: str, reader: str) -> tuple[str, ...]:
        """The items that the owner has told the reader, in any matter so far, in that order, but for what was owed."""
        told = (grant.code for grant in self.ever_between(owner, reader) if grant.tells and not grant.is_owed)
        return tuple(dict.fromkeys(told))

    def relevance(self, owner: str, reader: str, item: Item) -> Relevance:
        """The answer that the owner gave for this reader, else that of its audit."""
        return self.answers.get((owner, reader, item.code), item.relevance)

    def has_told(self, owner: str, reader: str, code: str) -> bool:
        """Whether the owner has ever told the reader of an item, owed or not."""
        return any(grant.tells and grant.code == code for grant in self.ever_between(owner, reader))


def opening_state(matter: Matter, before: MatterState | None = None) -> MatterState:
    """Where a matter stands on its first day: each was told, alike, that there is a fit.

    Args:
        matter: The dealing.
        before: Where the matter before it stands. What was seen, answered and tried by then is not forgotten, though
            nothing of it is open, and two of whom one reported exploitation by the other are told of no fit.
    """
    state = MatterState(matter.rules, matter.opened_on, matter.parties, third=matter.third, is_held=bool(matter.third))
    if before is not None:
        earlier = (*before.earlier, *before.grants)
        state = replace(state, earlier=earlier, answers=before.answers, trials=before.trials)
    pairs = (pair for pair in permutations(matter.parties, 2) if not state.is_frozen(*pair))
    return replace(state, grants=tuple(blind_grant(*pair, matter.opened_on) for pair in pairs))


def blind_grant(owner: str, reader: str, on: date) -> Grant:
    """That a party is told of a fit with another, and nothing else."""
    return Grant(owner, reader, Rung.BLIND, Opened.MATCHED, on)
