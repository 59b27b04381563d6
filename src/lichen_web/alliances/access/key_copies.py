"""Which keys this host has, and who has shown a second copy of each; never the keys."""

from __future__ import annotations

from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.keys import HostKeyUse, host_key_uses

__all__ = ["key_copies"]


def key_copies(actor: Actor) -> tuple[HostKeyUse, ...]:
    """The host's keys in their order, with those who keep copies.

    Raises:
        NotThere: The actor does not run this host.
    """
    may(actor, "console")
    with reading(actor):
        return host_key_uses()
