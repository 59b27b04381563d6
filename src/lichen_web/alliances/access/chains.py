"""Whether the chains of events are as they were written: every hash worked out again, in one reading.

A change, a gap, an insertion or a swap shows in the chain itself, and a tail that was cut off at its head. A chain that
was written anew as a whole, with its head, shows against a mark that was signed and kept elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Max, QuerySet

from lichen_web.alliances.copies.rows import snapshot
from lichen_web.alliances.events import START, Mark, event_hash, has_signed, payload_hash
from lichen_web.alliances.models import Chain, Checkpoint, Event, EventPayload

__all__ = ["ChainFault", "Fault", "VerifiedChain", "newest_marks", "verified_chains"]

_AT_ONCE = 2000
"""How many events are in memory at a time."""


class Fault(StrEnum):
    """What can be wrong with a chain."""

    NUMBER = "number"
    """An event does not follow the one before it: some were taken out, put in or swapped."""
    LINK = "link"
    """An event does not bear the hash of the one before it."""
    CONTENT = "content"
    """An event does not say what it said when its hash was made."""
    PAYLOAD = "payload"
    """The payload of an event is not the one that was written."""
    HEAD = "head"
    """The head does not point to the last event."""
    MARK = "mark"
    """The chain is not as it was when a mark of it was signed."""
    SIGNATURE = "signature"
    """A mark was not signed by this host."""


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One thing wrong with a chain."""

    fault: Fault
    """What."""
    number: int
    """At which event, from 1."""


@dataclass(frozen=True, slots=True)
class VerifiedChain:
    """A chain after it was checked."""

    id: UUID
    """Of what it is about."""
    of: str
    """What that is; empty where its head is gone."""
    events: int
    """How many it has."""
    erased: int
    """Of how many the payload was erased, as it may be."""
    faults: tuple[ChainFault, ...]
    """What is wrong with it, in order."""


def verified_chains(against: Iterable[Mark] = ()) -> Iterator[VerifiedChain]:
    """Every chain, checked as it stood at one moment, while others go on writing.

    To be called as the owner of the tables, who alone sees the payloads of all.

    Args:
        against: Marks that were kept elsewhere; those of the database are always looked at.
    """
    with snapshot(DEFAULT_DB_ALIAS):
        marks = _by_chain((*_marks(Checkpoint.objects.all()), *against))
        heads = {head.id: head for head in Chain.objects.all()}
        events = Event.objects.order_by("chain_id", "number").select_related("payload").iterator(_AT_ONCE)
        for chain, its_events in groupby(events, key=lambda event: event.chain_id):
            yield _verified(chain, heads.pop(chain, None), its_events, marks.pop(chain, []))
        for chain in heads.keys() | marks.keys():
            yield _verified(chain, heads.get(chain), (), marks.get(chain, []))


def newest_marks() -> tuple[Mark, ...]:
    """The newest mark of each chain that has one."""
    newest = Checkpoint.objects.annotate(newest=Max("chain__checkpoints__number")).filter(number=F("newest"))
    return tuple(_marks(newest.order_by("chain")))


def _marks(checkpoints: QuerySet[Checkpoint]) -> Iterator[Mark]:
    for row in checkpoints.select_related("chain"):
        yield Mark(
            chain=row.chain_id,
            of=row.chain.of,
            number=row.number,
            hash=row.hash,
            signed_at=row.signed_at,
            signature=bytes(row.signature),
            verify_key=bytes(row.verify_key),
        )


def _by_chain(marks: Iterable[Mark]) -> dict[UUID, list[Mark]]:
    found: dict[UUID, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.chain].append(mark)
    return found


def _verified(chain: UUID, head: Chain | None, events: Iterable[Event], marks: Sequence[Mark]) -> VerifiedChain:
    walk = _Walk(head.of if head else "", marks)
    for event in events:
        walk.take(event)
    walk.end(head)
    return VerifiedChain(chain, walk.of, walk.count, walk.erased, tuple(walk.faults))


class _Walk:
    """Along a chain from its first event to its head."""

    def __init__(self, of: str, marks: Sequence[Mark]) -> None:
        self.of, self.count, self.erased = of, 0, 0
        self.faults = [ChainFault(Fault.SIGNATURE, mark.number) for mark in marks if not has_signed(mark)]
        self._marked = defaultdict(set)
        for mark in marks:
            self._marked[mark.number].add(mark.hash)
        self._last = (0, START)

    def take(self, event: Event) -> None:
        """Check an event against the one before it, and against itself."""
        number, previous = self._last
        payload = getattr(event, "payload", None)
        is_as_marked = self._marked.pop(event.number, {event.hash}) == {event.hash}
        for is_right, fault in (
            (event.number == number + 1, Fault.NUMBER),
            (event.previous_hash == previous, Fault.LINK),
            (event.hash == event_hash(event, self.of), Fault.CONTENT),
            (payload is None or _hash_of(payload) == event.payload_hash, Fault.PAYLOAD),
            (is_as_marked, Fault.MARK),
        ):
            if not is_right:
                self.faults.append(ChainFault(fault, event.number))
        self.count += 1
        self.erased += bool(event.payload_hash) and payload is None
        self._last = (event.number, event.hash)

    def end(self, head: Chain | None) -> None:
        """Check that the head points to the last event, and that every mark was passed."""
        if head is None or (head.last_number, head.last_hash) != self._last:
            self.faults.append(ChainFault(Fault.HEAD, self._last[0]))
        self.faults += [ChainFault(Fault.MARK, number) for number in self._marked]


def _hash_of(payload: EventPayload) -> str:
    return payload_hash(bytes(payload.salt), payload.payload)
