"""The rules of the pitfalls, as one table: what each looks at, its threshold, and where that is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from math import inf
from types import MappingProxyType

from lichen.audit.findings import ReviewRules, Weight
from lichen.charter.threat import ThreatWindow
from lichen.charter.votes.values import ANSWER_DAYS
from lichen.checkin.values import CheckInRules
from lichen.disclosure.values import DisclosureRules
from lichen.errors import Problem, refuse
from lichen.language import _
from lichen.pitfalls.values import FiresWhen, Pitfall, RuleBasis, RuleCode

__all__ = ["RULES", "PitfallRules", "Rule", "rule_of"]

_AUDIT, _CHECKIN = ReviewRules(), CheckInRules()


@dataclass(frozen=True, slots=True)
class PitfallRules:
    """The thresholds of the rules; all can be changed.

    Raises:
        InputError: A number is below 0 or no number.
    """

    before_pilot: int = DisclosureRules().before_pilot
    """So many items of one side may be open to another before a pilot (article)."""
    ahead: int = 2
    """From so many items on, one side has told more than the other (proposal)."""
    trust_gap: float = _CHECKIN.gap
    """From this difference on, the quick question on trust is answered unevenly (proposal)."""
    trust_kind_gap: float = _CHECKIN.dimension_gap
    """The same for each of the seven kinds (proposal)."""
    trust_low: float = _CHECKIN.low
    """Below this, trust is low, whatever the gap (proposal)."""
    cover_gap: float = 0.35
    """Above this difference of the two covers, one side needs the other much more (proposal)."""
    not_to_ally: float = 0.70
    """Above this difference, the honest advice is not to ally (proposal)."""
    power: float = 0.60
    """Above this share of all say, one partner decides for the others (proposal)."""
    reply_days: int = ANSWER_DAYS
    """So many days to answer when a change is asked for (article)."""
    reply_ratio: float = _CHECKIN.reply_ratio
    """From so many times the days of the quicker on, a partner replies much more slowly (proposal)."""
    slider: float = _CHECKIN.slider
    """From this difference on, one slider stands far apart (proposal)."""
    distance: float = _CHECKIN.distance
    """From this mean difference of the sliders on, two partners work very differently (proposal)."""
    checkin_days: int = 100
    """So many days may pass without a check-in: a quarter and a week (article: quarterly)."""
    unchanged: int = 2
    """From so many check-ins in a row on at which a partner's severities stay the same (proposal)."""
    quarters: int = 2
    """From so many quarters on without a new need, while outcomes improve (proposal)."""
    outgrown: int = _CHECKIN.outgrown
    """At this severity or less a need may have been outgrown (proposal)."""
    outgrown_times: int = _CHECKIN.outgrown_times
    """From so many check-ins in a row on (proposal)."""
    claim: int = 2
    """From so many steps on, a strength is claimed above its evidence (proposal)."""
    unevidenced: float = _AUDIT.unevidenced
    """Above this share, too many offers stand without evidence (proposal)."""
    weaker: int = 1
    """From so many steps on, an offer proved weaker than was said (proposal)."""
    threat_months: int = ThreatWindow().from_months
    """From so many months on a shared threat is ageing (article)."""
    needs: int = _AUDIT.vulnerabilities
    """An audit names at least so many (article)."""
    hours: float = _AUDIT.hours
    """The leadership team gave it at least so many hours (article)."""
    lost: int = 1
    """From so many needs on that nobody would cover if one partner left (proposal)."""
    late_days: int = 0
    """So many days may a promise be late (proposal)."""

    def __post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        for each in fields(self):
            if not 0 <= getattr(self, each.name) < inf:
                yield Problem(_("the number is below 0 or has no end"), _("0 or more"), column=each.name)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it watches, and from where on it warns."""

    code: RuleCode
    """Its name."""
    pitfall: Pitfall
    """What it warns of."""
    weight: Weight
    """What it asks for: stop, mend or look."""
    looks_at: str
    """The parts of the alliance's file that it looks at."""
    crossing: FiresWhen
    """On which side of the threshold it fires."""
    limit: str
    """The field of ``PitfallRules`` with its threshold; empty where one is one too many."""
    basis: RuleBasis
    """Where the threshold is from."""
    source: str
    """The place in the article or the study; of a proposal, what stands behind it."""

    def threshold(self, rules: PitfallRules) -> float:
        """The number that a figure must cross; 0 where one is one too many."""
        return float(getattr(rules, self.limit)) if self.limit else 0.0

    def is_crossed(self, value: float, rules: PitfallRules) -> bool:
        """Whether a figure fires it."""
        threshold = self.threshold(rules)
        if self.crossing is FiresWhen.MORE_THAN:
            return value > threshold
        return value >= threshold if self.crossing is FiresWhen.AT_LEAST else value < threshold


_S, _M, _L = Weight.STOP, Weight.MEND, Weight.LOOK
_MORE, _FROM, _LESS = FiresWhen.MORE_THAN, FiresWhen.AT_LEAST, FiresWhen.LESS_THAN
_A, _P = RuleBasis.ARTICLE, RuleBasis.PROPOSAL
_C, _F = RuleCode, Pitfall
_FALLACY = "the article's strengths-based fallacy"

