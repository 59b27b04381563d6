"""Millions of short texts as two arrays, so that they can be mapped from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np

from lichen.fit.scan.register import Array

__all__ = ["Strings"]


class Strings(Sequence[str]):
    """Texts, one after the other in an array of bytes.

    Args:
        starts: Where each begins, and where the last ends.
        letters: All of them in UTF-8.

    Example:
        >>> list(Strings.of(["lichen", "", "é"]))
        ['lichen', '', 'é']
    """

    def __init__(self, starts: Array, letters: Array) -> None:
        """Take the arrays as they are."""
        self._starts, self._letters, self._view = starts, letters, letters.data

    @classmethod
    def of(cls, texts: Sequence[str]) -> Strings:
        """The arrays of some texts."""
        encoded = [text.encode() for text in texts]
        starts = np.fromiter(accumulate(map(len, encoded), initial=0), dtype=np.uint64, count=len(encoded) + 1)
        return cls(starts, np.frombuffer(b"".join(encoded), dtype=np.uint8))

    @classmethod
    def from_sections(cls, arrays: Mapping[str, Array], name: str) -> Strings:
        """Those that ``sections`` wrote by that name."""
        return cls(arrays[f"{name}.starts"], arrays[f"{name}.letters"])

    def sections(self, name: str) -> Mapping[str, Array]:
        """The arrays by the names under which a file has them."""
        return {f"{name}.starts": self._starts, f"{name}.letters": self._letters}

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> str:  # type: ignore[override]
        """One of them."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        return str(self._view[int(self._starts[row]) : int(self._starts[row + 1])], "utf-8")

    def chosen(self, rows: Array) -> list[str]:
        """Some of them at once."""
        stretches = zip(self._starts[rows].tolist(), self._starts[rows + 1].tolist(), strict=True)
        return [str(self._view[begin:end], "utf-8") for begin, end in stretches]
