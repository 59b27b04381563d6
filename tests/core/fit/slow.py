"""The score as its page has it: slow, obvious, and leaning on nothing that it checks."""

from __future__ import annotations

from itertools import permutations

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.scales import EVIDENCE_WEIGHTS, rank_weights


def slow_met(gap: Vulnerability, giving: Organisation, evidence: bool = True) -> float:
    """max over s of σ(v, s) × strength × evidence × confidence."""
    return max((similarity(gap.code, offer.code) * worth(offer, evidence) for offer in giving.offers), default=0.0)


def slow_cover(lacking: Organisation, giving: Organisation, evidence: bool = True) -> float | None:
    """Σ w × confidence × met ÷ Σ w, or None where nobody knows."""
    gaps = lacking.vulnerabilities
    if not gaps or not giving.offers:
        return None
    places = rank_weights([gap.rank for gap in gaps])
    weights = [gap.severity * place for gap, place in zip(gaps, places, strict=True)]
    confidences = [1.0 if gap.source is None else gap.source.confidence for gap in gaps]
    met = [slow_met(gap, giving, evidence) for gap in gaps]
    return sum(w * c * m for w, c, m in zip(weights, confidences, met, strict=True)) / sum(weights)


def slow_score(me: Organisation, other: Organisation, evidence: bool = True) -> float | None:
    ours, theirs = slow_cover(me, other, evidence), slow_cover(other, me, evidence)
    if ours is None or theirs is None:
        return None
    return 2 * ours * theirs / (ours + theirs) if ours > 0 and theirs > 0 else 0.0


def slow_rings(me: Organisation, others: tuple[Organisation, ...]) -> dict[tuple[str, str], float]:
    """Every ring through me: the ids of its second and third member, and the harmonic mean of its covers."""
    known = [other for other in others if other.vulnerabilities and other.offers]
    first = {second.id: slow_cover(second, me) for second in known}
    last = {third.id: slow_cover(me, third) for third in known}
    rings = {}
    for second, third in permutations(known, 2):
        covers = (first[second.id], slow_cover(third, second), last[third.id])
        if all(covers):
            rings[second.id, third.id] = 3 / sum(1 / cover for cover in covers if cover)
    return rings


def similarity(one: str, other: str) -> float:
    """1 for the same code, the taxonomy's for a related one from the floor of 0.40 up, else 0."""
    known = taxonomy().capabilities
    if one not in known or other not in known:
        return 0.0
    related = 1.0 if one == other else known[one].related.get(other, 0.0)
    return related if related >= 0.40 else 0.0


def worth(offer: Offer, evidence: bool) -> float:
    confidence = 1.0 if offer.source is None else offer.source.confidence
    return offer.strength / 5 * (EVIDENCE_WEIGHTS[offer.evidence] if evidence else 1.0) * confidence
