"""What an organisation says of itself, for its own people, and for its facilitator as far as it was opened to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from lichen_web.accounts.models.organisation import Scope
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.permissions import is_allowed, may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.audit import OwnAudit, OwnItem, OwnOffer, load_audit, load_removed
from lichen_web.alliances.models import Grant
from lichen_web.prepared import Prepared

__all__ = ["OwnAudit", "OwnItem", "OwnOffer", "own_audit", "own_readers", "own_removed"]

_ACTIONS = {Scope.OFFERS: "own_offers", Scope.GAPS: "own_gaps", Scope.WORDS: "own_words"}


_READERS = Prepared(
    lambda owner: (
        Grant.objects.filter(owner=owner, withdrawn_at=None, part__vulnerability__isnull=False)
        .values_list("part__vulnerability")
        .annotate(Count("reader", distinct=True))
        .order_by()
    )
)


def own_audit(actor: Actor, *, alone: UUID | None = None) -> OwnAudit:
    """The audit of the actor's organisation. What is not open to the actor is not even unsealed.

    Words are open with the gaps that they belong to, never without them.

    Args:
        actor: Who looks.
        alone: The only gap or offer that they look at, if it is one.

    Raises:
        NotThere: The actor acts for no organisation.
    """
    may(actor, "own_audit")
    if actor.organisation is None:
        raise NotThere
    scopes = {scope for scope, action in _ACTIONS.items() if is_allowed(actor, action)}
    if Scope.GAPS not in scopes:
        scopes.discard(Scope.WORDS)
    with reading(actor):
        return load_audit(actor.organisation, scopes, alone=alone)


def own_readers(actor: Actor) -> Mapping[UUID, int]:
    """How many organisations read each gap of the actor's organisation; a gap that nobody reads is not in it.

    Raises:
        NotThere: The actor acts for no organisation.
    """
    may(actor, "own_readers")
    with reading(actor):
        return dict(_READERS(organisation_of(actor)))


def own_removed(actor: Actor, *, at: datetime) -> tuple[OwnItem | OwnOffer, ...]:
    """What was taken out of the audit and can still be put back, the last one first.

    Raises:
        NotThere: The actor acts for no organisation.
    """
    may(actor, "own_removed")
    if actor.organisation is None:
        raise NotThere
    with reading(actor):
        return load_removed(actor.organisation, at=at)
