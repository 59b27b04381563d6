"""What many tests of files need: a file with this in it, and everything that is wrong with it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from lichen.errors import InputError, Problem
from lichen.files.reading import read_audit


def problems_of(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a file."""
    with pytest.raises(InputError) as refusal:
        read_audit(path)
    return refusal.value.problems


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this in it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail rather than hang; far more than it takes, since machines are slow at times."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"took more than {seconds} seconds", pytrace=False)

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
