"""Writing down what an organisation lacks and offers. Nothing is written here that is not sealed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from lichen.audit import values
from lichen.audit.values import Audit, Opening, Readiness
from lichen.errors import NotAllowed, refuse
from lichen.scales import Relevance, Sensitivity
from lichen_web.alliances import keys
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.actions.beginning import begun
from lichen_web.alliances.actions.disclosure import hold_matters, take_back
from lichen_web.alliances.actions.stated import (
    audit_problems,
    doubled_problems,
    offer_problems,
    room_problems,
    tidied,
    vulnerability_problems,
)
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.audit import (
    OwnAudit,
    OwnItem,
    OwnOffer,
    drop_unneeded_parts,
    load_audit,
    load_removed,
    save_offer,
    save_sitting,
    save_vulnerability,
)

__all__ = [
    "change_offer",
    "change_vulnerability",
    "open_offer",
    "rank_vulnerabilities",
    "record_audit",
    "record_offer",
    "record_sitting",
    "record_vulnerability",
    "remove_offer",
    "remove_vulnerability",
    "restore_offer",
    "restore_vulnerability",
]

Own = TypeVar("Own", OwnItem, OwnOffer)


# --- Gaps ------------------------------------------------------------------------------------------------------------


def record_vulnerability(
    actor: Actor,
    *,
    code: str,
    words: str,
    severity: int,
    rank: int | None,
    core: bool,
    relevance: Relevance,
    sensitivity: Sensitivity | None,
    at: datetime,
) -> UUID:
    """Name a gap.

    Args:
        actor: A lead or a member.
        code: A capability of the vocabulary; empty where none fits the words.
        words: The organisation's own, up to 4,000 characters.
        severity: 1 slight to 5 total.
        rank: 1 needs outside help most; None is unranked.
        core: Whether a decision that touches it may be vetoed later on.
        relevance: Whether it affects what one could do with a partner.
        sensitivity: How early it may be opened; None takes the vocabulary's.
        at: When.

    Returns:
        Its id.

    Raises:
        InputError: Something cannot be used, stands there already, or is one too many.
        NotAllowed: The actor is neither, or the host's key has no second copy yet.
    """
    said = tidied(
        code=code,
        words=words,
        severity=severity,
        rank=rank,
        core=core,
        relevance=relevance,
        sensitivity=sensitivity or None,
    )
    with _sealing(actor, "record_vulnerability", at) as (author, own):
        codes = [item.code for item in own.gaps]
        refuse(vulnerability_problems(**said), doubled_problems(said["code"], codes), room_problems(codes))
        item = save_vulnerability(own.id, values.Vulnerability(**said), at=at)
        _tell("vulnerability_recorded", author, item, at)
    return item


def change_vulnerability(
    actor: Actor,
    *,
    vulnerability: UUID,
    version: int,
    code: str,
    words: str,
    severity: int,
    rank: int | None,
    core: bool,
    relevance: Relevance,
    sensitivity: Sensitivity | None,
    at: datetime,
) -> None:
    """Say a gap anew. Whoever was shown it goes on reading what they were shown; under another code they read nothing.

    Args:
        actor: A lead or a member.
        vulnerability: Which.
        version: The version that the actor saw.
        code: As in :func:`record_vulnerability`, and so are the others.
        words: The organisation's own.
        severity: 1 to 5.
        rank: Its rank, if any.
        core: Whether it may be the ground of a veto.
        relevance: The answer to the relevance filter.
        sensitivity: The owner's, if any.
        at: When.

    Raises:
        InputError: Something cannot be used, or another gap has that code.
        NotAllowed: Somebody else changed it meanwhile, or the actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    said = tidied(
        code=code,
        words=words,
        severity=severity,
        rank=rank,
        core=core,
        relevance=relevance,
        sensitivity=sensitivity or None,
    )
    with _sealing(actor, "change_vulnerability", at) as (author, own):
        before = _as_seen(own.gaps, vulnerability, version)
        others = [item.code for item in own.gaps if item is not before]
        refuse(vulnerability_problems(**said), doubled_problems(said["code"], others))
        gap = values.Vulnerability(**said)
        if gap != before.vulnerability:
            _save_gap(author, own, before, gap, at)
            _tell("vulnerability_changed", author, before.id, at)


def rank_vulnerabilities(actor: Actor, *, order: Sequence[UUID], at: datetime) -> None:
    """Put all gaps in the order in which they need outside help, the most first.

    Args:
        actor: A lead or a member.
        order: Every gap, once.
        at: When.

    Raises:
        NotAllowed: A gap came or went meanwhile, or the actor is neither lead nor member.
    """
    with _sealing(actor, "rank_vulnerabilities", at) as (author, own):
        items = {item.id: item for item in own.gaps}
        if sorted(order) != sorted(items):
            raise _changed_meanwhile()
        for rank, item in enumerate((items[each] for each in order), 1):
            if item.vulnerability and item.vulnerability.rank != rank:
                _save_gap(author, own, item, replace(item.vulnerability, rank=rank), at)
        _tell("vulnerabilities_ranked", author, own.id, at)


