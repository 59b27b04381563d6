"""Is an audit complete, consistent and honest enough to look for partners with? Every finding at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from lichen.audit.findings import Figure, Finding, FindingCode, ReviewRules, Weight
from lichen.audit.material import is_material_fact
from lichen.audit.own_words import findings_in_words, known_item, nearest_in_words
from lichen.audit.values import Audit, Offer, Readiness, Vulnerability
from lichen.capabilities.forward import successors
from lichen.capabilities.taxonomy import nearest_codes, taxonomy
from lichen.scales import Relevance, Sensitivity

__all__ = ["review"]

_BY_WEIGHT = tuple(Weight)
_Key = TypeVar("_Key", bound=Hashable)


def review(audit: Audit, *, asked: ReviewRules | None = None) -> tuple[Finding, ...]:
    """Everything that is missing, doubtful or worth a reminder in an audit, the heaviest first.

    A finding is a question to the team, not a mark. None at all means that the audit can be used as it is.

    Args:
        audit: One organisation's audit, or one combined from a team's.
        asked: What to ask of it; the defaults of ``ReviewRules`` where it is None.

    Source:
        The article, step 1 (five vulnerabilities, ranked; two hours), pitfall 1 and question 1.

    Example:
        >>> from lichen.audit.values import Organisation
        >>> [str(finding.code) for finding in review(Audit(Organisation("x", "X")))][:3]
        ['few_vulnerabilities', 'no_offers', 'opening_unanswered']
    """
    rules = ReviewRules() if asked is None else asked
    found = [
        *_of_completeness(audit, rules),
        *_of_codes(audit),
        *_of_ranks(audit.organisation.vulnerabilities),
        *_of_relevance(audit.organisation.vulnerabilities),
        *_of_evidence(audit.organisation.offers, rules),
        *findings_in_words(audit, sure=rules.sure),
        *_of_readiness(audit.readiness, rules),
        *_of_sharing(audit.organisation.vulnerabilities),
    ]
    return tuple(sorted(found, key=lambda finding: _BY_WEIGHT.index(finding.weight)))


def _of_completeness(audit: Audit, rules: ReviewRules) -> Iterator[Finding]:
    codes = [gap.code for gap in audit.organisation.vulnerabilities]
    count = len({*codes} - {""}) + codes.count("")
    if count < rules.vulnerabilities:
        yield Finding(FindingCode.FEW_VULNERABILITIES, figures={"count": count, "wanted": rules.vulnerabilities})
    if not audit.organisation.offers:
        yield Finding(FindingCode.NO_OFFERS)
    answers = {"worst_at": audit.opening.worst_at, "awake_at_night": audit.opening.awake_at_night}
    unanswered = tuple(field for field, answer in answers.items() if not answer.strip())
    if unanswered:
        yield Finding(FindingCode.OPENING_UNANSWERED, figures={"fields": unanswered})


def _of_codes(audit: Audit) -> Iterator[Finding]:
    gaps, offers = audit.organisation.vulnerabilities, audit.organisation.offers
    yield from _of_vocabulary("gap", gaps)
    yield from _of_vocabulary("strength", offers)
    yield from _doubled(FindingCode.GAP_DOUBLED, gaps)
    yield from _doubled(FindingCode.OFFER_DOUBLED, offers)
    severities = _highest((gap.code, gap.severity) for gap in gaps)
    strengths = _highest((offer.code, offer.strength) for offer in offers)
    for code in severities:
        if code and code in strengths:
            figures = {"severity": severities[code], "strength": strengths[code]}
            yield Finding(FindingCode.GAP_AND_STRENGTH, known_item(code), figures)


def _of_vocabulary(sense: str, items: Sequence[Vulnerability | Offer]) -> Iterator[Finding]:
    for place, item in enumerate(items, start=1):
        figures: dict[str, Figure] = {"sense": sense, "place": place}
        if not item.code:
            yield Finding(FindingCode.UNRECOGNISED, figures={**figures, "nearest": nearest_in_words(item.words)})
        elif not known_item(item.code):
            yield Finding(FindingCode.UNKNOWN_CODE, figures={**figures, "nearest": nearest_codes(item.code)})
        elif item.code not in taxonomy().capabilities:
            yield Finding(FindingCode.SUPERSEDED_CODE, item.code, {**figures, "successors": successors(item.code)})


def _doubled(finding: FindingCode, items: Sequence[Vulnerability | Offer]) -> Iterator[Finding]:
    for code, places in _places(item.code for item in items).items():
        if code and len(places) > 1:
            yield Finding(finding, known_item(code), {"places": places})


def _of_ranks(gaps: Sequence[Vulnerability]) -> Iterator[Finding]:
    ranks = _places(gap.rank for gap in gaps)
    unranked = ranks.pop(None, ())
    if unranked:
        yield Finding(FindingCode.RANK_MISSING, figures={"places": unranked, "of": len(gaps)})
    given = {rank: places for rank, places in ranks.items() if rank is not None}
    for rank in sorted(given):
        if len(given[rank]) > 1:
            yield Finding(FindingCode.RANK_DOUBLED, figures={"rank": rank, "places": given[rank]})
    skipped = _skipped(given)
    if skipped and not unranked:
        yield Finding(FindingCode.RANK_SKIPPED, figures={"ranks": skipped})


def _skipped(ranks: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    """The ranks nobody has, below the last one given; after a tie, those that the tied ones took up are not missed."""
    taken = {rank + behind for rank, places in ranks.items() for behind in range(len(places))}
    end = min(max(ranks, default=0), sum(len(places) for places in ranks.values()))
    return tuple(rank for rank in range(1, end + 1) if rank not in taken)


def _of_relevance(gaps: Sequence[Vulnerability]) -> Iterator[Finding]:
    answers = _places(gap.relevance for gap in gaps)
    if Relevance.UNASKED in answers:
        yield Finding(FindingCode.RELEVANCE_UNASKED, figures={"places": answers[Relevance.UNASKED], "of": len(gaps)})
    elif gaps and Relevance.YES not in answers:
        yield Finding(FindingCode.NOTHING_RELEVANT, figures={"of": len(gaps)})


def _of_evidence(offers: Sequence[Offer], rules: ReviewRules) -> Iterator[Finding]:
    bare = _places(offer.evidence for offer in offers).get(1, ())
    if not bare:
        return
    figures: dict[str, Figure] = {"places": bare, "of": len(offers)}
    if len(bare) > rules.unevidenced * len(offers):
        yield Finding(FindingCode.OVERCLAIMING, figures={**figures, "most": rules.unevidenced})
    else:
        yield Finding(FindingCode.EVIDENCE_MISSING, figures=figures)


def _of_readiness(readiness: Readiness, rules: ReviewRules) -> Iterator[Finding]:
    if readiness.leadership_aligned is None:
        yield Finding(FindingCode.LEADERSHIP_UNSAID)
    elif not readiness.leadership_aligned:
        yield Finding(FindingCode.LEADERSHIP_NOT_ALIGNED)
    if readiness.hours is None:
        yield Finding(FindingCode.HOURS_UNSAID, figures={"wanted": rules.hours})
    elif readiness.hours < rules.hours:
        yield Finding(FindingCode.HOURS_SHORT, figures={"hours": readiness.hours, "wanted": rules.hours})


def _of_sharing(gaps: Sequence[Vulnerability]) -> Iterator[Finding]:
    """A material fact takes precedence: it cannot wait until a pilot has started."""
    for place, gap in enumerate(gaps, start=1):
        if is_material_fact(gap):
            yield Finding(FindingCode.MATERIAL_FACT, gap.code, {"place": place, "severity": gap.severity})
        elif gap.guarded is Sensitivity.HIGH and known_item(gap.code):
            yield Finding(FindingCode.SHARE_LATE, gap.code, {"place": place})


def _places(values: Iterable[_Key]) -> dict[_Key, tuple[int, ...]]:
    """For each value, the places from 1 where it stands, in the order in which the values first appear."""
    found: dict[_Key, tuple[int, ...]] = {}
    for place, value in enumerate(values, start=1):
        found[value] = (*found.get(value, ()), place)
    return found


def _highest(measures: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, value in measures:
        found[code] = max(value, found.get(code, value))
    return found