RULES: tuple[Rule, ...] = (
    Rule(
        _C.MATERIAL_FACT_DUE,
        _F.FACT_WITHHELD,
        _S,
        "matters, pilots, promises",
        _MORE,
        "",
        _P,
        "the article's pitfall 1, which it goes against",
    ),
    Rule(_C.NOT_TO_ALLY, _F.POWER_IMBALANCE, _S, "audits", _MORE, "not_to_ally", _P, "the article's question 3"),
    Rule(_C.EXPECTATIONS_UNEXCHANGED, _F.EXPECTATIONS, _S, "pilots", _MORE, "", _A, "strengths-based fallacy"),
    Rule(_C.OPENED_MANY, _F.OVER_DISCLOSURE, _M, "matters", _MORE, "before_pilot", _A, "pitfall 1"),
    Rule(_C.OPENED_IRRELEVANT, _F.OVER_DISCLOSURE, _M, "matters, audits", _MORE, "", _A, "pitfall 1"),
    Rule(_C.OPENED_SENSITIVE, _F.OVER_DISCLOSURE, _M, "matters, audits", _MORE, "", _P, "Fennis and Stroebe (2014)"),
    Rule(_C.OPENED_AHEAD, _F.OVER_DISCLOSURE, _M, "matters", _FROM, "ahead", _P, "Fennis and Stroebe (2014)"),
    Rule(_C.TRUST_LOW, _F.TRUST_ASYMMETRY, _M, "check-ins", _LESS, "trust_low", _P, "the article's pitfall 2"),
    Rule(_C.TRUST_GAP, _F.TRUST_ASYMMETRY, _M, "check-ins", _FROM, "trust_gap", _P, "Graebner and others (2018)"),
    Rule(
        _C.TRUST_KIND_GAP,
        _F.TRUST_ASYMMETRY,
        _M,
        "check-ins",
        _FROM,
        "trust_kind_gap",
        _P,
        "Gilfoyle and others (2022)",
    ),
    Rule(_C.COVER_GAP, _F.POWER_IMBALANCE, _M, "audits", _MORE, "cover_gap", _P, "Casciaro and Piskorski (2005)"),
    Rule(_C.POWER_HELD, _F.POWER_IMBALANCE, _M, "voting rule", _MORE, "power", _P, "the article's question 3"),
    Rule(_C.REQUEST_UNBRIDGED, _F.CULTURAL_FRICTION, _M, "requests, contacts", _MORE, "reply_days", _A, "pitfall 3"),
    Rule(_C.REQUEST_LATE, _F.CULTURAL_FRICTION, _M, "requests", _MORE, "reply_days", _A, "pitfall 3"),
    Rule(_C.REPLIES_SLOWER, _F.CULTURAL_FRICTION, _L, "requests", _FROM, "reply_ratio", _P, "the article's pitfall 3"),
    Rule(_C.CULTURE_APART, _F.CULTURAL_FRICTION, _L, "check-ins", _FROM, "distance", _P, "the article's pitfall 3"),
    Rule(_C.SLIDER_APART, _F.CULTURAL_FRICTION, _L, "check-ins", _FROM, "slider", _P, "the article's pitfall 3"),
    Rule(_C.INTERESTS_UNSAID, _F.COMMON_GROUND, _M, "pilots, charter", _MORE, "", _A, "common ground trap"),
    Rule(_C.WEAKNESS_UNTAKEN, _F.HIDDEN_WEAKNESS, _M, "pilots, audits", _MORE, "", _A, "step 4"),
    Rule(_C.PROMISE_LATE, _F.BROKEN_PROMISE, _M, "promises", _MORE, "late_days", _P, ""),
    Rule(_C.CLAIM_ABOVE_EVIDENCE, _F.OVERCLAIMING, _M, "audits", _FROM, "claim", _P, _FALLACY),
    Rule(_C.CLAIMS_UNEVIDENCED, _F.OVERCLAIMING, _M, "audits", _MORE, "unevidenced", _P, _FALLACY),
    Rule(_C.OFFER_PROVED_WEAKER, _F.OVERCLAIMING, _M, "pilots, audits", _FROM, "weaker", _P, "the article's step 4"),
    Rule(_C.STRENGTH_IS_GAP, _F.OVERCLAIMING, _M, "audits", _MORE, "", _P, _FALLACY),
    Rule(_C.LEADERSHIP_NOT_ALIGNED, _F.READINESS, _M, "audits", _MORE, "", _A, "question 1"),
    Rule(_C.FEW_NEEDS, _F.READINESS, _M, "audits", _LESS, "needs", _A, "step 1"),
    Rule(_C.LITTLE_TIME, _F.READINESS, _M, "audits", _LESS, "hours", _A, "step 1"),
    Rule(_C.CHECKIN_MISSED, _F.COMPLACENCY, _M, "check-ins", _MORE, "checkin_days", _P, "the article's pitfall 4"),
    Rule(_C.SEVERITIES_UNCHANGED, _F.COMPLACENCY, _L, "check-ins", _FROM, "unchanged", _P, "the article's pitfall 4"),
    Rule(_C.NO_NEW_NEEDS, _F.COMPLACENCY, _L, "check-ins, progress", _FROM, "quarters", _P, "Möllering and Sydow"),
    Rule(_C.NEED_OUTGROWN, _F.COMPLACENCY, _L, "check-ins", _FROM, "outgrown_times", _P, "the article's pitfall 4"),
    Rule(_C.THREAT_PASSED, _F.THREAT_FADE, _M, "threats, promises", _MORE, "", _A, "Method B"),
    Rule(_C.THREAT_OLD, _F.THREAT_FADE, _L, "threats, promises", _FROM, "threat_months", _A, "Model B"),
    Rule(_C.SINGLE_POINT, _F.SINGLE_POINT, _L, "audits", _FROM, "lost", _P, ""),
    Rule(_C.STAND_IN_MISSING, _F.SINGLE_POINT, _L, "voting rule", _MORE, "", _P, ""),
)
"""In the order in which they are told: what stops first."""


def rule_of(code: RuleCode) -> Rule:
    """The rule of a name."""
    return _BY_CODE[code]


_BY_CODE: Mapping[RuleCode, Rule] = MappingProxyType({rule.code: rule for rule in RULES})
