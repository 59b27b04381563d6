"""Blind matching, decided: which pairs are proposed, and how little is told. Pure; nothing is read or kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.disclosure.sight import Band, score_band
from lichen.fit.index import FitIndex
from lichen.fit.pairs import best_partners
from lichen.fit.showing import showable

__all__ = ["ALIKE", "METHOD", "BlindFit", "RungOne", "blind_fits", "compared", "rung_one"]

METHOD = "blind-1"
"""What a proposal says it was found by; another way of finding has another name."""
ALIKE = 5
"""So many organisations of a circle look alike in what is told of one of them, or less is told."""
_TOP = 5
_PARTNERS = 10
_LEAST = 0.25
"""A two-way score below this band's border is not worth a stranger's time."""


@dataclass(frozen=True, slots=True)
class BlindFit:
    """Two organisations of a circle that each have what the other lacks."""

    one: str
    """Id of the one."""
    other: str
    """Id of the other."""
    band: Band
    """How good the fit is: all that anybody is told of the score."""


@dataclass(frozen=True, slots=True)
class RungOne:
    """What rung 1 tells of an organisation; empty where too few look alike."""

    sector: str = ""
    """What kind it is."""
    region: str = ""
    """Where it works."""
    size: str = ""
    """Its size band."""


def compared(organisation: Organisation) -> Organisation:
    """What a match card holds of an organisation: five gaps and five offers, as codes and numbers.

    A gap that is highly sensitive or has nothing to do with a partner is not compared at all: else whoever watches
    bands come and go could read it off them.
    """
    open_to_all = showable(organisation)
    gaps = sorted(
        open_to_all.vulnerabilities, key=lambda gap: (gap.rank is None, gap.rank or 0, -gap.severity, gap.code)
    )
    offers = sorted(open_to_all.offers, key=lambda offer: (-offer.effective, offer.code))
    return replace(
        open_to_all,
        vulnerabilities=tuple(Vulnerability(gap.code, gap.severity, gap.rank) for gap in gaps if gap.code)[:_TOP],
        offers=tuple(Offer(offer.code, offer.strength, offer.evidence) for offer in offers if offer.code)[:_TOP],
    )


def blind_fits(cards: Sequence[Organisation]) -> tuple[BlindFit, ...]:
    """The pairs of one circle that are proposed to both sides.

    A pair is proposed when its fit is at least fair and either side is among the best ten of the other. It does not
    depend on the order of the cards.

    Args:
        cards: As :func:`compared` makes them, each organisation once.
    """
    index = FitIndex(sorted(cards, key=lambda card: card.id))
    return tuple(
        sorted({fit for me in index.organisations for fit in _fits_of(me, index)}, key=lambda f: (f.one, f.other))
    )


def rung_one(organisation: Organisation, circle: Sequence[Organisation]) -> RungOne:
    """What may be told of an organisation in a circle: what at least five share with it, and no more.

    Args:
        organisation: One of the circle.
        circle: All whose cards are compared, this one among them.
    """
    told = RungOne(str(organisation.sector), organisation.region, str(organisation.size))
    for less in (told, replace(told, region=""), replace(told, region="", size="")):
        if Counter(_as_told(other, less) for other in circle)[less] >= ALIKE:
            return less
    return RungOne()


def _fits_of(me: Organisation, index: FitIndex) -> Iterator[BlindFit]:
    for fit in best_partners(me, index, top=_PARTNERS).mutual:
        if fit.score is not None and fit.score >= _LEAST:
            one, other = sorted((me.id, fit.id))
            yield BlindFit(one, other, score_band(fit.score))


def _as_told(organisation: Organisation, like: RungOne) -> RungOne:
    return RungOne(
        str(organisation.sector),
        organisation.region if like.region else "",
        str(organisation.size) if like.size else "",
    )
