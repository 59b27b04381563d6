"""Runs of capitalised words in a text, and the word lists that tell what such a run may stand for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import normalize

__all__ = ["Run", "Word", "capital_runs", "known_words"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, as the rules for names look at it."""

    key: str
    """In lower case, without accents and possessive ending."""
    start: int
    """Place of its first character, from 0."""
    end: int
    """Place after its last character."""
    is_capital: bool
    """Whether it begins with a capital and goes on in small letters (or is an initial)."""
    is_possessive: bool
    """Whether it ends in 's."""
    opens_sentence: bool
    """Whether it may owe its capital to being the first word."""
    is_joined: bool
    """Whether only a space (or the full stop of a title or an initial) parts it from the word before."""


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that belong together, with what stands around them."""

    words: tuple[Word, ...]
    """In order; none where a sentence's first word was all."""
    before: tuple[Word, ...]
    """Up to two words before it in the same sentence, nearest last."""
    after: Word | None
    """The next word, unless something parts it from the run."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The words as they stand in the word lists."""
        return tuple(word.key for word in self.words)


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_SENTENCE_ENDS = frozenset('.!?\n"“‘(•')
_STROKED = str.maketrans("łøđı", "lodi")


@cache
def known_words(kind: str) -> frozenset[str]:
    """One of the word lists of ``name_words.json``, such as ``given_names``."""
    return frozenset(_word_lists()[kind])


@cache
def _word_lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = json.loads((files("lichen.audit") / "name_words.json").read_text(encoding="utf-8"))
    return lists


def capital_runs(text: str) -> Iterator[Run]:
    """The runs of capitalised words in a text, in order.

    Example:
        >>> [run.keys for run in capital_runs("We asked Rev. Ann Lee and Ann's neighbour.")]
        [('we',), ('rev', 'ann', 'lee'), ('ann',)]
    """
    words = _words(text)
    place = 0
    while place < len(words):
        run = _run_from(words, place)
        if run.words:
            yield run
        place += max(1, len(run.words))


def _run_from(words: list[Word], first: int) -> Run:
    last = first
    while last < len(words) and words[last].is_capital and (last == first or _continues(words, last)):
        last += 1
    since = first
    while since > max(0, first - 2) and not words[since].opens_sentence:
        since -= 1
    after = words[last] if last < len(words) and words[last].is_joined else None
    return Run(tuple(words[first:last]), tuple(words[since:first]), after)


def _continues(words: list[Word], place: int) -> bool:
    return words[place].is_joined and not words[place - 1].is_possessive


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        words.append(_word(found, text[end : found.start()], words[-1].key if words else ""))
        end = found.end()
    return words


def _word(found: re.Match[str], gap: str, before: str) -> Word:
    written = found[0]
    is_short_form = len(before) == 1 or before in known_words("titles") or before in known_words("saints")
    is_joined = bool(before) and (gap.isspace() or (is_short_form and gap.strip() == "."))
    return Word(
        key=_key(written),
        start=found.start(),
        end=found.end(),
        is_capital=written[0].isupper() and (len(written) == 1 or not written.isupper()),
        is_possessive=_POSSESSIVE.search(written) is not None,
        opens_sentence=not before or (not is_joined and not _SENTENCE_ENDS.isdisjoint(gap)),
        is_joined=is_joined,
    )


def _key(written: str) -> str:
    plain = normalize("NFKD", _POSSESSIVE.sub("", written).lower().translate(_STROKED))
    return "".join(letter for letter in plain if letter.isalpha() or letter in "-'’")
