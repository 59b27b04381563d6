"""Material facts: what a side owes another before money moves, whatever else is kept back."""

from __future__ import annotations

from lichen.audit.values import Audit
from lichen.disclosure.items import material_codes
from lichen.disclosure.state import MatterState

__all__ = ["material_facts_due"]


def material_facts_due(state: MatterState, audit: Audit, reader: str) -> tuple[str, ...]:
    """The material facts of an organisation that a party must be told before money moves between the two.

    A fact told once is not due again, even if it was withdrawn. Nothing is due where nothing may move: in a matter
    that is over, or between those who are not both in it.

    Args:
        state: Where the matter stands.
        audit: That of the organisation whose facts they are.
        reader: Id of the party that would be told.

    Returns:
        Codes, what needs outside help most first.

    Source:
        Ours, against the article's pitfall 1: whether one can pay does affect what one can do together.
    """
    owner = audit.organisation.id
    if not state.rung(owner, reader):
        return ()
    codes = material_codes(audit.organisation)
    return tuple(code for code in codes if not state.has_told(owner, reader, code))
