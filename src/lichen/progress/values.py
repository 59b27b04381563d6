"""What the alliance's file keeps of its progress, and of its course: what was measured, and who came and went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf

from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.progress.comparison import Better, JointOutcome

__all__ = [
    "Course",
    "EndReason",
    "FunderPermission",
    "Goal",
    "GoalReading",
    "Indicator",
    "IndicatorReading",
    "Membership",
    "NeedWeight",
    "Progress",
    "ProgressRules",
    "SatisfactionAnswer",
]

LOWEST_SEPARATE = 5
"""Fewer answers that nobody put a name to are never shown: below it one could be guessed."""


class EndReason(StrEnum):
    """Why a partner left, or an alliance ended. An ending is not in itself a failure."""

    GOAL_MET = "goal met"
    NEED_PASSED = "need passed"
    MONEY = "money"
    CONFLICT = "conflict"
    MERGED = "merged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SatisfactionAnswer:
    """One partner's answer to the survey that goes with each refresher, or one person's within it.

    Raises:
        InputError: An answer is off its scale.

    Source:
        The article's question 4 asks for regular surveys; the three justices are Luo's (2005, 2007), the wording ours.
    """

    by: str
    """Id of the partner."""
    answered_on: date
    """The day of the answer."""
    satisfied: int | None = None
    """1 not at all to 7 entirely: how satisfied with the alliance; None is not said."""
    distributive: int | None = None
    """1 to 7: what we receive is fair, for what we give."""
    procedural: int | None = None
    """1 to 7: decisions are made fairly, and we are heard."""
    interactional: int | None = None
    """1 to 7: we are treated with respect, and told the truth."""
    recommend: int | None = None
    """0 to 10: how likely to recommend an alliance like this; None is not asked."""
    person: str = ""
    """Who answered, by the same name or mark each time; empty is the partner as one."""
    unnamed: bool = False
    """Whether whoever answered was promised that nobody sees which answer is theirs."""
    shared: bool = False
    """Whether the partner lets all partners read this answer under its name."""

    def __post_init__(self) -> None:
        justices = ("satisfied", "distributive", "procedural", "interactional")
        what, right = _("nobody can tell whose answer this is, now and next time"), _("a mark that stays the same")
        unmarked = [Problem(what, right, column="person")] if self.unnamed and not self.person.strip() else []
        what, right = _("an answer is both promised to stay unnamed and shared"), _("one of the two")
        both = [Problem(what, right, column="shared")] if self.unnamed and self.shared else []
        refuse(
            *(_off_steps(column, getattr(self, column), 1, 7) for column in justices),
            _off_steps("recommend", self.recommend, 0, 10),
            unmarked,
            both,
        )


@dataclass(frozen=True, slots=True)
class IndicatorReading:
    """What an indicator came to on one day.

    Raises:
        InputError: The value is not finite, or n is below 1.
    """

    on: date
    """The day, or the last day of the time it covers."""
    value: float
    """What was measured, in the indicator's unit."""
    n: int | None = None
    """How many people or things were asked or counted; None is not said, and then there is no interval."""

    def __post_init__(self) -> None:
        nobody = [Problem(_("the number is below 1"), _("1 or more, or nothing"), column="n")]
        refuse(_boundless("value", self.value), (nobody if self.n is not None and self.n < 1 else ()))


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something measured beside the self-rated severity of a need, such as a survey of trust in the community.

    Raises:
        InputError: It has no words, or a percentage is not from 0 to 100.

    Source:
        The article's question 4: trust levels in the community beside the hospital's vulnerability.
    """

    owner: str
    """Id of the partner whose need it is."""
    code: str
    """Code of the need in its audit."""
    what: str
    """What is measured, in plain words."""
    unit: str = ""
    """Of what; ``%`` where the value is a share of those asked, from 0 to 100."""
    better: Better = Better.UP
    """Whether it is better when the value goes up or down."""
    readings: tuple[IndicatorReading, ...] = ()
    """What it came to, in any order."""

    def __post_init__(self) -> None:
        off = any(not 0 <= reading.value <= 100 for reading in self.readings)
        beyond = [Problem(_("a percentage is off its scale"), _("from 0 to 100"), column="readings")]
        refuse(_without_words("what", self.what), (beyond if self.is_share and off else ()))

    @property
    def is_share(self) -> bool:
        """Whether the value is a percentage of those who were asked."""
        return self.unit.strip() == "%"


@dataclass(frozen=True, slots=True)
class GoalReading:
    """How far a goal was reached on one day.

    Raises:
        InputError: The step is not -2 to 2.
    """

    on: date
    """The day of the judgement."""
    attained: float
    """A whole number: -2 much less than expected, -1 less, 0 as expected, 1 more, 2 much more."""

    def __post_init__(self) -> None:
        refuse(_off_steps("attained", self.attained, -2, 2))


@dataclass(frozen=True, slots=True)
class Goal:
    """What one partner and the others expect of one need, in five written steps, agreed before work starts.

    Raises:
        InputError: It has no words, or the weight is not above 0.

    Source:
        Goal attainment scaling: Kiresuk and Sherman (1968).
    """

    owner: str
    """Id of the partner whose need it serves."""
    code: str
    """Code of the need in its audit."""
    what: str
    """What is to change, in plain words."""
    much_less: str = ""
    """What it would look like at -2, much less than expected."""
    less: str = ""
    """At -1."""
    expected: str = ""
    """At 0, as expected."""
    more: str = ""
    """At 1."""
    much_more: str = ""
    """At 2, much more than expected."""
    weight: float = 1.0
    """How much it counts beside the owner's other goals."""
    agreed_on: date | None = None
    """The day on which the five steps were agreed with the partner; None is not yet."""
    readings: tuple[GoalReading, ...] = ()
    """How far it was reached, in any order; the first is where things stood at the start."""

    def __post_init__(self) -> None:
        light = [Problem(_("the weight is not above 0"), _("a number above 0"), column="weight")]
        refuse(_without_words("what", self.what), (() if 0 < self.weight < inf else light))

    @property
    def steps(self) -> tuple[str, ...]:
        """The five written expectations, from -2 to 2."""
        return (self.much_less, self.less, self.expected, self.more, self.much_more)


