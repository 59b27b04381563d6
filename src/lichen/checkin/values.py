"""A check-in, as the alliance's file keeps it: who trusts whom, what is needed now, how each works, what people say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import inf

from lichen.days import TOO_FAR
from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.scales import FIVE_STEPS

__all__ = [
    "SLIDER",
    "TRUST_STEPS",
    "CheckIn",
    "CheckInRules",
    "CultureProfile",
    "Dimension",
    "NeedNow",
    "ServedAnswer",
    "Slider",
    "TrustRating",
]

TRUST_STEPS = range(1, 11)
"""The quick question is answered from 1 to 10."""
SLIDER = range(101)
"""A slider stands anywhere from 0 to 100."""
_NEED_STEPS = range(6)


class Dimension(StrEnum):
    """What is asked of one partner about another: the quick question, and seven kinds of trust.

    Source:
        The quick one is the article's trust audit (1 to 10); the seven kinds are those of Gilfoyle et al. (2022).
    """

    TRUST = "trust"
    """All in all; the quick question."""
    VULNERABILITY = "vulnerability"
    INTEGRITY = "integrity"
    RELIABILITY = "reliability"
    ABILITY = "ability"
    SHARED_AIMS = "shared_aims"
    POWER_SHARING = "power_sharing"
    RECIPROCITY = "reciprocity"

    @property
    def steps(self) -> range:
        """The answers that are possible."""
        return TRUST_STEPS if self is Dimension.TRUST else FIVE_STEPS


class Slider(StrEnum):
    """Four ways in which partners may work differently; 0 is the left end, 100 the right one."""

    PACE = "pace"
    DECIDING = "deciding"
    PLANNING = "planning"
    OPENNESS = "openness"


@dataclass(frozen=True, slots=True)
class TrustRating:
    """How much one partner trusts another, as one person of it answers, or the partner as a whole.

    Raises:
        InputError: An answer is not on its scale, or the partner rates itself.
    """

    by: str
    """Id of the partner who answers."""
    about: str
    """Id of the partner who is rated."""
    trust: int | None = None
    """The quick question: 1 not at all to 10 entirely; None is not answered."""
    vulnerability: int | None = None
    """1 to 5: could tell them honestly what goes badly."""
    integrity: int | None = None
    """1 to 5: they mean what they say."""
    reliability: int | None = None
    """1 to 5: they do what they promised, by the day they promised."""
    ability: int | None = None
    """1 to 5: they are good at their part."""
    shared_aims: int | None = None
    """1 to 5: they want what all of us came for."""
    power_sharing: int | None = None
    """1 to 5: what concerns both is decided by both."""
    reciprocity: int | None = None
    """1 to 5: they give about as much as they take."""
    person: str = ""
    """Who in the partner answers, by the same name at every check-in; empty is the partner as a whole."""

    def __post_init__(self) -> None:
        itself = [Problem(_("a partner rates itself"), _("another partner"), column="about")]
        refuse(
            (itself if self.by == self.about else ()),
            *(_off_scale(each.value, self.answer(each), each.steps) for each in Dimension),
        )

    def answer(self, dimension: Dimension) -> int | None:
        """What was answered to one question; None is nothing."""
        answered: int | None = getattr(self, dimension.value)
        return answered


@dataclass(frozen=True, slots=True)
class NeedNow:
    """How severe one need is now; only what changed needs to be written.

    Raises:
        InputError: The severity is not 0 to 5.
    """

    owner: str
    """Id of the partner whose need it is."""
    code: str
    """A code of the taxonomy."""
    severity: int
    """0 gone, 1 slight to 5 total, as in an audit."""
    is_new: bool = False
    """Whether no audit and no earlier check-in named it."""

    def __post_init__(self) -> None:
        refuse(_off_scale("severity", self.severity, _NEED_STEPS))


@dataclass(frozen=True, slots=True)
class CultureProfile:
    """How one partner works, as it says itself, on four sliders from 0 to 100.

    Raises:
        InputError: A slider is not on its scale.
    """

    partner: str
    """Id of the partner; what it says of itself is shown under its name."""
    pace: int | None = None
    """0 slow and thorough, 100 quick and rough; None is not said."""
    deciding: int | None = None
    """0 one person decides, 100 everybody agrees first."""
    planning: int | None = None
    """0 sees as it goes, 100 plans all of it beforehand."""
    openness: int | None = None
    """0 bad news stays in the house, 100 is told at once."""

    def __post_init__(self) -> None:
        refuse(*(_off_scale(each.value, self.place(each), SLIDER) for each in Slider))

    def place(self, slider: Slider) -> int | None:
        """Where one slider stands; None is not said."""
        stands: int | None = getattr(self, slider.value)
        return stands


@dataclass(frozen=True, slots=True)
class ServedAnswer:
    """What the people whom the alliance serves answered to one question on one day; nobody's name is kept.

    Raises:
        InputError: There is no question, there are not five counts, or more answered than were asked.
    """

    on: date
    """The day it was asked."""
    question: str
    """In the words in which it was asked, the same each time, so that the answers make a series."""
    counts: tuple[int, ...]
    """How many answered 1, 2, 3, 4 and 5; 5 is the best."""
    asked_of: str = ""
    """Whom, such as ``visitors of the fair``."""
    asked: int | None = None
    """How many were asked; None is not known."""
    words: int = 0
    """How many added words of their own."""
    are_others: bool = False
    """Whether these are surely other people than those who answered the question before."""

    def __post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if not self.question.strip():
            yield Problem(_("nothing stands here"), _("the question"), column="question")
        if len(self.counts) != len(FIVE_STEPS) or any(count < 0 for count in self.counts):
            yield Problem(_("these are not five counts"), _("how many answered 1, 2, 3, 4 and 5"), column="counts")
        most = self.answered if self.asked is None else self.asked
        if self.answered > most:
            yield Problem(_("more answered than were asked"), _("as many or more"), column="asked")
        if not 0 <= self.words <= self.answered:
            yield Problem(_("more added words than answered"), _("as many or fewer"), column="words")

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class CheckInRules:
    """What check-ins are held to; each number says where it is from, and all can be changed.

    Raises:
        InputError: A number is out of its range.
    """

    months: int = 3
    """A check-in every so many months (article: quarterly)."""
    fewest: int = 5
    """From so many answers on, a figure may be shown without names; never fewer than 5 (proposal)."""
    gap: float = 2
    """From this difference on, the quick question is answered unevenly (proposal)."""
    dimension_gap: float = 1
    """From this difference on, one of the seven kinds is answered unevenly (proposal)."""
    low: float = 5
    """Below this, trust is low on the quick question, whatever the gap (proposal)."""
    tie: float = 6
    """Two partners are tied where both answer the quick question with this or more (proposal)."""
    dimension_tie: float = 4
    """One partner trusts another in one of the seven kinds from this answer on (proposal)."""
    outgrown: int = 1
    """At this severity or less a need may have been outgrown (proposal)."""
    outgrown_times: int = 2
    """So many check-ins of its owner in a row (proposal)."""
    slider: int = 30
    """From this difference on, one slider stands far apart (proposal)."""
    distance: float = 25
    """From this mean difference of the sliders on, two partners work very differently (proposal)."""
    reply_ratio: float = 4
    """From so many times the days of the quickest on, a partner replies much more slowly (proposal)."""

    def __post_init__(self) -> None:
        refuse(
            _below("months", self.months, 1),
            _below("fewest", self.fewest, 5),
            _below("outgrown_times", self.outgrown_times, 1),
            _below("reply_ratio", self.reply_ratio, 1),
            *(_below(name, getattr(self, name), 0) for name in _FROM_NOTHING),
        )


_FROM_NOTHING = ("gap", "dimension_gap", "low", "tie", "dimension_tie", "outgrown", "slider", "distance")


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One round of honest answers, held every quarter; the first is the trust audit before the pilot.

    Raises:
        InputError: A day lies too far ahead, it was revealed before it was held, or names were announced too late.
    """

    held_on: date
    """The day it was held."""
    announced_on: date | None = None
    """The day on which all who are asked were told that each answer is shown under its name; None: without names."""
    revealed_on: date | None = None
    """The day on which the answers were closed and laid open to all at once; None: they are sealed."""
    answered_by: tuple[str, ...] = ()
    """Ids of the partners who went through their needs, even where nothing changed."""
    trust: tuple[TrustRating, ...] = ()
    """Who trusts whom how much."""
    needs: tuple[NeedNow, ...] = ()
    """What has changed in the needs."""
    culture: tuple[CultureProfile, ...] = ()
    """How each partner says that it works."""
    served: tuple[ServedAnswer, ...] = ()
    """What the people served answered."""
    rules: CheckInRules = field(default_factory=CheckInRules)
    """What it is held to, where the partners want it otherwise than is usual."""

    def __post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if self.held_on >= TOO_FAR:
            yield Problem(_("the year lies too far ahead"), _("a year before 9000"), column="held_on")
        if self.revealed_on is not None and self.revealed_on < self.held_on:
            yield Problem(_("it was revealed before it was held"), _("that day or later"), column="revealed_on")
        if self.announced_on is not None and self.announced_on > self.held_on:
            what, right = _("names were announced after people had answered"), _("the day it was held, or earlier")
            yield Problem(what, right, column="announced_on")

    @property
    def is_attributed(self) -> bool:
        """Whether each answer is shown under its name, as all were told beforehand."""
        return self.announced_on is not None

    @property
    def answered(self) -> frozenset[str]:
        """Ids of the partners who answered anything."""
        return frozenset(
            (*self.answered_by, *(each.by for each in self.trust), *(each.owner for each in self.needs)),
        )


def _off_scale(column: str, answer: int | None, steps: range) -> Iterator[Problem]:
    if answer is not None and (isinstance(answer, bool) or answer not in steps):
        right = _("a whole number from {first} to {last}").format(first=steps[0], last=steps[-1])
        yield Problem(_("the answer is not on the scale"), right, column=column)


def _below(column: str, number: float, least: int) -> Iterator[Problem]:
    if not least <= number < inf:
        right = _("{least} or more").format(least=least)
        yield Problem(_("the number is too small or has no end"), right, column=column)
