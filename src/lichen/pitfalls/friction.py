"""Different ways of working: requests that wait, replies that take much longer, ways that lie far apart."""

from __future__ import annotations

from collections.abc import Iterator

from lichen.alliance.bridging import culture_bridge
from lichen.charter.requests import ChangeRequest, request_state
from lichen.checkin.culture import culture_gaps, culture_profiles
from lichen.pitfalls.situation import Situation
from lichen.pitfalls.values import Alert, AlertFigure, AlertMeasure, RuleCode

__all__ = ["late_replies", "waiting_requests", "ways_apart"]


def waiting_requests(situation: Situation) -> Iterator[Alert]:
    """Requests that have waited too long; those for which a side has nobody who bridges are told apart."""
    named = culture_bridge(situation.alliance, situation.on).liaisons
    liaisons = {id for id, people in named.items() if people}
    for request in situation.alliance.charter.requests:
        state = request_state(request, on=situation.on, answer_days=situation.rules.reply_days)
        if state.is_open:
            code = RuleCode.REQUEST_LATE if _is_bridged(request, liaisons) else RuleCode.REQUEST_UNBRIDGED
            yield from situation.raised(
                code,
                AlertMeasure.DAYS,
                state.days,
                (request.by, request.to),
                since=situation.waited(code, request.asked_on),
                about=request.id,
                may_see=(request.by, request.to),
            )


def late_replies(situation: Situation) -> Iterator[Alert]:
    """Partners who take many times as long to answer as the quickest."""
    for each in culture_bridge(situation.alliance, situation.on).replies:
        if each.ratio is not None and each.median_days is not None:
            yield from situation.raised(
                RuleCode.REPLIES_SLOWER,
                AlertMeasure.RATIO,
                each.ratio,
                (each.partner,),
                AlertFigure(AlertMeasure.DAYS, each.median_days),
                may_see=situation.everybody,
            )


def ways_apart(situation: Situation) -> Iterator[Alert]:
    """Partners who say of themselves that they work very differently."""
    checkins = situation.alliance.checkins
    profiles = sorted(culture_profiles(checkins, situation.on), key=lambda each: each.partner)
    for gap in culture_gaps(profiles):
        two = (gap.one, gap.other)
        yield from situation.raised(RuleCode.CULTURE_APART, AlertMeasure.POINTS, gap.distance, two, may_see=two)
        widest = max(gap.sliders, key=lambda each: each.size)
        yield from situation.raised(
            RuleCode.SLIDER_APART, AlertMeasure.POINTS, widest.size, two, about=widest.slider.value, may_see=two
        )


def _is_bridged(request: ChangeRequest, liaisons: set[str]) -> bool:
    """Whether both sides have a liaison: named in the request, or among the contacts of the charter."""
    asking = bool(request.liaison_asking.strip()) or request.by in liaisons
    return asking and (bool(request.liaison_asked.strip()) or request.to in liaisons)
