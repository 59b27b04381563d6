"""Who has seen what, since when, by which act, and what may be read no longer."""

from __future__ import annotations

from dataclasses import replace

from lichen.disclosure.state import Grant, MatterState, Opened

__all__ = ["history", "history_for"]

_NAMING = frozenset({Opened.SAID_YES, Opened.SAID_ALOUD})
"""By what a reader comes to know who the other is."""


def history(state: MatterState) -> tuple[Grant, ...]:
    """Everything that was ever opened in a matter, the earliest first. Nothing that was seen is ever missing.

    It is for the owners of what was opened and for whoever keeps the record: it names every item.
    """
    return tuple(sorted(state.grants, key=lambda grant: grant.since))


def history_for(state: MatterState, reader: str) -> tuple[Grant, ...]:
    """What was ever opened to one reader, as that reader may be told of it.

    Whose it is stands there once the reader has come to know who the other is, and an item is named while it is open.
    """
    known = {grant.owner for grant in state.grants if grant.reader == reader and grant.opened in _NAMING}
    return tuple(_as_told(grant, grant.owner in known) for grant in history(state) if grant.reader == reader)


def _as_told(grant: Grant, is_known: bool) -> Grant:
    code = grant.code if grant.until is None else ""
    return replace(grant, owner=grant.owner if is_known else "", code=code)
