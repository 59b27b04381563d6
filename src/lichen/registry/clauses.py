"""The clauses of a register text that say what a charity does, without the law around them.

Register texts are written for a regulator: numbered in five ways, half of them in capitals, and followed by powers
and provisos that every charity has. Each clause stands alone in what follows, because it is shown as the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lichen.registry.words import word_list

__all__ = ["clauses"]

_BREAKS = tuple(
    re.compile(pattern)
    for pattern in (
        r";",
        # (a) (iv) (3) (1B), but not what is referred to, as in paragraph (a), nor the plural of college(s)
        r"(?i:(?<!paragraph )(?<!clause )(?<!section )(?<!article )\((?!e?s\))(?:[ivx]{1,5}|[a-z]|\d{1,2}[a-z]?)\))",
        # a) iv) 3)
        r"(?i:(?<![\w(])(?:[ivx]{1,5}|[a-z]|\d{1,2}[a-z]?)\))",
        # 3.1.1 to provide, 3.1 TO PROVIDE, even glued to the word before, but not 3.5 miles
        r"(?<![\d£$€.,])(?:\d{1,2}\.){2,}\d{1,2}[A-Z]?\.?\s*(?=[\"“'(]?[A-Za-z])",
        r"(?<![\d£$€.,])\d{1,2}\.\d{1,2}[A-Z]?\.?\s*(?=[\"“'(]?[A-Z])|(?:^|(?<=[;:.]))\s*\d{1,2}\.\d{1,2}\.?\s*(?=[a-z])",
        # 2. THE PROMOTION, but not the number that ends a sentence
        r"(?:^|(?<=[;:.,-])|(?<=[ )](?:and|AND))|(?<=[ /](?:or|OR)))\s*\d{1,2}\.\s*(?=[\"“'(]?[A-Za-z])",
        # bullets, and what serves as one
        r"[•·▪●\uf0b7#]|(?:^|(?<=[;:.,]))\s*[-–*=]+\s*|(?<=\s)[-–*]\s?(?=[A-Z])|[*=]\s",
        # the end of a sentence, even where the space after it is missing
        r"(?<=[a-z)\]\"'”’\d])[.!?]+\s+(?=[\"“'(]?[A-Z])|(?<=[A-Z]{3})[.!?]+\s+(?=[\"“'(]?[A-Z])",
        r"(?<=[a-z)])[.!?](?=[A-Z])|(?<=[A-Z]{3})\.(?=[A-Z]{2})",
        # where the law goes on after what the charity does
        r"(?i:,?\s(?=\(?provided (?:always )?that\b|\(?(?:for \w+ details )?see clause\b))",
        r"(?i:,?\s(?=(?:and/?|or|and/or)?\s?(?:any|such|for such) other\b[^\n]{0,80}\bcharitable\b))",
    )
)
"""What parts one clause from the next, in the order tried; it goes, with the number or bullet that it is."""

_EDGES = re.compile(
    r"^(?:[\s,.:/–-]|(?:and/or|and|or|also)\b(?!/))+|(?:[\s,.!?:–-]|\b(?:and/or|and|or|but)$)+$", re.IGNORECASE
)

_POWERS = re.compile(
    r"\b(?:shall have|has|have|with|exercise|following) (?:the |all |any )?(?:\w+ )?powers?\b"
    r"|\bpowers? (?:of the|to do all|shall|include|are)\b|\bmay exercise\b",
    re.IGNORECASE,
)
"""Where the powers begin, the purposes have ended."""

_EVERY_CHARITY = re.compile(
    r"\bcharitable (?:objects?|purposes?)\b.{0,60}\b(?:as|which|that|under|according|within|from|recogni[sz]ed)\b"
    r"|\b(?:any|such|all|every) other\b.{0,40}\b(?:charitable|objects?|purposes?|things?)\b"
    r"|\bexclusively charitable\b|\bcharitable in (?:law|accordance)\b|\bcharitable according\b"
    r"|\bnothing (?:in|herein|contained)\b|\bprovided (?:always )?that\b|\bact (?:18|19|20)\d\d\b|\btaxes acts?\b"
    r"|\b(?:see|under|set out in) (?:the )?(?:clause|paragraph|section|article|memorandum|governing document)s?\b"
    r"|\b(?:shall|has the following|have the) mean(?:ing|s)?\b|(?<!their )\bmeans:$|[”\"'] ?means\b"
    r"|\bexpression\b.*\bmean"
    r"|\b(?:objects?|purposes)\b.{0,160}\b(?:are|is|restricted to|established|following)\b.{0,40}:$"
    r"|\b(?:borrow|mortgage|indemnity insurance|income and property|bank accounts?|private benefit)\b"
    r"|\b(?:invest|investment of) (?:the )?(?:moneys?|funds|assets|capital|surplus)\b|\binsure (?:the|any|its)\b"
    r"|\b(?:purchase|acquire|take on lease|sell|let)\b.{0,40}\b(?:lease|property|hereditaments|dispose)\b"
    r"|\b(?:permanent )?trading activit(?:y|ies)\b|\bconducive to the\b|\bin furtherance of (?:the|its|these) objects?$"
    r"|\bnon[- ]party\b|\bwithout distinction\b|\bcorporate trustee\b|\bdormant\b|\bannual report\b"
    r"|\b(?:was|were) (?:transferred|incorporated|registered)\b|\b(?:founded|established) (?:in|by)\b",
    re.IGNORECASE,
)
"""What any charity might say, or says of its papers rather than of its work."""

_FORMULA = re.compile(
    r"\A(?=.*\bfacilities\b)(?=.*\b(?:recreation|leisure))(?=.*\b(?:social welfare|conditions of))"
    r"|\bsocial(?:ly)? (?:inclusion|excluded)\b.*\bsocially excluded\b",
    re.IGNORECASE,
)
"""Recreation and inclusion as objects promise them in the same words, whatever the charity does about them."""
_FEW = 4
"""Blanks: a clause of fewer words in a list of objects mostly says for whom, not what."""

_GIVES = re.compile(r"\b(?:grants?|donations?|(?:apply|pay|distribut\w+)\b.{0,30}\bincome)\b", re.IGNORECASE)
"""A grant-maker says no more of its work than to whom it may give."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 10_000  # characters that are read; the longest honest entry has some six thousand


