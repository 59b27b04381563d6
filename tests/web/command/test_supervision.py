"""Processes that are watched: tried with small ones, and a supervisor that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

CHILD = """
import os, signal, subprocess, sys, time
from lichen_web.command.supervision import begin_as_child, tell_at_work
begin_as_child()
name, folder, kind = sys.argv[1:]
if kind == "broken":
    sys.exit(7)
if kind == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
inner = subprocess.Popen(["sleep", "300"])
with open(f"{folder}/{name}", "a") as file:
    print(os.getpid(), inner.pid, file=file, flush=True)
tell_at_work()
time.sleep(300)
"""
SUPERVISOR = """
import sys
from lichen_web.command import supervision
from lichen_web.command.supervision import Child, supervise
supervision.GRACE = 1.0
folder, *kinds = sys.argv[1:]
children = [Child(str(n), [sys.executable, "-c", open(folder + "/child.py").read(), str(n), folder, kind], {})
            for n, kind in enumerate(kinds)]
sys.exit(0 if supervise(children, ready=lambda: print("ready", flush=True)) else 3)
"""


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a supervisor over children of these kinds."""
    (tmp_path / "child.py").write_text(CHILD)
    started: list[subprocess.Popen[str]] = []

    def start(*kinds: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", SUPERVISOR, str(tmp_path), *kinds]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
    for pid in [pid for path in tmp_path.glob("[0-9]") for life in lives(path) for pid in life if is_alive(pid)]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for process in started:
        process.communicate()


def lives(path: Path) -> list[tuple[int, int]]:
    """Each life of a child: its id, and that of the process it started."""
    lines = path.read_text().splitlines() if path.exists() else []
    return [(int(own), int(inner)) for own, inner in (line.split() for line in lines)]


def is_alive(pid: int) -> bool:
    """Whether it runs; what has ended and was not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def comes(happening: Callable[[], bool], within: float = 10.0) -> bool:
    until = time.monotonic() + within
    while not happening():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def ready(process: subprocess.Popen[str]) -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == "ready\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_stop_together(supervised, tmp_path: Path, number: int):
    process = supervised("well", "well")
    assert ready(process)
    process.send_signal(number)
    assert process.wait(5) == 0
    assert [is_alive(pid) for n in "01" for life in lives(tmp_path / n) for pid in life] == [False] * 4


def test_killed_child_is_cleared_away_and_comes_back(supervised, tmp_path: Path):
    process = supervised("well", "well")
    assert ready(process)
    ((own, inner),), (others,) = lives(tmp_path / "0"), lives(tmp_path / "1")
    os.kill(own, signal.SIGKILL)
    assert comes(lambda: len(lives(tmp_path / "0")) == 2)
    assert (is_alive(own), is_alive(inner)) == (False, False)
    assert lives(tmp_path / "1") == [others]
    assert all(is_alive(pid) for pid in others)
    process.terminate()
    assert process.wait(5) == 0


def test_child_that_keeps_dying_comes_back_more_and_more_slowly(supervised, tmp_path: Path):
    process = supervised("well")
    assert ready(process)
    died = []
    for life in range(3):
        assert comes(lambda life=life: len(lives(tmp_path / "0")) == life + 1)
        died.append(time.monotonic())
        os.kill(lives(tmp_path / "0")[-1][0], signal.SIGKILL)
    pauses = [later - earlier for earlier, later in pairwise(died)]
    assert pauses[0] < pauses[1]
    assert [round(pause) for pause in pauses] == pytest.approx([1, 2], abs=1)


def test_child_that_cannot_start_stops_everything(supervised, tmp_path: Path):
    process = supervised("well", "broken")
    assert process.wait(5) == 3
    assert not any(is_alive(pid) for life in lives(tmp_path / "0") for pid in life)


def test_child_that_will_not_stop_is_killed(supervised, tmp_path: Path):
    process = supervised("stubborn", "well")
    assert ready(process)
    process.terminate()
    assert process.wait(5) == 0
    assert not any(is_alive(pid) for n in "01" for life in lives(tmp_path / n) for pid in life)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems cannot be asked to arrange it")
def test_children_of_a_killed_supervisor_end(supervised, tmp_path: Path):
    process = supervised("well", "well")
    assert ready(process)
    process.kill()
    own = [life[0] for n in "01" for life in lives(tmp_path / n)]
    assert comes(lambda: not any(is_alive(pid) for pid in own))


def test_nothing_else_is_touched(supervised):
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    try:
        process = supervised("well")
        assert ready(process)
        process.terminate()
        assert process.wait(5) == 0
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
