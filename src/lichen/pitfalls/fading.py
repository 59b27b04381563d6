"""What wears out: a threat that has passed, rounds that are skipped, needs that nobody looks at any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise, takewhile

from lichen.alliance.needs import need_courses
from lichen.charter.threat import ThreatStage, ThreatWindow, is_two_way, threat_state
from lichen.checkin.needs import outgrown_needs
from lichen.checkin.values import CheckInRules
from lichen.days import months_after
from lichen.pitfalls.situation import Situation
from lichen.pitfalls.values import Alert, AlertFigure, AlertMeasure, ConfidedItem, RuleCode
from lichen.progress.indicators import MeasuredNeed, measured_needs
from lichen.progress.needs import NeedCourse

__all__ = ["faded_threats", "missed_checkins", "outgrown", "unchanging_needs"]

_QUARTER = 91
"""Days."""


def faded_threats(situation: Situation) -> Iterator[Alert]:
    """Shared threats that are ageing or have passed, where nothing else passes both ways between the partners."""
    promised = (one for one in situation.alliance.exchange.commitments if one.cancelled_on is None)
    two_way = is_two_way((one.provider, one.receiver) for one in promised)
    months = max(1, situation.rules.threat_months)
    window = ThreatWindow(months, max(months, ThreatWindow().to_months))
    everybody = situation.everybody
    for threat in situation.alliance.charter.threats:
        state = threat_state(threat, on=situation.on, two_way_exchange=two_way, window=window)
        if not state.faded:
            continue
        if state.stage is ThreatStage.PASSED:
            since, told = threat.passed_on, (RuleCode.THREAT_PASSED, AlertMeasure.ITEMS, 1.0)
        else:
            since, told = (
                state.ageing_on,
                (RuleCode.THREAT_OLD, AlertMeasure.MONTHS, float(_months(situation, threat.named_on))),
            )
        yield from situation.raised(*told, everybody, since=since, about=threat.name, may_see=everybody)


def missed_checkins(situation: Situation) -> Iterator[Alert]:
    """An alliance that has not checked in for longer than a quarter, since it was founded or since the last time."""
    alliance, code = situation.alliance, RuleCode.CHECKIN_MISSED
    founded_on = alliance.formed_on or alliance.charter.terms.begins_on
    counted_from = (founded_on, *(each.held_on for each in alliance.checkins))
    start = max((day for day in counted_from if day is not None and day <= situation.on), default=None)
    if start is not None:
        days, everybody = (situation.on - start).days, situation.everybody
        since = situation.waited(code, start)
        yield from situation.raised(code, AlertMeasure.DAYS, days, everybody, since=since, may_see=everybody)


def unchanging_needs(situation: Situation) -> Iterator[Alert]:
    """Severities that a partner leaves as they were, and quarters in which nobody names a new need."""
    courses = need_courses(situation.alliance, situation.on)
    for id in situation.everybody:
        own = [each for each in courses if each.owner == id]
        days = _unchanged(own)
        since = situation.crossed_on(RuleCode.SEVERITIES_UNCHANGED, days)
        yield from situation.raised(
            RuleCode.SEVERITIES_UNCHANGED,
            AlertMeasure.TIMES,
            len(days),
            (id,),
            since=since,
            may_see=(id,),
            confided_by=(id,),
        )
    yield from _without_new_needs(situation, courses)


def outgrown(situation: Situation) -> Iterator[Alert]:
    """Needs that have been slight for some time: has this been outgrown? Their owner is asked."""
    slight = replace(CheckInRules(), outgrown=situation.rules.outgrown, outgrown_times=1)
    for need in outgrown_needs(situation.alliance.partners, situation.alliance.checkins, situation.on, slight):
        yield from situation.raised(
            RuleCode.NEED_OUTGROWN,
            AlertMeasure.TIMES,
            need.times,
            (need.owner,),
            AlertFigure(AlertMeasure.STEPS, need.severity),
            since=situation.crossed_on(RuleCode.NEED_OUTGROWN, _rounds(situation, need.owner, need.since)),
            items=(ConfidedItem(need.owner, need.code),),
            may_see=(need.owner,),
            confided_by=(need.owner,),
        )


def _rounds(situation: Situation, owner: str, since: date) -> Iterator[date]:
    """The check-ins from a day on that a partner answered."""
    return (each.held_on for each in situation.alliance.checkins if each.held_on >= since and owner in each.answered)


def _unchanged(courses: Sequence[NeedCourse]) -> list[date]:
    """The check-ins in a row, up to the last, at which a partner went through its needs and left them as they were."""
    days = sorted({reading.on for each in courses for reading in each.readings[1:] if reading.answered})
    changed = {
        now.on for each in courses for before, now in pairwise(each.readings) if now.severity != before.severity
    } | {each.before.on for each in courses if each.is_new}
    return [*takewhile(lambda day: day not in changed, reversed(days))]


def _without_new_needs(situation: Situation, courses: Sequence[NeedCourse]) -> Iterator[Alert]:
    """Only where check-ins were held since, at which a need could have been named, and where something improves.

    Whether something does, and when a need was last named, was worked out from what all confided.
    """
    last = max((each.before.on for each in courses), default=None)
    asked = [each for each in situation.alliance.checkins if last is not None and each.held_on > last]
    measured = measured_needs(situation.alliance.progress.indicators, courses, situation.on)
    if last is None or not asked or not (any(each.fall > 0 for each in courses) or _improves(measured)):
        return
    code, everybody = RuleCode.NO_NEW_NEEDS, situation.everybody
    quarters = (situation.on - last).days // _QUARTER
    owners = tuple(sorted({each.owner for each in courses}))
    yield from situation.raised(code, AlertMeasure.QUARTERS, quarters, everybody, may_see=everybody, confided_by=owners)


def _improves(measured: Iterable[MeasuredNeed]) -> bool:
    return any(each.measure_went > 0 for each in measured)


def _months(situation: Situation, start: date) -> int:
    """Whole months from a day to this one."""
    on = situation.on
    months = (on.year - start.year) * 12 + on.month - start.month
    return months if months_after(start, months) <= on else months - 1
