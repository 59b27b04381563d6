"""What an organisation says of itself, for its own people, and for its facilitator as far as it was opened to them."""

from __future__ import annotations

from lichen_web.accounts.models.organisation import Scope
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.permissions import is_allowed, may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.audit import OwnAudit, load_audit

__all__ = ["own_audit"]

_ACTIONS = {Scope.OFFERS: "own_offers", Scope.GAPS: "own_gaps", Scope.WORDS: "own_words"}


def own_audit(actor: Actor) -> OwnAudit:
    """The audit of the actor's organisation. What is not open to the actor is not even unsealed.

    Words are open with the gaps that they belong to, never without them.

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
        return load_audit(actor.organisation, scopes)
