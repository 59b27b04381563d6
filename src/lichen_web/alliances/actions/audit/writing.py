"""How every change to an audit is made: under a lock, of what the actor saw, and told without a word of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from lichen.errors import NotAllowed, refuse
from lichen_web.accounts.models.organisation import Scope
from lichen_web.alliances import keys
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.actions.beginning import begun
from lichen_web.alliances.actions.disclosure import hold_matters
from lichen_web.alliances.actions.stated import doubled_problems, room_problems
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.audit import OwnAudit, OwnItem, OwnOffer, drop_unneeded_parts, load_audit, load_removed

__all__ = ["as_seen", "changed_meanwhile", "removed", "sealing", "standing", "tell_of", "writing"]

Own = TypeVar("Own", OwnItem, OwnOffer)


@contextmanager
def writing(
    actor: Actor, action: str, at: datetime, scopes: Collection[Scope] = tuple(Scope), whole: UUID | None = None
) -> Iterator[tuple[Actor, OwnAudit]]:
    """The actor as they are now, and the audit as it is; nobody else changes it, or shows of it, meanwhile.

    Args:
        actor: Who acts.
        action: The name of the act.
        at: When.
        scopes: What of the audit has to be known; others wait for as long as it takes to open it.
        whole: A gap of which all has to be known.
    """
    with begun(actor, action) as author:
        if author.organisation is None:
            raise NotThere
        hold_matters(author)
        yield author, load_audit(author.organisation, scopes, whole=whole)
        drop_unneeded_parts(author.organisation, at=at)


@contextmanager
def sealing(
    actor: Actor, action: str, at: datetime, scopes: Collection[Scope] = tuple(Scope), whole: UUID | None = None
) -> Iterator[tuple[Actor, OwnAudit]]:
    """As :func:`writing`, for what one disk less could take with it for good."""
    keys.require_key_copy()
    with writing(actor, action, at, scopes, whole) as found:
        yield found


def standing(items: Collection[Own], wanted: UUID) -> Own:
    """One of those that stand.

    Raises:
        NotThere: It is none of them.
    """
    found = next((item for item in items if item.id == wanted), None)
    if found is None:
        raise NotThere
    return found


def as_seen(items: Collection[Own], wanted: UUID, version: int) -> Own:
    """One of those that stand, in the version that the actor saw.

    Raises:
        NotAllowed: Somebody else has changed it meanwhile.
        NotThere: It is none of them.
    """
    item = standing(items, wanted)
    if item.version != version:
        raise changed_meanwhile()
    return item


def removed(kind: type[Own], own: OwnAudit, wanted: UUID, beside: Collection[Own], at: datetime) -> Own:
    """One that was removed, if it can stand beside the others again.

    Raises:
        InputError: Another has its code by now, or there is no room.
        NotThere: No such one was removed within thirty days.
    """
    found = [item for item in load_removed(own.id, at=at) if item.id == wanted and isinstance(item, kind)]
    if not found:
        raise NotThere
    (item,) = found
    codes = [each.code for each in beside]
    refuse(doubled_problems(item.code, codes), room_problems(codes))
    return item


def tell_of(what: str, author: Actor, about: UUID, at: datetime) -> None:
    """That something was written, in the own chain: not what."""
    tell(what, by=author, at=at, about=about, organisations=[author.organisation] if author.organisation else [])


def changed_meanwhile() -> NotAllowed:
    """The refusal of a change to what is no longer as it was seen."""
    why = _(
        "Somebody else has changed this meanwhile. Nothing was overwritten: look at it as it is now, and try again."
    )
    return NotAllowed("changed-meanwhile", why)
