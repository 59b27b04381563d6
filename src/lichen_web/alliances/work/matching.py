"""The daily comparison: cards are opened in memory by the worker alone, and each side is told rung 1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lichen.audit.values import Organisation
from lichen_web.accounts.models import Circle, CircleMembership
from lichen_web.alliances.access.transactions import working
from lichen_web.alliances.blind import METHOD, BlindFit, blind_fits, crowd_of, rung_one
from lichen_web.alliances.bridge.fit import Proposed, end_proposals, load_cards, load_proposals, save_proposal
from lichen_web.alliances.jobs import enqueue

__all__ = ["match_circle", "match_circles"]

Entry = Mapping[str, str]


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
        wanted = _wanted(cards)
        for organisation in _ever_in(circle):
            _settle(organisation, circle, wanted.get(str(organisation), {}), at)


def _ever_in(circle: UUID) -> tuple[UUID, ...]:
    """Whoever is or was in the circle: what was proposed to those who have left ends, too; the erased read nothing."""
    rows = CircleMembership.objects.filter(circle=circle, admitted_at__isnull=False, organisation__erased_at=None)
    return tuple(sorted(set(rows.values_list("organisation", flat=True))))


def _wanted(cards: Sequence[Organisation]) -> Mapping[str, Mapping[str, Entry]]:
    """For each organisation, whom it is to be proposed and what it is told of them."""
    crowd, by_id = crowd_of(cards), {card.id: card for card in cards}
    wanted: dict[str, dict[str, Entry]] = defaultdict(dict)
    for fit in blind_fits(cards):
        for side, other in _sides(fit):
            told = asdict(rung_one(by_id[other], by_id[side], crowd))
            wanted[side][other] = {"other": other, "band": str(fit.band), **told}
    return wanted


def _sides(fit: BlindFit) -> Iterator[tuple[str, str]]:
    yield fit.one, fit.other
    yield fit.other, fit.one


def _settle(organisation: UUID, circle: UUID, wanted: Mapping[str, Entry], at: datetime) -> None:
    with working(organisation):
        standing = {each.other: each for each in load_proposals(organisation, circle)}
        kept = {other for other, each in standing.items() if _entry_of(each) == wanted.get(other)}
        end_proposals([each.id for other, each in standing.items() if other not in kept], at=at)
        for other, entry in sorted(wanted.items()):
            if other not in kept:
                save_proposal(organisation, circle, entry, method=METHOD, at=at)


def _entry_of(standing: Proposed) -> Entry:
    return {
        "other": standing.other,
        "band": str(standing.band),
        "sector": standing.sector,
        "region": standing.region,
        "size": standing.size,
    }