def remove_vulnerability(actor: Actor, *, vulnerability: UUID, at: datetime) -> None:
    """Take a gap out of the audit, and back from everybody who was shown it. It can be put back for thirty days.

    Raises:
        NotAllowed: The actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    with _writing(actor, "remove_vulnerability", at) as (author, own):
        item = _standing(own.gaps, vulnerability)
        _remove_gap(author, item, at)
        _tell("vulnerability_removed", author, item.id, at)


def restore_vulnerability(actor: Actor, *, vulnerability: UUID, at: datetime) -> None:
    """Put a gap back that was removed. Nobody is shown it by that.

    Raises:
        InputError: Another gap has its code by now, or there is no room.
        NotAllowed: The actor is neither lead nor member.
        NotThere: No such gap was removed within thirty days.
    """
    with _writing(actor, "restore_vulnerability", at) as (author, own):
        item = load_removed(own.id, vulnerability)
        if not isinstance(item, OwnItem):
            raise NotThere
        codes = [each.code for each in own.gaps]
        refuse(doubled_problems(item.code, codes), room_problems(codes))
        rows.Vulnerability.objects.filter(id=item.id).update(removed_at=None)
        _tell("vulnerability_restored", author, item.id, at)


# --- Offers ----------------------------------------------------------------------------------------------------------


def record_offer(
    actor: Actor,
    *,
    code: str,
    words: str,
    strength: int,
    evidence: int,
    kinds: Sequence[str],
    spare: str,
    at: datetime,
) -> UUID:
    """Name something that the organisation can give.

    Args:
        actor: A lead or a member.
        code: A capability of the vocabulary; empty where none fits the words.
        words: The organisation's own, up to 4,000 characters.
        strength: 1 a little to 5 excellent.
        evidence: 1 self-said to 5 measured.
        kinds: By which kinds of exchange; none takes the vocabulary's.
        spare: How much is to spare, in the organisation's own words.
        at: When.

    Returns:
        Its id.

    Raises:
        InputError: Something cannot be used, stands there already, or is one too many.
        NotAllowed: The actor is neither, or the host's key has no second copy yet.
    """
    said = tidied(code=code, words=words, strength=strength, evidence=evidence, kinds=tuple(kinds), spare=spare)
    with _sealing(actor, "record_offer", at) as (author, own):
        codes = [each.offer.code for each in own.offers]
        refuse(offer_problems(**said), doubled_problems(said["code"], codes), room_problems(codes))
        offer = save_offer(own.id, values.Offer(**said), at=at)
        _tell("offer_recorded", author, offer, at)
    return offer


def change_offer(
    actor: Actor,
    *,
    offer: UUID,
    version: int,
    code: str,
    words: str,
    strength: int,
    evidence: int,
    kinds: Sequence[str],
    spare: str,
    at: datetime,
) -> None:
    """Say an offer anew.

    Args:
        actor: A lead or a member.
        offer: Which.
        version: The version that the actor saw.
        code: As in :func:`record_offer`, and so are the others.
        words: The organisation's own.
        strength: 1 to 5.
        evidence: 1 to 5.
        kinds: By which kinds of exchange.
        spare: How much is to spare.
        at: When.

    Raises:
        InputError: Something cannot be used, or another offer has that code.
        NotAllowed: Somebody else changed it meanwhile, or the actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    said = tidied(code=code, words=words, strength=strength, evidence=evidence, kinds=tuple(kinds), spare=spare)
    with _sealing(actor, "change_offer", at) as (author, own):
        before = _as_seen(own.offers, offer, version)
        others = [each.offer.code for each in own.offers if each is not before]
        refuse(offer_problems(**said), doubled_problems(said["code"], others))
        now = values.Offer(**said)
        if now != before.offer:
            save_offer(own.id, now, before=before, at=at)
            _tell("offer_changed", author, before.id, at)


def open_offer(actor: Actor, *, offer: UUID, is_public: bool, at: datetime) -> None:
    """Let everybody see an offer, or no longer.

    Raises:
        NotAllowed: The actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    with _writing(actor, "open_offer", at) as (author, own):
        before = _standing(own.offers, offer)
        rows.Offer.objects.filter(id=before.id).update(is_public=is_public)
        _tell("offer_opened" if is_public else "offer_closed", author, before.id, at)


def remove_offer(actor: Actor, *, offer: UUID, at: datetime) -> None:
    """Take an offer out of the audit. It can be put back for thirty days.

    Raises:
        NotAllowed: The actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    with _writing(actor, "remove_offer", at) as (author, own):
        before = _standing(own.offers, offer)
        _remove_offer(before, at)
        _tell("offer_removed", author, before.id, at)


