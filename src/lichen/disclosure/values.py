"""What is written down of a dealing: who met whom, what they agreed to, and what was shown to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.scales import Relevance

__all__ = [
    "AHEAD",
    "EVERYONE",
    "Act",
    "Conversation",
    "DisclosureEvent",
    "DisclosureRules",
    "Matter",
    "Reception",
    "Said",
]

AHEAD = 1
"""So many items, and codes, may one side be ahead of the other. Nobody can set it differently."""
EVERYONE = "everyone"
"""Said for whom something is: all who stand in the matter on that day, never who joins later."""


class Act(StrEnum):
    """What happened; under each, the fields of :class:`DisclosureEvent` that go with it."""

    SAID_YES = "said yes"
    """by, to: interest in a blind match. The yes of both opens who they are, and the matched groups."""
    AGREED = "agreed to codes"
    """by, to, codes: these matched codes may be seen. They open, both at once, when both have agreed."""
    RING_AGREED = "ring agreed"
    """by, codes: all three of a ring have agreed, so these open of what ``by`` agreed to show."""
    ANSWERED = "answered relevance"
    """by, code, relevance, to: the owner's answer to the relevance filter for one item."""
    DISCLOSED = "disclosed"
    """by, to, code, material: the words and the severity of one item."""
    TRIED = "tried one"
    """by, to, code: the same, as the one item that an organisation which is not ready tries first."""
    JUDGED = "judged the trial"
    """by, to, received: how the one item was received, as its owner saw it."""
    PILOT_STARTED = "pilot started"
    """by, to: it counts once both have said it; without ``to``, of all others; without ``by``, all have said it."""
    TALKED = "talked"
    """conversation: they met, and things were said aloud."""
    WITHDREW = "withdrew"
    """by, to, code: no further reading of the item; without a code, of anything by either."""
    EXPLOITED = "reported exploitation"
    """by, to: what was confided to ``to`` was used against ``by``."""
    CONSENTED = "consented to newcomer"
    """by, to: ``to`` may join."""
    JOINED = "joined"
    """by: somebody to whom all have consented."""
    MONEY = "money about to move"
    """by, to: ``by`` is about to commit money with ``to``."""
    ENDED = "ended"
    """by, note: nothing more will come of it."""


class Reception(StrEnum):
    """How the one item of a trial was received."""

    WELL_RECEIVED = "well received"
    COLDLY_RECEIVED = "coldly received"


