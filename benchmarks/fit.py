"""How long one organisation takes to find its partners among many, beside two other ways to work it out.

python benchmarks/fit.py [ORGANISATIONS]
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from random import Random

import numpy as np

import lichen
from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.fit.cover import cover
from lichen.fit.fusion import Floats, fused, fused_arrays
from lichen.fit.index import FitIndex
from lichen.fit.pairs import best_partners
from lichen.fit.rings import best_ring

RUNS, SEED = 9, 1
CODES = tuple(taxonomy().capabilities)
POPULARITY = tuple(1 / place for place in range(1, len(CODES) + 1))


def organisation(random: Random, place: int) -> Organisation:
    """Three to eight gaps and three to ten offers, the codes as unevenly popular as words are (Zipf)."""
    gaps = dict.fromkeys(random.choices(CODES, POPULARITY, k=random.randint(3, 8)))
    offers = dict.fromkeys(random.choices(CODES, POPULARITY, k=random.randint(3, 10)))
    return Organisation(
        f"id-{place}",
        f"Organisation {place}",
        vulnerabilities=tuple(Vulnerability(code, random.randint(1, 5), rank) for rank, code in enumerate(gaps, 1)),
        offers=tuple(Offer(code, random.randint(1, 5), random.randint(1, 5)) for code in offers),
    )


def pair_by_pair(me: Organisation, others: list[Organisation]) -> Floats:
    """Every score by the formula, one pair after the other, in plain Python."""
    return np.array([fused(cover(me, other) or 0.0, cover(other, me) or 0.0) for other in others])


class Dense:
    """Every score by two products of full matrices of organisations by capabilities."""

    def __init__(self, index: FitIndex) -> None:
        every = np.arange(len(index))
        self.met = np.ascontiguousarray(index.met_matrix(every).T)
        self.weights = np.ascontiguousarray(index.weight_matrix(every).T)

    def scores(self, me: Organisation) -> Floats:
        alone = FitIndex([me])
        wanted, given = alone.weight_matrix(np.array([0]))[:, 0], alone.met_matrix(np.array([0]))[:, 0]
        return fused_arrays(np.minimum(1, self.met @ wanted), np.minimum(1, self.weights @ given))


def milliseconds(act: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The median and the least time of several runs."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times), min(times)


def main(count: int = 10_000) -> None:
    """Print what each way takes, and that all give the same scores."""
    print(
        f"Lichen {lichen.__version__}, numpy {np.__version__}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores; {count} organisations drawn with seed {SEED}, {len(CODES)} codes"
    )
    random = Random(SEED)
    me, *others = [organisation(random, place) for place in range(count + 1)]
    index = FitIndex(others)
    dense = Dense(index)
    slow, full, quick = pair_by_pair(me, others), dense.scores(me), fused_arrays(*index.covers(me))
    assert np.abs(slow - quick).max() < 1e-9
    assert np.abs(full - quick).max() < 1e-9
    print(f"all scores agree to 1e-9; {np.count_nonzero(quick)} organisations fit both ways\n")
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "scores, pair by pair, plain Python": (lambda: pair_by_pair(me, others), 3),
        "scores, dense matrices, numpy": (lambda: dense.scores(me), RUNS),
        "scores, FitIndex": (lambda: fused_arrays(*index.covers(me)), RUNS),
        "ten partners with reasons, FitIndex": (lambda: best_partners(me, index), RUNS),
        "ten partners with reasons, no index yet": (lambda: best_partners(me, others), RUNS),
        "best ring of three, FitIndex": (lambda: best_ring(me, index), RUNS),
        "building the FitIndex": (lambda: FitIndex(others), RUNS),
        "building the dense matrices from it": (lambda: Dense(index), RUNS),
    }
    print(f"{'':42}{'median ms':>10}{'least':>10}")
    for name, (act, runs) in ways.items():
        median, least = milliseconds(act, runs)
        print(f"{name:42}{median:10.2f}{least:10.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
