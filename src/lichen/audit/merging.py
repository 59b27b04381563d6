"""Several people's audits of one organisation, made into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor
from statistics import median
from types import MappingProxyType
from typing import TypeVar

from lichen.audit.team import TALK_BELOW, Answer, RankMethod, TeamAudit, TeamItem, combine_answers
from lichen.audit.values import Audit, Offer, Opening, Organisation, Readiness, Source, Vulnerability
from lichen.errors import InputError, Problem
from lichen.language import _
from lichen.scales import Relevance, Sector, Sensitivity, Size

__all__ = ["combine_audits"]

_Item = TypeVar("_Item", Vulnerability, Offer)
_UNSAID: Mapping[str, object] = MappingProxyType(
    {"id": "", "name": "", "sector": Sector.OTHER, "country": "", "region": "", "size": Size.UNKNOWN}
)
"""What stands in a field of an organisation about which nothing was said."""
_SIDE_BY_SIDE = " / "


def combine_audits(
    audits: Sequence[Audit],
    *,
    method: RankMethod = "borda",
    attributed_below: int = 5,
    talk_below: float = TALK_BELOW,
    called: Sequence[str] = (),
) -> tuple[Audit, TeamAudit]:
    """One audit from several people's audits of the same organisation, and how far they agree.

    Severity is the median, a half rounded up; strength and evidence are the median, a half rounded down; sensitivity
    is the strictest that anybody set or left at the usual one for the code; core and relevance are the majority's,
    and a split over relevance counts as unasked. Own words about gaps are kept side by side only where they are
    attributed anyway: a way of writing gives a person away, so a larger team writes them anew.

    Args:
        audits: One a person, at least one.
        method: As for ``combine_answers``.
        attributed_below: As for ``combine_answers``.
        talk_below: As for ``combine_answers``.
        called: What to call each audit in a refusal, such as its file; else they are counted.

    Raises:
        InputError: There is no audit, they are of different organisations, an item has no code (nobody could tell
            whether two people mean the same), or what ``combine_answers`` refuses; every problem at once.

    Example:
        >>> one = Audit(Organisation("x", "X", vulnerabilities=(Vulnerability("ops.logistics", 5, 1),)))
        >>> two = Audit(Organisation("x", "X", vulnerabilities=(Vulnerability("ops.logistics", 2, 1),)))
        >>> merged, team = combine_audits([one, two])
        >>> [(gap.code, gap.severity, gap.rank) for gap in merged.organisation.vulnerabilities], team.items[0].named
        ([('ops.logistics', 4, 1)], 2)
    """
    organisations = [audit.organisation for audit in audits]
    problems = [*_differences(organisations, called), *_nameless(organisations, called)]
    try:
        answers = [_answer(audit.organisation.vulnerabilities) for audit in audits]
        team = combine_answers(answers, method=method, attributed_below=attributed_below, talk_below=talk_below)
    except InputError as refusal:
        raise InputError([*problems, *refusal.problems]) from None
    if problems:
        raise InputError(problems)
    return _merged(audits, team), team


def _differences(organisations: Sequence[Organisation], called: Sequence[str]) -> Iterator[Problem]:
    """One problem an audit. A field that somebody left open differs from nothing."""
    differing: dict[int, dict[str, int]] = {}
    for field in _UNSAID:
        said = [place for place, one in enumerate(organisations) if _says(one, field)]
        for place in said:
            if getattr(organisations[place], field) != getattr(organisations[said[0]], field):
                differing.setdefault(place, {})[field] = said[0]
    for place, fields in sorted(differing.items()):
        yield _difference(place, fields, called)


def _difference(place: int, fields: Mapping[str, int], called: Sequence[str]) -> Problem:
    told = [field for field in fields if field != "id" or "name" not in fields]
    first = fields[told[0]]
    if not called:
        right = _("the same as in audit {first}, so that all are of one organisation").format(first=first + 1)
        return Problem(_("the organisation differs"), right, row=place + 1, column=", ".join(told))
    right = _("the same as in {first}, so that all are of one organisation").format(first=called[first])
    return Problem(_("the organisation differs"), right, file=called[place], column=", ".join(told))


def _nameless(organisations: Sequence[Organisation], called: Sequence[str]) -> Iterator[Problem]:
    for place, one in enumerate(organisations):
        if "" in {*(gap.code for gap in one.vulnerabilities), *(offer.code for offer in one.offers)}:
            what = _("no capability was recognised in the words of an item")
            right = _("a capability picked for each; lichen audit check says for which")
            yield Problem(what, right, file=called[place]) if called else Problem(what, right, row=place + 1)


def _says(organisation: Organisation, field: str) -> bool:
    return bool(getattr(organisation, field) != _UNSAID[field])


def _answer(gaps: Sequence[Vulnerability]) -> Answer:
    """Where somebody lists a gap twice, the better rank and the worse severity count."""
    by_code = _grouped(gaps)
    ranks = {code: [gap.rank for gap in same if gap.rank is not None] for code, same in by_code.items()}
    return Answer(
        ranks={code: min(given) for code, given in ranks.items() if given},
        severities={code: max(gap.severity for gap in same) for code, same in by_code.items()},
    )


def _merged(audits: Sequence[Audit], team: TeamAudit) -> Audit:
    organisations = [audit.organisation for audit in audits]
    gaps = _grouped(gap for one in organisations for gap in one.vulnerabilities)
    offers = _grouped(offer for one in organisations for offer in one.offers)
    said = {field: next((one for one in organisations if _says(one, field)), organisations[0]) for field in _UNSAID}
    return Audit(
        organisation=replace(
            organisations[0],
            **{field: getattr(one, field) for field, one in said.items()},
            vulnerabilities=tuple(_merged_gap(gaps[item.code], item, team.attributed) for item in team.items),
            offers=tuple(_merged_offer(offers[code]) for code in sorted(offers)),
        ),
        readiness=_merged_readiness([audit.readiness for audit in audits]),
        opening=_merged_opening([audit.opening for audit in audits]) if team.attributed else Opening(),
        audited_on=max((audit.audited_on for audit in audits if audit.audited_on is not None), default=None),
    )


def _merged_gap(same: Sequence[Vulnerability], item: TeamItem, attributed: bool) -> Vulnerability:
    return Vulnerability(
        code=item.code,
        severity=floor(median(gap.severity for gap in same) + 0.5),
        rank=item.rank if item.ranked else None,
        core=sum(gap.core for gap in same) * 2 > len(same),
        sensitivity=_strictest(same),
        relevance=_majority([gap.relevance for gap in same]),
        words=_side_by_side(gap.words for gap in same) if attributed else "",
        source=_surest([gap.source for gap in same]),
        confirmed=any(gap.confirmed for gap in same),
    )


def _merged_offer(same: Sequence[Offer]) -> Offer:
    return Offer(
        code=same[0].code,
        strength=ceil(median(offer.strength for offer in same) - 0.5),
        evidence=ceil(median(offer.evidence for offer in same) - 0.5),
        kinds=_most_usual_first([offer.kinds for offer in same]),
        spare=_side_by_side(offer.spare for offer in same),
        words=_side_by_side(offer.words for offer in same),
        source=_surest([offer.source for offer in same]),
        confirmed=any(offer.confirmed for offer in same),
    )


def _most_usual_first(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What most people name, then what they name earlier."""
    places: dict[str, list[int]] = {}
    for kinds in lists:
        for place, kind in enumerate(kinds):
            places.setdefault(kind, []).append(place)
    return tuple(sorted(places, key=lambda kind: (-len(places[kind]), sum(places[kind]), kind)))


