"""An alliance as it stood on an earlier day: whatever is dated later is cut out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Opening, Readiness
from lichen.charter.agreement.terms import AgreementTerms, Milestone, Signature, Version
from lichen.charter.clause.values import Capacity, Happening, Renegotiation
from lichen.charter.requests import ChangeRequest
from lichen.charter.threat import SharedThreat
from lichen.charter.veto import Veto
from lichen.charter.votes.values import Exposure, Motion, Stance
from lichen.checkin.values import CheckIn, ServedAnswer
from lichen.disclosure.values import DisclosureEvent, Matter
from lichen.exchange.ledger.deliveries import ledger_on
from lichen.exchange.values import Claim, Commitment, EconomicEvent, Intent, Ledger, Response, Valuation
from lichen.pilot.values import Expectation, Pilot, PilotReview, PilotTerms, Settled, Step, SuccessTest
from lichen.progress.comparison import OutcomeReading
from lichen.progress.values import (
    Course,
    FunderPermission,
    Goal,
    GoalReading,
    IndicatorReading,
    Membership,
    SatisfactionAnswer,
)

__all__ = ["DATES", "Dates", "alliance_as_of", "dated_days"]


@dataclass(frozen=True, slots=True)
class Dates:
    """What the days in one kind of value mean."""

    begun: str = ""
    """The day from which it is there at all; before it, the whole value is left out."""
    befell: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Days on which something happened to it, each with what is known only since: before it, none of that is."""
    planned: tuple[str, ...] = ()
    """Days that were set beforehand, so that they stand from the start."""


DATES: Mapping[type, Dates] = MappingProxyType(
    {
        Alliance: Dates(befell={"formed_on": ()}),
        Audit: Dates(planned=("audited_on",)),
        Matter: Dates("opened_on"),
        DisclosureEvent: Dates("on"),
        Pilot: Dates(befell={"revealed_on": (), "adjusted_on": ("adjustment",)}),
        Expectation: Dates("written_on"),
        Settled: Dates("settled_on"),
        PilotTerms: Dates(planned=("starts_on", "ends_on", "review_on")),
        SuccessTest: Dates(planned=("by",)),
        Step: Dates(befell={"held_on": ("result", "worked_for")}),
        PilotReview: Dates("reviewed_on"),
        SharedThreat: Dates("named_on", {"passed_on": ()}),
        Exposure: Dates("declared_on", {"ended_on": ()}),
        Motion: Dates("opened_on", {"reviewed_on": ()}, ("closes_on", "review_on")),
        Stance: Dates("taken_on"),
        Veto: Dates("vetoed_on", {"resolved_on": ("resolution",)}),
        ChangeRequest: Dates("asked_on", {"answered_on": ("answer", "answered_by", "words")}, ("answer_by",)),
        Capacity: Dates("stated_on"),
        Happening: Dates("happened_on"),
        Renegotiation: Dates("asked_on", {"settled_on": ("settlement",), "withdrawn_on": ()}),
        AgreementTerms: Dates(planned=("first_check_in_on", "begins_on", "ends_on")),
        Milestone: Dates(planned=("due_on",)),
        Signature: Dates("signed_on"),
        Version: Dates("agreed_on"),
        Intent: Dates(planned=("starts_on", "ends_on")),
        Commitment: Dates("promised_on", {"cancelled_on": ("cancelled_why",)}, ("due_on", "starts_on")),
        EconomicEvent: Dates("happened_on"),
        Response: Dates("responded_on"),
        Claim: Dates("claimed_on", {"waived_on": ("waived_why",)}, ("due_on",)),
        Valuation: Dates("valued_on"),
        CheckIn: Dates("held_on", {"revealed_on": ()}, ("announced_on",)),
        ServedAnswer: Dates("on"),
        SatisfactionAnswer: Dates("answered_on"),
        IndicatorReading: Dates("on"),
        GoalReading: Dates("on"),
        Goal: Dates("agreed_on"),
        FunderPermission: Dates("allowed_on"),
        OutcomeReading: Dates(befell={"on": ("value", "n", "sd")}),
        Membership: Dates("joined_on", {"left_on": ("left_because",)}),
        Course: Dates(befell={"first_contact_on": (), "ended_on": ("ended_because",)}),
    }
)
"""What each day in an alliance's file means. A value that is not here bears no day of its own, and stays."""

