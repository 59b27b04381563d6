"""What the shipped table makes of a few words: how likely each capability is, in which sense, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichen.capabilities.weights import Floats, Weights
from lichen.capabilities.wordpieces import pieces
from lichen.capabilities.words import cues, words

__all__ = ["Opinion", "Reading", "opinion", "reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A few words as the table reads them."""

    words: tuple[str, ...]
    pieces: tuple[int, ...]
    """Numbers of the word pieces."""
    vector: Floats
    """The sum of the word pieces' vectors, of length one."""
    known: list[int]
    """Places of the words that speak for a code."""
    weight: Floats
    """How much each of them counts; of length one together."""
    cues: list[int]
    """Places of the cues."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the table makes of a reading."""

    codes: Floats
    """For each code, the probability that it is what is spoken of; what is missing to 1 speaks of none."""
    gap: Floats
    """For each code, the log odds that it would be a gap rather than a strength."""
    ours: float
    """The probability that something of the speaker's own is spoken of."""
    others: float
    """The probability that it is something of others'."""


def reading(text: str, weights: Weights) -> Reading:
    """The table's view of a text."""
    found = words(text)
    numbers = pieces(text, weights.vocabulary)
    vector = weights.vectors[weights.row[numbers]].sum(axis=0, dtype=np.float32) * weights.vector_scale
    known = sorted({weights.words.features[word] for word in found if word in weights.words.features})
    seen = weights.cues.features
    return Reading(
        words=tuple(found),
        pieces=tuple(numbers),
        vector=_unit(vector),
        known=known,
        weight=_unit(weights.rarity[known]),
        cues=sorted(seen[cue] for cue in cues(found) if cue in seen),
    )


def opinion(read: Reading, weights: Weights, sentence: Floats | None = None) -> Opinion:
    """What the table makes of a reading, together with the sentence model's vector of it where there is one."""
    settings = weights.settings
    outcomes = weights.codes_by_vector.of(read.vector) + weights.words.of(read.known, read.weight)
    even = np.full(len(read.cues), max(len(read.cues), 1) ** -0.5, dtype=np.float32)
    cue = weights.cues.of(read.cues, even)
    gap = cue[0] + weights.sense_by_vector.of(read.vector)
    if sentence is not None:
        outcomes = outcomes + settings["sentence"] * weights.codes_by_sentence.of(sentence)
        gap = gap + settings["sentence"] * weights.sense_by_sentence.of(sentence)
    whose = _softmax(cue[1:] + weights.whose_by_vector.of(read.vector))
    return Opinion(
        codes=_softmax(outcomes / settings["temperature"])[:-1], gap=gap, ours=float(whose[0]), others=float(whose[2])
    )


def _unit(vector: Floats) -> Floats:
    length = float(np.sqrt(vector @ vector))
    return vector / length if length > 0 else vector


def _softmax(scores: Floats) -> Floats:
    risen = np.exp(scores - scores.max())
    return np.asarray(risen / risen.sum(), dtype=np.float32)
