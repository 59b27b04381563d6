"""Blind matching, decided: what is compared, who is proposed, and how little is told. Pure; nothing is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.disclosure.sight import Band, score_band
from lichen.fit.index import FitIndex
from lichen.fit.pairs import best_partners
from lichen.fit.rings import best_ring
from lichen.fit.showing import showable
from lichen.scales import Relevance, Sensitivity

__all__ = [
    "ALIKE",
    "METHOD",
    "Answer",
    "BlindFit",
    "Crowd",
    "Hands",
    "RungOne",
    "Why",
    "blind_fits",
    "blind_rings",
    "compared",
    "crowd_of",
    "hands_of",
    "kept_out",
    "rung_one",
]

METHOD = "blind-2"
"""What a proposal says it was found by; another way of finding has another name."""
ALIKE = 5
"""So many organisations of a circle, besides whoever is told, look alike in what is told of one of them, or less is
told; and so many others there are at least, or nothing is."""
_TOP = 5
_PARTNERS = 10
_LEAST = 0.25
"""A two-way score below this band's border is not worth a stranger's time."""


class Answer(StrEnum):
    """What a side says to a proposal. The other is told of it only where everybody is interested."""

    INTERESTED = "interested"
    NOT_FOR_US = "not for us"
    LATER = "later"


class Why(StrEnum):
    """Why a gap or an offer is not compared."""

    SENSITIVE = "sensitive"
    """It is highly sensitive."""
    IRRELEVANT = "irrelevant"
    """Its owner said that it has nothing to do with a partner."""
    UNRECOGNISED = "unrecognised"
    """It stands under nothing of the shared vocabulary."""
    BEYOND = "beyond"
    """Five others come before it."""


@dataclass(frozen=True, slots=True, order=True)
class BlindFit:
    """Organisations of a circle that each have what another lacks: two each other, or three in a ring."""

    members: tuple[str, ...]
    """Their ids, in the order of the ids: a ring is told to nobody as which way round it goes."""
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


Hands = Mapping[str, str]
"""For each organisation, the name of the hand that it is in: the same for those that one person leads."""
_EACH_ITS_OWN: Hands = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many of a circle look alike, counted by the hands that they are in: one person's four are no crowd."""

    alike: Mapping[RungOne, frozenset[str]]
    """The hands in which there is such an organisation."""
    hands: Hands
    """Which organisation is in which."""

    def beside(self, reader: str, look: RungOne) -> int:
        """How many hands there are with one that looks so, besides the reader's own."""
        return len(self.alike.get(look, frozenset()) - {self.hands.get(reader, reader)})


def compared(organisation: Organisation) -> Organisation:
    """What a match card holds of an organisation: five gaps and five offers, as codes and numbers.

    A gap that is highly sensitive or has nothing to do with a partner is not compared at all: else whoever watches
    bands come and go could read it off them.
    """
    gaps, offers = _comparable(organisation)
    return replace(
        organisation,
        vulnerabilities=tuple(Vulnerability(gap.code, gap.severity, gap.rank) for gap in gaps[:_TOP]),
        offers=tuple(Offer(offer.code, offer.strength, offer.evidence) for offer in offers[:_TOP]),
    )


def kept_out(organisation: Organisation) -> tuple[tuple[Vulnerability | Offer, Why], ...]:
    """What :func:`compared` leaves out of an organisation's audit, and why; gaps first, each in its order."""
    gaps, offers = _comparable(organisation)
    hushed = tuple((gap, _why(gap)) for gap in organisation.vulnerabilities if gap not in gaps)
    beyond: tuple[Vulnerability | Offer, ...] = (*gaps[_TOP:], *offers[_TOP:])
    unknown = tuple((offer, Why.UNRECOGNISED) for offer in organisation.offers if not offer.code)
    return (*hushed, *((item, Why.BEYOND) for item in beyond), *unknown)


def hands_of(led: Mapping[str, Collection[str]]) -> Hands:
    """Which organisations are in one hand: those that one person leads, and what somebody of them leads beside these.

    Args:
        led: Who leads each organisation.

    Example:
        >>> dict(hands_of({"a": ["ada"], "b": ["ada", "bo"], "c": ["bo"], "d": ["cy"]}))
        {'a': 'a', 'b': 'a', 'c': 'a', 'd': 'd'}
    """
    hands = {each: each for each in sorted(led)}
    by_person = defaultdict(list)
    for organisation, people in led.items():
        for person in people:
            by_person[person].append(organisation)
    for theirs in by_person.values():
        joined = {hands[each] for each in theirs}
        hands |= {each: min(joined) for each, hand in hands.items() if hand in joined}
    return hands


