"""What Lichen would have said of a case, and when: before the trouble, after it, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations

from lichen.advisor.advising import model_advice
from lichen.advisor.values import ModelAdvice
from lichen.alliance.as_of import alliance_as_of, dated_days
from lichen.alliance.values import Alliance
from lichen.audit.values import Audit, Vulnerability
from lichen.cases.values import CameOf, Case, CaseTrouble
from lichen.charter.clause.triggers import Trigger, triggers_between
from lichen.checkin.needs import needs_on
from lichen.fit.pairs import Fit, pair_fit
from lichen.pitfalls.history import pitfall_history
from lichen.pitfalls.rules import PitfallRules, rule_of
from lichen.pitfalls.values import Alert, RuleCode

__all__ = ["Bearing", "CaseFit", "CaseTold", "Foresight", "Foretold", "Saying", "case_told"]


class Foresight(StrEnum):
    """What became of a case, and whether Lichen would have said so before."""

    WARNED = "warned"
    """There was trouble, and of each one Lichen would have warned before."""
    PARTLY = "partly warned"
    """Of some of the troubles, and not of others."""
    MISSED = "missed"
    """There was trouble, and Lichen would have said nothing of it before."""
    WARNED_WITHOUT = "warned without trouble"
    """Lichen would have warned, and the article tells of no trouble."""
    QUIET = "quiet"
    """No trouble, and no warning."""
    NOTHING_TO_KNOW = "nothing to know"
    """The article tells too little for anything to be said."""


class Bearing(StrEnum):
    """What a warning has to do with what became of the case."""

    BEFORE = "before"
    """It was said before the trouble that it is about."""
    AFTER = "after"
    """It is about the trouble, and was not said before it."""
    BORNE_OUT = "borne out"
    """The article tells that it was so, and of no trouble that came of it."""
    NOTHING_TOLD = "nothing told"
    """The article tells of nothing like it: a false alarm, or more than the article tells."""
    SILENCE = "silence"
    """It warns of something missing that may be missing in the article alone; it counts for nothing."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Something that Lichen would have said, and what came of it."""

    said: Alert | Trigger
    """The warning; or a change by which a partner may ask for other terms."""
    first_on: date
    """The first day on which it would have been said."""
    bearing: Bearing
    """What it has to do with what became of the case."""
    rests_on_ours: bool
    """Whether it rests on answers or days that the article does not give."""
    came_of: CameOf | None
    """What came of it; None where the article does not say."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """A trouble, and what would have been said of it before."""

    trouble: CaseTrouble
    """The trouble."""
    before: tuple[Saying, ...]
    """What would have been said on an earlier day, the earliest first; empty is a miss."""

    @property
    def lead_days(self) -> int | None:
        """How many days before the trouble it would first have been said; None where it never was."""
        return (self.trouble.on - self.before[0].first_on).days if self.before else None

    @property
    def rests_on_ours(self) -> bool:
        """Whether nothing would have been said but for what the article does not give."""
        return bool(self.before) and all(each.rests_on_ours for each in self.before)


@dataclass(frozen=True, slots=True)
class CaseFit:
    """How two partners fit, from the day on which both had looked at themselves."""

    one: str
    """Id of the first, from whose side the fit is seen."""
    on: date | None
    """The day; None where nothing tells."""
    fit: Fit
    """How they fit."""


@dataclass(frozen=True, slots=True)
class CaseTold:
    """Everything that Lichen would have said of a case."""

    case: Case
    """The case."""
    sayings: tuple[Saying, ...]
    """What would have been said, the earliest first."""
    foretold: tuple[Foretold, ...]
    """Each trouble, with what would have been said before it."""
    fits: tuple[CaseFit, ...]
    """How every two partners fit, as far as anything is known of both."""
    advice: ModelAdvice
    """Which model the advisor would have named at the start."""

    @property
    def counted(self) -> tuple[Saying, ...]:
        """What would have been said and does not rest on the silence of the article."""
        return tuple(each for each in self.sayings if each.bearing is not Bearing.SILENCE)

    @property
    def foresight(self) -> Foresight:
        """What became of it, in one word."""
        if self.foretold:
            warned = {bool(each.before) for each in self.foretold}
            return Foresight.PARTLY if len(warned) > 1 else Foresight.WARNED if True in warned else Foresight.MISSED
        if self.counted:
            return Foresight.WARNED_WITHOUT
        return Foresight.QUIET if any(each.fit.score is not None for each in self.fits) else Foresight.NOTHING_TO_KNOW


_OF_WHAT_IS_MISSING = frozenset(
    {
        RuleCode.FEW_NEEDS,
        RuleCode.LITTLE_TIME,
        RuleCode.CLAIMS_UNEVIDENCED,
        RuleCode.INTERESTS_UNSAID,
        RuleCode.EXPECTATIONS_UNEXCHANGED,
        RuleCode.CHECKIN_MISSED,
        RuleCode.SEVERITIES_UNCHANGED,
        RuleCode.NO_NEW_NEEDS,
        RuleCode.STAND_IN_MISSING,
        RuleCode.SINGLE_POINT,
        RuleCode.REQUEST_UNBRIDGED,
    }
)
"""The rules that fire because something is not in the file: it may only not be in the article."""


def case_told(case: Case, rules: PitfallRules | None = None) -> CaseTold:
    """What Lichen would have said of a case, and when.

    The days of its alliance are walked through, each with what was known then and nothing later. Whatever the article
    claims in figures is never looked at.

    Args:
        case: The case.
        rules: The thresholds of the pitfalls; None takes the usual.

    Source:
        Ours. Those who made the cases into files also made the rules: this shows that the two agree, not that the
        rules are right.

    Example:
        >>> from lichen.cases.collection import article_case
        >>> told = case_told(article_case("near_bankrupt_nonprofit"))
        >>> told.foresight.value, told.foretold[0].lead_days
        ('warned', 7)
    """
    sayings = tuple(sorted((*_warnings(case, rules), *_changes(case)), key=lambda each: each.first_on))
    before = [each for each in sayings if each.bearing is Bearing.BEFORE]
    return CaseTold(
        case=case,
        sayings=sayings,
        foretold=tuple(
            Foretold(one, tuple(each for each in before if each.first_on < one.on and _is_about(each.said, one)))
            for one in case.head.troubles
        ),
        fits=tuple(_fits(case.alliance)),
        advice=model_advice(case.head.situation),
    )


def _warnings(case: Case, rules: PitfallRules | None) -> Iterator[Saying]:
    outcomes = {each.rule: each for each in case.head.came_of}
    for each in pitfall_history(case.alliance, case.head.until, rules):
        rule, on = each.alert.rule, each.first_on
        came_of = outcomes.get(rule)
        yield Saying(each.alert, on, _bearing(case, each.alert, on, came_of), rule in case.head.on_ours, came_of)


def _changes(case: Case) -> Iterator[Saying]:
    """What has changed since the audits, each change when it was first to be seen."""
    seen: set[tuple[str, str, str, str]] = set()
    for day in dated_days(case.alliance):
        for trigger in _triggers(alliance_as_of(case.alliance, day), day) if day <= case.head.until else ():
            key = (trigger.partner, trigger.ground, trigger.gap, trigger.what)
            if key not in seen:
                yield Saying(trigger, day, _bearing(case, trigger, day), False, None)
            seen.add(key)


def _bearing(case: Case, said: Alert | Trigger, on: date, came_of: CameOf | None = None) -> Bearing:
    if isinstance(said, Alert) and said.rule in _OF_WHAT_IS_MISSING and said.rule not in case.head.told_absent:
        return Bearing.SILENCE
    about = [each.on for each in case.head.troubles if _is_about(said, each)]
    if about:
        return Bearing.BEFORE if on < max(about) else Bearing.AFTER
    return Bearing.NOTHING_TOLD if came_of is None else Bearing.BORNE_OUT


def _triggers(alliance: Alliance, day: date) -> Iterator[Trigger]:
    clause, severities = alliance.charter.clause, needs_on(alliance.partners, alliance.checkins, day)
    for audit in alliance.partners:
        owner = audit.organisation.id
        now = {code: severity for (of, code), severity in severities.items() if of == owner and severity}
        yield from triggers_between(
            audit,
            _with_needs(audit, now),
            terms=clause.terms,
            on=day,
            capacities=clause.capacities,
            happenings=clause.happenings,
        )


def _with_needs(audit: Audit, severities: dict[str, int]) -> Audit:
    needs = tuple(Vulnerability(code, severity) for code, severity in severities.items())
    return replace(audit, organisation=replace(audit.organisation, vulnerabilities=needs))


def _is_about(said: Alert | Trigger, trouble: CaseTrouble) -> bool:
    """Whether it is about what went wrong, and about those with whom it went wrong."""
    if isinstance(said, Alert):
        fits, concerned = rule_of(said.rule).pitfall in trouble.pitfalls, said.concerns
    else:
        fits, concerned = trouble.is_changed_need, (said.partner,)
    return fits and (not trouble.concerns or bool({*trouble.concerns} & {*concerned}))


def _fits(alliance: Alliance) -> Iterator[CaseFit]:
    for one, other in combinations(alliance.partners, 2):
        fit = pair_fit(one.organisation, other.organisation)
        if _is_known(one) and _is_known(other):
            yield CaseFit(one.organisation.id, _later((one.audited_on, other.audited_on)), fit)


def _is_known(audit: Audit) -> bool:
    return bool(audit.organisation.vulnerabilities or audit.organisation.offers)


def _later(days: Sequence[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
