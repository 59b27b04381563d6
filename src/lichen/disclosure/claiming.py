"""What a side claims in a dealing that it lacks and offers: only that counts as a match, and it stands for a week.

Whoever may change what they lack, and look at once which of it the other side could ease, reads the other's offers code
by code, those too that are not public; and the other way round. So each claims, with a step of its own, what it lacks
and offers. What it says in its audit meanwhile moves nothing, and of what it changes only so many codes count in a
quarter. The first claim is free: it tells no more than two who open up honestly tell each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from lichen.audit.values import Audit, Offer, Organisation
from lichen.disclosure.items import items_of
from lichen.disclosure.probing import Probe, codes_left
from lichen.disclosure.values import DisclosureRules

__all__ = ["CLAIM_STANDS", "Claim", "as_claimed", "claim_due", "offering_as_claimed", "unclaimed_gaps"]

CLAIM_STANDS = timedelta(days=7)
"""How long a claim stands before another can take its place."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a side claimed, with a step of its own, that it lacks and can give."""

    by: str
    """Id of the side."""
    at: datetime
    """When."""
    gaps: tuple[str, ...] = ()
    """What it lacks, by code."""
    offers: tuple[str, ...] = ()
    """What it can give, by code."""


def claim_due(
    claims: Iterable[Claim], organisation: Organisation, at: datetime, rules: DisclosureRules | None = None
) -> Claim | None:
    """What a side claims with a step at a moment.

    Args:
        claims: All that was claimed between the same two, in this dealing and in those before it, the earliest first.
        organisation: The side that takes the step, as its audit has it now.
        at: When.
        rules: How many codes count: of each kind with the first claim, and altogether of what is changed in a quarter;
            ten where nothing was set. Each code that is added or left out is one.

    Returns:
        The claim; none while the last one stands, where nothing is changed, or where the quarter allows no change.

    Source:
        Ours: the seven days and the ten codes of blind matching, within a dealing.

    Example:
        >>> from datetime import UTC
        >>> from lichen.audit.values import Vulnerability
        >>> noon = datetime(2026, 11, 2, 12, tzinfo=UTC)
        >>> farm = Organisation("f", "Farm", offers=(Offer("ops.logistics"),))
        >>> first = claim_due([], farm, noon)
        >>> first.offers
        ('ops.logistics',)
        >>> lacking = replace(farm, vulnerabilities=(Vulnerability("people.languages"),))
        >>> claim_due([first], lacking, noon + timedelta(days=6)) is None
        True
        >>> claim_due([first], lacking, noon + CLAIM_STANDS).gaps
        ('people.languages',)
    """
    most = (rules or DisclosureRules()).codes_a_quarter
    own = [claim for claim in claims if claim.by == organisation.id]
    stated = [*_gaps(organisation)[:most], *_offers(organisation)[:most]]
    if not own:
        return _claim(organisation.id, at, stated) if stated else None
    if at < own[-1].at + CLAIM_STANDS:
        return None
    before = [*_entries(own[-1])]
    changed = [entry for entry in before if entry not in stated] + [entry for entry in stated if entry not in before]
    counted = {*changed[: codes_left(_probes(own), at.date(), rules)]}
    now = [entry for entry in (*before, *changed) if (entry in counted) != (entry in before)]
    return _claim(organisation.id, at, now) if counted else None


def offering_as_claimed(audit: Audit, claim: Claim | None) -> Audit:
    """An audit that offers what was claimed and is still offered, and nothing that was added; by this rules are judged.

    Its gaps are all there: a fact that is owed is owed from the day on which it is stated.
    """
    offers = tuple(offer for offer in audit.organisation.offers if claim and offer.code in claim.offers)
    return replace(audit, organisation=replace(audit.organisation, offers=offers))


def as_claimed(audit: Audit, claim: Claim | None) -> Audit:
    """An audit as it was claimed, but for gaps that it states no longer; by this two see their groups.

    An offer that was claimed counts until the next claim even if it is gone: else whoever takes out one after another
    would see by the groups which gap of the other each of them eases.
    """
    left_out = unclaimed_gaps(audit.organisation, claim)
    gaps = tuple(gap for gap in audit.organisation.vulnerabilities if gap.code not in left_out)
    offers = tuple(Offer(code) for code in claim.offers) if claim else ()
    return replace(audit, organisation=replace(audit.organisation, vulnerabilities=gaps, offers=offers))


def unclaimed_gaps(organisation: Organisation, claim: Claim | None) -> tuple[str, ...]:
    """The gaps that do not count as a match yet, what needs outside help most first."""
    claimed = claim.gaps if claim else ()
    return tuple(item.code for item in items_of(organisation) if item.code not in claimed)


_Entry = tuple[str, str]


def _gaps(organisation: Organisation) -> list[_Entry]:
    """What needs outside help most first."""
    return [("gap", item.code) for item in items_of(organisation)]


def _offers(organisation: Organisation) -> list[_Entry]:
    """The strongest first."""
    stated = [offer for offer in organisation.offers if offer.code and offer.source is None and offer.confirmed]
    return [("offer", offer.code) for offer in sorted(stated, key=lambda offer: (-offer.effective, offer.code))]


def _entries(claim: Claim) -> Iterator[_Entry]:
    yield from (("gap", code) for code in claim.gaps)
    yield from (("offer", code) for code in claim.offers)


def _claim(by: str, at: datetime, entries: Iterable[_Entry]) -> Claim:
    codes: dict[str, dict[str, None]] = {"gap": {}, "offer": {}}
    for kind, code in entries:
        codes[kind][code] = None
    return Claim(by, at, tuple(codes["gap"]), tuple(codes["offer"]))


def _probes(claims: list[Claim]) -> Iterator[Probe]:
    """What each claim but the first changed."""
    for before, after in pairwise(claims):
        yield Probe(after.at.date(), tuple(code for _kind, code in {*_entries(before)} ^ {*_entries(after)}))
