"""Writing down gaps: named, said anew, put in order, taken out and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from lichen.audit import values
from lichen.errors import refuse
from lichen.scales import Relevance, Sensitivity
from lichen_web.accounts.models.organisation import Scope
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.actions.audit.writing import (
    as_seen,
    changed_meanwhile,
    removed,
    sealing,
    standing,
    tell_of,
    writing,
)
from lichen_web.alliances.actions.disclosure import take_back
from lichen_web.alliances.actions.stated import doubled_problems, room_problems, tidied, vulnerability_problems
from lichen_web.alliances.bridge.audit import OwnAudit, OwnItem, save_vulnerability

__all__ = [
    "change_vulnerability",
    "rank_vulnerabilities",
    "record_vulnerability",
    "remove_gap",
    "remove_vulnerability",
    "restore_vulnerability",
    "save_gap",
]


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
    with sealing(actor, "record_vulnerability", at, {Scope.GAPS}) as (author, own):
        codes = [item.code for item in own.gaps]
        refuse(vulnerability_problems(**said), doubled_problems(said["code"], codes), room_problems(codes))
        item = save_vulnerability(own.id, values.Vulnerability(**said), at=at)
        tell_of("vulnerability_recorded", author, item, at)
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
) -> int:
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

    Returns:
        The version that stands now.

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
    with sealing(actor, "change_vulnerability", at, {Scope.GAPS}, vulnerability) as (author, own):
        before = as_seen(own.gaps, vulnerability, version)
        others = [item.code for item in own.gaps if item is not before]
        refuse(vulnerability_problems(**said), doubled_problems(said["code"], others))
        gap = values.Vulnerability(**said)
        if gap != before.vulnerability:
            save_gap(author, own, before, gap, at)
            tell_of("vulnerability_changed", author, before.id, at)
            version += 1
    return version


def rank_vulnerabilities(actor: Actor, *, order: Sequence[UUID], seen: Sequence[UUID], at: datetime) -> None:
    """Put all gaps in the order in which they need outside help, the most first.

    Args:
        actor: A lead or a member.
        order: Every gap, once.
        seen: The order in which the actor saw them.
        at: When.

    Raises:
        NotAllowed: A gap came, went or moved meanwhile, or the actor is neither lead nor member.
    """
    with sealing(actor, "rank_vulnerabilities", at) as (author, own):
        items = {item.id: item for item in own.gaps}
        if list(seen) != list(items) or sorted(order) != sorted(items):
            raise changed_meanwhile()
        for rank, item in enumerate((items[each] for each in order), 1):
            if item.vulnerability and item.vulnerability.rank != rank:
                save_gap(author, own, item, replace(item.vulnerability, rank=rank), at)
        tell_of("vulnerabilities_ranked", author, own.id, at)


def remove_vulnerability(actor: Actor, *, vulnerability: UUID, at: datetime) -> None:
    """Take a gap out of the audit, and back from everybody who was shown it. It can be put back for thirty days.

    Raises:
        NotAllowed: The actor is neither lead nor member.
        NotThere: It is not one of the organisation's.
    """
    with writing(actor, "remove_vulnerability", at, {Scope.GAPS}) as (author, own):
        item = standing(own.gaps, vulnerability)
        remove_gap(author, item, at)
        tell_of("vulnerability_removed", author, item.id, at)


def restore_vulnerability(actor: Actor, *, vulnerability: UUID, at: datetime) -> None:
    """Put a gap back that was removed. Nobody is shown it by that.

    Raises:
        InputError: Another gap has its code by now, or there is no room.
        NotAllowed: The actor is neither lead nor member.
        NotThere: No such gap was removed within thirty days.
    """
    with writing(actor, "restore_vulnerability", at, {Scope.GAPS}) as (author, own):
        item = removed(OwnItem, own, vulnerability, own.gaps, at)
        rows.Vulnerability.objects.filter(id=item.id).update(removed_at=None)
        tell_of("vulnerability_restored", author, item.id, at)


def save_gap(author: Actor, own: OwnAudit, before: OwnItem | None, gap: values.Vulnerability, at: datetime) -> None:
    """Save what differs. Under another code it is another confession: nobody reads on who was shown the first."""
    if before and before.code != gap.code:
        take_back(author, before.code, at=at)
    if before is None or before.vulnerability != gap:
        save_vulnerability(own.id, gap, before=before, at=at)


def remove_gap(author: Actor, item: OwnItem, at: datetime) -> None:
    """Take it out, and back from everybody who was shown it."""
    take_back(author, item.code, at=at)
    rows.Vulnerability.objects.filter(id=item.id).update(removed_at=at)
