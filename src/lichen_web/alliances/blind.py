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

__all__ = ["ALIKE", "METHOD", "BlindFit", "Crowd", "RungOne", "blind_fits", "compared", "crowd_of", "rung_one"]

METHOD = "blind-1"
"""What a proposal says it was found by; another way of finding has another name."""
ALIKE = 5
"""So many organisations of a circle, besides whoever is told, look alike in what is told of one of them, or less is
told; and so many others there are at least, or nothing is."""
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


Crowd = Counter[RungOne]


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
    depend on the order of the cards. Where a card is compared with fewer than five others none is proposed: the members
    of a circle know each other by name, and "somebody" would be one of a handful.

    Args:
        cards: As :func:`compared` makes them, each organisation once.
    """
    if len(cards) <= ALIKE:
        return ()
    index = FitIndex(sorted(cards, key=lambda card: card.id))
    return tuple(
        sorted({fit for me in index.organisations for fit in _fits_of(me, index)}, key=lambda f: (f.one, f.other))
    )


def crowd_of(cards: Sequence[Organisation]) -> Crowd:
    """How many of a circle look alike, in everything that rung 1 could tell of one of them."""
    return Counter(look for card in cards for look in set(_looks(card)))


def rung_one(organisation: Organisation, reader: Organisation, crowd: Crowd) -> RungOne:
    """What a reader may be told of an organisation in a circle: what at least five share, and no more.

    Args:
        organisation: One of the circle.
        reader: Another. Whoever looks is no cover for the one whom they look at.
        crowd: Of all whose cards are compared, these two among them.
    """
    own = set(_looks(reader))
    return next((look for look in _looks(organisation) if crowd[look] - (look in own) >= ALIKE), RungOne())


def _fits_of(me: Organisation, index: FitIndex) -> Iterator[BlindFit]:
    for fit in best_partners(me, index, top=_PARTNERS).mutual:
        if fit.score is not None and fit.score >= _LEAST:
            one, other = sorted((me.id, fit.id))
            yield BlindFit(one, other, score_band(fit.score))


def _looks(organisation: Organisation) -> tuple[RungOne, ...]:
    """What could be told of an organisation, ever less of it."""
    told = RungOne(str(organisation.sector), organisation.region, str(organisation.size))
    return told, replace(told, region=""), replace(told, region="", size="")
