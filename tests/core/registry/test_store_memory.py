"""A store ten times as large is written and read in hardly more memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("pyarrow", reason="the extra registry is not installed")

SCRIPT = """
import resource, sys
from lichen.registry.synthetic import Made, load_synthetic
from lichen.registry.store import read_store
load_synthetic(sys.argv[1], Made(int(sys.argv[2])))
rows = sum(len(table) for table in read_store(sys.argv[1]))
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.long
def test_memory_does_not_grow_with_the_register(tmp_path):
    peaks = []
    for organisations in (20_000, 200_000):
        asked = [sys.executable, "-c", SCRIPT, str(tmp_path / str(organisations)), str(organisations)]
        rows, peak = map(int, subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split())
        assert rows == organisations * 1.01
        peaks.append(peak)
    assert peaks[1] < peaks[0] + 300
    assert peaks[1] < 1_000
