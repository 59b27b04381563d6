"""What a warning is: which rule, whom it concerns, the figures that fired it, and who may be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["Alert", "AlertFigure", "AlertMeasure", "ConfidedItem", "FiresWhen", "Pitfall", "RuleBasis", "RuleCode"]


class Pitfall(StrEnum):
    """What alliances stumble over."""

    OVER_DISCLOSURE = "over-disclosure"
    FACT_WITHHELD = "material fact withheld"
    TRUST_ASYMMETRY = "trust asymmetry"
    POWER_IMBALANCE = "power imbalance"
    CULTURAL_FRICTION = "cultural friction"
    COMPLACENCY = "complacency"
    OVERCLAIMING = "overclaiming"
    THREAT_FADE = "shared-threat fade"
    READINESS = "readiness"
    SINGLE_POINT = "single point of failure"
    COMMON_GROUND = "common ground without interests"
    EXPECTATIONS = "expectations never exchanged"
    HIDDEN_WEAKNESS = "undeclared weakness"
    BROKEN_PROMISE = "promise not kept"


class RuleBasis(StrEnum):
    """Where the number of a rule is from."""

    ARTICLE = "article"
    """The article's own practice."""
    STUDY = "study"
    """A published study, which the rule names."""
    PROPOSAL = "proposal"
    """Ours; nobody has tested it."""


class FiresWhen(StrEnum):
    """On which side of its threshold a figure fires a rule."""

    MORE_THAN = "more than"
    AT_LEAST = "at least"
    LESS_THAN = "less than"


class RuleCode(StrEnum):
    """Every rule, by the name that it has in answers and in documents."""

    MATERIAL_FACT_DUE = "material-fact-due"
    NOT_TO_ALLY = "not-to-ally"
    EXPECTATIONS_UNEXCHANGED = "expectations-unexchanged"
    OPENED_MANY = "opened-many"
    OPENED_IRRELEVANT = "opened-irrelevant"
    OPENED_SENSITIVE = "opened-sensitive"
    OPENED_AHEAD = "opened-ahead"
    TRUST_LOW = "trust-low"
    TRUST_GAP = "trust-gap"
    TRUST_KIND_GAP = "trust-kind-gap"
    COVER_GAP = "cover-gap"
    POWER_HELD = "power-held"
    REQUEST_UNBRIDGED = "request-unbridged"
    REQUEST_LATE = "request-late"
    REPLIES_SLOWER = "replies-slower"
    CULTURE_APART = "culture-apart"
    SLIDER_APART = "slider-apart"
    INTERESTS_UNSAID = "interests-unsaid"
    WEAKNESS_UNTAKEN = "weakness-untaken"
    PROMISE_LATE = "promise-late"
    CLAIM_ABOVE_EVIDENCE = "claim-above-evidence"
    CLAIMS_UNEVIDENCED = "claims-unevidenced"
    OFFER_PROVED_WEAKER = "offer-proved-weaker"
    STRENGTH_IS_GAP = "strength-is-gap"
    LEADERSHIP_NOT_ALIGNED = "leadership-not-aligned"
    FEW_NEEDS = "few-needs"
    LITTLE_TIME = "little-time"
    CHECKIN_MISSED = "check-in-missed"
    SEVERITIES_UNCHANGED = "severities-unchanged"
    NO_NEW_NEEDS = "no-new-needs"
    NEED_OUTGROWN = "need-outgrown"
    THREAT_PASSED = "threat-passed"
    THREAT_OLD = "threat-old"
    SINGLE_POINT = "single-point"
    STAND_IN_MISSING = "stand-in-missing"


class AlertMeasure(StrEnum):
    """What a figure counts or measures."""

    ITEMS = "items"
    PARTNERS = "partners"
    PROMISES = "promises"
    TIMES = "times"
    QUARTERS = "quarters"
    DAYS = "days"
    MONTHS = "months"
    HOURS = "hours"
    STEPS = "steps"
    """Of a scale from 1 to 5, or from 1 to 10 for the quick question on trust."""
    ANSWER = "answer"
    """On such a scale."""
    POINTS = "points"
    """Of a slider from 0 to 100."""
    SHARE = "share"
    """Of one."""
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class AlertFigure:
    """A figure that stands behind a warning."""

    measure: AlertMeasure
    """What it counts or measures."""
    value: float
    """How much."""
    threshold: float | None = None
    """What it crossed; None where it stands beside the one that did."""


@dataclass(frozen=True, slots=True)
class ConfidedItem:
    """An item that a warning would name: the code alone is the confession."""

    owner: str
    """Id of the partner whose it is."""
    code: str
    """Its code."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A warning: one rule, those whom it concerns, the figures that fired it, and who may be told."""

    rule: RuleCode
    """Which rule."""
    concerns: tuple[str, ...]
    """Ids of the partners whom it concerns; where it has a direction, the one it starts from stands first."""
    figures: tuple[AlertFigure, ...]
    """The one that crossed its threshold first, then those that belong to it."""
    since: date | None = None
    """The first day on which it held; None where nothing in the file tells."""
    about: str = ""
    """What it is about, where there are several: the id of a pilot, a request or a threat."""
    items: tuple[ConfidedItem, ...] = ()
    """The items concerned."""
    may_see: tuple[str, ...] = ()
    """Ids of the partners who may be told at all; the facilitator, who keeps the file, always may."""
    confided_by: tuple[str, ...] = ()
    """Ids of the partners from whose confidences the figures were worked out: they are shown to nobody else."""
