"""Rows of a dealing to the matter that the library decides upon, and back.

What happened is sealed under the keys of whoever did it. A row holds one step: what somebody did, and before it what
was taken back because it might be opened no longer. So a matter reads the same whatever its parties' audits say later.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce

from lichen.audit.values import Audit, Organisation
from lichen.disclosure.claiming import Claim, as_claimed, claim_due, offering_as_claimed, unclaimed_gaps
from lichen.disclosure.replay import state_of
from lichen.disclosure.sight import visible
from lichen.disclosure.state import MatterState, Rung
from lichen.disclosure.values import Act, Conversation, DisclosureEvent, Matter, Reception, Said
from lichen.scales import Relevance
from lichen_web.alliances import keys
from lichen_web.alliances import models as rows
from lichen_web.alliances.bridge.audit import OwnAudit, OwnItem, drop_unneeded_parts
from lichen_web.alliances.bridge.grants import save_grants

__all__ = ["Dealing", "Steps", "load_matter", "load_steps", "pair_of", "parties_of", "save_step"]

Steps: TypeAlias = Mapping[UUID, tuple[Matter, tuple[Claim, ...]]]
"""What happened in some dealings, by id, each with all that the two claimed in it, the earliest first."""


@dataclass(frozen=True, slots=True)
class Dealing:
    """A dealing as it stands, with all that is needed to decide on its next step."""

    id: UUID
    """Which."""
    circle: UUID
    """In which circle."""
    own: UUID
    """The organisation that acts or looks."""
    steps: int
    """How many steps there were."""
    matter: Matter
    """What happened in it so far."""
    earlier: tuple[Matter, ...]
    """The dealings of the same two before it."""
    sides: Mapping[str, OwnAudit]
    """What each of the two says of itself now, by id: to decide upon, never to show."""
    claims: tuple[Claim, ...] = ()
    """All that the two have claimed so far, here and in the dealings before it: what matches is worked out from it."""

    @property
    def me(self) -> str:
        """The organisation that acts, as the library calls it."""
        return str(self.own)

    @property
    def other(self) -> str:
        """The organisation across the table."""
        return next(party for party in self.matter.parties if party != self.me)

    @property
    def audits(self) -> tuple[Audit, ...]:
        """Both audits, with the offers that were claimed.

        They judge what is to happen; what has happened was judged by those of its day.
        """
        audits = ((id, replace(side.audit, audited_on=date.max)) for id, side in self.sides.items())
        return tuple(offering_as_claimed(audit, self.claim_of(id)) for id, audit in audits)

    @property
    def unclaimed(self) -> tuple[str, ...]:
        """Our own gaps that do not count as a match yet."""
        return unclaimed_gaps(self._own, self.claim_of(self.me))

    @property
    def _own(self) -> Organisation:
        return self.sides[self.me].audit.organisation

    @property
    def state(self) -> MatterState:
        """Where it stands."""
        return state_of(self.matter, (), earlier=self.earlier)

    def after(self, act: Callable[..., Matter], **said: object) -> Matter:
        """What has happened in it once the organisation that acts has done this.

        Args:
            act: One of the library's.
            said: What it needs to know besides who does it.

        Raises:
            NotAllowed: A rule stands against it.
        """
        return act(self.matter, self.audits, by=self.me, earlier=self.earlier, **said)

    def having(self, matter: Matter) -> Dealing:
        """The dealing as it would stand if this were what has happened; nothing is written down."""
        return replace(self, matter=matter)

    def claim_of(self, party: str) -> Claim | None:
        """What one of the two claimed last."""
        return next((claim for claim in reversed(self.claims) if claim.by == party), None)

    def claim_due(self, at: datetime) -> Claim | None:
        """What the organisation that acts claims with a step at a moment; none while its last claim stands."""
        return claim_due(self.claims, self._own, at, self.matter.rules)

    def groups(self, owner: str, reader: str) -> tuple[str, ...]:
        """The groups in which one of the two could ease a gap of the other, by what both claimed.

        What either says in its audit meanwhile adds nothing, on neither side: see :mod:`lichen.disclosure.claiming`.
        """
        claimed = [as_claimed(side.audit, self.claim_of(id)) for id, side in self.sides.items()]
        return visible(self.state, claimed, owner, reader).groups

    def own_item(self, vulnerability: UUID) -> OwnItem | None:
        """One of the own gaps, by the id of its row."""
        return next((item for item in self.sides[self.me].gaps if item.id == vulnerability), None)


def pair_of(one: UUID, other: UUID) -> str:
    """Two organisations, the same whoever is named first."""
    return " ".join(sorted((str(one), str(other))))


def parties_of(pair: str) -> tuple[UUID, ...]:
    """Of whom :func:`pair_of` was made."""
    return tuple(map(UUID, pair.split()))


def load_matter(row: rows.Matter) -> Matter:
    """What happened in a dealing. Whoever asks is one of the two, within ``deciding``.

    Raises:
        Unopened: One of the two was erased, or a line is not what was sealed.
    """
    return load_steps([row])[row.id][0]


def load_steps(dealings: Collection[rows.Matter]) -> Steps:
    """The same of some dealings, and what was claimed in them."""
    steps = list(rows.MatterEvent.objects.filter(matter__in=[row.id for row in dealings]).order_by("number"))
    sealed = ((step.by_id, step.sealed, step.wrapped_key, _place(step.matter_id, step.number)) for step in steps)
    said: dict[UUID, list[tuple[rows.MatterEvent, dict[str, Any]]]] = {row.id: [] for row in dealings}
    for step, content in zip(steps, keys.open_all_of(sealed), strict=True):
        said[step.matter_id].append((step, content))
    return {row.id: (_matter(row, said[row.id]), tuple(_claims(said[row.id]))) for row in dealings}


def save_step(dealing: Dealing, after: Matter, *, at: datetime, is_own: bool = True) -> None:
    """Write down one step, and make or withdraw grants as the library says. Whoever saves holds the matter's row.

    Args:
        dealing: As it was.
        after: What has happened in it now.
        at: When.
        is_own: Whether the organisation took it; not where it follows from what the third of a ring did. Then it
            claims nothing.
    """
    number = dealing.steps + 1
    content: dict[str, Any] = {"events": [_entry(event) for event in after.events[len(dealing.matter.events) :]]}
    claim = dealing.claim_due(at) if is_own else None
    if claim is not None:
        content["claim"] = {"gaps": claim.gaps, "offers": claim.offers}
    sealed = keys.seal(dealing.own, content, bound_to=_place(dealing.id, number))
    rows.MatterEvent.objects.create(
        matter_id=dealing.id,
        number=number,
        by_id=dealing.own,
        happened_at=at,
        sealed=sealed.sealed,
        wrapped_key=sealed.wrapped_key,
    )
    state = state_of(after, (), earlier=dealing.earlier)
    changed: dict[str, Any] = {"last_number": number}
    if state.ended:
        changed["ended_at"] = at
    else:
        has_met = state.rung(dealing.me, dealing.other) >= Rung.IDENTITY
        changed["met_at"] = Coalesce("met_at", Value(at, DateTimeField())) if has_met else None
    rows.Matter.objects.filter(id=dealing.id).update(**changed)
    save_grants(dealing.id, dealing.sides, dealing.state, state, at=at)
    drop_unneeded_parts(dealing.own, at=at)


def _matter(row: rows.Matter, said: Iterable[tuple[rows.MatterEvent, Mapping[str, Any]]]) -> Matter:
    events = (_event(entry) for _step, content in said for entry in content["events"])
    third = str(row.third_id or "")
    return Matter(str(row.id), tuple(row.pair.split()), row.opened_at.date(), tuple(events), third=third)


def _claims(said: Iterable[tuple[rows.MatterEvent, Mapping[str, Any]]]) -> Iterator[Claim]:
    for step, content in said:
        if "claim" in content:
            claim = content["claim"]
            yield Claim(str(step.by_id), step.happened_at, tuple(claim["gaps"]), tuple(claim["offers"]))


def _place(matter: UUID, number: int) -> tuple[str, ...]:
    return (rows.MatterEvent._meta.db_table, str(matter), str(number))


def _entry(event: DisclosureEvent) -> dict[str, Any]:
    return {**asdict(event), "on": event.on.isoformat()}


def _event(entry: Mapping[str, Any]) -> DisclosureEvent:
    received = entry["received"]
    return DisclosureEvent(
        **{
            **entry,
            "on": date.fromisoformat(entry["on"]),
            "what": Act(entry["what"]),
            "codes": tuple(entry["codes"]),
            "shut": tuple(entry.get("shut", ())),
            "relevance": Relevance(entry["relevance"]),
            "received": Reception(received) if received else None,
            "conversation": _conversation(entry["conversation"]),
        }
    )


def _conversation(entry: Mapping[str, Any] | None) -> Conversation | None:
    if entry is None:
        return None
    said = tuple(Said(**each) for each in entry["said"])
    return Conversation(**{**entry, "present": tuple(entry["present"]), "said": said})