def blind_fits(cards: Sequence[Organisation], hands: Hands = _EACH_ITS_OWN) -> tuple[BlindFit, ...]:
    """The pairs of one circle that are proposed to both sides.

    A pair is proposed when its fit is at least fair and either side is among the best ten of the other. It does not
    depend on the order of the cards. Where a card is compared with fewer than five others none is proposed: the members
    of a circle know each other by name, and "somebody" would be one of a handful.

    Args:
        cards: As :func:`compared` makes them, each organisation once.
        hands: As :func:`hands_of` finds them; several in one hand are one of the five.
    """
    if _is_handful(cards, hands):
        return ()
    index = FitIndex(sorted(cards, key=lambda card: card.id))
    return tuple(sorted({fit for me in index.organisations for fit in _fits_of(me, index)}))


def blind_rings(
    cards: Sequence[Organisation], paired: Collection[str], hands: Hands = _EACH_ITS_OWN
) -> tuple[BlindFit, ...]:
    """The rings of three that are proposed, to all three of each: the best through each whom no pair fits.

    Args:
        cards: As for :func:`blind_fits`; the same are too few.
        paired: Ids of those who are in a pair that was found.
        hands: The same.
    """
    if _is_handful(cards, hands):
        return ()
    index = FitIndex(sorted(cards, key=lambda card: card.id))
    alone = (card for card in index.organisations if card.id not in paired)
    return tuple(sorted({ring for me in alone for ring in _ring_of(me, index)}))


def crowd_of(cards: Sequence[Organisation], hands: Hands = _EACH_ITS_OWN) -> Crowd:
    """How many of a circle look alike, in everything that rung 1 could tell of one of them."""
    alike = defaultdict(set)
    for card in cards:
        for look in _looks(card):
            alike[look].add(hands.get(card.id, card.id))
    return Crowd({look: frozenset(found) for look, found in alike.items()}, hands)


def rung_one(organisation: Organisation, reader: Organisation, crowd: Crowd) -> RungOne:
    """What a reader may be told of an organisation in a circle: what at least five share, and no more.

    Args:
        organisation: One of the circle.
        reader: Another. Whoever looks is no cover for the one whom they look at, nor is what else they lead.
        crowd: Of all whose cards are compared, these two among them.
    """
    return next((look for look in _looks(organisation) if crowd.beside(reader.id, look) >= ALIKE), RungOne())


def _is_handful(cards: Sequence[Organisation], hands: Hands) -> bool:
    return len({hands.get(card.id, card.id) for card in cards}) <= ALIKE


def _fits_of(me: Organisation, index: FitIndex) -> Iterator[BlindFit]:
    for fit in best_partners(me, index, top=_PARTNERS).mutual:
        if fit.score is not None and fit.score >= _LEAST:
            yield BlindFit(tuple(sorted((me.id, fit.id))), score_band(fit.score))


def _ring_of(me: Organisation, index: FitIndex) -> Iterator[BlindFit]:
    ring = best_ring(me, index).ring
    if ring is not None and ring.score >= _LEAST:
        yield BlindFit(tuple(sorted(member.id for member in ring.members)), score_band(ring.score))


def _comparable(organisation: Organisation) -> tuple[list[Vulnerability], list[Offer]]:
    """What may be compared, what is compared first in front."""
    gaps = [gap for gap in showable(organisation).vulnerabilities if gap.code]
    gaps.sort(key=lambda gap: (gap.rank is None, gap.rank or 0, -gap.severity, gap.code))
    offers = [offer for offer in organisation.offers if offer.code]
    offers.sort(key=lambda offer: (-offer.effective, offer.code))
    return gaps, offers


def _why(gap: Vulnerability) -> Why:
    """Why a gap cannot be compared; one that is hushed because of another entry of its code is as sensitive as that."""
    if not gap.code:
        return Why.UNRECOGNISED
    is_irrelevant = gap.relevance is Relevance.NO and gap.guarded is not Sensitivity.HIGH
    return Why.IRRELEVANT if is_irrelevant else Why.SENSITIVE


def _looks(organisation: Organisation) -> tuple[RungOne, ...]:
    """What could be told of an organisation, ever less of it."""
    told = RungOne(str(organisation.sector), organisation.region, str(organisation.size))
    return told, replace(told, region=""), replace(told, region="", size="")
