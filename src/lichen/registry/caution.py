"""Which of the capabilities that a register clause seems to name are believed, and how far.

Recognising was made for people who speak of themselves. A register speaks of purposes, of those they are for and of
money that is given to others, so some of what the words name is not what the charity has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from lichen.capabilities.recognise import Match, recognise
from lichen.registry.words import word_list

__all__ = ["NOT_TOLD", "believed", "is_borne_out", "is_elsewhere"]

NOT_TOLD = {
    "how it is run within": (
        "governance.adaptability governance.board governance.decision_speed governance.ethics_controls"
        " governance.executive_leadership governance.innovation_culture governance.mission_focus"
        " governance.partnership_management governance.shared_decisions governance.strategy governance.succession"
        " knowledge.data_governance ops.compliance_reporting ops.process_efficiency ops.programme_delivery"
        " ops.project_management ops.quality ops.risk_management ops.scaling ops.throughput people.boundary_spanning"
        " people.hr_systems people.recruitment_retention people.staff_capacity tech.cybersecurity tech.data_systems"
        " tech.rapid_prototyping tech.user_experience"
    ),
    "how its money stands and is won": (
        "funding.diversification funding.donor_retention funding.flexible_income funding.grant_seeking"
        " funding.reserves funding.solvency funding.stability market.business_model market.marketing market.sales"
    ),
    "what others think of it": (
        "trust.brand_reputation trust.independence trust.partner_reliability trust.regulatory_legitimacy"
        " trust.track_record trust.transparency"
    ),
}
"""Codes that a register entry never tells of, by reason: it says what a charity is for, not how well it does."""
_NOT_TOLD = frozenset(code for codes in NOT_TOLD.values() for code in codes.split())

_BOUND_TO_PLACE = (
    "assets.land",
    "assets.venue",
    "knowledge.lived_experience",
    "knowledge.local",
    "people.languages",
    "people.volunteers",
    "reach.community_",
    "reach.grassroots_",
    "reach.young_people",
    "trust.community",
    "trust.underserved",
)
"""Beginnings of codes that are worth something in one place only. An offer has no place but that of its owner."""
_ELSEWHERE_WEIGHT = 0.7
_LEGAL_WEIGHT = 0.55
_ONE_WORD_WEIGHT = 0.7
_SURVIVES = 0.1  # the share of a score that must be left without its strongest word

_GIVING = re.compile(
    r"\b(?:grants?|grant[- ]?mak\w+|donations? to|bursar(?:y|ies)|scholarships?|funding|philanthrop\w+"
    r"|(?:to|by|we|which|and) fund|funds? (?:the|and)|financial (?:support|assistance)"
    r"|(?:apply|pay)\w* .{0,40}\bincome|supports? [\w ]{0,20}\b(?:causes|charities))\b"
)
_OWN_WORK = re.compile(
    r"\b(?:provid\w+|runs?|running|deliver\w*|operat\w+|manag\w+|carr(?:y|ies|ying) (?:on|out)|offers?)\b"
)
_GIVEN = ("funding.financial_management", "funding.grantmaking", "funding.platform", "reach.donor_networks")
_RAISING = re.compile(r"\brais\w+|\bappeals?\b|\bfundrais\w+")
_LACKING = re.compile(
    r"\bwe (?:lack|need|struggle|are short of|have (?:no|too (?:few|little))|do not have|no longer have)\b"
)

_FILLER = re.compile(
    r"\bin particular\b|\bbut (?:not exclusively|without (?:limitation|prejudice)[\w ]*)"
    r"|\bwithout prejudice to[\w ]*foregoing|\bfor the (?:public benefit|benefit of the public)\b"
    r"|\bin the interests? of social welfare\b|\bin such (?:manner|ways?)[^,;]*"
    r"|\bwith (?:the|a) (?:object|view)s? (?:of|to) (?:improv|develop)\w+ the\w* [^,;]*"
    r"|\bso (?:as|that they may)[^,;]*\bsociety\b"
    r"|\b(?:who|by) (?:have need of [\w ]*)?(?:by )?reasons? of\b[^;]*?(?=\b(?:by|through|including)\b|$)"
    r"|\b(?:the |its |charity's )*objects? (?:of the \w+ )?(?:are|is|shall be)[^:,]{0,60}?(?=\b(?:to|the)\b)"
)
"""What lawyers put around a purpose; it is shown with the clause and not weighed."""


def believed(
    clause: str, least: float = 0.0, *, legal: bool = False, elsewhere: bool = False
) -> Iterator[tuple[Match, float]]:
    """What a clause of a register entry names, each with how likely it is meant of the charity itself.

    Less likely than the words alone say is what only the objects name, what hangs on a single word, and what is
    bound to a place while the charity works in other countries too.

    Args:
        clause: From ``clauses``.
        least: The least confidence that matters; what is less likely is left out.
        legal: Whether it is from the objects, which say what a charity may do.
        elsewhere: Whether other parts of the entry are about other countries.

    Returns:
        Matches, each with a confidence in [0, 1]; a gap only where the charity says in so many words that it
        lacks something.

    Example:
        >>> [(match.code, match.sense) for match, _ in believed("THE PROVISION OF HOSTELS FOR THE HOMELESS")][:1]
        [('service.housing', 'strength')]
        >>> {match.code for match, _ in believed("To make grants to hospitals and hospices")}
        {'funding.grantmaking'}
    """
    said = clause.lower()
    abroad = is_elsewhere(said)
    for match in recognise(_weighed(said), named=None):
        is_bound = match.code.startswith(_BOUND_TO_PLACE)
        if not _could_be_meant(match, said) or (is_bound and abroad):
            continue
        likely = (
            match.score * (_LEGAL_WEIGHT if legal else 1.0) * (_ELSEWHERE_WEIGHT if is_bound and elsewhere else 1.0)
        )
        if likely >= least and _hangs_on_one_word(match, said):
            likely *= _ONE_WORD_WEIGHT
        if likely >= least:
            yield match, likely


def is_elsewhere(text: str) -> bool:
    """Whether a text is about other countries than its writer's.

    Example:
        >>> is_elsewhere("Schools for girls in Malawi"), is_elsewhere("Schools for girls in Manchester")
        (True, False)
    """
    said = text.lower()
    return "the world" in said or not word_list("abroad").isdisjoint(re.findall(r"[a-z]+", said))


def is_borne_out(code: str, text: str) -> bool:
    """Whether a text has one of the words without which nobody would speak of a capability.

    ``borne_out.json`` lists how such words begin, for the codes that were seen to need it.

    Example:
        >>> is_borne_out("people.volunteers", "Helpers staff the shop"), is_borne_out("service.housing", "We build")
        (False, True)
    """
    if code == "reach.international":
        return is_elsewhere(text)
    words = _bearing_words().get(code)
    return words is None or words.search(text.lower()) is not None


@cache
def _bearing_words() -> Mapping[str, re.Pattern[str]]:
    listed = json.loads((files("lichen.registry") / "borne_out.json").read_text(encoding="utf-8"))
    return {code: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})") for code, words in listed.items()}


def _could_be_meant(match: Match, said: str) -> bool:
    says_it_lacks = _LACKING.search(said) is not None
    if says_it_lacks or match.sense == "gap":
        return says_it_lacks and match.sense == "gap"
    if match.code in _NOT_TOLD or not is_borne_out(match.code, said):
        return False
    if _GIVING.search(said) and not _OWN_WORK.search(said):
        return match.code.startswith((*_GIVEN, "funding.") if _RAISING.search(said) else _GIVEN)
    return True


def _hangs_on_one_word(match: Match, said: str) -> bool:
    strongest = match.by.split(", ")[0]
    without = re.sub(rf"\b{re.escape(strongest)}\b", " ", _weighed(said))
    left = next((other.score for other in recognise(without, named=None) if other.code == match.code), 0.0)
    return left < match.score * _SURVIVES


def _weighed(said: str) -> str:
    return " ".join(_FILLER.sub(" ", said).split())
