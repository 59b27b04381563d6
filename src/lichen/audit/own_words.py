"""What an audit's own words show: persons named, and codes that the words do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lichen.audit.findings import Figure, Finding, FindingCode
from lichen.audit.names import people_named
from lichen.audit.values import Audit, Offer, Vulnerability
from lichen.capabilities.forward import successors
from lichen.capabilities.recognise import Match, Sense, recognise
from lichen.capabilities.taxonomy import taxonomy

__all__ = ["findings_in_words", "known_item", "nearest_in_words"]

_ALTERNATIVES = 3
_LEAST = 0.1
"""Below this score, a capability is nothing that anybody would offer as near to the words."""
_SURE_SENSE = 0.95
"""Recognising errs more often in the sense than in the capability, so a list is doubted only from here on."""


def findings_in_words(audit: Audit, *, sure: float) -> Iterator[Finding]:
    """The findings that come from reading the words; none of them repeats a word.

    Args:
        audit: One organisation's audit.
        sure: How sure recognising must be, 0 to 1, before a chosen code is doubted.
    """
    yield from _in_list("gap", audit.organisation.vulnerabilities, sure)
    yield from _in_list("strength", audit.organisation.offers, sure)
    for field, answer in (("worst_at", audit.opening.worst_at), ("awake_at_night", audit.opening.awake_at_night)):
        yield from _persons(answer, "", {"where": "opening", "field": field, "place": 0})


def known_item(code: str) -> str:
    """The code if it is or once was in the taxonomy, else nothing: it may be somebody's own words.

    Example:
        >>> known_item("service.basic_needs"), known_item("we are broke")
        ('service.basic_needs', '')
    """
    return code if code in taxonomy().capabilities or successors(code) != (code,) else ""


def nearest_in_words(text: str) -> tuple[str, ...]:
    """The codes that words may mean which were not recognised for sure, likeliest first; none rather than nonsense.

    Example:
        >>> nearest_in_words("Something about counselling."), nearest_in_words("Xyzzy plugh.")
        (('service.mental_health',), ())
    """
    recognised = [match.code for match in recognise(text) if match.score >= _LEAST]
    spoken = _plain(text)
    named = (
        entry.code
        for entry in taxonomy().capabilities.values()
        if any(_plain(keyword) in spoken for keyword in entry.keywords)
    )
    return tuple(dict.fromkeys((*recognised, *named)))[:_ALTERNATIVES]


def _plain(text: str) -> str:
    """Whole words between spaces, so that one is found in a text and never inside of another."""
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return f" {words} "


def _in_list(sense: Sense, items: Sequence[Vulnerability | Offer], sure: float) -> Iterator[Finding]:
    where = "gap" if sense == "gap" else "offer"
    for place, item in enumerate(items, start=1):
        fields = {"words": item.words, "spare": item.spare} if isinstance(item, Offer) else {"words": item.words}
        for field, text in fields.items():
            yield from _persons(text, known_item(item.code), {"where": where, "field": field, "place": place})
        yield from _doubts(item, sense, {"sense": sense, "place": place}, sure)


def _persons(text: str, item: str, figures: dict[str, Figure]) -> Iterator[Finding]:
    kinds = tuple(sorted({str(mention.kind) for mention in people_named(text)}))
    if kinds:
        yield Finding(FindingCode.PERSON_NAMED, item, {**figures, "kinds": kinds})


def _doubts(item: Vulnerability | Offer, sense: Sense, figures: dict[str, Figure], sure: float) -> Iterator[Finding]:
    matches = recognise(item.words, named=sense) if item.words.strip() else ()
    if not item.code:
        return
    if not item.confirmed:
        others = [match.code for match in matches if match.sense == sense and match.code != item.code]
        figures["alternatives"] = tuple(others[:_ALTERNATIVES])
        yield Finding(FindingCode.UNCONFIRMED, known_item(item.code), figures)
    elif matches and matches[0].score >= sure and item.code in taxonomy().capabilities:
        yield from _contradiction(item.code, matches, figures)


def _contradiction(code: str, matches: Sequence[Match], figures: dict[str, Figure]) -> Iterator[Finding]:
    """Only where nothing in the words bears out what was chosen: its code or a related one, in its sense."""
    best = matches[0]
    near = [match for match in matches if taxonomy().similarity(code, match.code) > 0]
    doubted = {**figures, "suggested": best.code, "score": round(best.score, 2)}
    if not near:
        yield Finding(FindingCode.OTHER_CAPABILITY, code, doubted)
    elif best in near and best.sense_score >= _SURE_SENSE and all(match.sense != figures["sense"] for match in near):
        yield Finding(FindingCode.OTHER_SENSE, code, doubted)
