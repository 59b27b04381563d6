"""Keeps the answer clean of what a solver prints of its own accord."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["without_stray_lines"]


@contextmanager
def without_stray_lines() -> Iterator[None]:
    """Throw away what compiled code writes to standard output meanwhile; what Python writes is kept.

    HiGHS 1.12, which scipy 1.17 brings along, now and then prints a line that no option turns off; in the middle of
    JSON or CSV it would spoil the answer.

    Source:
        https://github.com/ERGO-Code/HiGHS/issues/2783
    """
    _flush()
    out, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        _flush()
        os.dup2(out, 1)
        os.close(out)
        os.close(nowhere)


def _flush() -> None:
    """Send on what Python and the C library still hold back."""
    sys.stdout.flush()
    with suppress(OSError, TypeError):  # on Windows the C library goes by other names
        ctypes.CDLL(None).fflush(None)
