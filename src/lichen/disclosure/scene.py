"""One event as it concerns one reader: all that a rule may look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lichen.audit.material import MATERIAL_FACTS
from lichen.audit.values import Audit
from lichen.disclosure.items import Item, item_of
from lichen.disclosure.state import MatterState
from lichen.disclosure.trying import is_tender
from lichen.disclosure.values import EVERYONE, Act, DisclosureEvent
from lichen.scales import Relevance

__all__ = ["Scene", "readers_of", "scenes"]

_OF_NO_READER = frozenset({Act.CONSENTED, Act.JOINED, Act.ENDED})


@dataclass(frozen=True, slots=True)
class Scene:
    """One event as it concerns one reader, and what the audits say to it."""

    state: MatterState
    """Where the matter stood before."""
    event: DisclosureEvent
    """What is to happen."""
    reader: str
    """Id of the party concerned; empty where none is."""
    ours: Audit | None
    """The audit of the party that acts; None where it was made after that day, and so cannot judge it."""
    theirs: Audit | None
    """That of the reader, in the same way."""
    items: tuple[Item, ...]
    """What the audit of the party that acts says of the items concerned."""

    @property
    def owner(self) -> str:
        """Id of the party that acts."""
        return self.event.by

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the event is about."""
        return self.event.named

    @property
    def is_owed(self) -> bool:
        """Whether a material fact is being shown, before which other rules step back."""
        if self.event.what is not Act.DISCLOSED or self.event.code not in MATERIAL_FACTS:
            return False
        return any(item.material for item in self.items) if self.ours else self.event.material is not False

    @property
    def is_shared_out(self) -> bool:
        """Whether it is for several readers at once."""
        return self.event.to in {"", EVERYONE} and len(self.state.parties) > 2

    @property
    def has_pilot(self) -> bool:
        """Whether a pilot has started between the two."""
        return self.state.has_pilot(self.owner, self.reader)

    @property
    def seen(self) -> frozenset[str]:
        """Every code of the owner's that the reader has seen or is about to see, with these."""
        agreed = self.state.agreed.get((self.owner, self.reader), ())
        return self.state.seen(self.owner, self.reader).union(agreed, self.codes)

    @property
    def told(self) -> frozenset[str]:
        """Every item that the owner has told the reader, with these."""
        return frozenset((*self.state.told(self.owner, self.reader), *self.codes))

    @property
    def is_tender(self) -> bool:
        """Whether the owner is not ready to be open, and the reader has not yet received one item well."""
        return is_tender(self.state, self.ours, self.reader)

    def relevance(self, item: Item) -> Relevance:
        """The owner's answer for this reader, else that of its audit."""
        return self.state.relevance(self.owner, self.reader, item)


def readers_of(state: MatterState, event: DisclosureEvent) -> tuple[str, ...]:
    """Ids of those whom an event concerns, as the matter stands that day."""
    if event.what in _OF_NO_READER or not event.by:
        return ("",)
    others = tuple(party for party in state.parties if party != event.by)
    return others if event.to in {"", EVERYONE} else (event.to,)


def scenes(state: MatterState, event: DisclosureEvent, audits: Mapping[str, Audit], *, past: bool) -> Iterator[Scene]:
    """An event, once for each reader.

    Args:
        state: Where the matter stood before.
        event: What is to happen, or has happened.
        audits: By the id of their organisation.
        past: Whether it has happened already. Then an audit that was made later does not judge it.
    """
    in_force = {id: audit for id, audit in audits.items() if not (past and _is_later(audit, event.on))}
    ours = in_force.get(event.by)
    items = () if ours is None else tuple(_items(ours, event.named))
    for reader in readers_of(state, event):
        yield Scene(state, event, reader, ours, in_force.get(reader), items)


def _items(audit: Audit, codes: tuple[str, ...]) -> Iterator[Item]:
    for code in codes:
        item = item_of(audit.organisation, code)
        if item is not None:
            yield item


def _is_later(audit: Audit, day: date) -> bool:
    return audit.audited_on is not None and audit.audited_on > day
