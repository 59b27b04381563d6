"""The trial of one item, for those who are not ready to be open (the article's question 1)."""

from __future__ import annotations

from lichen.audit.values import Audit
from lichen.disclosure.items import unreadiness
from lichen.disclosure.state import MatterState
from lichen.disclosure.values import Reception

__all__ = ["is_tender", "is_waiting", "receptions"]


def receptions(state: MatterState, owner: str, reader: str) -> tuple[Reception | None, ...]:
    """How a reader received what an owner tried with it; None while that is awaited."""
    return tuple(trial.outcome for trial in state.trials if (trial.owner, trial.reader) == (owner, reader))


def is_waiting(state: MatterState, owner: str) -> bool:
    """Whether an owner has still to say how a trial went, with whomever of the matter it was."""
    return any(
        trial.owner == owner and trial.reader in state.parties and trial.outcome is None for trial in state.trials
    )


def is_tender(state: MatterState, audit: Audit | None, reader: str) -> bool:
    """Whether an organisation is not ready to be open, and the reader has not yet received one item well.

    Args:
        state: Where the matter stands.
        audit: That of the organisation; where there is none, nothing says that it is not ready.
        reader: Id of the party that would see more.
    """
    if audit is None or not unreadiness(audit, state.rules):
        return False
    return Reception.WELL_RECEIVED not in receptions(state, audit.organisation.id, reader)
