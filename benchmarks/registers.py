"""Made-up registers as arrays, as unevenly spread as real ones: Zipf over capabilities, places and sizes."""

from __future__ import annotations

import numpy as np

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.fit.fusion import Floats
from lichen.fit.scan.register import KINDS, Array, Rows, unit_points
from lichen.scales import EVIDENCE_WEIGHTS, rank_weights

__all__ = ["asker", "drawn_register"]

CODES = tuple(taxonomy().capabilities)
PLACES = 400
GAPS, OFFERS = (3, 8), (3, 10)


def drawn_register(count: int, seed: int = 1) -> Rows:
    """A register of organisations with 3 to 8 ranked gaps and 3 to 10 offers each.

    Args:
        count: How many organisations.
        seed: The same draws the same.
    """
    draw = np.random.default_rng(seed)
    gaps, gap_codes, gap_places = _items(draw, count, GAPS)
    offers, offer_codes, _ = _items(draw, count, OFFERS)
    centroids = np.zeros((GAPS[1] + 1, GAPS[1]))
    for many in range(1, GAPS[1] + 1):
        centroids[many, :many] = rank_weights(range(1, many + 1))
    weights = draw.integers(1, 6, len(gap_codes)) * centroids[np.repeat(gaps, gaps), gap_places]
    owners = np.repeat(np.arange(count), gaps)
    weights /= np.bincount(owners, weights, count)[owners]
    evidence = np.array([EVIDENCE_WEIGHTS[step] for step in range(1, 6)])
    worths = draw.integers(1, 6, len(offer_codes)) / 5 * evidence[draw.integers(0, 5, len(offer_codes))]
    spread = draw.normal(size=(PLACES, 2)) * (10, 20) + (50, 0)
    places = draw.choice(PLACES, count, p=_zipf(PLACES)).astype(np.uint32)
    where = spread[places] + draw.normal(scale=0.3, size=(count, 2))
    return Rows(
        *_sorted(gaps, gap_codes, weights),
        *_sorted(offers, offer_codes, worths),
        draw.choice(KINDS, count, p=_zipf(KINDS)).astype(np.uint8),
        places,
        unit_points(where[:, 0], where[:, 1]),
        draw.permutation(count).astype(np.uint32),
    )


def asker(seed: int) -> Organisation:
    """An organisation drawn by the same rules."""
    draw = np.random.default_rng(seed)
    (gaps,), gap_codes, _ = _items(draw, 1, GAPS)
    (offers,), offer_codes, _ = _items(draw, 1, OFFERS)
    return Organisation(
        f"asker-{seed}",
        f"Asker {seed}",
        vulnerabilities=tuple(
            Vulnerability(CODES[code], int(draw.integers(1, 6)), rank) for rank, code in enumerate(gap_codes[:gaps], 1)
        ),
        offers=tuple(Offer(CODES[code], *draw.integers(1, 6, 2).tolist()) for code in offer_codes[:offers]),
    )


def _zipf(many: int) -> Floats:
    shares = 1 / np.arange(1, many + 1)
    return np.asarray(shares / shares.sum())


def _items(draw: np.random.Generator, count: int, bounds: tuple[int, int]) -> tuple[Array, Array, Array]:
    """How many different codes each has; all of them, owner by owner in the order drawn; the place of each."""
    wanted = draw.integers(bounds[0], bounds[1] + 1, count)
    codes = draw.choice(len(CODES), (count, bounds[1]), p=_zipf(len(CODES))).astype(np.uint8)
    kept = np.arange(bounds[1]) < wanted[:, None]
    for later in range(1, bounds[1]):
        kept[:, later] &= (codes[:, :later] != codes[:, later : later + 1]).all(axis=1)
    places = np.cumsum(kept, axis=1) - 1
    return kept.sum(axis=1), codes[kept], places[kept]


def _sorted(counts: Array, codes: Array, values: Floats) -> tuple[Array, Array, Floats]:
    owners = np.repeat(np.arange(len(counts)), counts)
    order = np.argsort(owners * 256 + codes, kind="stable")
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32), codes[order], values[order]
