"""Where no pair fits: the best ring of three, each helping the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from lichen.audit.values import Organisation
from lichen.fit.cover import cover
from lichen.fit.fusion import Floats
from lichen.fit.index import FitIndex, Places
from lichen.fit.pairs import Fit, best_partners
from lichen.fit.reasons import Reason, reasons
from lichen.scales import Sector

__all__ = ["Link", "Member", "Ring", "RingSearch", "best_ring"]

_BLOCK = 64
_SAME_SCORE = 1e-12
"""Scores closer than this are equal: what is left of the last bits of a sum decides nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """One organisation of a ring helping the next."""

    giver: str
    """Id of the organisation that gives."""
    taker: str
    """Id of the organisation whose gaps are met."""
    cover: float
    """How far the taker's gaps are met by the giver, in [0, 1]."""
    reasons: tuple[Reason, ...]
    """The gaps that are met; their contributions sum to the cover."""


@dataclass(frozen=True, slots=True)
class Member:
    """One organisation of a ring."""

    id: str
    """The organisation's id."""
    name: str
    """The organisation's name."""
    sector: Sector
    """The organisation's sector."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Three organisations, each of which has what the next lacks; we are the first."""

    members: tuple[Member, ...]
    """In the order in which they help; we come first."""
    links: tuple[Link, ...]
    """We help the second, the second helps the third, the third helps us."""

    @property
    def score(self) -> float:
        """The harmonic mean of the three covers, in [0, 1]."""
        return len(self.links) / sum(1 / link.cover for link in self.links)


@dataclass(frozen=True, slots=True)
class RingSearch:
    """The answer to a search for a ring, beside the best pair."""

    ring: Ring | None
    """The best ring through us; None where there is none."""
    pair: Fit | None
    """The best two-way fit of ours; None where there is none."""

    @property
    def pair_is_better(self) -> bool:
        """Whether the pair scores as high as the ring: two are easier to keep together than three."""
        if self.pair is None or self.pair.score is None:
            return False
        return self.ring is None or self.pair.score >= self.ring.score


def best_ring(me: Organisation, others: Iterable[Organisation] | FitIndex) -> RingSearch:
    """The best ring of three through us, exactly, and the best pair to set beside it.

    We meet gaps of the second, the second meets gaps of the third, the third meets ours. Only organisations whose
    gaps and offers are both known can be in it. Equal rings are ordered by the names and ids of their members.

    Every ring is either looked at or ruled out by a bound that no ring can beat, so none better is ever missed.

    Args:
        me: We. An organisation among the others with our id is passed over.
        others: The candidates, or an index of them.

    Returns:
        Both scored by the harmonic mean of their covers, so that three and two can be compared.

    Source:
        Rings are the cycles of kidney exchange (Roth, Sönmez and Ünver 2007); the score is ours: decision 6.

    Example:
        >>> from lichen.audit.values import Offer, Vulnerability
        >>> def one(name, lacks, offers):
        ...     return Organisation(name, name, vulnerabilities=(Vulnerability(lacks),), offers=(Offer(offers, 5, 5),))
        >>> farm = one("farm", "ops.logistics", "trust.community")
        >>> bank = one("bank", "trust.community", "funding.reserves")
        >>> depot = one("depot", "funding.reserves", "ops.logistics")
        >>> found = best_ring(farm, [bank, depot])
        >>> [member.name for member in found.ring.members], found.ring.score, found.pair
        (['farm', 'bank', 'depot'], 1.0, None)
    """
    index = others if isinstance(others, FitIndex) else FitIndex(others)
    partners = best_partners(me, index, top=1)
    rows = _best_rows(me, index)
    ring = None if rows is None else _ring(me, *(index.organisations[row] for row in rows))
    return RingSearch(ring, partners.mutual[0] if partners.mutual else None)


def _ring(*organisations: Organisation) -> Ring:
    members = tuple(Member(one.id, one.name, one.sector) for one in organisations)
    around = pairwise((*organisations, organisations[0]))
    links = tuple(
        Link(giver.id, taker.id, cover(taker, giver) or 0.0, reasons(taker, giver)) for giver, taker in around
    )
    return Ring(members, links)


