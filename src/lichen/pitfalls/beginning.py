"""What should have been said before anything began: honest audits, interests, expectations; and what was promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from lichen.audit.findings import FindingCode
from lichen.exchange.ledger.standings import PromiseStanding, promise_standings
from lichen.pilot.findings import PilotFindingCode
from lichen.pilot.looking import pilot_findings
from lichen.pilot.values import Pilot
from lichen.pitfalls.situation import Pair, Situation
from lichen.pitfalls.values import Alert, AlertFigure, AlertMeasure, RuleCode

__all__ = ["late_promises", "readiness", "unexchanged_expectations", "unsaid_interests"]

_UNEXCHANGED = (
    PilotFindingCode.EXPECTATIONS_UNWRITTEN,
    PilotFindingCode.WRITTEN_LATE,
    PilotFindingCode.EXPECTATIONS_SEALED,
)


def readiness(situation: Situation) -> Iterator[Alert]:
    """Partners who had better try one need first; each is told of itself alone."""
    for id, findings in situation.findings.items():
        for finding in findings:
            match finding.code, finding.figures:
                case FindingCode.FEW_VULNERABILITIES, {"count": int(count)}:
                    told = (RuleCode.FEW_NEEDS, AlertMeasure.ITEMS, float(count))
                case FindingCode.HOURS_SHORT, {"hours": float(hours) | int(hours)}:
                    told = (RuleCode.LITTLE_TIME, AlertMeasure.HOURS, float(hours))
                case FindingCode.LEADERSHIP_NOT_ALIGNED, _:
                    told = (RuleCode.LEADERSHIP_NOT_ALIGNED, AlertMeasure.PARTNERS, 1.0)
                case _:
                    continue
            since = situation.audits[id].audited_on
            yield from situation.raised(*told, (id,), since=since, may_see=(id,), confided_by=(id,))


def unsaid_interests(situation: Situation) -> Iterator[Alert]:
    """Goals that all share, beside which nobody has said what it wants for itself."""
    code, terms = RuleCode.INTERESTS_UNSAID, situation.alliance.charter.terms
    is_begun = terms.begins_on is None or terms.begins_on <= situation.on
    is_shared = is_begun and bool(terms.goals or terms.purpose.strip())
    for pilot in situation.alliance.pilots:
        silent = _lacking(situation, pilot, PilotFindingCode.INTERESTS_UNSAID)
        if pilot.shared_goals or is_shared:
            yield from situation.raised(
                code, AlertMeasure.PARTNERS, len(silent), silent, about=pilot.id, may_see=pilot.partners
            )
    if is_shared and not situation.alliance.pilots:
        everybody = situation.everybody
        yield from situation.raised(
            code, AlertMeasure.PARTNERS, len(everybody), everybody, since=terms.begins_on, may_see=everybody
        )


def unexchanged_expectations(situation: Situation) -> Iterator[Alert]:
    """Pilots that have begun although not all expectations were written unseen and laid open together."""
    for pilot in situation.alliance.pilots:
        begun_on = _begun_on(pilot, situation.on)
        found = {each.code for each in pilot_findings(pilot, situation.on)} if begun_on else set()
        missing = next((code for code in _UNEXCHANGED if code in found), None)
        if missing is not None:
            concerned = _lacking(situation, pilot, missing) or tuple(sorted(pilot.partners))
            yield from situation.raised(
                RuleCode.EXPECTATIONS_UNEXCHANGED,
                AlertMeasure.PARTNERS,
                len(concerned),
                concerned,
                since=begun_on,
                about=pilot.id,
                may_see=pilot.partners,
            )


def late_promises(situation: Situation) -> Iterator[Alert]:
    """What was promised and is not all there after its last day, between each two."""
    late: dict[Pair, list[PromiseStanding]] = defaultdict(list)
    for standing in promise_standings(situation.alliance.exchange, on=situation.on):
        if standing.is_late:
            late[standing.promise.provider, standing.promise.receiver].append(standing)
    for pair, standings in sorted(late.items()):
        worst = max(each.days_late for each in standings)
        yield from situation.raised(
            RuleCode.PROMISE_LATE,
            AlertMeasure.DAYS,
            worst,
            pair,
            AlertFigure(AlertMeasure.PROMISES, len(standings)),
            since=situation.waited(RuleCode.PROMISE_LATE, situation.on - timedelta(days=worst)),
            may_see=pair,
        )


def _lacking(situation: Situation, pilot: Pilot, code: PilotFindingCode) -> tuple[str, ...]:
    """The partners of whom a look at the pilot finds something, in the order of their ids."""
    found = (each.figures.get("partners") for each in pilot_findings(pilot, situation.on) if each.code is code)
    return tuple(sorted(id for partners in found if isinstance(partners, tuple) for id in partners))


def _begun_on(pilot: Pilot, on: date) -> date | None:
    """The first day of a pilot: that of its terms, or of its first step; None while it lies ahead."""
    days = [pilot.terms.starts_on, *(step.held_on for step in pilot.steps)]
    return min((day for day in days if day is not None and day <= on), default=None)
