"""What each of several processes does when they append events at once; and the naive way, which reads without a lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from uuid import UUID, uuid4

import django

__all__ = ["append"]

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATIENCE = 60


def append(variables: Mapping[str, str], way: str, chains: int, times: int, barrier: Barrier) -> int:
    """Append to chains in turn, beginning when all processes are there; how often it was refused."""
    os.environ.update(variables)
    django.setup()
    record = {"locked": locked, "naive": naive}[way]()
    barrier.wait(PATIENCE)
    return sum(not is_taken(record, UUID(int=1 + each % chains)) for each in range(times))


def is_taken(record: Callable[[UUID], None], chain: UUID) -> bool:
    # What needs Django is imported once this process knows which database it works on.
    from django.db import IntegrityError

    try:
        record(chain)
    except IntegrityError:
        return False
    return True


def locked() -> Callable[[UUID], None]:
    """As Lichen does it."""
    from lichen_web.alliances.access.transactions import working
    from lichen_web.alliances.events import record
    from lichen_web.alliances.models.event import ChainOf

    def tell(chain: UUID) -> None:
        with working():
            record("thing_done", of=ChainOf.CIRCLE, chain=chain, at=AT, about=uuid4(), payload={"n": "1"})

    return tell


def naive() -> Callable[[UUID], None]:
    """The same, but that the head is read without a lock."""
    from django.db.models import F

    from lichen_web.alliances.access.transactions import working
    from lichen_web.alliances.events import START, event_hash
    from lichen_web.alliances.models import Chain, Event

    def tell(chain: UUID) -> None:
        with working():
            head, _ = Chain.objects.get_or_create(id=chain, defaults={"of": "circle", "last_hash": START})
            event = Event(chain=head, number=head.last_number + 1, what="thing_done", happened_at=AT)
            event.previous_hash = head.last_hash
            event.hash = event_hash(event, head.of)
            event.save(force_insert=True)
            Chain.objects.filter(id=chain).update(last_number=F("last_number") + 1, last_hash=event.hash)

    return tell
