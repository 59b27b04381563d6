"""The gate: so many successes before an alliance may scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lichen.errors import NotAllowed
from lichen.language import ngettext
from lichen.pilot.values import Pilot, PilotRules, Step
from lichen.pilot.verdict import VerdictOutcome, verdict

__all__ = ["Attempt", "Gate", "attempts", "check_may_scale", "gate", "in_order", "partners_not_saying"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A small step that was done, or a pilot without steps that was reviewed, and whether it counts."""

    pilot: str
    """Id of the pilot."""
    place: int
    """Which of its steps, 1 is the first; 0 is the pilot as a whole."""
    what: str
    """What was done."""
    held_on: date | None
    """The day; None is not said."""
    has_worked: bool
    """Whether every partner says that it worked for it."""
    counts: bool
    """Whether it is a success: it worked, and the review of its pilot, if one has begun, is settled."""
    unsaid: tuple[str, ...] = ()
    """Ids of the partners who do not say that it worked for them."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether an alliance may scale, and what is missing."""

    attempts: tuple[Attempt, ...]
    """Everything that was tried, in its order."""
    successes: tuple[Attempt, ...]
    """What counts."""
    wanted: int
    """So many successes open the gate."""
    in_a_row: bool = False
    """Whether only successes count that no failure followed."""

    @property
    def missing(self) -> int:
        """How many more successes are needed; 0 where the gate is open."""
        return max(0, self.wanted - len(self.successes))

    @property
    def withheld(self) -> int:
        """How many worked for everybody, and wait until what the review of their pilot found is settled."""
        return sum(each.has_worked and not each.counts for each in self.attempts)

    @property
    def is_open(self) -> bool:
        """Whether the alliance may scale."""
        return self.missing == 0


def gate(pilots: Iterable[Pilot], rules: PilotRules) -> Gate:
    """Whether an alliance may scale: so many successes, each of which every partner calls one.

    What counts is every small step that worked for all partners, and every pilot without steps whose verdict is a
    success. All of them count together: a failure is shown beside them and erases none, unless ``rules.in_a_row``
    asks for successes without a failure between them. Where a review has begun, its steps wait until everybody has
    answered and what it found is adjusted; where it says stop, they do not count. What waits behind the gate itself
    never counts.

    Args:
        pilots: The alliance's pilots; their order never matters where they have a first day.
        rules: How many successes, and whether in a row.

    Source:
        The article's pillar 3: "after three successful fairs, we expanded". It does not say whether they were in a row.

    Example:
        >>> fairs = tuple(Step(f"Fair {place}", date(2026, 11, place), worked_for=("a", "b")) for place in (1, 8, 15))
        >>> found = [gate([Pilot("p", ("a", "b"), steps=fairs[:count])], PilotRules()) for count in (2, 3)]
        >>> [(each.missing, each.is_open) for each in found]
        [(1, False), (0, True)]
    """
    tried = attempts(pilots)
    run = _since_last_failure(tried) if rules.in_a_row else tried
    return Gate(tried, tuple(each for each in run if each.counts), rules.successes, rules.in_a_row)


def check_may_scale(pilots: Iterable[Pilot], rules: PilotRules) -> None:
    """Refuse unless the gate is open.

    Args:
        pilots: The alliance's pilots.
        rules: How many successes, and whether in a row.

    Raises:
        NotAllowed: Successes are missing: ``gate``.
    """
    found = gate(pilots, rules)
    if not found.is_open:
        why = ngettext(
            "{missing} more success is needed before the alliance may scale: try another small step",
            "{missing} more successes are needed before the alliance may scale: try more small steps",
            found.missing,
        )
        raise NotAllowed("gate", why.format(missing=found.missing))


def attempts(pilots: Iterable[Pilot]) -> tuple[Attempt, ...]:
    """Everything that was tried, in its order.

    Args:
        pilots: The alliance's pilots.
    """
    return tuple(attempt for pilot in in_order(pilots) for attempt in _attempts(pilot))


def in_order(pilots: Iterable[Pilot]) -> tuple[Pilot, ...]:
    """The pilots by their first day; those without one last, in the order given.

    Args:
        pilots: The alliance's pilots.
    """
    return tuple(sorted(pilots, key=lambda pilot: pilot.terms.starts_on or date.max))


def partners_not_saying(pilot: Pilot, step: Step) -> tuple[str, ...]:
    """Ids of the partners who do not say that a step worked for them.

    Args:
        pilot: The pilot.
        step: One of its steps.
    """
    return tuple(partner for partner in pilot.partners if partner not in step.worked_for)


def _attempts(pilot: Pilot) -> Iterator[Attempt]:
    found = verdict(pilot)
    if not pilot.steps:
        if found.outcome is not VerdictOutcome.OPEN:
            yield Attempt(pilot.id, 0, pilot.title, pilot.terms.ends_on, found.is_success, found.is_success)
        return
    is_settled = found.is_success or not _has_begun_review(pilot)
    for place, step in enumerate(pilot.steps, start=1):
        if step.held_on is not None and not step.scales:
            unsaid = partners_not_saying(pilot, step)
            yield Attempt(pilot.id, place, step.what, step.held_on, not unsaid, is_settled and not unsaid, unsaid)


def _has_begun_review(pilot: Pilot) -> bool:
    """Whether anybody has answered, or an adjustment stands there that nobody can have made without a review."""
    return bool(pilot.reviews) or pilot.adjusted_on is not None


def _since_last_failure(tried: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    last = max((place for place, each in enumerate(tried) if not each.counts), default=-1)
    return tried[last + 1 :]