def clauses(text: str, *, legal: bool = False) -> Iterator[str]:
    """The clauses of an entry that say what this charity, and not any charity, does or may do.

    Args:
        text: As the register has it; the first 10,000 characters are read.
        legal: Whether it is from a governing document, in whose lists a few words alone say nothing, and which
            promises recreation and inclusion in formulas.

    Returns:
        Each clause with its words as they stand, without number, bullet, full stop and the conjunctions around it.

    Example:
        >>> list(clauses("THE OBJECTS ARE: (A) TO HOUSE THE HOMELESS; AND (B) SUCH OTHER CHARITABLE PURPOSES AS "
        ...              "THE TRUSTEES MAY DECIDE."))
        ['TO HOUSE THE HOMELESS']
        >>> list(clauses("We run 3.5 miles of tramway.Volunteers drive it. The advancement of education."))
        ['We run 3.5 miles of tramway', 'Volunteers drive it']
    """
    for part in _parts(" ".join(text[:_LONGEST].split())):
        if _POWERS.search(part):
            return
        clause = _EDGES.sub("", part)
        if not _tells(clause) or (_EVERY_CHARITY.search(part) and not _GIVES.search(part)):
            continue
        if not (legal and (clause.count(" ") < _FEW or _FORMULA.search(clause))):
            yield clause


def _parts(text: str) -> list[str]:
    for pattern in _BREAKS:
        text = pattern.sub("\n", text)
    return text.split("\n")


def _tells(clause: str) -> bool:
    """Whether there are words beside those by which the statutes describe every charity."""
    words = [word.lower() for word in _WORD.findall(clause)]
    return len(words) > 1 and not word_list("statute").issuperset(words)
