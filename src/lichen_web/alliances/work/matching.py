"""The daily comparison: cards are opened in memory by the worker alone, and each side is told rung 1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db import transaction

from lichen.audit.values import Organisation
from lichen_web.accounts.models import Circle, CircleMembership
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.blind import (
    METHOD,
    BlindFit,
    Hands,
    RungOne,
    blind_fits,
    blind_rings,
    crowd_of,
    hands_of,
    rung_one,
)
from lichen_web.alliances.bridge.fit import (
    Proposed,
    change_proposal,
    end_proposals,
    hold_proposals,
    load_cards,
    load_leads,
    load_proposals,
    save_proposal,
)
from lichen_web.alliances.jobs import enqueue
from lichen_web.alliances.models import Matter

__all__ = ["match_circle", "match_circles"]

Entry = Mapping[str, str]
Pair = frozenset[str]


def match_circles(*, at: datetime) -> None:
    """Have every circle compared, each in a job of its own. Nothing else ever begins a comparison."""
    for circle in Circle.objects.filter(closed_at=None).order_by("id").values_list("id", flat=True):
        enqueue("match_circle", circle)


def match_circle(circle: UUID, *, at: datetime) -> None:
    """Compare the cards of a circle, and propose to both sides of each pair, or to neither.

    Done twice it changes nothing: what stands and still fits is left as it is, and what no longer fits ends.
    """
    with transaction.atomic():
        if Circle.objects.select_for_update().filter(id=circle, closed_at=None).first() is None:
            return
        cards = load_cards(circle)
        hands = hands_of(load_leads(card.id for card in cards))
        wanted = _wanted(cards, _met(card.id for card in cards), hands)
        for organisation in _ever_in(circle):
            _settle(organisation, circle, wanted.get(str(organisation), {}), at)


def _ever_in(circle: UUID) -> tuple[UUID, ...]:
    """Whoever is or was in the circle: what was proposed to those who have left ends, too; the erased read nothing."""
    rows = CircleMembership.objects.filter(circle=circle, admitted_at__isnull=False, organisation__erased_at=None)
    return tuple(sorted(set(rows.values_list("organisation", flat=True))))


def _met(organisations: Iterable[str]) -> frozenset[Pair]:
    """Who has met whom: both said yes, so that neither has to be told blind of the other."""
    met: set[Pair] = set()
    for organisation in map(UUID, organisations):
        with working(organisation):
            own = Matter.objects.filter(parties__organisation=organisation, met_at__isnull=False)
            met.update(frozenset(pair.split()) for pair in own.values_list("pair", flat=True))
    return frozenset(met)


def _wanted(cards: Sequence[Organisation], met: Set[Pair], hands: Hands) -> Mapping[str, Mapping[str, Entry]]:
    """For each organisation, whom it is to be proposed and what it is told of them."""
    crowd, by_id = crowd_of(cards, hands), {card.id: card for card in cards}
    wanted: dict[str, dict[str, Entry]] = defaultdict(dict)
    for fit in _strangers(cards, met, hands):
        for side in fit.members:
            others = [member for member in fit.members if member != side]
            told = rung_one(by_id[others[0]], by_id[side], crowd) if len(others) == 1 else RungOne()
            entry = {"other": " ".join(others), "band": str(fit.band), **asdict(told)}
            wanted[side][entry["other"]] = entry
    return wanted


def _strangers(cards: Sequence[Organisation], met: Set[Pair], hands: Hands) -> Iterator[BlindFit]:
    """The pairs of whom neither has met the other, and rings of three for whoever is in none."""
    pairs = blind_fits(cards, hands)
    rings = blind_rings(cards, frozenset(member for fit in pairs for member in fit.members), hands)
    for fit in (*pairs, *rings):
        if not any(frozenset(two) in met for two in combinations(fit.members, 2)):
            yield fit


def _settle(organisation: UUID, circle: UUID, wanted: Mapping[str, Entry], at: datetime) -> None:
    with working(organisation):
        hold_proposals(organisation, circle)
        standing = {each.other: each for each in load_proposals(organisation, circle)}
        end_proposals([each.id for other, each in standing.items() if other not in wanted], at=at)
        for other, entry in sorted(wanted.items()):
            if other not in standing:
                save_proposal(organisation, circle, entry, method=METHOD, at=at)
            elif entry != _entry_of(standing[other]):
                change_proposal(organisation, standing[other], entry, method=METHOD, at=at)


def _entry_of(standing: Proposed) -> Entry:
    return {
        "other": standing.other,
        "band": str(standing.band),
        "sector": standing.sector,
        "region": standing.region,
        "size": standing.size,
    }
