"""How long voting power takes, and whether it is right, beside two other packages where they are installed.

python benchmarks/power.py [SECONDS]

SECONDS is how long another package may take for one figure. Its packages are installed by whoever wants the comparison:
pip install powerindex powerindices
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from random import Random

import numpy as np

import lichen
from lichen.charter.power.games import AllOf, WeightedGame, head_count
from lichen.charter.power.indices import banzhaf, banzhaf_absolute, shapley_shubik, voting_power

SEED, TOTAL, RUNS = 1, 133_327, 5
VOTES = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)
PEOPLE = (167, 128, 123, 119, 90, 77, 44, 33, 23, 21, 21, 21, 20, 18, 17, 16, 11, 11, 11, 9, 7, 5, 4, 3, 2, 1, 1)
NICE = WeightedGame(255, VOTES)
THREE = AllOf((NICE, head_count(14, 27), WeightedGame(622, PEOPLE)))

Answer = Sequence[float]
Way = Callable[[int, Sequence[int]], Answer]


def fund() -> WeightedGame:
    """A hundred and ninety players as unequal as the members of a world-wide fund, with more than half needed."""
    random = Random(SEED)
    parts = sorted((random.paretovariate(1) for _player in range(190)), reverse=True)
    weights = [max(1, int(part / sum(parts) * TOTAL)) for part in parts]
    weights[0] += TOTAL - sum(weights)
    return WeightedGame(TOTAL // 2 + 1, tuple(weights))


def by_powerindex(index: str) -> Way:
    def way(quota: int, weights: Sequence[int]) -> Answer:
        game = import_module("powerindex").Game(quota, weights=list(weights))
        getattr(game, f"calc_{index}")()
        return [float(value) for value in getattr(game, index)]

    return way


def by_powerindices(function: str) -> Way:
    def way(quota: int, weights: Sequence[int]) -> Answer:
        return [float(value) for value in getattr(import_module("powerindices"), function)(quota, list(weights))]

    return way


OURS: dict[str, Way] = {
    "Shapley–Shubik": lambda quota, weights: _floats(shapley_shubik(WeightedGame(quota, tuple(weights))).values),
    "Banzhaf": lambda quota, weights: _floats(banzhaf(WeightedGame(quota, tuple(weights))).values),
    "Banzhaf, absolute": lambda quota, weights: _floats(banzhaf_absolute(WeightedGame(quota, tuple(weights))).values),
}
OTHERS: dict[str, dict[str, Way]] = {
    "powerindex": {"Shapley–Shubik": by_powerindex("shapley_shubik"), "Banzhaf": by_powerindex("banzhaf")},
    "powerindices": {
        "Shapley–Shubik": by_powerindices("compute_ssi"),
        "Banzhaf, absolute": by_powerindices("compute_pbi"),
    },
}


@dataclass(frozen=True)
class Timed:
    """What came of one run; ``values`` is None where it took too long or failed."""

    seconds: float
    values: Answer | None


def _floats(values: Sequence[object]) -> Answer:
    return [float(value) for value in values]  # type: ignore[arg-type]


def timed(act: Callable[[], Answer], runs: int = RUNS) -> Timed:
    """The least time of several runs."""
    least, values = float("inf"), None
    for _run in range(runs):
        began = time.perf_counter()
        values = act()
        least = min(least, time.perf_counter() - began)
    return Timed(least, values)


def _answer(queue: multiprocessing.Queue, package: str, index: str, game: WeightedGame, runs: int) -> None:
    np.seterr(all="ignore")
    queue.put(timed(lambda: OTHERS[package][index](game.quota, game.weights), runs))


def bounded(package: str, index: str, game: WeightedGame, seconds: float, runs: int) -> Timed:
    """Another package's answer, in a process that is ended when it takes too long."""
    queue: multiprocessing.Queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=_answer, args=(queue, package, index, game, runs))
    process.start()
    try:
        return queue.get(timeout=seconds)
    except Exception:  # empty after so long, or the package has failed
        return Timed(seconds, None)
    finally:
        process.terminate()
        process.join()


def compare(name: str, game: WeightedGame, seconds: float, runs: int) -> None:
    """One line for each index and package: time, ratio, and how far off the worst value is."""
    for index, way in OURS.items():
        ours = timed(lambda way=way: way(game.quota, game.weights), runs)
        begun = f"{name:26}{index:18}"
        print(f"{begun}{'Lichen':14}{1000 * ours.seconds:10.1f} ms{'':10}  exact")
        for package in (each for each, ways in OTHERS.items() if index in ways and find_spec(each)):
            found = bounded(package, index, game, seconds, runs if game.players < 50 else 1)
            ratio = f"{found.seconds / ours.seconds:9.1f}×"
            if found.values is None:
                print(f"{begun}{package:14}{f'> {1000 * seconds:.0f}':>10} ms{ratio}  no answer")
                continue
            worst = max(abs(one - other) for one, other in zip(found.values, ours.values or (), strict=True))
            told = f"off by {worst:.0e}" if worst < 1e-6 else f"WRONG, off by {worst:.0e}"
            print(f"{begun}{package:14}{1000 * found.seconds:10.1f} ms{ratio}  {told}")


def main(seconds: float = 60) -> None:
    """Print versions, then each game."""
    packages = ", ".join(f"{package} {version(package)}" for package in OTHERS if find_spec(package))
    here = f"numpy {np.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"Lichen {lichen.__version__}, {here}; beside it: {packages or 'nothing is installed'}\n")
    compare("Union of 27, votes", NICE, seconds, RUNS)
    compare("190 players, sum 133,327", fund(), seconds, 3)
    hundred = WeightedGame(2_600, tuple(1 + place * 37 % 101 for place in range(100)))
    compare("100 players, sum 5,050", hundred, seconds, 3)
    print("\nBoth indices, with what each player amounts to:")
    for name, game in {
        "Union of 27, votes": NICE,
        "Union of 27, its three conditions": THREE,
        "190 players, sum 133,327": fund(),
        "10,000 equal players": head_count(5_001, 10_000),
        "24 players, weights of 30 digits": WeightedGame(12 * 10**29, tuple(10**29 + 3**one for one in range(24))),
    }.items():
        found = timed(lambda game=game: _floats([voting_power(game).players[0].shapley_shubik]), 3)
        print(f"{name:36}{1000 * found.seconds:10.1f} ms   {voting_power(game).method}")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