def restore_offer(actor: Actor, *, offer: UUID, at: datetime) -> None:
    """Put an offer back that was removed.

    Raises:
        InputError: Another offer has its code by now, or there is no room.
        NotAllowed: The actor is neither lead nor member.
        NotThere: No such offer was removed within thirty days.
    """
    with _writing(actor, "restore_offer", at) as (author, own):
        item = load_removed(own.id, offer)
        if not isinstance(item, OwnOffer):
            raise NotThere
        codes = [each.offer.code for each in own.offers]
        refuse(doubled_problems(item.offer.code, codes), room_problems(codes))
        rows.Offer.objects.filter(id=item.id).update(removed_at=None)
        _tell("offer_restored", author, item.id, at)


# --- The whole -------------------------------------------------------------------------------------------------------


def record_sitting(
    actor: Actor, *, readiness: Readiness, opening: Opening, audited_on: date | None, at: datetime
) -> None:
    """Write down how the audit was made, and the answers to the two opening questions.

    Raises:
        InputError: An answer is too long.
        NotAllowed: The actor is neither lead nor member, or the host's key has no second copy yet.
    """
    with _sealing(actor, "record_sitting", at) as (author, own):
        refuse(audit_problems(Audit(own.organisation, readiness, opening)))
        save_sitting(own.id, readiness, opening, audited_on, at=at)
        _tell("sitting_recorded", author, own.id, at)


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
    with _sealing(actor, "record_audit", at) as (author, own):
        gaps = {_known_by(item.vulnerability): item for item in own.gaps if item.vulnerability}
        offers = {_known_by(each.offer): each for each in own.offers}
        for item in (gaps[key] for key in gaps.keys() - set(map(_known_by, said.vulnerabilities))):
            _remove_gap(author, item, at)
        for each in (offers[key] for key in offers.keys() - set(map(_known_by, said.offers))):
            _remove_offer(each, at)
        for gap in said.vulnerabilities:
            _save_gap(author, own, gaps.get(_known_by(gap)), gap, at)
        for offer in said.offers:
            _save_offer(own, offers.get(_known_by(offer)), offer, at)
        save_sitting(own.id, audit.readiness, audit.opening, audit.audited_on, at=at)
        _tell("audit_recorded", author, own.id, at)


# --- Within ----------------------------------------------------------------------------------------------------------


@contextmanager
def _writing(actor: Actor, action: str, at: datetime) -> Iterator[tuple[Actor, OwnAudit]]:
    """The actor as they are now, and the audit as it is; nobody else changes it, or shows of it, meanwhile."""
    with begun(actor, action) as author:
        if author.organisation is None:
            raise NotThere
        hold_matters(author)
        yield author, load_audit(author.organisation)
        drop_unneeded_parts(author.organisation, at=at)


@contextmanager
def _sealing(actor: Actor, action: str, at: datetime) -> Iterator[tuple[Actor, OwnAudit]]:
    """As :func:`_writing`, for what one disk less could take with it for good."""
    keys.require_key_copy()
    with _writing(actor, action, at) as found:
        yield found


def _as_seen(items: Collection[Own], wanted: UUID, version: int) -> Own:
    item = _standing(items, wanted)
    if item.version != version:
        raise _changed_meanwhile()
    return item


def _standing(items: Collection[Own], wanted: UUID) -> Own:
    found = next((item for item in items if item.id == wanted), None)
    if found is None:
        raise NotThere
    return found


def _save_gap(author: Actor, own: OwnAudit, before: OwnItem | None, gap: values.Vulnerability, at: datetime) -> None:
    """Save what differs. Under another code it is another confession: nobody reads on who was shown the first."""
    if before and before.code != gap.code:
        take_back(author, before.code, at=at)
    if before is None or before.vulnerability != gap:
        save_vulnerability(own.id, gap, before=before, at=at)


def _save_offer(own: OwnAudit, before: OwnOffer | None, offer: values.Offer, at: datetime) -> None:
    if before is None or before.offer != offer:
        save_offer(own.id, offer, before=before, at=at)


def _remove_gap(author: Actor, item: OwnItem, at: datetime) -> None:
    take_back(author, item.code, at=at)
    rows.Vulnerability.objects.filter(id=item.id).update(removed_at=at)


def _remove_offer(own: OwnOffer, at: datetime) -> None:
    rows.Offer.objects.filter(id=own.id).update(removed_at=at)


def _known_by(item: values.Vulnerability | values.Offer) -> tuple[str, str]:
    """By what an item of a file is known again: its code, or where it has none its words."""
    return (item.code, "" if item.code else item.words)


def _tell(what: str, author: Actor, about: UUID, at: datetime) -> None:
    """That something was written, in the own chain: not what."""
    tell(what, by=author, at=at, about=about, organisations=[author.organisation] if author.organisation else [])


def _changed_meanwhile() -> NotAllowed:
    why = _(
        "Somebody else has changed this meanwhile. Nothing was overwritten: look at it as it is now, and try again."
    )
    return NotAllowed("changed-meanwhile", why)
