"""What an organisation lets be compared, and what it was proposed: rung 1, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lichen.disclosure.sight import Band
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.fit import load_proposals
from lichen_web.alliances.models import Publication

__all__ = ["ProposalView", "PublicationView", "own_proposals", "own_publications"]


@dataclass(frozen=True, slots=True)
class PublicationView:
    """That something of the organisation is compared in a circle."""

    circle: UUID
    """In which."""
    published_at: datetime
    """Since when."""
    stands_until: datetime
    """Before this it cannot be replaced."""


@dataclass(frozen=True, slots=True)
class ProposalView:
    """That there is somebody. Who it is, nobody is told before both say yes."""

    id: UUID
    """Of the proposal."""
    circle: UUID
    """In which circle."""
    band: Band
    """How good the fit is."""
    sector: str
    """What kind of organisation; empty where too few look alike."""
    region: str
    """Where it works; the same."""
    size: str
    """Its size band; the same."""
    made_at: datetime
    """When it was found."""


def own_publications(actor: Actor) -> tuple[PublicationView, ...]:
    """Where the organisation lets itself be compared, the newest first.

    Raises:
        NotThere: It is not the actor's.
    """
    may(actor, "own_publications")
    with reading(actor):
        rows = Publication.objects.filter(organisation=actor.organisation, withdrawn_at=None).order_by("-published_at")
        return tuple(PublicationView(row.circle_id, row.published_at, row.stands_until) for row in rows)


def own_proposals(actor: Actor) -> tuple[ProposalView, ...]:
    """What the organisation was proposed and still stands, the newest first.

    Raises:
        NotThere: It is not the actor's.
    """
    may(actor, "own_proposals")
    if actor.organisation is None:
        return ()
    with reading(actor):
        return tuple(
            ProposalView(each.id, each.circle, each.band, each.sector, each.region, each.size, each.made_at)
            for each in load_proposals(actor.organisation)
        )
