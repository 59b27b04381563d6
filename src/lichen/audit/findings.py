"""What a review of an audit can find: codes, how much they weigh, and what can be set differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

__all__ = ["WEIGHTS", "Figure", "Finding", "FindingCode", "ReviewRules", "Weight"]

Figure = int | float | str | tuple[int, ...] | tuple[str, ...]
"""A number, a code, or several. ``place`` and ``places`` count from 1 in the audit's list of gaps or of offers."""


class Weight(StrEnum):
    """What a finding asks for."""

    STOP = "stop"
    """Approach nobody before this is settled."""
    MEND = "mend"
    """Put it right; the rest can go on."""
    LOOK = "look"
    """Look at it once more; it may be right as it is."""


class FindingCode(StrEnum):
    """Everything that a review can find; under each, the figures that come with it."""

    FEW_VULNERABILITIES = "few_vulnerabilities"
    """count, wanted."""
    NO_OFFERS = "no_offers"
    """None."""
    UNKNOWN_CODE = "unknown_code"
    """sense, place, nearest (codes). It bears no item, since what stands there may be somebody's own words."""
    UNRECOGNISED = "unrecognised"
    """sense, place, nearest (codes that the words may mean; often none). Until one is picked, it meets nobody."""
    LEADERSHIP_NOT_ALIGNED = "leadership_not_aligned"
    """None. The article suggests a pilot on one vulnerability (question 1)."""
    NOTHING_RELEVANT = "nothing_relevant"
    """of: how many gaps there are; each has the answer no."""
    SUPERSEDED_CODE = "superseded_code"
    """sense, place, successors (codes)."""
    GAP_DOUBLED = "gap_doubled"
    """places."""
    OFFER_DOUBLED = "offer_doubled"
    """places."""
    GAP_AND_STRENGTH = "gap_and_strength"
    """severity, strength: the highest of each."""
    RANK_MISSING = "rank_missing"
    """places, of."""
    RANK_DOUBLED = "rank_doubled"
    """rank, places."""
    RANK_SKIPPED = "rank_skipped"
    """ranks: those that nobody has."""
    RELEVANCE_UNASKED = "relevance_unasked"
    """places, of."""
    OVERCLAIMING = "overclaiming"
    """places, of, most: the share without evidence from which on it counts as overclaiming."""
    EVIDENCE_MISSING = "evidence_missing"
    """places, of."""
    PERSON_NAMED = "person_named"
    """where (gap, offer or opening), field, place (0 in an opening), kinds. Never the name."""
    UNCONFIRMED = "unconfirmed"
    """sense, place, alternatives (codes)."""
    OTHER_SENSE = "other_sense"
    """sense (of the list it stands in), place, suggested (code), score."""
    OTHER_CAPABILITY = "other_capability"
    """sense, place, suggested (code), score."""
    OPENING_UNANSWERED = "opening_unanswered"
    """fields: of ``Opening``."""
    LEADERSHIP_UNSAID = "leadership_unsaid"
    """None."""
    HOURS_SHORT = "hours_short"
    """hours, wanted."""
    HOURS_UNSAID = "hours_unsaid"
    """wanted."""
    SHARE_LATE = "share_late"
    """place."""
    MATERIAL_FACT = "material_fact"
    """place, severity."""


_STOPS = frozenset(
    {
        FindingCode.FEW_VULNERABILITIES,
        FindingCode.NO_OFFERS,
        FindingCode.UNKNOWN_CODE,
        FindingCode.LEADERSHIP_NOT_ALIGNED,
        FindingCode.NOTHING_RELEVANT,
    }
)
_LOOKS = frozenset(
    {
        FindingCode.RANK_SKIPPED,
        FindingCode.EVIDENCE_MISSING,
        FindingCode.OTHER_SENSE,
        FindingCode.OTHER_CAPABILITY,
        FindingCode.HOURS_UNSAID,
        FindingCode.SHARE_LATE,
        FindingCode.MATERIAL_FACT,
    }
)


def _weight(code: FindingCode) -> Weight:
    return Weight.STOP if code in _STOPS else Weight.LOOK if code in _LOOKS else Weight.MEND


WEIGHTS: Mapping[FindingCode, Weight] = MappingProxyType({code: _weight(code) for code in FindingCode})
"""How much each finding weighs."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a review found: codes and figures, which a face turns into a sentence."""

    code: FindingCode
    """What was found."""
    item: str = ""
    """The capability concerned, a code of this taxonomy or an earlier one; empty where there is none."""
    figures: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    """What :class:`FindingCode` says of the code."""

    @property
    def weight(self) -> Weight:
        """What the finding asks for."""
        return WEIGHTS[self.code]


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """What a review asks of an audit. The first two are the article's; the others are ours."""

    vulnerabilities: int = 5
    """At least so many."""
    hours: float = 2.0
    """At least so many hours of the leadership team."""
    unevidenced: float = 0.30
    """Overclaiming begins where more than this share of the offers stands on the lowest step of evidence."""
    sure: float = 0.80
    """How sure recognising must be, 0 to 1, before a review doubts the code somebody chose."""
