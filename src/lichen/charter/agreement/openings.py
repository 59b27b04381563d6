"""What the disclosure room has opened, as the charter's annexes need it, and what is still owed before money moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

from lichen.audit.values import Audit
from lichen.charter.agreement.confided import Pairs
from lichen.disclosure.items import material_codes
from lichen.disclosure.replay import replay_all
from lichen.disclosure.sight import visible
from lichen.disclosure.state import Closed, MatterState
from lichen.disclosure.values import Matter

__all__ = ["material_facts_owed", "opened_pairs"]


def opened_pairs(matters: Iterable[Matter], partners: Sequence[Audit]) -> tuple[Pairs, Pairs]:
    """What each partner may see of the others now: by name, and in the owner's words.

    What a matter's rules forbid has opened nothing. Where an owner has reported that a reader exploited it, nothing
    is open between the two, in no matter.

    Args:
        matters: What was dealt between the partners.
        partners: Their audits.
    """
    states = _states(matters, partners)
    by_name: dict[str, set[tuple[str, str]]] = {}
    in_words: dict[str, set[tuple[str, str]]] = {}
    for owner, reader in permutations([audit.organisation.id for audit in partners], 2):
        if any(_is_frozen(state, owner, reader) for state in states):
            continue
        for state in states:
            seen = visible(state, partners, owner, reader)
            by_name.setdefault(reader, set()).update((owner, code) for code in seen.codes)
            in_words.setdefault(reader, set()).update((owner, item.code) for item in seen.items)
    return by_name, in_words


def material_facts_owed(matters: Iterable[Matter], partners: Sequence[Audit]) -> tuple[tuple[str, str], ...]:
    """The owner and the reader of each material fact that has not been told, without saying which fact.

    Args:
        matters: What was dealt between the partners; those who have none have told each other nothing.
        partners: Their audits.
    """
    states = _states(matters, partners)
    return tuple(
        (owner.organisation.id, reader.organisation.id)
        for owner, reader in permutations(partners, 2)
        if any(
            not any(state.has_told(owner.organisation.id, reader.organisation.id, code) for state in states)
            for code in material_codes(owner.organisation)
        )
    )


def _states(matters: Iterable[Matter], partners: Sequence[Audit]) -> list[MatterState]:
    return [each.state for each in replay_all(matters, partners)]


def _is_frozen(state: MatterState, owner: str, reader: str) -> bool:
    return any(grant.closed is Closed.FROZEN for grant in state.between(owner, reader))
