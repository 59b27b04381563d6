"""The hourly meeting: whoever said yes on every side is brought together, whenever in the hour they said it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from lichen.errors import NotAllowed
from lichen_web.accounts.models import Circle
from lichen_web.alliances.access.circles import standing_members
from lichen_web.alliances.actions.introducing import bring_together, interested
from lichen_web.alliances.jobs import enqueue

__all__ = ["meet", "meet_circle"]


def meet(*, at: datetime) -> None:
    """Have every circle looked at, each in a job of its own, on the hour; nothing else ever brings anybody together."""
    for circle in Circle.objects.filter(closed_at=None).order_by("id").values_list("id", flat=True):
        enqueue("meet_circle", circle)


def meet_circle(circle: UUID, *, at: datetime) -> None:
    """Bring together those of a circle who all said yes; done twice it changes nothing.

    Each group is a transaction of its own. One that may not deal with each other is passed over in silence.
    """
    for group in sorted(interested(circle, standing_members(circle)), key=sorted):
        with suppress(NotAllowed):
            bring_together(circle, group, at=at)
