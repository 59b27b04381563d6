"""Writing down offers: named, said anew, opened to everybody or no longer, taken out and put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lichen.audit import values
from lichen.errors import refuse
from lichen_web.accounts.models.organisation import Scope
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions.audit.writing import as_seen, removed, sealing, standing, tell_of, writing
from lichen_web.alliances.actions.stated import doubled_problems, offer_problems, room_problems, tidied
from lichen_web.alliances.bridge.audit import OwnOffer, save_offer

__all__ = ["change_offer", "open_offer", "record_offer", "remove_offer", "restore_offer", "take_out"]


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
    with sealing(actor, "record_offer", at, {Scope.OFFERS}) as (author, own):
        codes = [each.code for each in own.offers]
        refuse(offer_problems(**said), doubled_problems(said["code"], codes), room_problems(codes))
        offer = save_offer(own.id, values.Offer(**said), at=at)
        tell_of("offer_recorded", author, offer, at)
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
) -> int:
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

    Returns:
        The version that stands now.

    Raises:
        InputError: Something cannot be used, or another offer has that code.
        NotAllowed: Somebody else changed it meanwhile, or the actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    said = tidied(code=code, words=words, strength=strength, evidence=evidence, kinds=tuple(kinds), spare=spare)
    with sealing(actor, "change_offer", at, {Scope.OFFERS}) as (author, own):
        before = as_seen(own.offers, offer, version)
        others = [each.code for each in own.offers if each is not before]
        refuse(offer_problems(**said), doubled_problems(said["code"], others))
        now = values.Offer(**said)
        if now != before.offer:
            save_offer(own.id, now, before=before, at=at)
            tell_of("offer_changed", author, before.id, at)
            version += 1
    return version


def open_offer(actor: Actor, *, offer: UUID, is_public: bool, at: datetime) -> None:
    """Let everybody see an offer, or no longer.

    Raises:
        NotAllowed: The actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    with writing(actor, "open_offer", at, {Scope.OFFERS}) as (author, own):
        before = standing(own.offers, offer)
        rows.Offer.objects.filter(id=before.id).update(is_public=is_public)
        tell_of("offer_opened" if is_public else "offer_closed", author, before.id, at)


def remove_offer(actor: Actor, *, offer: UUID, at: datetime) -> None:
    """Take an offer out of the audit. It can be put back for thirty days.

    Raises:
        NotAllowed: The actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    with writing(actor, "remove_offer", at, {Scope.OFFERS}) as (author, own):
        before = standing(own.offers, offer)
        take_out(before, at)
        tell_of("offer_removed", author, before.id, at)


def restore_offer(actor: Actor, *, offer: UUID, at: datetime) -> None:
    """Put an offer back that was removed.

    Raises:
        InputError: Another offer has its code by now, or there is no room.
        NotAllowed: The actor is neither lead nor member.
        NotThere: No such offer was removed within thirty days.
    """
    with writing(actor, "restore_offer", at, {Scope.OFFERS}) as (author, own):
        item = removed(OwnOffer, own, offer, own.offers, at)
        rows.Offer.objects.filter(id=item.id).update(removed_at=None)
        tell_of("offer_restored", author, item.id, at)


def take_out(own: OwnOffer, at: datetime) -> None:
    """Take it out of the audit."""
    rows.Offer.objects.filter(id=own.id).update(removed_at=at)
