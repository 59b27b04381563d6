"""The model an alliance declares, and the shared threat that may hold it together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from lichen.days import TOO_FAR, months_after
from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = [
    "Model",
    "SharedThreat",
    "ThreatQuestion",
    "ThreatStage",
    "ThreatState",
    "ThreatWindow",
    "is_two_way",
    "threat_state",
]


_MOST_MONTHS = 1200


class Model(StrEnum):
    """What an alliance rests on: the article's three models."""

    STRENGTH_BASED = "strength-based"
    """Strengths that complement each other: for simple work with clear results."""
    SHARED_THREAT = "shared-threat"
    """A threat from outside: for advocacy or a crisis, and seldom for long."""
    UNCOMMON_COMPLEMENT = "uncommon-complement"
    """Each has what the other lacks: for long and difficult work."""


class ThreatStage(StrEnum):
    """How things stand with a shared threat on a day."""

    STANDING = "standing"
    """It stands, and is younger than the window."""
    AGEING = "ageing"
    """It stands, and its age lies in the window in which such alliances work: time to ask what comes after."""
    OLD = "old"
    """It stands, and is older than the window."""
    PASSED = "passed"
    """It has passed."""


class ThreatQuestion(StrEnum):
    """What has to be answered about a shared threat, by the field that answers it."""

    SOURCE = "source"
    SIGN_OF_PASSING = "sign_of_passing"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class SharedThreat:
    """A threat from outside that all partners face.

    Raises:
        InputError: It has no name, or passed before it was named.
    """

    name: str
    """What threatens, such as ``the night buses are to be cut``."""
    named_on: date
    """The day on which the partners named it as theirs."""
    source: str = ""
    """Who or what it comes from."""
    sign_of_passing: str = ""
    """By what everybody will see that it has passed."""
    afterwards: str = ""
    """What will hold the alliance together then."""
    passed_on: date | None = None
    """The day it passed; None while it stands."""

    def __post_init__(self) -> None:
        problems = []
        if not self.name.strip():
            problems.append(Problem(_("the threat has no name"), _("a few words for what threatens"), column="name"))
        if self.named_on >= TOO_FAR:
            problems.append(Problem(_("the year lies too far ahead"), _("a year before 9000"), column="named_on"))
        if self.passed_on is not None and self.passed_on < self.named_on:
            what = _("the threat passed before it was named")
            problems.append(Problem(what, _("a day from named_on on"), column="passed_on"))
        if problems:
            raise InputError(problems)


@dataclass(frozen=True, slots=True)
class ThreatWindow:
    """For how long a shared threat carries an alliance.

    Raises:
        InputError: The window ends before it begins, or begins at once.

    Source:
        The article's Model B: "it works well for short bursts (6-12 months)". One person's experience, so changeable.
    """

    from_months: int = 6
    """From so many months after it was named on, a threat is ageing."""
    to_months: int = 12
    """From so many months on, it is old."""

    def __post_init__(self) -> None:
        if not 1 <= self.from_months <= self.to_months <= _MOST_MONTHS:
            what = _("the window of a shared threat is not in order")
            raise InputError(Problem(what, _("1 month or more, and no later than its end"), column="from_months"))


@dataclass(frozen=True, slots=True)
class ThreatState:
    """How things stand with one shared threat on a day."""

    threat: SharedThreat
    """Which."""
    stage: ThreatStage
    """Where it is."""
    ageing_on: date
    """From this day on it is ageing."""
    old_on: date
    """From this day on it is old."""
    faded: bool
    """Whether it is ageing, old or passed, and no two-way exchange holds the alliance together either."""
    unanswered: tuple[ThreatQuestion, ...]
    """What nobody has answered yet."""


def threat_state(
    threat: SharedThreat, *, on: date, two_way_exchange: bool, window: ThreatWindow | None = None
) -> ThreatState:
    """How things stand with a shared threat on a day.

    Args:
        threat: The threat.
        on: The day.
        two_way_exchange: Whether the partners also give and receive, as ``is_two_way`` finds it.
        window: When a threat is ageing and old; None takes the article's.

    Source:
        The article's Method B and Model B ("once the threat recedes, the coalition may dissolve").

    Example:
        >>> cuts = SharedThreat("The night buses are to be cut", named_on=date(2026, 1, 31))
        >>> state = threat_state(cuts, on=date(2026, 7, 31), two_way_exchange=False)
        >>> state.stage.value, state.faded, [question.value for question in state.unanswered]
        ('ageing', True, ['source', 'sign_of_passing', 'afterwards'])
    """
    window = window or ThreatWindow()
    ageing_on, old_on = (months_after(threat.named_on, each) for each in (window.from_months, window.to_months))
    stage = _stage(threat, on, ageing_on, old_on)
    return ThreatState(
        threat=threat,
        stage=stage,
        ageing_on=ageing_on,
        old_on=old_on,
        faded=stage is not ThreatStage.STANDING and not two_way_exchange,
        unanswered=tuple(question for question in ThreatQuestion if not getattr(threat, question).strip()),
    )


def is_two_way(gifts: Iterable[tuple[str, str]]) -> bool:
    """Whether anything comes back: from one partner to another and back, or round a circle of several.

    Args:
        gifts: The ids of giver and receiver of each thing that is given.

    Example:
        >>> is_two_way([("a", "b"), ("b", "c")]), is_two_way([("a", "b"), ("b", "c"), ("c", "a")])
        (False, True)
    """
    graph = TopologicalSorter[str]()
    for giver, receiver in gifts:
        graph.add(receiver, giver)
    try:
        graph.prepare()
    except CycleError:
        return True
    return False


def _stage(threat: SharedThreat, on: date, ageing_on: date, old_on: date) -> ThreatStage:
    if threat.passed_on is not None and threat.passed_on <= on:
        return ThreatStage.PASSED
    if on >= old_on:
        return ThreatStage.OLD
    return ThreatStage.AGEING if on >= ageing_on else ThreatStage.STANDING
