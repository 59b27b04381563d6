"""What a charity's own words on a register suggest that it could give, and once in a while that it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lichen.audit.values import Offer, Source, Vulnerability
from lichen.capabilities.recognise import Match
from lichen.registry.caution import believed, is_elsewhere
from lichen.registry.clauses import clauses

__all__ = ["LEAST_CONFIDENCE", "Passage", "Suggestions", "suggestions"]

LEAST_CONFIDENCE = 0.45
"""A suggestion less likely than this is not made; decision 8 has the precision measured above it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a register entry."""

    name: str
    """Name of the source that it is."""
    text: str
    legal: bool = False
    """Whether it is the objects, which say what a charity may do rather than what it does."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested, likeliest first; nothing of it is a fact until the organisation says so."""

    offers: tuple[Offer, ...] = ()
    vulnerabilities: tuple[Vulnerability, ...] = ()


def suggestions(passages: Iterable[Passage], name: str = "", url: str = "") -> Suggestions:
    """The offers, and now and then the gaps, that an organisation's register entry suggests.

    For each capability the clause that most likely names it is kept. Strength and evidence are those of what an
    organisation says of itself in passing: 3 and 1.

    Args:
        passages: The texts of the entry.
        name: The organisation's, which may tell that it works in other countries.
        url: The entry's page, for whoever wants to look.

    Returns:
        Offers and gaps that nobody has confirmed, each with its source.

    Example:
        >>> entry = Passage("Register", "(a) to run hostels for homeless people; (b) such other charitable purposes "
        ...                 "as the trustees think fit.")
        >>> [(offer.code, offer.source.sentence) for offer in suggestions([entry]).offers]
        [('service.housing', 'to run hostels for homeless people')]
    """
    best: dict[tuple[str, str], Source] = {}
    for match, source in _sources(tuple(passages), name, url):
        key = match.sense, match.code
        if key not in best or source.confidence > best[key].confidence:
            best[key] = source
    ranked = sorted(best.items(), key=lambda item: (-item[1].confidence, item[0]))
    return Suggestions(
        offers=tuple(Offer(code, source=source, confirmed=False) for (sense, code), source in ranked if sense != "gap"),
        vulnerabilities=tuple(
            Vulnerability(code, source=source, confirmed=False) for (sense, code), source in ranked if sense == "gap"
        ),
    )


def _sources(passages: tuple[Passage, ...], name: str, url: str) -> Iterator[tuple[Match, Source]]:
    elsewhere = any(map(is_elsewhere, (name, *(passage.text for passage in passages if not passage.legal))))
    for passage in passages:
        for clause in clauses(passage.text, legal=passage.legal):
            for match, likely in believed(clause, LEAST_CONFIDENCE, legal=passage.legal, elsewhere=elsewhere):
                yield match, Source(passage.name, clause, round(likely, 2), url)
