"""The trust scaffold: the small steps in their order, what each stakes, and what it opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from lichen.pilot.gate import Attempt, Gate, gate, in_order, partners_not_saying
from lichen.pilot.values import Pilot, PilotRules, Step

__all__ = ["Stair", "StairState", "gate_place", "scaffold"]


class StairState(StrEnum):
    """How far a stair has been climbed."""

    DONE = "done"
    """It was done, and it is a success."""
    TRIED = "tried"
    """It was done, and it is no success, or not yet."""
    NEXT = "next"
    """It is the one to take now."""
    LATER = "later"
    """It waits for those before it, or for the gate."""


@dataclass(frozen=True, slots=True)
class Stair:
    """One step of the scaffold."""

    pilot: str
    """Id of its pilot."""
    what: str
    """What is done."""
    state: StairState
    """How far it has been climbed."""
    stake: str = ""
    """What is at stake, in words."""
    cost: float | None = None
    """The money at stake, in the alliance's currency; None is not said."""
    held_on: date | None = None
    """The day it was done; None where it is ahead."""
    result: str = ""
    """What came of it."""
    unlocks: str = ""
    """What its success opens the door to."""
    unsaid: tuple[str, ...] = ()
    """Of what was tried: ids of the partners who do not say that it worked for them."""
    opens_gate: bool = False
    """Whether with this success the gate opened."""
    is_beyond_gate: bool = False
    """Whether it waits behind the gate."""
    is_early: bool = False
    """Whether it was done although the gate is shut."""


def scaffold(pilots: Iterable[Pilot], rules: PilotRules) -> tuple[Stair, ...]:
    """The trust scaffold: every step in its order, what waits behind the gate among them.

    A pilot without steps is one stair. The next stair is the first that lies ahead and may be taken; behind a gate that
    is shut, none may.

    Args:
        pilots: The alliance's pilots.
        rules: How many successes open the gate, and whether in a row.

    Source:
        The article's pillar 3: small, low-stakes collaborations before scaling up.

    Example:
        >>> steps = Step("Fair", date(2026, 11, 8), worked_for=("a", "b")), Step("Fair"), Step("Programme", scales=True)
        >>> [stair.state.value for stair in scaffold([Pilot("p", ("a", "b"), steps=steps)], PilotRules())]
        ['done', 'next', 'later']
    """
    pilots = in_order(pilots)
    found = gate(pilots, rules)
    return tuple(_with_next([stair for pilot in pilots for stair in _stairs(pilot, found)], found))


def gate_place(stairs: Sequence[Stair]) -> int:
    """After how many stairs the gate stands: those up to the one that opened it, else those before what waits for it.

    Args:
        stairs: The answer of ``scaffold``.
    """
    opened = next((place for place, stair in enumerate(stairs, start=1) if stair.opens_gate), None)
    waiting = next((place for place, stair in enumerate(stairs) if stair.is_beyond_gate), len(stairs))
    return waiting if opened is None else opened


def _stairs(pilot: Pilot, found: Gate) -> Iterator[Stair]:
    tried = {attempt.place: attempt for attempt in found.attempts if attempt.pilot == pilot.id}
    if not pilot.steps:
        yield _climbed(Stair(pilot.id, pilot.title, StairState.LATER, cost=pilot.terms.budget), tried.get(0), found)
    for place, step in enumerate(pilot.steps, start=1):
        stair = _stair_of(pilot, step)
        yield _scaled(stair, step, pilot, found) if step.scales else _climbed(stair, tried.get(place), found)


def _stair_of(pilot: Pilot, step: Step) -> Stair:
    return Stair(
        pilot=pilot.id,
        what=step.what,
        state=StairState.LATER,
        stake=step.stake,
        cost=step.cost,
        held_on=step.held_on,
        result=step.result,
        unlocks=step.unlocks,
        is_beyond_gate=step.scales,
    )


def _climbed(stair: Stair, attempt: Attempt | None, found: Gate) -> Stair:
    if attempt is None:
        return stair
    return replace(
        stair,
        state=StairState.DONE if attempt.counts else StairState.TRIED,
        held_on=attempt.held_on,
        unsaid=attempt.unsaid,
        opens_gate=found.is_open and attempt is found.successes[found.wanted - 1],
    )


def _scaled(stair: Stair, step: Step, pilot: Pilot, found: Gate) -> Stair:
    if step.held_on is None:
        return stair
    unsaid = partners_not_saying(pilot, step)
    state = StairState.TRIED if unsaid or not found.is_open else StairState.DONE
    return replace(stair, state=state, unsaid=unsaid, is_early=not found.is_open)


def _with_next(stairs: Sequence[Stair], found: Gate) -> Iterator[Stair]:
    ahead = (
        stair for stair in stairs if stair.state is StairState.LATER and (found.is_open or not stair.is_beyond_gate)
    )
    following = next(ahead, None)
    return (replace(stair, state=StairState.NEXT) if stair is following else stair for stair in stairs)