_NEEDED: Mapping[Act, tuple[str, ...]] = MappingProxyType(
    {
        Act.SAID_YES: ("by",),
        Act.AGREED: ("by",),
        Act.RING_AGREED: ("by",),
        Act.ANSWERED: ("by", "code", "relevance"),
        Act.DISCLOSED: ("by", "code"),
        Act.TRIED: ("by", "code"),
        Act.JUDGED: ("by", "received"),
        Act.PILOT_STARTED: (),
        Act.TALKED: ("conversation",),
        Act.WITHDREW: ("by",),
        Act.EXPLOITED: ("by", "to"),
        Act.CONSENTED: ("by", "to"),
        Act.JOINED: ("by",),
        Act.MONEY: ("by",),
        Act.ENDED: (),
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """One gap that its owner named aloud."""

    owner: str
    """Id of the party that said it of itself."""
    code: str
    """The item, as a code; the words that were used are nobody's to keep."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A meeting at which things were said aloud, such as the first one.

    Raises:
        InputError: Fewer than two were there, or somebody said something who was not.
    """

    present: tuple[str, ...]
    """Ids of the parties that were there."""
    said: tuple[Said, ...] = ()
    """What each said of itself. It counts as shown to all the others who were there."""
    came_back: str = ""
    """What came back, as a note. No reader is ever shown it."""
    next_step: str = ""
    """What they agreed to do next."""

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise InputError(problems)

    def _problems(self) -> Iterator[Problem]:
        if len(set(self.present)) < 2:
            yield Problem(_("fewer than two were there"), _("two parties or more"), column="present")
        if {said.owner for said in self.said} - {*self.present}:
            yield Problem(_("somebody said something who was not there"), _("one of those present"), column="said")


@dataclass(frozen=True, slots=True)
class DisclosureEvent:
    """One thing that happened between the parties.

    Raises:
        InputError: Something is missing that this kind of event needs.
    """

    on: date
    """The day."""
    what: Act
    """What happened."""
    by: str = ""
    """Id of the party that did it; for a confession, its owner."""
    to: str = ""
    """Id of the party concerned, or ``everyone``; empty where there is only one other, or where all are meant."""
    code: str = ""
    """The item: a code of the owner's audit."""
    codes: tuple[str, ...] = ()
    """The codes that are agreed to."""
    relevance: Relevance = Relevance.UNASKED
    """The answer: does it affect what we could do together?"""
    received: Reception | None = None
    """How the trial went."""
    conversation: Conversation | None = None
    """Who was there, and what was said."""
    material: bool | None = None
    """Whether it was shown as a material fact. None takes what the audit says; where it was made later and says nothing
    of that day, the code decides."""
    shut: tuple[str, ...] = ()
    """What either side had agreed to show before, and what could no longer be opened that day. It stays shut."""
    note: str = ""
    """Anything worth keeping. No reader is ever shown it."""

    @property
    def named(self) -> tuple[str, ...]:
        """The codes that it is about."""
        return self.codes or ((self.code,) if self.code else ())

    def __post_init__(self) -> None:
        needed = dict.fromkeys(("by", *_NEEDED[self.what]) if self.to else _NEEDED[self.what])
        missing = [name for name in needed if getattr(self, name) in {"", None, Relevance.UNASKED}]
        if missing:
            raise InputError([_missing(self.what, name) for name in missing])


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """What can be set differently. The first is the article's; the others are ours.

    Raises:
        InputError: A number is too small or none at all.
    """

    before_pilot: int = 3
    """So many items of one side may be open to another before a pilot starts."""
    codes_a_quarter: int = 10
    """So many codes may one organisation probe in a calendar quarter."""
    gaps: int = 5
    """An organisation that names fewer gaps in its audit is not ready."""
    hours: float = 2.0
    """Nor is one whose leadership team spent less time on it."""

    def __post_init__(self) -> None:
        least = {"before_pilot": 1, "codes_a_quarter": 1, "gaps": 0, "hours": 0}
        small = [name for name, limit in least.items() if not getattr(self, name) >= limit]
        right = _("{least} or more")
        if small:
            raise InputError(
                [Problem(_("the number is too small"), right.format(least=least[name]), column=name) for name in small]
            )


@dataclass(frozen=True, slots=True)
class Matter:
    """One dealing between two parties or more about allying, from the blind match to its end.

    It begins when each is told, alike, that there is a two-way fit.

    Raises:
        InputError: There are fewer than two parties, one stands there twice or has no usable id, or the third is none.
    """

    id: str
    """A word that the people concerned know it by."""
    parties: tuple[str, ...]
    """Ids of the organisations it began with; who joins later has an event."""
    opened_on: date
    """The day on which each was told that there is a fit."""
    events: tuple[DisclosureEvent, ...] = ()
    """What happened, the earliest first."""
    rules: DisclosureRules = field(default_factory=DisclosureRules)
    """What was set differently for this matter."""
    third: str = ""
    """Id of the third, where it is one of the three dealings of a ring; empty where these deal by themselves."""

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise InputError(problems)

    @property
    def conversations(self) -> tuple[Conversation, ...]:
        """The meetings, the earliest first."""
        return tuple(event.conversation for event in self.events if event.conversation is not None)

    def _problems(self) -> Iterator[Problem]:
        if len(self.parties) < 2:
            yield Problem(_("there are fewer than two parties"), _("two ids or more"), column="parties")
        if len({*self.parties}) < len(self.parties):
            yield Problem(_("a party stands there twice"), _("each id once"), column="parties")
        if {"", EVERYONE} & {*self.parties}:
            yield Problem(_("a party has no usable id"), _("the id of its audit"), column="parties")
        if self.third and (len(self.parties) != 2 or self.third in self.parties):
            what, right = _("it cannot be a dealing of a ring"), _("two parties, and another as third")
            yield Problem(what, right, column="third")


def _missing(what: Act, name: str) -> Problem:
    told = _("it is missing, and an event “{what}” needs it")
    right = {
        "by": _("the id of a party"),
        "to": _("the id of a party"),
        "code": _("a code of the owner's audit"),
        "relevance": _("yes or no"),
        "conversation": _("who was there, and what was said"),
        "received": _("well received, or coldly received"),
    }
    return Problem(told.format(what=what), right[name], column=name)
