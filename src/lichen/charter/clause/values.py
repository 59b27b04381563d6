"""What the vulnerability clause works on: its terms, stated capacities, what happened, and who asked for what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import isfinite

from lichen.days import TOO_FAR
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.scales import FIVE_STEPS

__all__ = ["Capacity", "Clause", "ClauseTerms", "Ground", "Happening", "MinimumDuty", "Renegotiation"]


_MOST_DAYS = 3650


class Ground(StrEnum):
    """What lets a partner ask for other terms."""

    NEED_WORSE = "need worse"
    """A declared vulnerability of its own has become more severe."""
    NEED_EASED = "need eased"
    """A declared vulnerability of its own has eased or gone: it needs less from the others."""
    CAPACITY_DOWN = "capacity down"
    """It has less to give."""
    CAPACITY_UP = "capacity up"
    """It has more to give."""
    EVENT = "event"
    """Something happened to it that the terms list."""

    @property
    def is_upward(self) -> bool:
        """Whether things have become better, so that the asking partner may give more or take less."""
        return self in (Ground.NEED_EASED, Ground.CAPACITY_UP)


@dataclass(frozen=True, slots=True)
class MinimumDuty:
    """What one partner keeps doing while there are talks, whatever else changes."""

    partner: str
    """Its id."""
    duty: str
    """What it keeps doing."""


@dataclass(frozen=True, slots=True)
class ClauseTerms:
    """The terms of the vulnerability clause; every figure is a proposal that the partners may change.

    Raises:
        InputError: A figure is out of range, or an event has no words.
    """

    severity_steps: int = 2
    """From how many of the five steps of severity on a change counts."""
    capacity_percent: int = 20
    """From how many per cent on a change of a stated capacity counts."""
    events: tuple[str, ...] = ()
    """What else counts, such as ``a grant is not renewed``."""
    notice_days: int = 14
    """How long the others have to get ready for talks; every duty goes on."""
    talks_days: int = 30
    """How long the talks may take."""
    mediation_days: int = 30
    """How long mediation may take if the talks fail."""
    exit_days: int = 60
    """How long an orderly exit takes if mediation fails."""
    mediator: str = ""
    """Who mediates."""
    minimum_duties: tuple[MinimumDuty, ...] = ()
    """What each partner keeps doing from the talks on until it is settled."""

    def __post_init__(self) -> None:
        problems = [*self._problems()]
        if problems:
            raise InputError(problems)

    def _problems(self) -> Iterator[Problem]:
        if self.severity_steps not in FIVE_STEPS:
            yield Problem(_("the steps of severity are out of range"), _("1, 2, 3, 4 or 5"), column="severity_steps")
        if not 1 <= self.capacity_percent <= 100:
            yield Problem(_("the percentage is out of range"), _("1 to 100"), column="capacity_percent")
        for name in ("notice_days", "talks_days", "mediation_days", "exit_days"):
            if not 1 <= getattr(self, name) <= _MOST_DAYS:
                right = _("1 to {most}: no phase is skipped").format(most=_MOST_DAYS)
                yield Problem(_("the number of days is out of range"), right, column=name)
        if not all(event.strip() for event in self.events):
            yield Problem(_("an event has no words"), _("a few words for what may happen"), column="events")


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a partner states that it has to give, as a number on a day; several make a series.

    Raises:
        InputError: It does not say what is counted, or the amount is below nought or no number.
    """

    partner: str
    """Its id."""
    what: str
    """What is counted, and in what, such as ``nurse hours a month``; the same words each time."""
    amount: float
    """How much; 0 or more."""
    stated_on: date
    """The day it was stated."""

    def __post_init__(self) -> None:
        problems = []
        if not self.what.strip():
            problems.append(
                Problem(_("it does not say what is counted"), _("such as: nurse hours a month"), column="what")
            )
        if not (isfinite(self.amount) and self.amount >= 0):
            problems.append(Problem(_("the amount is not a number from 0 on"), _("0 or more"), column="amount"))
        if problems:
            raise InputError(problems)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a partner."""

    partner: str
    """Its id."""
    event: str
    """What happened, in the words of the terms' ``events``."""
    happened_on: date
    """The day it happened."""


@dataclass(frozen=True, slots=True)
class Renegotiation:
    """One partner asks for other terms under the vulnerability clause.

    Raises:
        InputError: It ended before it was asked for, or both by settlement and by withdrawal, or lies too far ahead.
    """

    partner: str
    """The id of the one who asks."""
    ground: Ground
    """What lets it ask."""
    asked_on: date
    """The day it asked, in writing."""
    gap: str = ""
    """The code of the vulnerability that changed. It is never told: the grounds name the change, not the gap."""
    what: str = ""
    """The capacity that changed or the event that happened, in the words it goes by."""
    wanted: str = ""
    """What it asks for."""
    settled_on: date | None = None
    """The day the partners agreed; None while they have not."""
    settlement: str = ""
    """What they agreed."""
    withdrawn_on: date | None = None
    """The day it took the request back; None while it stands."""

    def __post_init__(self) -> None:
        problems = [
            Problem(_("it ended before it was asked for"), _("a day from asked_on on"), column=name)
            for name in ("settled_on", "withdrawn_on")
            if (ended := getattr(self, name)) is not None and ended < self.asked_on
        ]
        if self.asked_on >= TOO_FAR:
            problems.append(Problem(_("the year lies too far ahead"), _("a year before 9000"), column="asked_on"))
        if self.settled_on is not None and self.withdrawn_on is not None:
            problems.append(Problem(_("it is both settled and withdrawn"), _("one of the two"), column="withdrawn_on"))
        if problems:
            raise InputError(problems)


@dataclass(frozen=True, slots=True)
class Clause:
    """The vulnerability clause of an alliance, and all that has been recorded under it."""

    terms: ClauseTerms = field(default_factory=ClauseTerms)
    """What was agreed on it."""
    capacities: tuple[Capacity, ...] = ()
    """What partners state that they have to give, as numbers over time."""
    happenings: tuple[Happening, ...] = ()
    """What happened to partners, of the events that the terms list."""
    renegotiations: tuple[Renegotiation, ...] = ()
    """Who asked for other terms, and how it ended."""
