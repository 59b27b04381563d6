"""How quickly the best ring through one, and the best set of rings over a community, are found and proved.

Run: ``python benchmarks/rings.py FILE.wmd ...``.
"""

from __future__ import annotations

import sys
from time import monotonic, perf_counter

import numpy as np

from lichen.files.preflib import read_preflib
from lichen.fit.ring_graph import RingGraph
from lichen.fit.ring_packing import best_ring_through, best_rings
from lichen.fit.ring_values import RingWeight

SECONDS = 60.0


def solved(path: str) -> None:
    """One file: time, worth, bound and gap."""
    graph, end, begun = read_preflib(path), monotonic() + SECONDS, perf_counter()
    plan = best_rings(graph, weight=RingWeight.TOTAL, left=lambda: end - monotonic())
    seconds = perf_counter() - begun
    print(f"{path}: {plan.optimum:g}, at most {plan.bound:g}, gap {plan.gap:.2%}, {seconds:.3f} s", flush=True)


def through_one(size: int = 100_000, links: int = 30) -> None:
    """The best ring through one of many, of each length."""
    chance = np.random.default_rng(1)
    givers = np.repeat(np.arange(size), links)
    takers = (givers + chance.integers(1, size, len(givers))) % size
    keys = np.unique(givers * size + takers)
    graph = RingGraph(
        tuple(map(str, range(size))),
        keys // size,
        keys % size,
        chance.random(len(keys)),
        np.zeros(size, dtype=np.bool_),
    )
    for length in (3, 4, 5):
        times = []
        for me in chance.integers(0, size, 21 if length < 5 else 3):
            begun = perf_counter()
            best_ring_through(graph, str(me), max_length=length)
            times.append(perf_counter() - begun)
        print(
            f"through one of {size:,}, up to {length}: median {np.median(times) * 1000:.1f} ms, "
            f"most {max(times) * 1000:.1f} ms",
            flush=True,
        )


if __name__ == "__main__":
    through_one()
    for file in sys.argv[1:]:
        solved(file)
