"""Names that a register keeps in capitals, as people write them."""

from __future__ import annotations

import re

from lichen.registry.words import word_list

__all__ = ["readable_name"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST_ABBREVIATION = 5
_OPENING = tuple("(-:/–")


def readable_name(name: str, text: str = "") -> str:
    """A name as people write it, where the register shouts it.

    A name with small letters in it stays as it is. In one that is all capitals, words keep their capitals if they
    are known abbreviations, have no vowel, or stand in capitals in the charity's own text.

    Args:
        name: As the register has it.
        text: The charity's own words, from which abbreviations are learnt unless they are all capitals too.

    Example:
        >>> readable_name("FREEDOM FROM  TORTURE"), readable_name("ST. PAUL'S YMCA (UK) LTD")
        ('Freedom from Torture', "St. Paul's YMCA (UK) Ltd")
        >>> readable_name("ABC CARE", "ABC is a charity."), readable_name("Barnardo's")
        ('ABC Care', "Barnardo's")
    """
    shown = name if name.isprintable() else "".join(letter if letter.isprintable() else " " for letter in name)
    tidy = " ".join(shown.split())
    if any(letter.islower() for letter in tidy):
        return tidy
    kept = word_list("capitals_in_names") | _abbreviations(text)
    return _WORD.sub(lambda word: _written(word, kept), tidy)


def _written(word: re.Match[str], kept: frozenset[str]) -> str:
    found = word[0]
    if found in kept or _has_no_vowel(found):
        return found
    opens = word.start() == 0 or word.string[: word.start()].rstrip().endswith(_OPENING)
    if found.lower() in word_list("small_in_names") and not opens:
        return found.lower()
    return "".join(_part(part, place) for place, part in enumerate(re.split(r"(['’])", found)))


def _has_no_vowel(word: str) -> bool:
    return len(word) > 1 and word not in word_list("shortened_in_names") and not re.search("[AEIOUY]", word)


def _part(part: str, place: int) -> str:
    return part.lower() if place and part.lower() in word_list("endings_in_names") else part.capitalize()


def _abbreviations(text: str) -> frozenset[str]:
    """Words in capitals that stand beside words in small letters."""
    words = _WORD.findall(text)
    shouted = [word for word in words if 1 < len(word) <= _LONGEST_ABBREVIATION and word.isupper()]
    return frozenset(shouted) if 3 * sum(word.isupper() for word in words) < len(words) else frozenset()
