"""What bridges the partners' ways of working: who is liaison in each, and how long requests wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lichen.alliance.values import Alliance
from lichen.charter.requests import request_state
from lichen.charter.votes.values import ANSWER_DAYS
from lichen.checkin.culture import ReplyTimes, Waited, reply_times
from lichen.checkin.values import CheckInRules

__all__ = ["CultureBridge", "culture_bridge", "request_waits"]


@dataclass(frozen=True, slots=True)
class CultureBridge:
    """Who bridges between the partners, and whether answers come in time."""

    liaisons: Mapping[str, tuple[str, ...]]
    """The people whom the agreement names as liaisons, by the partner's id."""
    missing: tuple[str, ...]
    """Ids of the partners without one."""
    replies: tuple[ReplyTimes, ...]
    """How long each partner takes to answer when a change is asked for."""


def culture_bridge(alliance: Alliance, on: date, rules: CheckInRules | None = None) -> CultureBridge:
    """Who bridges between the partners, where somebody is missing, and whether answers come in time.

    Args:
        alliance: The alliance.
        on: The day to reckon with.
        rules: What is slow; None takes the usual.

    Source:
        The article's pitfall 3: a "culture bridge", a liaison from each side, and an answer within two weeks.
    """
    held = rules or CheckInRules()
    partners = [audit.organisation.id for audit in alliance.partners]
    contacts = alliance.charter.terms.contacts
    liaisons = {
        partner: tuple(each.person for each in contacts if each.party == partner and each.is_liaison)
        for partner in partners
    }
    missing = tuple(partner for partner in partners if not liaisons[partner])
    return CultureBridge(liaisons, missing, reply_times(request_waits(alliance, on), partners, held))


def request_waits(alliance: Alliance, on: date) -> tuple[Waited, ...]:
    """How long each request to a partner waited, or has waited so far; later ones are left out.

    Args:
        alliance: The alliance.
        on: The day to reckon with.

    Source:
        The article's pitfall 3: two weeks, unless the charter's rule or the request itself says otherwise.
    """
    rule = alliance.charter.rule
    days = ANSWER_DAYS if rule is None else rule.answer_days
    states = [
        (each.to, request_state(each, on=on, answer_days=days))
        for each in alliance.charter.requests
        if each.asked_on <= on
    ]
    return tuple(Waited(to, state.days, not state.is_open, state.late) for to, state in states)
