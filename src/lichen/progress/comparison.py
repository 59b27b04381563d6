"""What was reached beside a comparison group, as the alliance's file keeps it: four figures, or many places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import isfinite

from lichen.errors import Problem, refuse
from lichen.language import _

__all__ = ["Better", "JointOutcome", "OutcomeGroup", "OutcomePlace", "OutcomeReading"]


class Better(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class OutcomeReading:
    """One figure at one time: what it was, among how many, and how far they lay apart.

    Raises:
        InputError: The figure is no number, fewer than one was asked, or the spread is below 0.
    """

    value: float | None = None
    """The percentage or the mean; None is not known."""
    n: int | None = None
    """Among how many; None is not known, and then nobody can say how surely."""
    sd: float | None = None
    """The standard deviation of a mean; a percentage needs none."""
    on: date | None = None
    """The day, or the last of the days, on which it was measured."""

    def __post_init__(self) -> None:
        refuse(_no_numbers(value=self.value, sd=self.sd), _too_few(self.n), _below_nothing("sd", self.sd))


@dataclass(frozen=True, slots=True)
class OutcomePlace:
    """One place of a group, such as a neighbourhood or a school: its percentage or mean before and after.

    Raises:
        InputError: It has no name, or a figure is no number.
    """

    name: str
    """What it is called."""
    before: float
    """Its figure before the alliance began there, or before it would have."""
    after: float
    """Its figure afterwards."""

    def __post_init__(self) -> None:
        unnamed = [] if self.name.strip() else [Problem(_("it has no name"), _("the place's name"), column="name")]
        refuse(unnamed, _no_numbers(before=self.before, after=self.after))


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """Those whom the alliance reached, or those it is compared with.

    Raises:
        InputError: A place stands there twice, earlier figures have no days or are not in order, or a number is none.
    """

    who: str = ""
    """Who they are, such as ``the neighbourhoods of the fairs``."""
    before: OutcomeReading = field(default_factory=OutcomeReading)
    """The baseline."""
    after: OutcomeReading = field(default_factory=OutcomeReading)
    """The figure afterwards."""
    earlier: tuple[OutcomeReading, ...] = ()
    """Figures from before the baseline, each with its day: they show whether both groups moved alike."""
    places: tuple[OutcomePlace, ...] = ()
    """Its places, where whole places were reached or not: then they are what is counted, not their people."""
    reported_change: float | None = None
    """A change that somebody reported without the figures behind it: 28 for 28 per cent."""

    def __post_init__(self) -> None:
        refuse(_twice(self.places), _out_of_order(self.earlier), _no_numbers(reported_change=self.reported_change))


@dataclass(frozen=True, slots=True)
class JointOutcome:
    """One thing that the alliance wants to change, measured where it works and where it does not.

    Raises:
        InputError: It has no words, or a percentage does not lie from 0 to 100.
    """

    what: str
    """What is measured, such as ``adults who are vaccinated``."""
    unit: str = "%"
    """``%`` where the values are shares of those asked, from 0 to 100; else what a mean is of, such as ``days``."""
    better: Better = Better.UP
    """Which way is better."""
    reached: OutcomeGroup = field(default_factory=OutcomeGroup)
    """Those whom the alliance reached."""
    compared: OutcomeGroup = field(default_factory=OutcomeGroup)
    """Those with whom they are compared, whom it did not reach."""
    claimed_in: str = ""
    """Where the figures stand, if they are somebody's claim and nobody found where they come from."""

    def __post_init__(self) -> None:
        unsaid = [] if self.what.strip() else [Problem(_("it has no words"), _("a few words"), column="what")]
        refuse(unsaid, _no_shares(self) if self.is_share else ())

    @property
    def is_share(self) -> bool:
        """Whether the values are percentages of those who were asked or seen."""
        return self.unit.strip() == "%"


def _no_numbers(**given: float | None) -> Iterator[Problem]:
    for column, number in given.items():
        if number is not None and not isfinite(number):
            yield Problem(_("it is no number"), _("a number"), column=column)


def _too_few(n: int | None) -> Iterator[Problem]:
    if n is not None and n < 1:
        yield Problem(_("it is among fewer than one"), _("1 or more"), column="n")


def _below_nothing(column: str, number: float | None) -> Iterator[Problem]:
    if number is not None and number < 0:
        yield Problem(_("it is below 0"), _("0 or more"), column=column)


def _twice(places: tuple[OutcomePlace, ...]) -> Iterator[Problem]:
    names = [place.name for place in places]
    if len({*names}) < len(names):
        yield Problem(_("a place stands there twice"), _("each place once"), column="places")


def _out_of_order(earlier: tuple[OutcomeReading, ...]) -> Iterator[Problem]:
    days = [reading.on for reading in earlier if reading.on is not None]
    if len(days) < len(earlier):
        yield Problem(_("a figure has no day"), _("the day of each, by which both are paired"), column="earlier")
    if any(second <= first for first, second in pairwise(days)):
        yield Problem(_("the days are out of order"), _("the earliest first, each day once"), column="earlier")


def _no_shares(outcome: JointOutcome) -> Iterator[Problem]:
    what, right = _("a percentage is off its scale"), _("from 0 to 100")
    for column, group in (("reached", outcome.reached), ("compared", outcome.compared)):
        readings = [group.before.value, group.after.value, *(each.value for each in group.earlier)]
        inside = [value for place in group.places for value in (place.before, place.after)]
        if any(value is not None and not 0 <= value <= 100 for value in (*readings, *inside)):
            yield Problem(what, right, column=column)
