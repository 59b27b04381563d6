"""Words as pieces of a fixed vocabulary (greedy WordPiece), as the sentence model that the table comes from reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["CLASSIFY", "SEPARATE", "pieces"]

CLASSIFY, SEPARATE = "[CLS]", "[SEP]"
_UNKNOWN = "[UNK]"
_LONGEST = 100  # characters of a word; anything longer is no word
_MARK = r"!-/:-@\[-`{-~¡§«¶·»¿‐-‧‰-⁞一-鿿"  # each a piece by itself; £ and ½ are parts of words
_WORD = re.compile(rf"[{_MARK}]|[^\s\x00-\x1f{_MARK}]+")


def pieces(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The numbers of a text's word pieces.

    Example:
        >>> pieces("Sleepless", {"sleep": 7, "##less": 8, "[UNK]": 0})
        [7, 8]
    """
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(mark) != "Mn")
    return [piece for word in _WORD.findall(bare) for piece in _pieces_of(word, vocabulary)]


def _pieces_of(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    found: list[int] = []
    start = 0 if len(word) <= _LONGEST else len(word)
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = vocabulary.get(word[start:end] if start == 0 else f"##{word[start:end]}")
            if piece is not None:
                break
        else:
            return [vocabulary[_UNKNOWN]]
        found.append(piece)
        start = end
    return found or [vocabulary[_UNKNOWN]]