def _merged_readiness(said: Sequence[Readiness]) -> Readiness:
    """Aligned only if all say so, and the fewest hours that anybody reports."""
    aligned = {one.leadership_aligned for one in said}
    return Readiness(
        leadership_aligned=False if False in aligned else None if None in aligned else True,
        hours=min((one.hours for one in said if one.hours is not None), default=None),
        people=sum(one.people or 1 for one in said),
    )


def _merged_opening(said: Sequence[Opening]) -> Opening:
    return Opening(
        worst_at=_side_by_side(one.worst_at for one in said),
        awake_at_night=_side_by_side(one.awake_at_night for one in said),
    )


def _strictest(same: Sequence[Vulnerability]) -> Sensitivity | None:
    """Whoever left it open meant the usual one for the code, which nobody else's word may lower."""
    if all(gap.sensitivity is None for gap in same):
        return None
    return max((gap.guarded for gap in same), key=[*Sensitivity].index)


def _majority(said: Sequence[Relevance]) -> Relevance:
    balance = said.count(Relevance.YES) - said.count(Relevance.NO)
    return Relevance.YES if balance > 0 else Relevance.NO if balance < 0 else Relevance.UNASKED


def _surest(sources: Sequence[Source | None]) -> Source | None:
    """None if anybody states the item without a source: then it is the organisation's own word."""
    given = [source for source in sources if source is not None]
    if len(given) < len(sources):
        return None
    return max(given, key=lambda source: (source.confidence, source.name, source.sentence))


def _side_by_side(texts: Iterable[str]) -> str:
    return _SIDE_BY_SIDE.join(sorted({text.strip() for text in texts} - {""}))


def _grouped(items: Iterable[_Item]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = {}
    for item in items:
        found.setdefault(item.code, []).append(item)
    return found
