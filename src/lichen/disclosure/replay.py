"""A matter from its first day to where it stands: the events, one after another, through the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from lichen.audit.values import Audit
from lichen.disclosure.effects import EFFECTS, Effect
from lichen.disclosure.refusals import refusal
from lichen.disclosure.rules import RULES, Rule
from lichen.disclosure.scene import scenes
from lichen.disclosure.state import MatterState, opening_state
from lichen.disclosure.values import Act, DisclosureEvent, Matter
from lichen.errors import NotAllowed

__all__ = ["LAW", "Law", "Refused", "audits_by_id", "record_event", "replay", "state_of"]


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


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that stands in a file and cannot have happened under the rules."""

    place: int
    """The place of the event; 1 is the first."""
    refusal: NotAllowed
    """The rule that stands against it."""


def state_of(matter: Matter, audits: Iterable[Audit], *, law: Law = LAW) -> MatterState:
    """Where a matter stands after all that is written down of it.

    An audit says what was so from its day on: it does not judge what was done before it was made.

    Args:
        matter: The dealing.
        audits: Those of its parties. Where one is missing, its owner's events are judged by themselves.
        law: Another set of rules and effects, for those who try them out.

    Raises:
        NotAllowed: Something in it breaks a rule, whose name the refusal bears.

    Example:
        >>> from datetime import date
        >>> state_of(Matter("talks", ("farm", "depot"), date(2026, 10, 1)), ()).rung("farm", "depot").name
        'BLIND'
    """
    state, refused = replay(matter, audits, law=law)
    if refused:
        raise refused[0].refusal
    return state


def replay(matter: Matter, audits: Iterable[Audit], *, law: Law = LAW) -> tuple[MatterState, tuple[Refused, ...]]:
    """Where a matter stands, passing over what breaks a rule; and all that does.

    Args:
        matter: The dealing.
        audits: Those of its parties.
        law: Another set of rules and effects, for those who try them out.
    """
    by_id = audits_by_id(audits)
    state, refused = opening_state(matter), list[Refused]()
    for place, event in enumerate(matter.events, start=1):
        try:
            law.check(state, event, by_id, past=True)
        except NotAllowed as found:
            refused.append(Refused(place, found))
        else:
            state = law.after(state, event, by_id, past=True)
    return state, tuple(refused)


def record_event(matter: Matter, audits: Iterable[Audit], event: DisclosureEvent, *, law: Law = LAW) -> Matter:
    """The matter with one more event, if no rule stands against it.

    Args:
        matter: The dealing so far.
        audits: Those of its parties, as they are now.
        event: What is to happen.
        law: Another set of rules and effects, for those who try them out.

    Raises:
        NotAllowed: A rule stands against it, or against something that stands there already.
    """
    law.check(state_of(matter, audits := tuple(audits), law=law), event, audits_by_id(audits), past=False)
    return replace(matter, events=(*matter.events, event))


def audits_by_id(audits: Iterable[Audit]) -> dict[str, Audit]:
    """The audits, by the id of their organisation."""
    return {audit.organisation.id: audit for audit in audits}
