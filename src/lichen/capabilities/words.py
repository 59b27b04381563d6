"""What of a text is looked at: its words, its cues (runs of words, what stands under a negation), its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = ["clauses", "cues", "spelt_out", "words"]

_WORD = re.compile(r"'?[a-z]+|[0-9]+|[^\W\d_]+|[.,;:!?]")
_SPELT_OUT = (
    (re.compile(r"[’‘`]"), "'"),
    (re.compile(r"\bca(?:n't|nnot)\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(ve|re|ll|d|m|s)\b"), r" '\1"),
)
_INITIALS = re.compile(r"\bIT\b|(?<=\bour )it\b")
_STOPS = frozenset(".,;:!?")
_NEGATIONS = frozenset(
    "no not never nobody none nothing neither nor nowhere without hardly barely rarely seldom scarcely "
    "lack lacks lacking stopped".split()
)
_SCOPE_ENDS = _STOPS | frozenset("and but while though although because so when if that which who".split())
_SCOPE = 4  # how many words a negation reaches
_BORDER = re.compile(
    r"[.;:!?\n]+|,?\s+(?:but|yet|while|whilst|whereas|although|though|however)\b,?|,\s|\s[-–—]\s", re.IGNORECASE
)
_CLAUSE = 4  # fewer words than this do not say anything by themselves


def spelt_out(text: str) -> str:
    """The text with IT in full, which in small letters would be the word "it"; a text all in capitals stays as it is.

    Example:
        >>> spelt_out("Our IT is old, and it breaks.")
        'Our information technology is old, and it breaks.'
    """
    return text if text.isupper() else _INITIALS.sub("information technology", text)


def words(text: str) -> list[str]:
    """The words and stops of a text: small letters, contractions spelt out, every number the same.

    Example:
        >>> words("We can't pay 3 nurses.")
        ['we', 'can', 'not', 'pay', '0', 'nurses', '.']
    """
    text = text.lower()
    for pattern, spelt_out in _SPELT_OUT:
        text = pattern.sub(spelt_out, text)
    return ["0" if word[0].isdigit() else word for word in _WORD.findall(text)]


def cues(found: Sequence[str]) -> set[str]:
    """What tells having from lacking, and ours from theirs: runs of one to three words, and words under a negation.

    Example:
        >>> sorted(cues(["no", "queue"]))
        ['^', '^ no', '^ no queue', 'no', 'no queue', 'not:queue', 'queue']
    """
    run = ["^", *found]
    runs = {" ".join(run[at : at + length]) for length in (1, 2, 3) for at in range(len(run) - length + 1)}
    return runs.union(_denied(found))


def _denied(found: Sequence[str]) -> Iterator[str]:
    reach = 0
    for word in found:
        if word in _NEGATIONS:
            reach = _SCOPE
        elif word in _SCOPE_ENDS:
            reach = 0
        elif reach:
            reach -= 1
            yield f"not:{word}"


def clauses(text: str) -> list[str]:
    """The parts of a text that could each say something of their own; one part if it cannot be divided.

    Example:
        >>> clauses("We have money to give, but nobody in town trusts us.")
        ['We have money to give', 'nobody in town trusts us']
    """
    parts: list[str] = []
    for part in filter(None, (piece.strip() for piece in _BORDER.split(text))):
        if parts and min(part.count(" "), parts[-1].count(" ")) < _CLAUSE - 1:
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return parts
