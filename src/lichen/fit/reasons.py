"""Why a fit is what it is, in codes and numbers from which anyone can work out the score again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lichen.audit.values import Offer, Organisation, Source, Vulnerability
from lichen.audit.weighing import eased_by, gap_weights
from lichen.fit.cover import best_offer
from lichen.scales import effective_strength

__all__ = ["Reason", "gap_reason", "reasons", "uncovered"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One gap met through one offer. It bears no words of either organisation, only those of public sources.

    Example:
        >>> lacking = Organisation("h", "Hospital", vulnerabilities=(Vulnerability("trust.underserved", 5),))
        >>> giving = Organisation("p", "Parish", offers=(Offer("trust.community", strength=4, evidence=2),))
        >>> [reason] = reasons(lacking, giving)
        >>> reason.gap, reason.offer, reason.similarity, round(reason.contribution, 2)
        ('trust.underserved', 'trust.community', 0.75, 0.42)
    """

    gap: str
    """Code of the gap."""
    severity: int
    """1 to 5."""
    rank: int | None
    """1 needs outside help most; None is unranked."""
    weight: float
    """The gap's share of all that its owner lacks, in [0, 1]: see ``gap_weights``."""
    gap_confidence: float
    """1 for a stated gap; for an inferred one, how likely it is."""
    offer: str
    """Code of the offer that meets it best."""
    strength: int
    """1 to 5."""
    evidence: int
    """1 to 5, the step on the evidence ladder."""
    offer_confidence: float
    """1 for a stated offer; for an inferred one, how likely it is."""
    similarity: float
    """1 if gap and offer have the same code, else how far the related code eases it: 0.40 and more."""
    kinds: tuple[str, ...] = ()
    """The exchange kinds by which the offer would be given."""
    gap_suggested: bool = False
    """Whether the gap is inferred from a source, or recognised and not yet confirmed."""
    offer_suggested: bool = False
    """Whether the offer is inferred from a source, or recognised and not yet confirmed."""
    gap_source: Source | None = None
    """Where an inferred gap comes from."""
    offer_source: Source | None = None
    """Where an inferred offer comes from."""

    @property
    def met(self) -> float:
        """How far the gap is met, in [0, 1]: similarity × effective strength × confidence in the gap."""
        effective = effective_strength(self.strength, self.evidence, self.offer_confidence)
        return self.similarity * effective * self.gap_confidence

    @property
    def contribution(self) -> float:
        """What it adds to the cover of its direction: weight × met. The cover is the sum."""
        return self.weight * self.met


def gap_reason(gap: Vulnerability, weight: float, offers: Iterable[Offer]) -> Reason | None:
    """How a gap is met best, or None where no offer eases it.

    Args:
        gap: What is lacked.
        weight: Its share of all that its owner lacks, from ``gap_weights``.
        offers: What is offered.
    """
    offer = best_offer(gap.code, offers)
    if offer is None or gap.confidence == 0:
        return None
    return Reason(
        gap=gap.code,
        severity=gap.severity,
        rank=gap.rank,
        weight=weight,
        gap_confidence=gap.confidence,
        offer=offer.code,
        strength=offer.strength,
        evidence=offer.evidence,
        offer_confidence=offer.confidence,
        similarity=eased_by(gap.code)[offer.code],
        kinds=offer.given_as,
        gap_suggested=gap.source is not None or not gap.confirmed,
        offer_suggested=offer.source is not None or not offer.confirmed,
        gap_source=gap.source,
        offer_source=offer.source,
    )


def reasons(lacking: Organisation, giving: Organisation) -> tuple[Reason, ...]:
    """Every gap of one organisation that another meets, what counts most first.

    Their contributions sum to ``cover(lacking, giving)``.

    Args:
        lacking: Whose gaps are met.
        giving: Whose offers meet them.

    Returns:
        One reason a met gap; none where nothing is met or one side is unknown.
    """
    weighed = zip(lacking.vulnerabilities, gap_weights(lacking), strict=True)
    found = [gap_reason(gap, weight, giving.offers) for gap, weight in weighed]
    met = [reason for reason in found if reason is not None]
    return tuple(sorted(met, key=lambda reason: (-reason.contribution, reason.gap, reason.offer)))


def uncovered(lacking: Organisation, giving: Organisation) -> tuple[str, ...]:
    """The codes of the gaps of one organisation that no offer of another eases at all, heaviest first.

    A gap without a code is not among them, since nobody could say what it is.

    Example:
        >>> gaps = (Vulnerability("ops.logistics", 5), Vulnerability("trust.community", 2))
        >>> farm = Organisation("f", "Farm", vulnerabilities=gaps)
        >>> uncovered(farm, Organisation("d", "Depot", offers=(Offer("ops.logistics"),)))
        ('trust.community',)
    """
    weighed = sorted(
        zip(gap_weights(lacking), lacking.vulnerabilities, strict=True), key=lambda pair: (-pair[0], pair[1].code)
    )
    left = (gap.code for _, gap in weighed if gap.code and best_offer(gap.code, giving.offers) is None)
    return tuple(dict.fromkeys(left))
