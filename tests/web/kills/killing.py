"""A process that is killed in the middle of its work, as the kernel kills it: no last word, and no tidying."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable
from random import Random

__all__ = ["KILLS", "killed", "moments"]

KILLS = int(os.environ.get("LICHEN_KILLS", "20"))
"""How often; ``LICHEN_KILLS=200`` before a release."""

Work = Callable[[Callable[[bytes], None]], None]
"""Work that acknowledges each thing it has done by the function that it is given."""


def moments(longest: float, kills: int = KILLS) -> list[float]:
    """When to kill, in seconds, anywhere between at once and a little later than the work takes; the same every run."""
    random = Random(kills)
    return [random.uniform(0, longest * 1.1) for _ in range(kills)]


def killed(work: Work, after: float, *, first: int = 0) -> bytes:
    """Run work in a process of its own, and kill it.

    Args:
        work: What it does; it may also come to its end before.
        after: So many seconds later.
        first: Counted from when it has acknowledged so many bytes.

    Returns:
        All that it had acknowledged.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as acknowledged:
        told = acknowledged.read(first)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        told += acknowledged.read()
    assert status in {0, signal.SIGKILL}, "it failed by itself; its traceback stands above"
    return told


def _work(work: Work, writing: int) -> None:
    """The life of the process; it never comes back into the test."""
    try:
        work(lambda told: os.write(writing, told))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
