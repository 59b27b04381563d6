"""What a review proposes to the partners' audits: gaps that came to light, and offers that proved weaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from lichen.audit.values import Audit, Offer, Source, Vulnerability
from lichen.errors import NotAllowed
from lichen.language import _
from lichen.pilot.sealing import is_reviewed
from lichen.pilot.values import HiddenWeakness, Pilot
from lichen.pilot.verdict import weaknesses_seen

__all__ = ["Change", "Proposal", "audit_proposals", "audit_with_findings"]

_Item = TypeVar("_Item", bound=Vulnerability | Offer)
_NAMED_EXAMPLE, _THIRD_PARTY = 2, 4
"""Steps of the evidence ladder: a pilot is an example that can be named; a partner who saw it is a third party."""


class Change(StrEnum):
    """What is proposed."""

    GAP_ADDED = "gap-added"
    GAP_WORSE = "gap-worse"
    """The gap stands in the audit already, with a lower severity."""
    OFFER_LOWERED = "offer-lowered"


@dataclass(frozen=True, slots=True)
class Proposal(Generic[_Item]):
    """One change to an audit for its owner to say yes or no to."""

    change: Change
    """What is proposed."""
    before: _Item | None
    """What stands in the audit; None where nothing does."""
    after: _Item
    """What would stand there, not confirmed."""
    seen_by: tuple[str, ...]
    """Ids of the partners who saw it; the owner itself may be among them."""


def audit_proposals(audit: Audit, pilot: Pilot) -> tuple[Proposal[Vulnerability] | Proposal[Offer], ...]:
    """What the review of a pilot proposes to one partner's audit; the owner decides on each.

    A gap that came to light is added, or its severity raised; never lowered. One that the owner told itself bears no
    source and so counts in full. One that only others saw bears the review as its source, with the confidence
    1 − ½ⁿ for n of them: each halves the doubt, and none can put an end to it but the owner. A gap that the audit has
    already keeps its source, since only the severity is new. An offer that proved weaker falls to the lowest strength
    that anybody saw, and its evidence to a third party's where a partner saw it, else to a named example; neither ever
    rises.

    Args:
        audit: The owner's audit.
        pilot: A pilot in which the owner took part, and which everybody has reviewed.

    Returns:
        Gaps before offers; in each the order of the answers' codes.

    Raises:
        NotAllowed: Somebody has not answered the review: ``reviewed-together``.

    Source:
        The article's step 4: were there any hidden weaknesses? The confidences are ours, beside the full one for what
        an organisation says of itself.

    Example:
        >>> from datetime import date
        >>> from lichen.audit.values import Organisation
        >>> from lichen.pilot.values import PilotReview
        >>> saw = PilotReview("b", date(2027, 1, 9), weaknesses=(HiddenWeakness("a", "tech.user_experience", 4),))
        >>> pilot = Pilot("p", ("a", "b"), reviews=(saw, PilotReview("a", date(2027, 1, 9))))
        >>> [found] = audit_proposals(Audit(Organisation("a", "A")), pilot)
        >>> found.change.value, found.after.code, found.after.severity, found.after.confidence, found.after.confirmed
        ('gap-added', 'tech.user_experience', 4, 0.5, False)
    """
    _check_reviewed(pilot)
    return (*_gaps(audit, pilot), *_offers(audit, pilot))


def audit_with_findings(audit: Audit, pilot: Pilot) -> Audit:
    """The audit as it would be if its owner said yes to everything that the review proposes.

    It is a new audit; the one that was given does not change. What is new in it is not confirmed, so that a review of
    the audit asks its owner about each.

    Args:
        audit: The owner's audit.
        pilot: A pilot in which the owner took part, and which everybody has reviewed.

    Raises:
        NotAllowed: Somebody has not answered the review: ``reviewed-together``.
    """
    _check_reviewed(pilot)
    organisation = replace(
        audit.organisation,
        vulnerabilities=_applied(audit.organisation.vulnerabilities, _gaps(audit, pilot)),
        offers=_applied(audit.organisation.offers, _offers(audit, pilot)),
    )
    return replace(audit, organisation=organisation)


def _check_reviewed(pilot: Pilot) -> None:
    if not is_reviewed(pilot):
        why = _("answers to a review stay apart until every partner has given its own")
        raise NotAllowed("reviewed-together", why)


def _applied(items: Iterable[_Item], proposals: Iterable[Proposal[_Item]]) -> tuple[_Item, ...]:
    found = [*proposals]
    changed = {each.before: each.after for each in found}
    return (*(changed.get(item, item) for item in items), *(each.after for each in found if each.before is None))


def _gaps(audit: Audit, pilot: Pilot) -> Iterator[Proposal[Vulnerability]]:
    owner, known = audit.organisation.id, {gap.code: gap for gap in reversed(audit.organisation.vulnerabilities)}
    for seen in sorted(weaknesses_seen(pilot), key=lambda each: each.code):
        before = known.get(seen.code)
        if seen.partner != owner:
            continue
        if before is None:
            yield Proposal(Change.GAP_ADDED, None, _new_gap(pilot, owner, seen.code, seen.severity), seen.seen_by)
        elif before.severity < seen.severity:
            after = replace(before, severity=seen.severity, confirmed=False)
            yield Proposal(Change.GAP_WORSE, before, after, seen.seen_by)


def _new_gap(pilot: Pilot, owner: str, code: str, severity: int) -> Vulnerability:
    told = {by: each.words for by, each in _weaknesses(pilot, owner) if each.code == code}
    if owner in told:
        return Vulnerability(code, severity, words=told[owner], confirmed=False)
    sentence = " / ".join(filter(None, told.values()))
    source = Source(_("Review of the pilot {title}").format(title=pilot.title), sentence, 1 - 0.5 ** len(told))
    return Vulnerability(code, severity, source=source, confirmed=False)


def _weaknesses(pilot: Pilot, owner: str) -> Iterator[tuple[str, HiddenWeakness]]:
    return ((review.by, each) for review in pilot.reviews for each in review.weaknesses if each.partner == owner)


def _offers(audit: Audit, pilot: Pilot) -> Iterator[Proposal[Offer]]:
    owner = audit.organisation.id
    proved = [(review.by, each) for review in pilot.reviews for each in review.offers if each.partner == owner]
    for offer in sorted(audit.organisation.offers, key=lambda each: each.code):
        seen = {by: each.strength for by, each in proved if each.code == offer.code and each.strength < offer.strength}
        if seen:
            evidence = _THIRD_PARTY if {*seen} - {owner} else _NAMED_EXAMPLE
            after = replace(offer, strength=min(seen.values()), evidence=min(offer.evidence, evidence), confirmed=False)
            yield Proposal(Change.OFFER_LOWERED, offer, after, tuple(seen))
