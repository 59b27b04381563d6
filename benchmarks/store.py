"""How long a register of so many organisations takes to be written and read back, and how much memory it needs.

python benchmarks/store.py [ORGANISATIONS]

Each is done in a process of its own, whose peak is what the system measured.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow

from lichen.registry.store import Store, read_store
from lichen.registry.synthetic import Made, load_synthetic
from lichen.registry.twins import likely_twins


def write(store: str, organisations: int) -> int:
    return load_synthetic(store, Made(organisations)).entries


def read(store: str, _organisations: int) -> int:
    return sum(len(table) for table in read_store(store))


def twins(store: str, _organisations: int) -> int:
    return len(likely_twins(Store(store)).twins)


STEPS = {"write": write, "read": read, "twins": twins}


def main() -> None:
    organisations = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{organisations:,} organisations; pyarrow {pyarrow.__version__}, Python {platform.python_version()},", end=" "
    )
    print(f"{os.cpu_count()} cores, load {load}\n{'':8}{'seconds':>10}{'rows':>12}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory(prefix="lichen-bench-") as folder:
        store = str(Path(folder) / "store")
        for step in STEPS:
            subprocess.run([sys.executable, __file__, step, store, str(organisations)], check=True)
        size = sum(path.stat().st_size for path in Path(store).rglob("*") if path.is_file())
    print(f"on the disk {size / 2**20:,.0f} MiB")


def child(step: str, store: str, organisations: int) -> None:
    began = time.perf_counter()
    rows = STEPS[step](store, organisations)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{step:8}{seconds:10.1f}{rows:12,}{peak:10,.0f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        child(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main()
