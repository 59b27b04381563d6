"""The shipped table: vectors of word pieces distilled from a sentence model, and what was learned on top of them.

``tools/recognise/build.py`` writes it; ``recognise.json`` beside it says from what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "Linear", "Scores", "Weights", "shipped_weights", "weights_from"]

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Scores:
    """What each feature speaks for: one row a feature, one column an outcome, in 8 bits with a scale a column."""

    features: Mapping[str, int]
    rows: Bytes
    scale: Floats

    def of(self, places: list[int], weights: Floats) -> Floats:
        """The weighted sum of some rows."""
        return np.asarray((weights @ self.rows[places]) * self.scale, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Linear:
    """Scores of a vector: ``vector @ by_vector + bias``."""

    by_vector: Floats
    bias: Floats

    def of(self, vector: Floats) -> Floats:
        """The scores, one an outcome."""
        return np.asarray(vector @ self.by_vector + self.bias, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that recognising reads."""

    codes: tuple[str, ...]
    """The codes it knows, in the order of the outcomes; one more outcome stands for none of them."""
    vocabulary: Mapping[str, int]
    """Word pieces and their numbers."""
    row: NDArray[np.int16]
    """For each word piece its row in ``vectors``; the last row, all zeros, stands for those left out."""
    vectors: Bytes
    vector_scale: Floats
    words: Scores
    """What each word speaks for: a code, or none."""
    rarity: Floats
    """How telling each word is: its inverse document frequency."""
    cues: Scores
    """What each cue speaks for: a gap; ours, nothing, others'."""
    codes_by_vector: Linear
    whose_by_vector: Linear
    sense_by_vector: Linear
    """What speaks for each code's being a gap."""
    codes_by_sentence: Linear
    """The same for the vectors of the sentence model itself, which is an extra."""
    sense_by_sentence: Linear
    settings: Mapping[str, float]
    """Temperatures and thresholds, chosen on the tuning sentences."""


@cache
def shipped_weights() -> Weights:
    """The table that ships with this version."""
    told = json.loads((files("lichen.capabilities") / "recognise.json").read_text(encoding="utf-8"))
    with (files("lichen.capabilities") / "recognise.npz").open("rb") as stream, np.load(stream) as shipped:
        return weights_from(dict(shipped.items()), told)


def weights_from(arrays: Mapping[str, NDArray[Any]], told: Mapping[str, Any]) -> Weights:
    """The weights in what the build has written."""
    return Weights(
        codes=tuple(told["codes"]),
        vocabulary=_numbered(arrays["vocabulary"]),
        row=arrays["row"],
        vectors=arrays["vectors"],
        vector_scale=arrays["vector_scale"],
        words=_scores("word", arrays),
        rarity=_floats(arrays["rarity"]),
        cues=_scores("cue", arrays),
        codes_by_vector=_linear("codes_by_vector", arrays),
        whose_by_vector=_linear("whose_by_vector", arrays),
        sense_by_vector=_linear("sense_by_vector", arrays),
        codes_by_sentence=_linear("codes_by_sentence", arrays),
        sense_by_sentence=_linear("sense_by_sentence", arrays),
        settings=told["settings"],
    )


def _scores(name: str, arrays: Mapping[str, NDArray[Any]]) -> Scores:
    return Scores(_numbered(arrays[f"{name}s"]), arrays[f"{name}_rows"], arrays[f"{name}_scale"])


def _linear(name: str, arrays: Mapping[str, NDArray[Any]]) -> Linear:
    table = _floats(arrays[name])
    return Linear(table[:-1], table[-1])


def _floats(table: NDArray[Any]) -> Floats:
    return table.astype(np.float32)


def _numbered(lines: NDArray[np.uint8]) -> dict[str, int]:
    return {line: number for number, line in enumerate(lines.tobytes().decode("utf-8").split("\n"))}
