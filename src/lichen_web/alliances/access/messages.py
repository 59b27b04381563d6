"""Messages between the two of a dealing, for the people of either side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lichen_web.accounts.models import Organisation
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import deciding, reading
from lichen_web.alliances.bridge.disclosure import parties_of
from lichen_web.alliances.bridge.messages import OpenedMessage, load_messages
from lichen_web.alliances.models import Matter, Message, Unmailed

__all__ = ["A_DAY", "MOST_A_DAY", "MOST_SHOWN", "MessagesView", "own_messages", "sent_lately"]

MOST_A_DAY = 20
"""So many messages may one side send in a dealing within a day."""
MOST_SHOWN = 100
"""So many are on the page, the last ones."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MessagesView:
    """What the two have written to each other."""

    other: str
    """The name of the other side."""
    messages: tuple[OpenedMessage, ...]
    """The last of them, the earliest first."""
    left: int
    """How many more our side may send today."""
    is_mailed: bool
    """Whether the one who looks gets a mail when a message waits."""

    @property
    def is_cut(self) -> bool:
        """Whether there may be earlier ones."""
        return len(self.messages) == MOST_SHOWN


def own_messages(actor: Actor, *, matter: UUID, at: datetime) -> MessagesView:
    """The messages of a dealing to which both have said yes and that is not over.

    Raises:
        NotThere: It is not the actor's, or nothing is open in it.
    """
    may(actor, "own_messages")
    own = organisation_of(actor)
    with reading(actor), deciding(actor, matter=matter):
        row = Matter.objects.get(id=matter)
        other = Organisation.objects.get(id=next(party for party in parties_of(row.pair) if party != own))
        if row.ended_at or row.met_at is None or other.erased_at:
            raise NotThere
        return MessagesView(
            other=other.name,
            messages=load_messages(matter, own, other.id, most=MOST_SHOWN),
            left=max(0, MOST_A_DAY - sent_lately(matter, own, at)),
            is_mailed=not Unmailed.objects.filter(organisation=own, person=actor.person).exists(),
        )


def sent_lately(matter: UUID, by: UUID, at: datetime) -> int:
    """How many messages one side has sent in a dealing within the last day."""
    return Message.objects.filter(matter=matter, by=by, sent_at__gt=at - A_DAY).count()
