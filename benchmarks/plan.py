"""How long the fairest plan of an exchange takes, how sure it is, and how far two simpler ways stay behind it.

python benchmarks/plan.py [SEEDS]
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from math import exp, fsum, inf, log
from random import Random

import numpy as np
import scipy

import lichen
from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.capabilities.taxonomy import taxonomy
from lichen.exchange.plan.gifts import imaginable_gifts, net_gains
from lichen.exchange.plan.proposal import fairest_plan
from lichen.exchange.plan.values import Gift, PlanRules

CODES = tuple(taxonomy().capabilities)
PARTNERS, GIFTS, CAPACITIES = 12, 60, (2, 3, 5)
DRAWS = 500

Nets = Sequence[float]


def partner(random: Random, place: int, codes: Sequence[str]) -> Organisation:
    """Five ranked gaps, and three to five offers of other codes."""
    gaps = random.sample(codes, 5)
    offers = random.sample([code for code in codes if code not in gaps], random.randint(3, 5))
    return Organisation(
        f"partner-{place:02}",
        f"Partner {place}",
        vulnerabilities=tuple(Vulnerability(code, random.randint(2, 5), rank) for rank, code in enumerate(gaps, 1)),
        offers=tuple(Offer(code, random.randint(2, 5), random.randint(1, 5)) for code in offers),
    )


def alliance(seed: int) -> list[Organisation]:
    """Twelve partners among whom exactly sixty gifts are possible; drawn until there are so many."""
    random = Random(seed)
    while True:
        codes = random.sample(CODES, random.randint(30, 110))
        partners = [partner(random, place, codes) for place in range(PARTNERS)]
        if len(imaginable_gifts(partners, PlanRules())) == GIFTS:
            return partners


def picking(gifts: Sequence[Gift], partners: Sequence[str], rules: PlanRules) -> Nets:
    """Whoever has least picks the gift that adds most to it; who finds none lets the next one pick."""
    chosen: list[Gift] = []
    while True:
        nets = dict(zip(partners, net_gains(chosen, partners), strict=True))
        for one in sorted(partners, key=lambda each: nets[each]):
            added = [
                (net_gains([*chosen, gift], partners)[partners.index(one)] - nets[one], place)
                for place, gift in enumerate(gifts)
                if gift.receiver == one and is_allowed(gift, chosen, rules)
            ]
            most, place = max(added, default=(0.0, 0))
            if most > 0:
                chosen.append(gifts[place])
                break
        else:
            return tuple(nets.values())


def together(gifts: Sequence[Gift], partners: Sequence[str], rules: PlanRules) -> Nets:
    """One gift after the other, always the one that adds most to the sum of all net gains, whoever has it."""
    chosen: list[Gift] = []
    while True:
        total = fsum(net_gains(chosen, partners))
        options = [gift for gift in gifts if is_allowed(gift, chosen, rules)]
        sums = [fsum(net_gains([*chosen, gift], partners)) for gift in options]
        if max(sums, default=-inf) <= total:
            return net_gains(chosen, partners)
        chosen.append(options[sums.index(max(sums))])


def at_random(gifts: Sequence[Gift], partners: Sequence[str], rules: PlanRules) -> Nets:
    """The best, by the same order as ours, of many plans drawn gift by gift."""
    random = Random(1)
    best: Nets = [0.0] * len(partners)
    for _draw in range(DRAWS):
        chosen: list[Gift] = []
        for gift in random.sample(gifts, len(gifts)):
            if is_allowed(gift, chosen, rules):
                chosen.append(gift)
        chosen = chosen[: random.randrange(len(chosen) + 1)]
        nets = net_gains(chosen, partners)
        if min(nets) >= 0:
            best = max(best, nets, key=worth)
    return best


def is_allowed(gift: Gift, chosen: Sequence[Gift], rules: PlanRules) -> bool:
    """Whether it is not given yet, and there is capacity for it."""
    spent = fsum(each.effort for each in chosen if each.giver == gift.giver)
    return gift not in chosen and spent + gift.effort <= rules.capacity


def worth(nets: Nets) -> tuple[int, float, float]:
    """How many gain, the smallest gain of those, and their geometric mean."""
    served = [net for net in nets if net >= PlanRules().least]
    if not served:
        return 0, 0.0, 0.0
    return len(served), min(served), exp(fsum(map(log, served)) / len(served))


def main(seeds: int = 10) -> None:
    """Print the times of ours, and how many of the others' plans are as good."""
    print(
        f"Lichen {lichen.__version__}, scipy {scipy.__version__} (HiGHS), numpy {np.__version__}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores; {PARTNERS} partners, {GIFTS} possible gifts, seeds 0 to "
        f"{seeds - 1}, each partner gives at most {', '.join(map(str, CAPACITIES))}\n"
    )
    fairest_plan(alliance(0))  # what is loaded on first use is not timed
    ways: dict[str, Callable[[Sequence[Gift], Sequence[str], PlanRules], Nets]] = {
        "the poorest picks": picking,
        "most for all together": together,
        f"best of {DRAWS} drawn": at_random,
    }
    times: list[float] = []
    behind: dict[str, list[tuple[int, float]]] = {name: [] for name in ways}
    proven = widest = 0.0
    for seed in range(seeds):
        partners = alliance(seed)
        for capacity in CAPACITIES:
            rules = PlanRules(capacity=capacity)
            began = time.perf_counter()
            sure = fairest_plan(partners, rules=rules).certificate
            times.append(time.perf_counter() - began)
            proven += sure.is_optimal
            widest = max(widest, sure.smallest_gap, sure.mean_gap)
            gifts, ids = imaginable_gifts(partners, rules), [one.id for one in partners]
            for name, way in ways.items():
                served, smallest, _mean = worth(way(gifts, ids, rules))
                assert (served, smallest) <= (sure.served, sure.smallest + 1e-6)
                behind[name].append((sure.served - served, smallest / sure.smallest if served == sure.served else 0.0))
    print(f"proven best: {proven:.0f} of {len(times)}; widest gap {widest:.1e}")
    print(
        f"seconds: median {statistics.median(times):.2f}, nine in ten within "
        f"{statistics.quantiles(times, n=10)[-1]:.2f}, most {max(times):.2f}\n"
    )
    print(f"{'':28}{'serves as many':>16}{'smallest gain, of ours':>24}{'as good':>10}")
    for name, found in behind.items():
        as_many = [share for fewer, share in found if not fewer]
        middle = f"{statistics.median(as_many):.0%}" if as_many else "-"
        as_good = sum(share > 1 - 1e-5 for share in as_many)
        print(f"{name:28}{f'{len(as_many)} of {len(found)}':>16}{middle:>24}{as_good:>10}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
