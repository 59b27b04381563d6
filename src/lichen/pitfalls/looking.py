"""What is about to go wrong in an alliance: every rule asked at once, what matters most first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from lichen.alliance.values import Alliance
from lichen.audit.findings import Weight
from lichen.pitfalls.beginning import late_promises, readiness, unexchanged_expectations, unsaid_interests
from lichen.pitfalls.claiming import overclaiming, untaken_findings
from lichen.pitfalls.fading import faded_threats, missed_checkins, outgrown, unchanging_needs
from lichen.pitfalls.friction import late_replies, waiting_requests, ways_apart
from lichen.pitfalls.leaning import missing_stand_ins, power_imbalance, single_points
from lichen.pitfalls.opening import over_disclosure, withheld_facts
from lichen.pitfalls.rules import RULES, PitfallRules, rule_of
from lichen.pitfalls.situation import Reviewed, Situation, reviewed, situation_on
from lichen.pitfalls.trusting import trust_asymmetry
from lichen.pitfalls.values import Alert

__all__ = ["alerts_in", "pitfalls"]

_LOOKS: tuple[Callable[[Situation], Iterator[Alert]], ...] = (
    over_disclosure,
    withheld_facts,
    trust_asymmetry,
    power_imbalance,
    waiting_requests,
    late_replies,
    ways_apart,
    missed_checkins,
    unchanging_needs,
    outgrown,
    overclaiming,
    untaken_findings,
    faded_threats,
    readiness,
    single_points,
    missing_stand_ins,
    unsaid_interests,
    unexchanged_expectations,
    late_promises,
)
_ORDER = {rule.code: place for place, rule in enumerate(RULES)}


def pitfalls(alliance: Alliance, on: date, rules: PitfallRules | None = None) -> tuple[Alert, ...]:
    """Everything that is about to go wrong in an alliance, as far as its file can tell; what stops it comes first.

    A warning is a question, not a verdict. None at all means only that nothing crossed a threshold. An alliance that
    has ended is not warned.

    Args:
        alliance: The alliance.
        on: The day; what is dated later does not count.
        rules: The thresholds; None takes the usual.

    Returns:
        By weight, then in the order of the rules, then by partner.

    Source:
        The article's common pitfalls, step 1 and 4, questions 1 and 3; each rule says where its threshold is from.

    Example:
        >>> from lichen.audit.values import Audit, Organisation
        >>> farm = Audit(Organisation("farm", "Farm"))
        >>> [(alert.rule.value, alert.figures[0].value) for alert in pitfalls(
        ...     Alliance("Valley", partners=(farm,)), date(2026, 5, 1))]
        [('few-needs', 0.0)]
    """
    held = rules or PitfallRules()
    return alerts_in(alliance, on, held, reviewed(held))


def alerts_in(alliance: Alliance, on: date, rules: PitfallRules, review_of: Reviewed) -> tuple[Alert, ...]:
    """The same, for whoever asks on many days and reviews each audit once.

    Args:
        alliance: The alliance.
        on: The day.
        rules: The thresholds.
        review_of: What a review finds in an audit.
    """
    ended_on = alliance.course.ended_on
    if ended_on is not None and ended_on <= on:
        return ()
    situation = situation_on(alliance, on, rules, review_of)
    return tuple(sorted((alert for look in _LOOKS for alert in look(situation)), key=_place))


def _place(alert: Alert) -> tuple[int, int, tuple[str, ...], str, float]:
    weight = [*Weight].index(rule_of(alert.rule).weight)
    return weight, _ORDER[alert.rule], alert.concerns, alert.about, -alert.figures[0].value