_UNDATED = Dates()


def alliance_as_of(alliance: Alliance, day: date) -> Alliance:
    """The alliance as its file would have stood at the end of a day.

    What is dated later is left out, and what happened later to something that was there is undone. What bears no day
    stays, since nobody knows since when it holds; a pilot is there from the first day in it. A partner whose audit was
    finished later stays with its name and nothing said.

    Args:
        alliance: The alliance.
        day: The last day that counts.

    Source:
        Ours.

    Example:
        >>> from lichen.charter.values import Charter
        >>> cuts = SharedThreat("The night buses are to be cut", named_on=date(2026, 3, 1))
        >>> alliance = Alliance("Eastfield", formed_on=date(2026, 2, 1), charter=Charter(threats=(cuts,)))
        >>> before = alliance_as_of(alliance, date(2026, 2, 28))
        >>> before.formed_on == alliance.formed_on, before.charter.threats
        (True, ())
    """
    kept: Alliance = _kept(alliance, day)
    return kept


def dated_days(alliance: Alliance) -> tuple[date, ...]:
    """The days on which anything happened, the earliest first, each once; days that are planned are not among them.

    Args:
        alliance: The alliance.
    """
    audited = (audit.audited_on for audit in alliance.partners if audit.audited_on is not None)
    return tuple(sorted({*_days(alliance), *audited}))


def _kept(value: Any, day: date) -> Any:
    """A value without what is later; a tuple without those of its members that are later themselves."""
    if isinstance(value, tuple):
        return tuple(_kept(each, day) for each in value if not _is_later(each, day))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    whole = _WHOLE.get(type(value))
    return whole(value, day) if whole else _parts_kept(value, day)


def _is_later(value: Any, day: date) -> bool:
    begun = DATES.get(type(value), _UNDATED).begun
    first = getattr(value, begun) if begun else min(_days(value), default=None) if isinstance(value, Pilot) else None
    return first is not None and first > day


def _parts_kept(value: Any, day: date) -> Any:
    changed = _undone(value, day)
    for name in _names(value):
        if name not in changed:
            before = getattr(value, name)
            after = _kept(before, day)
            if after is not before and after != before:
                changed[name] = after
    return replace(value, **changed) if changed else value


def _undone(value: Any, day: date) -> dict[str, Any]:
    """What goes back to how it was before something happened to the value."""
    changed: dict[str, Any] = {}
    for name, since in DATES.get(type(value), _UNDATED).befell.items():
        happened_on = getattr(value, name)
        if happened_on is not None and happened_on > day:
            changed |= {each.name: each.default for each in fields(value) if each.name in (name, *since)}
    return changed


def _audit_kept(audit: Audit, day: date) -> Audit:
    if audit.audited_on is None or audit.audited_on <= day:
        return audit
    silent = replace(audit.organisation, vulnerabilities=(), offers=())
    return replace(audit, organisation=silent, readiness=Readiness(), opening=Opening())


_WHOLE: Mapping[type, Callable[[Any, date], Any]] = {Audit: _audit_kept, Ledger: ledger_on}
"""What is cut as a whole."""


def _days(value: Any) -> Iterator[date]:
    """Every day on which something happened in a value; of a pilot also the one on which it starts."""
    if isinstance(value, tuple):
        for each in value:
            yield from _days(each)
    elif is_dataclass(value) and not isinstance(value, type):
        known = DATES.get(type(value), _UNDATED)
        own = [name for name in (known.begun, *known.befell) if name]
        if isinstance(value, PilotTerms):
            own.append("starts_on")
        yield from (day for name in own if (day := getattr(value, name)) is not None)
        for name in _names(value):
            yield from _days(getattr(value, name))


def _names(value: Any) -> Iterator[str]:
    return (each.name for each in fields(value))
