"""How long a fresh process takes to import Lichen and to print the help of its command.

python benchmarks/startup.py [RUNS]
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time

import lichen

CASES = {
    "python -c pass": (["-c", "pass"], None),
    "import lichen": (["-c", "import lichen"], 0.15),
    "lichen --help": (["-c", "from lichen.cli.main import run; run()", "--help"], 0.40),
}
"""What is run in a fresh process, and how many seconds it may take: the empty process and all."""


def seconds(arguments: list[str]) -> float:
    """How long one fresh process takes, in seconds."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main(runs: int = 15) -> None:
    """Print the median, the least and the most of several runs, each case in turn."""
    print(f"Lichen {lichen.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores, {runs} runs each")
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(runs + 1):
        for name, (arguments, _limit) in CASES.items():
            times[name].append(seconds(arguments))
    print(f"{'':16}{'median s':>10}{'least':>10}{'most':>10}{'may take':>10}")
    for name, (_arguments, limit) in CASES.items():
        warm = times[name][1:]
        allowed = f"{limit:10.2f}" if limit else ""
        print(f"{name:16}{statistics.median(warm):10.3f}{min(warm):10.3f}{max(warm):10.3f}{allowed}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
