"""Writing down what was done, in every chain that it concerns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.events import HOST_CHAIN, record
from lichen_web.alliances.models.event import ChainOf

__all__ = ["tell"]


def tell(
    what: str,
    *,
    by: Actor,
    at: datetime,
    about: UUID | None = None,
    organisations: Collection[UUID] = (),
    circle: UUID | None = None,
    is_hosts: bool = False,
    payload: dict[str, str] | None = None,
) -> None:
    """Record one thing that happened, in the same words, wherever it belongs.

    The chains are locked in one order, so that two acts never wait for each other.

    Args:
        what: In the past tense, such as ``member_joined``.
        by: Who did it.
        at: When.
        about: The id of what it was done to.
        organisations: In whose chains it stands.
        circle: In which circle's.
        is_hosts: Whether it stands in the host's, too.
        payload: More ids, roles and dates; never a name or an address.
    """
    chains = [(ChainOf.ORGANISATION, each) for each in sorted(organisations)]
    chains += [(ChainOf.CIRCLE, circle)] if circle else []
    chains += [(ChainOf.HOST, HOST_CHAIN)] if is_hosts else []
    for of, chain in chains:
        record(
            what,
            of=of,
            chain=chain,
            at=at,
            person=by.person,
            organisation=by.organisation,
            about=about,
            payload=payload,
        )
