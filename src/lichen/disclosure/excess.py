"""What was opened beyond the rules: said aloud too early, or no longer right since an audit has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from lichen.audit.values import Audit
from lichen.disclosure.replay import audits_by_id
from lichen.disclosure.rules import RULES
from lichen.disclosure.scene import scenes
from lichen.disclosure.state import MatterState, Pair
from lichen.disclosure.trying import is_tender
from lichen.disclosure.values import Act, DisclosureEvent

__all__ = ["OverDisclosure", "over_disclosures"]

_LOOKED_BACK_AT = ("relevance-asked", "relevant-only", "high-sensitivity", "top-three", "one-item-ahead")


@dataclass(frozen=True, slots=True)
class OverDisclosure:
    """Something that stands open and should not, or not yet."""

    rule: str
    """The name of the rule that it goes beyond."""
    owner: str
    """Id of the party whose it is."""
    reader: str
    """Id of the party that sees it."""
    codes: tuple[str, ...]
    """The items concerned, those that were opened first standing first."""


def over_disclosures(state: MatterState, audits: Iterable[Audit]) -> tuple[OverDisclosure, ...]:
    """Everything in a matter that stands open beyond its rules, as they and the audits are now.

    What was said aloud cannot be refused, so the same rules look back at it here. What was withdrawn is not among it.

    Args:
        state: Where the matter stands.
        audits: Those of its parties.

    Returns:
        One a rule, owner and reader; none where all is well, or where the matter is over.

    Source:
        The article's pitfall 1: sharing too much too early.
    """
    by_id = audits_by_id(audits)
    pairs = () if state.ended else permutations(state.parties, 2)
    return tuple(
        OverDisclosure(rule, *pair, codes) for pair in pairs for rule, codes in _beyond(state, by_id, pair) if codes
    )


def _beyond(state: MatterState, audits: dict[str, Audit], pair: Pair) -> Iterator[tuple[str, tuple[str, ...]]]:
    owner, reader = pair
    known, told = state.open_codes(*pair), state.told(*pair)
    heard = tuple(code for code in told if code in known)
    for rule in RULES:
        if rule.name in _LOOKED_BACK_AT:
            looked_at = heard if rule.name == "one-item-ahead" else known
            events = (DisclosureEvent(state.last_on, Act.DISCLOSED, owner, reader, code=code) for code in looked_at)
            found = (scene for event in events for scene in scenes(state, event, audits, past=False))
            yield rule.name, tuple(scene.event.code for scene in found if rule.stands_against(scene))
    if is_tender(state, audits.get(owner), reader) and len(told) > 1:
        yield "one-item-trial", heard
