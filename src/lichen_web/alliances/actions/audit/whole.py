"""Writing down how an audit was made, and taking over a whole one."""

from __future__ import annotations

from datetime import date, datetime

from lichen.audit.differences import known_by
from lichen.audit.values import Audit, Opening, Readiness
from lichen.errors import refuse
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions.audit.gaps import remove_gap, save_gap
from lichen_web.alliances.actions.audit.offers import take_out
from lichen_web.alliances.actions.audit.writing import changed_meanwhile, sealing, tell_of
from lichen_web.alliances.actions.stated import audit_problems
from lichen_web.alliances.bridge.audit import save_offer, save_sitting

__all__ = ["record_audit", "record_sitting"]


def record_sitting(
    actor: Actor, *, version: int, readiness: Readiness, opening: Opening, audited_on: date | None, at: datetime
) -> None:
    """Write down how the audit was made, and the answers to the two opening questions.

    Args:
        actor: A lead or a member.
        version: The version of the answers that the actor saw; 0 where there were none.
        readiness: Whether the organisation is ready to be open.
        opening: The answers.
        audited_on: When the audit was finished, if it is.
        at: When.

    Raises:
        InputError: An answer is too long.
        NotAllowed: Somebody else changed them meanwhile, the actor is neither lead nor member, or the host's key has no
            second copy yet.
    """
    with sealing(actor, "record_sitting", at) as (author, own):
        if own.sitting_version != version:
            raise changed_meanwhile()
        refuse(audit_problems(Audit(own.organisation, readiness, opening)))
        save_sitting(own.id, readiness, opening, audited_on, at=at)
        tell_of("sitting_recorded", author, own.id, at)


def record_audit(actor: Actor, *, audit: Audit, at: datetime) -> None:
    """Take over a whole audit, as a file or a form holds it: what it does not name is removed from the one here.

    Gaps and offers are known again by their code, so that what was shown of them stays shown. Who the organisation is
    stands elsewhere, and is not changed.

    Raises:
        InputError: Something in it cannot be used; every problem at once, with its place.
        NotAllowed: The actor is neither lead nor member, or the host's key has no second copy yet.
    """
    refuse(audit_problems(audit))
    said = audit.organisation
    with sealing(actor, "record_audit", at) as (author, own):
        gaps = {known_by(item.vulnerability): item for item in own.gaps if item.vulnerability}
        offers = {known_by(each.offer): each for each in own.offers}
        for item in (gaps[key] for key in gaps.keys() - set(map(known_by, said.vulnerabilities))):
            remove_gap(author, item, at)
        for each in (offers[key] for key in offers.keys() - set(map(known_by, said.offers))):
            take_out(each, at)
        for gap in said.vulnerabilities:
            save_gap(author, own, gaps.get(known_by(gap)), gap, at)
        for offer in said.offers:
            before = offers.get(known_by(offer))
            if before is None or before.offer != offer:
                save_offer(own.id, offer, before=before, at=at)
        save_sitting(own.id, audit.readiness, audit.opening, audit.audited_on, at=at)
        tell_of("audit_recorded", author, own.id, at)
