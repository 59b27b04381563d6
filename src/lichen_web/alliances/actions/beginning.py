"""How every act begins: all or nothing, under a lock, by somebody who may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from lichen_web.accounts.models import Organisation
from lichen_web.alliances.access.actors import Actor, NotThere, actor_for
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import acting

__all__ = ["begun", "held", "hold"]

Row = TypeVar("Row", bound=Model)


@contextmanager
def begun(actor: Actor, action: str) -> Iterator[Actor]:
    """A transaction in which the actor may do this.

    The organisation's row is held first and who acts is looked up again under it: what was so when the page was drawn
    may be so no longer, and two acts for one organisation come one after the other.

    Args:
        actor: Who acts.
        action: The name of the act, in the table of permissions.

    Returns:
        The actor as they are now.

    Raises:
        NotThere: They are not there for it any more, or it is none of their business.
        NotAllowed: Somebody else has to do it.
    """
    with acting(actor):
        if actor.organisation is not None:
            hold(Organisation.objects.filter(id=actor.organisation))
        now = actor_for(actor.person, actor.organisation)
        may(now, action)
        yield now


def hold(rows: QuerySet[Row]) -> None:
    """Nobody else changes these rows until the transaction is over; on SQLite nobody else changes anything."""
    if connection.features.has_select_for_update:
        list(rows.order_by("id").select_for_update(no_key=True).values_list("id"))


def held(rows: QuerySet[Row]) -> Row:
    """The one row, and nobody else changes it until the transaction is over.

    Raises:
        NotThere: There is none. Whether it is nowhere, or somebody else's, is the same question and the same answer.
    """
    row = rows.select_for_update(of=("self",), no_key=True).order_by().first()
    if row is None:
        raise NotThere
    return row
