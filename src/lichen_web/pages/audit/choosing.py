"""What Lichen understood of somebody's words, as choices; and a search where none of them is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict

from lichen.audit.own_words import nearest_in_words
from lichen.capabilities.recognise import Match, recognise
from lichen.capabilities.search import search_capabilities
from lichen.capabilities.taxonomy import taxonomy
from lichen_web.pages.audit.words import label_of, usual_opening

__all__ = ["Choice", "Choices", "choices_among"]

SURE_ENOUGH = 0.5
"""From how likely on the first of what was understood is chosen until somebody says otherwise."""
SURE_OF_SENSE = 0.6
"""How sure recognising must be before somebody is asked whether they mean the other."""
UNDERSTOOD, FOUND = 3, 8
"""So many are shown of what was understood, and of what was found."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One capability to choose."""

    code: str
    """Its code."""
    label: str
    """Its name for people."""
    definition: str
    """One sentence."""
    opening: str = ""
    """When a gap of the kind is usually shown; empty for an offer."""
    by: str = ""
    """The words that it was recognised by."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and what is."""

    understood: tuple[Choice, ...]
    """What the words may mean, likeliest first; before them what somebody chose elsewhere."""
    found: tuple[Choice, ...]
    """What was found in the vocabulary beside that."""
    chosen: str | None
    """The code of one of them; empty for none of them, none while nothing is chosen."""
    suggested: str
    """What Lichen has chosen by itself, if anything: it may change with the words."""
    search: str
    """What was searched for."""
    has_words: bool
    """Whether there was anything to understand."""
    is_sure: bool
    """Whether the first of what was understood is likely meant."""
    reads_otherwise: bool
    """Whether a gap sounds like something that one does well, or an offer like something that one lacks."""


def choices_among(typed: QueryDict, sense: Literal["gap", "strength"]) -> Choices:
    """The choices for what stands in a form.

    Args:
        typed: The form: ``words``, ``search``, and the ``code`` chosen so far with what was ``suggested``.
        sense: Whether it is to be a gap or an offer.
    """
    words, search = typed.get("words", ""), typed.get("search", "")
    matches = recognise(words, named=sense) if words.strip() else ()
    is_sure = bool(matches) and matches[0].score >= SURE_ENOUGH
    suggested = matches[0].code if is_sure else ""
    own = _own_choice(typed)
    shown = [match.code for match in matches[:UNDERSTOOD]] or _near(words)
    if own and own not in shown:
        shown = [own, *shown]
    by = {match.code: match.by for match in matches}
    searched = search_capabilities(search, is_typing=True) if search.strip() else ()
    return Choices(
        understood=tuple(_choice(code, sense, by.get(code, "")) for code in shown),
        found=tuple(_choice(each.code, sense) for each in searched if each.code not in shown)[:FOUND],
        chosen=suggested or None if own is None else own,
        suggested=suggested if own is None else "",
        search=search,
        has_words=bool(words.strip()),
        is_sure=is_sure,
        reads_otherwise=_reads_otherwise(matches, sense),
    )


def _near(words: str) -> list[str]:
    """Where nothing is recognised: what the words may mean, or the names that they begin."""
    near = nearest_in_words(words) or tuple(each.code for each in search_capabilities(words, is_typing=True))
    return list(near[:UNDERSTOOD]) if words.strip() else []


def _own_choice(typed: QueryDict) -> str | None:
    """What somebody chose themselves; none where nothing is chosen but what Lichen suggested."""
    chosen = typed.get("code")
    if chosen is None or (chosen and chosen == typed.get("suggested")):
        return None
    return chosen if not chosen or chosen in taxonomy().capabilities else None


def _reads_otherwise(matches: tuple[Match, ...], sense: str) -> bool:
    return bool(matches) and matches[0].sense != sense and matches[0].sense_score >= SURE_OF_SENSE


def _choice(code: str, sense: str, by: str = "") -> Choice:
    opening = usual_opening(code) if sense == "gap" else ""
    return Choice(code, label_of(code), taxonomy().capabilities[code].definition, opening, by)
