"""What one alliance contributes to what is known of several: days, counts and ratings, and no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.progress.survival import Lifetime
from lichen.progress.values import EndReason

__all__ = ["AllianceRecord", "Felt", "ReplyTime", "Stay"]


@dataclass(frozen=True, slots=True)
class Stay:
    """One partner's time in an alliance.

    Raises:
        InputError: It ends before it begins.
    """

    joined_on: date
    """The day it joined."""
    until: date
    """The day it left, or its alliance ended, or the day that was reckoned with."""
    left: bool
    """Whether it left, rather than stay until then."""
    because: EndReason | None = None
    """Why it left; None is not said."""

    def __post_init__(self) -> None:
        early = [Problem(_("it ends before it begins"), _("the day it joined, or later"), column="until")]
        refuse(early if self.until < self.joined_on else ())

    @property
    def years(self) -> float:
        """How long it stayed, in years of 365.25 days."""
        return (self.until - self.joined_on).days / 365.25


@dataclass(frozen=True, slots=True)
class ReplyTime:
    """How long one partner waited for an answer to a change it asked for."""

    days: int
    """From asking to the answer, or to the day that was reckoned with."""
    answered: bool
    """Whether it was answered by then."""
    with_liaisons: bool
    """Whether a liaison was named on each side."""


@dataclass(frozen=True, slots=True)
class Felt:
    """How satisfied one partner was, first and last: the means of its people who answered with their names."""

    first: float
    """In the first round in which it answered, from 1 to 7."""
    latest: float
    """In the last one."""
    rounds: int
    """In how many rounds it answered; in one, both are the same."""


@dataclass(frozen=True, slots=True)
class AllianceRecord:
    """What is counted of one alliance."""

    name: str
    """What its partners call it."""
    is_uncommon: bool | None = None
    """Whether it declared the uncommon complement as its model; False is another, None is none."""
    stays: tuple[Stay, ...] = ()
    """Its partners' times in it."""
    agreed_on: date | None = None
    """The day on which the last partner signed a charter; None is not yet."""
    agreement: Lifetime | None = None
    """The days from the first contact to that day, or without it until now; None where the first contact is unknown."""
    replies: tuple[ReplyTime, ...] = ()
    """How long answers took."""
    felt: tuple[Felt, ...] = ()
    """How satisfied its partners were."""