@dataclass(frozen=True, slots=True)
class NeedWeight:
    """How much one need counts in the index, where the partner states it rather than leave it to its ranking.

    Raises:
        InputError: The weight is below 0.
    """

    owner: str
    """Id of the partner whose need it is."""
    code: str
    """Code of the need in its audit."""
    weight: float
    """0 or more; only its size beside the owner's other weights matters."""

    def __post_init__(self) -> None:
        below = [Problem(_("the number is below 0 or has no end"), _("0 or more"), column="weight")]
        refuse(() if 0 <= self.weight < inf else below)


@dataclass(frozen=True, slots=True)
class FunderPermission:
    """A need that its owner lets a report for a funder name, once it stands open to all partners."""

    owner: str
    """Id of the partner whose need it is."""
    code: str
    """Code of the need in its audit."""
    allowed_on: date | None = None
    """The day on which the owner allowed it; None is not said."""


@dataclass(frozen=True, slots=True)
class ProgressRules:
    """By what the measures are reckoned; all can be changed, and each says where it is from.

    Raises:
        InputError: A number is out of its range.
    """

    correlation: float = 0.30
    """How far goals are assumed to go together, from 0 to below 1. Study: Kiresuk and Sherman (1968)."""
    confidence: float = 0.95
    """Of every interval, above 0 and below 1. Proposal: what is usual."""
    counts_below: int = 30
    """With fewer answers, counts are told in place of percentages. Proposal."""
    separate_from: int = LOWEST_SEPARATE
    """Unnamed answers are told from so many on, and never from fewer than five. Proposal."""
    round_days: int = 45
    """Answers within so many days of the first belong to one round. Proposal: half a quarter."""

    def __post_init__(self) -> None:
        from_one = {"counts_below": self.counts_below, "round_days": self.round_days}
        share, below = _("a share out of its range"), _("a number from 0 to below 1")
        few = [Problem(_("too few to hide one among"), _("5 or more"), column="separate_from")]
        refuse(
            ([] if 0 <= self.correlation < 1 else [Problem(share, below, column="correlation")]),
            ([] if 0 < self.confidence < 1 else [Problem(share, below, column="confidence")]),
            (Problem(_("the number is below 1"), _("1 or more"), column=key) for key, n in from_one.items() if n < 1),
            (few if self.separate_from < LOWEST_SEPARATE else ()),
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything an alliance has measured of what it came together for."""

    surveys: tuple[SatisfactionAnswer, ...] = ()
    """How satisfied each is, and how fair each finds it, asked at each refresher."""
    indicators: tuple[Indicator, ...] = ()
    """What was measured beside the partners' own ratings."""
    goals: tuple[Goal, ...] = ()
    """What was expected, in five written steps."""
    outcomes: tuple[JointOutcome, ...] = ()
    """What was reached together, beside a comparison group."""
    weights: tuple[NeedWeight, ...] = ()
    """How much each need counts, for partners who state it; for the others it follows from severity and rank."""
    shown_to_funder: tuple[FunderPermission, ...] = ()
    """The needs that a report for a funder may name; none unless its owner says so."""
    rules: ProgressRules = field(default_factory=ProgressRules)
    """By what it is reckoned, where the partners want it otherwise than is usual."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One partner's time in the alliance.

    Raises:
        InputError: It left before it joined.
    """

    partner: str
    """Its id."""
    joined_on: date
    """The day it joined."""
    left_on: date | None = None
    """The day it left; None is still there."""
    left_because: EndReason | None = None
    """Why it left; None is not said."""

    def __post_init__(self) -> None:
        refuse(_too_early("left_on", self.joined_on, self.left_on))


@dataclass(frozen=True, slots=True)
class Course:
    """How the alliance itself went: from the first contact to its end, and who came and left.

    Raises:
        InputError: It ended before the first contact.
    """

    first_contact_on: date | None = None
    """The day on which the first two partners first spoke; None is not said."""
    memberships: tuple[Membership, ...] = ()
    """Who was a partner when; a partner that came back has two."""
    ended_on: date | None = None
    """The day it ended; None is still alive."""
    ended_because: EndReason | None = None
    """Why it ended; None is not said."""

    def __post_init__(self) -> None:
        refuse(_too_early("ended_on", self.first_contact_on, self.ended_on))


def _off_steps(column: str, number: float | None, lowest: int, highest: int) -> Iterator[Problem]:
    if number is not None and (isinstance(number, bool) or number not in range(lowest, highest + 1)):
        right = _("a whole number from {lowest} to {highest}").format(lowest=lowest, highest=highest)
        yield Problem(_("the number is off the scale"), right, column=column)


def _without_words(column: str, text: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(_("nothing stands here"), _("a few words"), column=column)


def _boundless(column: str, number: float) -> Iterator[Problem]:
    if not -inf < number < inf:
        yield Problem(_("this is no number that can be reached"), _("an ordinary number"), column=column)


def _too_early(column: str, earlier: date | None, later: date | None) -> Iterator[Problem]:
    if earlier is not None and later is not None and later < earlier:
        right = _("{day} or later").format(day=earlier.isoformat())
        yield Problem(_("the day is too early"), right, column=column)
