"""Short ways to tell what happened at the table."""

from __future__ import annotations

from datetime import date

from lichen.disclosure.replay import state_of
from lichen.disclosure.state import MatterState
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter, Said
from tests.core.disclosure.seated import AUDITS, FIRST_DAY, PLAIN, TABLE

H, C, Y, F = TABLE
"""The hospital, the churches, the youth charity (which is not ready), the foundation."""

TODAY = date(2026, 10, 2)
H1, H2, H3, H4 = PLAIN[H]
C1, C2, C3, C4 = PLAIN[C]


def event(what: Act, by: str = "", to: str = "", code: str = "", on: date = TODAY, **more: object) -> DisclosureEvent:
    return DisclosureEvent(on, what, by, to, code, **more)  # type: ignore[arg-type]


def yes(by: str, to: str = "") -> DisclosureEvent:
    return event(Act.SAID_YES, by, to)


def agreed(by: str, *codes: str, to: str = "") -> DisclosureEvent:
    return event(Act.AGREED, by, to, codes=codes)


def disclosed(by: str, code: str, to: str = "") -> DisclosureEvent:
    return event(Act.DISCLOSED, by, to, code)


def aloud(by: str, code: str, *present: str) -> DisclosureEvent:
    return event(Act.TALKED, conversation=Conversation(present, (Said(by, code),)))


def met(one: str = H, other: str = C) -> tuple[DisclosureEvent, ...]:
    """Both said yes."""
    return yes(one, other), yes(other, one)


def open_codes(one: str = H, other: str = C) -> tuple[DisclosureEvent, ...]:
    """Both agreed to their first three codes."""
    return (*met(one, other), agreed(one, *PLAIN[one][:3], to=other), agreed(other, *PLAIN[other][:3], to=one))


def matter(*events: DisclosureEvent, parties: tuple[str, ...] = (H, C)) -> Matter:
    return Matter("talks", parties, FIRST_DAY, events)


def after(*events: DisclosureEvent, parties: tuple[str, ...] = (H, C)) -> MatterState:
    return state_of(matter(*events, parties=parties), AUDITS)
