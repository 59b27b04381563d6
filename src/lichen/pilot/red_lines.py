"""Red lines that somebody else's expectation would cross."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lichen.pilot.differences import Compared, Heading, Held, compared_expectations
from lichen.pilot.values import Pilot, RedLine, Settled

__all__ = ["Crossing", "crossed_red_lines"]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A red line of one partner, and what another expects in spite of it."""

    owner: str
    """Id of the partner whose red line it is."""
    line: RedLine
    """The red line."""
    heading: Heading
    """Whether what crosses it is to be given or decided."""
    held: Held
    """What another partner expects."""
    settled: Settled | None = None
    """What the partners agreed about it since."""

    @property
    def is_asked_of_owner(self) -> bool:
        """Whether it is expected of the very partner who will not have it, rather than of somebody else."""
        return self.owner == self.held.about


def crossed_red_lines(pilot: Pilot, on: date) -> tuple[Crossing, ...]:
    """The red lines that somebody else's expectation crosses, what is asked of the owner first.

    A line is crossed by what has the same code, is to be given or decided, and is of the kind that the line names (a
    kind left open fits any). A line without a code cannot be compared; it is there to be read.

    Args:
        pilot: The pilot.
        on: The day to reckon with.

    Raises:
        NotAllowed: The expectations are not revealed: ``revealed-together``.

    Source:
        Ours; the article's "common ground" trap: divergent interests, acknowledged before they tear.
    """
    compared = compared_expectations(pilot, on)
    found = (crossing for each in compared if each.heading is not Heading.DOES_NOT for crossing in _by(each, pilot))
    return tuple(sorted(found, key=lambda crossing: not crossing.is_asked_of_owner))


def _by(compared: Compared, pilot: Pilot) -> Iterator[Crossing]:
    for interests in pilot.interests:
        for line in interests.red_lines:
            for held in compared.held if line.code and line.code == compared.code else ():
                if held.by != interests.by and (line.kind == held.item.kind or not (line.kind and held.item.kind)):
                    yield Crossing(interests.by, line, compared.heading, held, compared.settled)
