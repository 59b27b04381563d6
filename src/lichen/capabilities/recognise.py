"""Recognising capabilities in people's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from lichen.capabilities.opinion import Opinion, Reading, opinion, reading
from lichen.capabilities.sentence_model import sentence_vector
from lichen.capabilities.taxonomy import taxonomy
from lichen.capabilities.weights import Weights, shipped_weights
from lichen.capabilities.words import clauses, words

__all__ = ["Match", "recognise"]

Sense = Literal["gap", "strength"]
Whose = Literal["ours", "others"]

_MOST = 5  # matches of one text
_TELLING = 3  # words that a match names as its reason
_LONGEST = 20_000  # characters that are read
_ONE_THOUGHT = 40  # words; a longer text is judged sentence by sentence
_CERTAIN = 0.99  # a phrase of the taxonomy, word for word
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+|;\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """A capability recognised in somebody's words."""

    code: str
    """Code of the taxonomy."""
    sense: Sense
    """Whether the words say that it is lacked or had."""
    score: float
    """How likely the words name this capability, in [0, 1]."""
    by: str
    """What it was recognised by: the words that counted most, strongest first, or the phrase that they equal."""
    whose: Whose = "ours"
    """Whether it is the speaker's organisation that has or lacks it, or the people it is there for."""
    sense_score: float = 1.0
    """How likely the sense is the one told, in [0.5, 1]."""


def recognise(text: str, *, whose: Whose = "ours", model: Literal["table", "minilm"] = "table") -> tuple[Match, ...]:
    """The capabilities that a text names, likeliest first; none if it names none.

    Speaks of the organisation whose words they are: "young people here lack mentors" is what a charity is for and
    no gap of the charity, so it is found only under ``whose="others"``. Each code comes once, and five at most.

    Args:
        text: A sentence or a few, in English; the first 20,000 characters are read.
        whose: ``ours`` for what the organisation has or lacks, ``others`` for what the people it is there for do.
        model: ``table`` for the small table that ships, ``minilm`` for the sentence model of the extra ``embeddings``.

    Returns:
        Matches by falling score; the same text always gives the same ones.

    Raises:
        ExtraNeeded: The sentence model is asked for and not installed.

    Example:
        >>> found = recognise("We have nobody who can write grant bids.")[0]
        >>> found.code, found.sense
        ('funding.grant_seeking', 'gap')
        >>> recognise("The office is on Mill Street.")
        ()
    """
    text = text[:_LONGEST]
    weights = shipped_weights()
    best: dict[str, Match] = {}
    for thought in _thoughts(text):
        for match in _matches(thought, weights, whose, model == "minilm"):
            if match.code not in best or match.score > best[match.code].score:
                best[match.code] = match
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.code))[:_MOST])


def _thoughts(text: str) -> list[str]:
    return [text] if len(text.split()) <= _ONE_THOUGHT else [part for part in _SENTENCE_END.split(text) if part]


def _matches(thought: str, weights: Weights, whose: Whose, with_model: bool) -> Iterator[Match]:
    whole = reading(thought, weights)
    said = _phrases().get(" ".join(word for word in whole.words if word.isalnum()))
    if said is not None and whose == "ours":
        yield Match(said[0], said[1], _CERTAIN, by=said[2])
        return
    if not whole.pieces:
        return
    parts = clauses(thought)
    readings = [whole, *(reading(part, weights) for part in parts)] if len(parts) > 1 else [whole]
    opinions = [
        opinion(read, weights, sentence_vector(read.pieces) if with_model else None)
        for read in readings
    ]
    yield from _weighed(readings, opinions, weights, whose)


def _weighed(readings: list[Reading], opinions: list[Opinion], weights: Weights, whose: Whose) -> Iterator[Match]:
    settings, whole = weights.settings, opinions[0]
    theirs = whole.ours if whose == "ours" else whole.others
    said = np.stack([whole.codes, *(settings["clause"] * each.codes for each in opinions[1:])])
    heard, likely = said.argmax(axis=0), said.max(axis=0)
    if theirs * whole.codes.sum() * likely.max() ** 0.5 < settings[f"least_{whose}"]:
        return
    for place in np.argsort(-likely, kind="stable")[:_MOST]:
        score = theirs * float(likely[place])
        if score < settings["least"]:
            return
        at = int(heard[place])
        yield Match(
            code=weights.codes[place],
            sense="gap" if opinions[at].gap[place] > 0 else "strength",
            score=round(min(score, _CERTAIN), 4),
            by=_reason(readings[at], int(place), weights),
            whose=whose,
        )


def _reason(read: Reading, place: int, weights: Weights) -> str:
    counted = weights.words.rows[read.known, place] * read.weight
    strongest = np.argsort(-counted, kind="stable")[:_TELLING]
    chosen = {read.known[at] for at in strongest if counted[at] > 0}
    return ", ".join(dict.fromkeys(word for word in read.words if weights.words.features.get(word) in chosen))


@cache
def _phrases() -> Mapping[str, tuple[str, Sense, str]]:
    said: dict[str, tuple[str, Sense, str]] = {}
    for capability in taxonomy().capabilities.values():
        for phrase in capability.as_gap:
            said[_plain(phrase)] = (capability.code, "gap", phrase)
        for phrase in capability.as_strength:
            said[_plain(phrase)] = (capability.code, "strength", phrase)
    return said


def _plain(phrase: str) -> str:
    return " ".join(word for word in words(phrase) if word.isalnum())
