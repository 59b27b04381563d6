"""How far one organisation's offers meet another's gaps, in one direction."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from lichen.audit.values import Offer, Organisation
from lichen.audit.weighing import eased_by, gap_weights

__all__ = ["best_offer", "cover", "offer_worth"]


def offer_worth(offer: Offer, *, evidence: bool = True) -> float:
    """How much an offer counts for, in [0, 1]: its effective strength, or its strength whatever the evidence.

    Example:
        >>> offer = Offer("trust.community", strength=5, evidence=1)
        >>> offer_worth(offer), offer_worth(offer, evidence=False)
        (0.6, 1.0)
    """
    return offer.effective if evidence else offer.strength / 5 * offer.confidence


def best_offer(code: str, offers: Iterable[Offer], *, evidence: bool = True) -> Offer | None:
    """The offer that meets a gap best, or None where none of them eases it.

    Similarity times worth decides. Between equals an exact match goes before a related one.

    Args:
        code: The gap.
        offers: What is offered.
        evidence: False to count strengths whatever the evidence for them.

    Example:
        >>> offers = [Offer("trust.community", 5, 5), Offer("trust.underserved", 4, 5)]
        >>> best_offer("trust.underserved", offers).code
        'trust.underserved'
        >>> best_offer("ops.logistics", offers) is None
        True
    """
    eased = eased_by(code)
    helping = [offer for offer in offers if offer.code in eased and offer_worth(offer) > 0]
    if len(helping) < 2:
        return helping[0] if helping else None
    return min(helping, key=lambda offer: _from_best(offer, eased[offer.code], evidence))


def cover(lacking: Organisation, giving: Organisation, *, evidence: bool = True) -> float | None:
    """How far the gaps of one organisation are met by the offers of another.

    The weighted mean, over the gaps, of similarity times effective strength of the best offer. An inferred gap
    counts by its confidence. A gap whose code is unknown counts as one that nobody meets.

    Args:
        lacking: Whose gaps are to be met.
        giving: Whose offers are to meet them.
        evidence: False to count strengths whatever the evidence for them.

    Returns:
        No unit, in [0, 1]; None where the gaps of the one or the offers of the other are unknown.

    Source:
        The default score of docs/discussion/fit.md; the weight of inferred gaps is decision 6.

    Example:
        >>> from lichen.audit.values import Vulnerability
        >>> hospital = Organisation("h", "Hospital", vulnerabilities=(Vulnerability("trust.underserved", 5),))
        >>> parish = Organisation("p", "Parish", offers=(Offer("trust.underserved", strength=5, evidence=2),))
        >>> cover(hospital, parish), cover(parish, hospital)
        (0.7, None)
    """
    if not lacking.vulnerabilities or not giving.offers:
        return None
    return min(1.0, fsum(_parts(lacking, giving.offers, evidence)))


def _parts(lacking: Organisation, offers: tuple[Offer, ...], evidence: bool) -> Iterable[float]:
    for gap, weight in zip(lacking.vulnerabilities, gap_weights(lacking), strict=True):
        offer = best_offer(gap.code, offers, evidence=evidence)
        if offer is not None:
            met = eased_by(gap.code)[offer.code] * offer_worth(offer, evidence=evidence)
            yield weight * gap.confidence * met


def _from_best(offer: Offer, similarity: float, evidence: bool) -> tuple[float, float, str, int]:
    """What to sort offers by, the best first; rounded, so that the last bits of a product decide nothing."""
    return (-round(similarity * offer_worth(offer, evidence=evidence), 12), -similarity, offer.code, -offer.strength)
