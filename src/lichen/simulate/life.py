"""An alliance as the simulation knows it: who relies on whom how far, who trusts how much, and the safeguards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lichen.errors import Problem, refuse
from lichen.language import _

__all__ = ["MOST_ALLIES", "Ally", "Life", "Reliance", "ThreatNow"]

MOST_ALLIES = 60
"""Who is left is written in the bits of one number."""


class ThreatNow(StrEnum):
    """How things stand with a shared threat on which an alliance rests."""

    NONE = "none"
    """It rests on no threat."""
    STANDS = "stands"
    """It does, and the threat stands."""
    RECEDED = "receded"
    """It does, and the threat has gone already."""


@dataclass(frozen=True, slots=True)
class Reliance:
    """One need of a partner, and how far each other partner meets it.

    Raises:
        InputError: A number is not from 0 to 1, or one partner meets it twice.
    """

    weight: float
    """Its share of all that the partner needs, in [0, 1]."""
    met_by: tuple[tuple[str, float], ...] = ()
    """The id of each who meets it, and how far, in [0, 1]."""

    def __post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if not all(0 <= number <= 1 for number in (self.weight, *(met for _id, met in self.met_by))):
            yield Problem(_("the number is not a share of one"), _("from 0 to 1"), column="weight, met_by")
        if len({id for id, _met in self.met_by}) < len(self.met_by):
            yield Problem(_("one partner meets it twice"), _("each partner once"), column="met_by")


@dataclass(frozen=True, slots=True)
class Ally:
    """One partner, as the simulation knows it.

    Raises:
        InputError: Trust is not from 0 to 1, or the needs weigh more than one together.
    """

    id: str
    """The organisation's id."""
    needs: tuple[Reliance, ...] | None = None
    """What it needs of the others; None where nobody knows."""
    trust: float | None = None
    """How much it trusts the others, from 0 not at all to 1 entirely; None where it has not said."""
    has_liaison: bool = False
    """Whether a liaison knows the others, too."""

    def __post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if self.trust is not None and not 0 <= self.trust <= 1:
            yield Problem(_("the number is not a share of one"), _("from 0 to 1"), column="trust")
        if sum(need.weight for need in self.needs or ()) > 1 + 1e-6:
            yield Problem(_("the needs weigh more than one together"), _("shares that add up to one"), column="needs")


@dataclass(frozen=True, slots=True)
class Life:
    """What a simulation begins with.

    Raises:
        InputError: There are fewer than two partners or too many, two with one id, or a need is met by somebody else.
    """

    allies: tuple[Ally, ...]
    """The partners; their order does not matter."""
    has_check_ins: bool = False
    """Whether regular check-ins are held."""
    has_clause: bool = False
    """Whether a vulnerability clause lets the partners agree on other terms."""
    has_second_cover: bool = False
    """Whether for each need a second partner is agreed, for when the first cannot."""
    threat: ThreatNow = ThreatNow.NONE
    """How things stand with the threat on which it rests, if it rests on one."""

    def __post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        ids = Counter(ally.id for ally in self.allies)
        if not 2 <= len(self.allies) <= MOST_ALLIES:
            right = _("from 2 to {most}").format(most=MOST_ALLIES)
            yield Problem(_("this is no number of partners for an alliance"), right, column="partners")
        if any(number > 1 for number in ids.values()):
            yield Problem(_("two partners have one id"), _("an id of its own for each"), column="partners")
        for ally in self.allies:
            meeting = {id for need in ally.needs or () for id, _met in need.met_by}
            if meeting - ids.keys() or ally.id in meeting:
                yield Problem(_("a need is met by somebody who is no other partner"), _("another partner"), column="id")