class _Found(NamedTuple):
    """The best ring so far: its score, and the rows of its second and third member."""

    score: float
    second: int
    third: int


def _best_rows(me: Organisation, index: FitIndex) -> tuple[int, int] | None:
    """The rows of the second and the third member of the best ring."""
    ours, theirs = index.covers(me)
    able = index.others(me) & index.has_gaps & index.has_offers
    seconds, thirds = np.flatnonzero(able & (theirs > 0)), np.flatnonzero(able & (ours > 0))
    if not len(seconds) or not len(thirds):
        return None
    return _Rings(index, seconds, theirs[seconds], thirds, ours[thirds]).best()


class _Rings:
    """All rings of three: for each second member its cover by us, for each third member its cover of us."""

    def __init__(
        self, index: FitIndex, seconds: Places, first_links: Floats, thirds: Places, last_links: Floats
    ) -> None:
        met, weights = index.met_matrix(seconds), index.weight_matrix(thirds)
        # No second member can meet more of anybody's gaps than its best code, and no third can be met by more than
        # the best of all second members in each code.
        best_given, best_taken = met.max(axis=0), np.minimum(1.0, met.max(axis=1) @ weights)
        second_bounds = _ring_scores(first_links, np.minimum(best_given, best_taken.max()), last_links.max())
        third_bounds = _ring_scores(first_links.max(), np.minimum(best_taken, best_given.max()), last_links)
        by_bound, tie_order = np.argsort(-second_bounds, kind="stable"), np.argsort(index.tie_order[thirds])
        self.index = index
        self.seconds, self.first_links, self.met = seconds[by_bound], first_links[by_bound], met[:, by_bound]
        self.second_bounds = second_bounds[by_bound]
        self.thirds, self.last_links, self.weights = thirds[tie_order], last_links[tie_order], weights[:, tie_order]
        self.third_bounds = third_bounds[tie_order]

    def best(self) -> tuple[int, int] | None:
        """The rows of the best ring, or None where no second member meets a gap of a third."""
        best = _Found(0.0, -1, -1)
        for start in range(0, len(self.seconds), _BLOCK):
            if self.second_bounds[start] < _least(best):
                break
            best = self._better(best, slice(start, start + _BLOCK))
        return (best.second, best.third) if best.score > 0 else None

    def _better(self, best: _Found, block: slice) -> _Found:
        """The best ring so far, or a better one whose second member is in the block."""
        open_thirds = np.flatnonzero(self.third_bounds >= _least(best))
        middle = np.minimum(1.0, self.met[:, block].T @ self.weights[:, open_thirds])
        scores = _ring_scores(self.first_links[block, np.newaxis], middle, self.last_links[open_thirds])
        seconds, thirds = self.seconds[block], self.thirds[open_thirds]
        scores[seconds[:, np.newaxis] == thirds] = 0.0
        top = float(scores.max(initial=0.0))
        if top < _least(best):
            return best
        order = self.index.tie_order
        equals = scores >= top - _SAME_SCORE
        row = min(np.flatnonzero(equals.any(axis=1)), key=lambda place: order[seconds[place]])
        found = _Found(top, int(seconds[row]), int(thirds[equals[row].argmax()]))
        if top > best.score + _SAME_SCORE:
            return found
        return min(best, found, key=lambda ring: (order[ring.second], order[ring.third]))


def _least(best: _Found) -> float:
    """What a ring must score to count beside the best so far: above 0, and as much but for the last bits."""
    return max(best.score - _SAME_SCORE, np.finfo(np.float64).tiny)


def _ring_scores(first: Floats, middle: Floats, last: Floats) -> Floats:
    """The harmonic mean of three covers, 0 where the middle one is; the outer two are above 0."""
    with np.errstate(divide="ignore"):
        return np.asarray(3 / (1 / first + 1 / middle + 1 / last), dtype=np.float64)
