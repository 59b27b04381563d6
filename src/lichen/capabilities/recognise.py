"""Recognising capabilities in people's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from lichen.capabilities.names import capability_named
from lichen.capabilities.opinion import Opinion, Reading, opinion, reading
from lichen.capabilities.sentence_model import sentence_vector
from lichen.capabilities.taxonomy import taxonomy
from lichen.capabilities.weights import Weights, shipped_weights
from lichen.capabilities.words import clauses, spelt_out, words

__all__ = ["Match", "Sense", "recognise"]

Sense = Literal["gap", "strength"]
Whose = Literal["ours", "others"]

_MOST = 5  # matches of one text
_TELLING = 3  # words that a match names as its reason
_LONGEST = 20_000  # characters that are read
_THOUGHTS = 200  # and sentences
_ONE_THOUGHT = 40  # words; a longer text is judged sentence by sentence
_CERTAIN = 0.99  # a phrase or a name of the taxonomy, word for word
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
    """How likely the sense is the one told, in [0.5, 1]; 0.5 where a name was typed, which tells none."""


def recognise(
    text: str, *, whose: Whose = "ours", model: Literal["table", "minilm"] = "table", named: Sense | None = "gap"
) -> tuple[Match, ...]:
    """The capabilities that a text names, likeliest first; none if it names none.

    Speaks of the organisation whose words they are: "young people here lack mentors" is what a charity is for and
    no gap of the charity, so it is found only under ``whose="others"``. Each code comes once, and five at most.

    Args:
        text: A sentence or a few, in English; the first 20,000 characters are read.
        whose: ``ours`` for what the organisation has or lacks, ``others`` for what the people it is there for do.
        model: ``table`` for the small table that ships, ``minilm`` for the sentence model of the extra ``embeddings``.
        named: The sense in which a name of the vocabulary is meant when it stands alone, such as "Fundraising" in a
            list of gaps; none to take it for no more than its words say.

    Returns:
        Matches by falling score; the same text always gives the same ones.

    Raises:
        ExtraNeeded: The sentence model is asked for and not installed.

    Example:
        >>> found = recognise("We have nobody who can write grant bids.")[0]
        >>> found.code, found.sense
        ('funding.grant_seeking', 'gap')
        >>> recognise("Fundraising", named="strength")[0].sense
        'strength'
        >>> recognise("The office is on Mill Street.")
        ()
    """
    weights, read = shipped_weights(), text[:_LONGEST]
    alone = capability_named(read) if named and whose == "ours" else ""
    best = {alone: Match(alone, named, _CERTAIN, by=_plain(read), sense_score=0.5)} if named and alone else {}
    for thought in _thoughts(spelt_out(read)):
        for match in _matches(thought, weights, whose, with_model=model == "minilm"):
            if match.code not in best or match.score > best[match.code].score:
                best[match.code] = match
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.code))[:_MOST])


def _thoughts(text: str) -> list[str]:
    if len(text.split()) <= _ONE_THOUGHT:
        return [text]
    return list(filter(None, _SENTENCE_END.split(text)))[:_THOUGHTS]


def _matches(thought: str, weights: Weights, whose: Whose, *, with_model: bool) -> Iterator[Match]:
    parts = clauses(thought)
    texts = [_stopped(thought), *(parts if len(parts) > 1 else ())]
    if whose == "ours":
        yield from (Match(*_phrases()[said], by=said) for said in map(_plain, texts) if said in _phrases())
    readings = [reading(each, weights) for each in texts]
    if not readings[0].pieces:
        return
    vectors = [sentence_vector(readings[0].pieces) if with_model else None, *[None] * len(parts)]
    opinions = [opinion(read, weights, vector) for read, vector in zip(readings, vectors, strict=False)]
    yield from _weighed(readings, opinions, weights, whose)


def _weighed(readings: list[Reading], opinions: list[Opinion], weights: Weights, whose: Whose) -> Iterator[Match]:
    settings, whole = weights.settings, opinions[0]
    theirs = whole.ours if whose == "ours" else whole.others
    if theirs * whole.codes.sum() * np.cbrt(whole.codes.max()) < settings["sure_enough"]:
        return
    said = np.stack([whole.codes, *(settings["clause"] * each.codes for each in opinions[1:])])
    heard, likely = said.argmax(axis=0), said.max(axis=0) * theirs
    for place in np.argsort(-likely, kind="stable")[:_MOST].tolist():
        if likely[place] < settings["least"]:
            return
        at = int(heard[place])
        gap = opinions[at].gap[place] + (whole.codes[place] * whole.gap[place] if at else 0)
        yield Match(
            code=weights.codes[place],
            sense="gap" if gap > 0 else "strength",
            score=round(min(float(likely[place]), _CERTAIN), 4),
            by=_telling(readings[at], place, weights),
            whose=whose,
            sense_score=round(float(1 / (1 + np.exp(-abs(gap)))), 4),
        )


def _stopped(text: str) -> str:
    """The text with one full stop, as the sentences had that the table learned from: it must not tip an answer."""
    return text if text.endswith("?") else f"{text.rstrip('.! ')}."


def _telling(read: Reading, place: int, weights: Weights) -> str:
    counted = weights.words.rows[read.known, place] * read.weight
    chosen = {read.known[at] for at in np.argsort(-counted, kind="stable")[:_TELLING]}
    known = weights.words.features
    return ", ".join(dict.fromkeys(word for word in read.words if known.get(word) in chosen))


@cache
def _phrases() -> Mapping[str, tuple[str, Sense, float]]:
    """Every phrase of the taxonomy, spelt plainly, and what it says."""
    told: dict[str, tuple[str, Sense, float]] = {}
    for capability in taxonomy().capabilities.values():
        told |= {_plain(spelt_out(phrase)): (capability.code, "gap", _CERTAIN) for phrase in capability.as_gap}
        told |= {
            _plain(spelt_out(phrase)): (capability.code, "strength", _CERTAIN) for phrase in capability.as_strength
        }
    return told


def _plain(text: str) -> str:
    return " ".join(word for word in words(text) if word.isalnum())
