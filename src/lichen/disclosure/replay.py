"""Matters from their first day to where they stand: the events, one after another, through the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from lichen.audit.values import Audit
from lichen.disclosure.effects import EFFECTS, Effect
from lichen.disclosure.refusals import refusal
from lichen.disclosure.rules import RULES, Rule
from lichen.disclosure.scene import scenes
from lichen.disclosure.state import MatterState, opening_state
from lichen.disclosure.values import Act, DisclosureEvent, Matter
from lichen.errors import NotAllowed

__all__ = [
    "LAW",
    "OF_ALL_THREE",
    "Law",
    "Refused",
    "Replayed",
    "audits_by_id",
    "record_event",
    "recorded",
    "replay",
    "replay_all",
    "state_of",
]


@dataclass(frozen=True, slots=True)
class Law:
    """All that decides what may happen in a matter, and what comes of it."""

    rules: tuple[Rule, ...] = RULES
    """What may happen."""
    effects: Mapping[Act, Effect] = field(default_factory=lambda: EFFECTS)
    """What comes of it."""

    def check(self, state: MatterState, event: DisclosureEvent, audits: Mapping[str, Audit], *, past: bool) -> None:
        """Let an event pass, or refuse it with the first rule that stands against it.

        Raises:
            NotAllowed: A rule stands against it.
        """
        concerned = tuple(scenes(state, event, audits, past=past))
        for rule in self.rules:
            if event.what in rule.acts and any(map(rule.stands_against, concerned)):
                raise refusal(rule.name)

    def after(
        self, state: MatterState, event: DisclosureEvent, audits: Mapping[str, Audit], *, past: bool
    ) -> MatterState:
        """Where a matter stands after an event."""
        after = state
        for scene in scenes(state, event, audits, past=past):
            after = self.effects[event.what](after, scene)
        return replace(after, last_on=event.on)


LAW = Law()
"""The rules and effects of this house."""

OF_ALL_THREE = frozenset({Act.AGREED, Act.RING_AGREED, Act.TRIED, Act.DISCLOSED})
"""The steps that are decided over all three dealings of a ring."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that stands in a file and cannot have happened under the rules."""

    place: int
    """The place of the event; 1 is the first."""
    refusal: NotAllowed
    """The rule that stands against it."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """One of several matters, played through after all that came before it."""

    matter: Matter
    """The dealing."""
    earlier: tuple[Matter, ...]
    """The matters that came before it, whoever was in them, the earliest first."""
    state: MatterState
    """Where it stands, passing over what breaks a rule."""
    refused: tuple[Refused, ...]
    """What breaks a rule."""


def state_of(matter: Matter, audits: Iterable[Audit], *, earlier: Iterable[Matter] = (), law: Law = LAW) -> MatterState:
    """Where a matter stands after all that is written down of it.

    An audit says what was so from its day on: it does not judge what was done before it was made.

    Args:
        matter: The dealing.
        audits: Those of its parties. Where one is missing, its owner's events are judged by themselves.
        earlier: The matters before it. What the same two saw of each other counts over all of them.
        law: Another set of rules and effects, for those who try them out.

    Raises:
        NotAllowed: Something in it breaks a rule, whose name the refusal bears.

    Example:
        >>> from datetime import date
        >>> state_of(Matter("talks", ("farm", "depot"), date(2026, 10, 1)), ()).rung("farm", "depot").name
        'BLIND'
    """
    state, refused = replay(matter, audits, earlier=earlier, law=law)
    if refused:
        raise refused[0].refusal
    return state


def replay(
    matter: Matter, audits: Iterable[Audit], *, earlier: Iterable[Matter] = (), law: Law = LAW
) -> tuple[MatterState, tuple[Refused, ...]]:
    """Where a matter stands, passing over what breaks a rule; and all that does.

    Args:
        matter: The dealing.
        audits: Those of its parties.
        earlier: The matters before it.
        law: Another set of rules and effects, for those who try them out.
    """
    by_id, before = audits_by_id(audits), None
    for each in sorted(earlier, key=_days):
        before = _replayed(each, before, by_id, law)[0]
    return _replayed(matter, before, by_id, law)


def replay_all(matters: Iterable[Matter], audits: Iterable[Audit], *, law: Law = LAW) -> tuple[Replayed, ...]:
    """Every matter of an alliance, each played through after those before it.

    One comes before another if it was opened earlier; of those opened on one day, what was over first, and then what
    stands first. So what the same two saw of each other counts over all their matters, and a freeze binds them in
    every later one.

    Args:
        matters: Those of one alliance, in any order.
        audits: Those of its partners.
        law: Another set of rules and effects, for those who try them out.

    Returns:
        One for each, in the order in which they were given.
    """
    given, by_id = tuple(matters), audits_by_id(audits)
    found: dict[int, Replayed] = {}
    earlier, before = tuple[Matter, ...](), None
    for place in sorted(range(len(given)), key=lambda place: _days(given[place])):
        before, refused = _replayed(given[place], before, by_id, law)
        found[place] = Replayed(given[place], earlier, before, refused)
        earlier = (*earlier, given[place])
    return tuple(found[place] for place in range(len(given)))


def _days(matter: Matter) -> tuple[date, date]:
    """The day on which a matter was opened, and that on which it was over."""
    last = matter.events[-1] if matter.events else None
    return matter.opened_on, last.on if last is not None and last.what in {Act.ENDED, Act.EXPLOITED} else date.max


def _replayed(
    matter: Matter, before: MatterState | None, by_id: Mapping[str, Audit], law: Law
) -> tuple[MatterState, tuple[Refused, ...]]:
    state, refused = opening_state(matter, before), list[Refused]()
    for place, event in enumerate(matter.events, start=1):
        try:
            law.check(state, event, by_id, past=True)
        except NotAllowed as found:
            refused.append(Refused(place, found))
        else:
            state = law.after(state, event, by_id, past=True)
    return state, tuple(refused)


def record_event(
    matter: Matter,
    audits: Iterable[Audit],
    event: DisclosureEvent,
    *,
    earlier: Iterable[Matter] = (),
    law: Law = LAW,
) -> Matter:
    """The matter with one more event, if no rule stands against it.

    Args:
        matter: The dealing so far.
        audits: Those of its parties, as they are now.
        event: What is to happen.
        earlier: The matters before it.
        law: Another set of rules and effects, for those who try them out.

    Raises:
        NotAllowed: A rule stands against it, or against something that stands there already; or it is a step that a
            ring takes as a whole: see :mod:`lichen.disclosure.rings`.
    """
    if matter.third and event.what in OF_ALL_THREE:
        raise refusal("step-of-three")
    return recorded(matter, audits, event, earlier=earlier, law=law)


def recorded(
    matter: Matter,
    audits: Iterable[Audit],
    event: DisclosureEvent,
    *,
    earlier: Iterable[Matter] = (),
    law: Law = LAW,
) -> Matter:
    """The same, for whoever has asked the other two dealings of a ring, too."""
    state = state_of(matter, audits := tuple(audits), earlier=earlier, law=law)
    law.check(state, event, audits_by_id(audits), past=False)
    return replace(matter, events=(*matter.events, event))


def audits_by_id(audits: Iterable[Audit]) -> dict[str, Audit]:
    """The audits, by the id of their organisation."""
    return {audit.organisation.id: audit for audit in audits}
