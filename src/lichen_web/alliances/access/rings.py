"""The ring around a dealing: to decide upon the steps that all three take together.

What two of a ring have opened to each other is nothing to the third. Their dealing is laid open in memory, as one of
them, to count how far it has come; what leaves this room is who is awaited, and nothing that is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from uuid import UUID

from lichen.audit.values import Audit
from lichen.disclosure import acts
from lichen.disclosure.proposing import NextDisclosure, next_disclosure
from lichen.disclosure.refusals import refusal
from lichen.disclosure.rings import RingMatters, next_in_ring, ring_state, tell_in_ring
from lichen.disclosure.state import Rung
from lichen.disclosure.values import Matter
from lichen.errors import NotAllowed
from lichen_web.accounts.models import Organisation
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.circles import standing_members
from lichen_web.alliances.access.disclosure import own_dealing
from lichen_web.alliances.access.transactions import deciding, working
from lichen_web.alliances.bridge.audit import OwnAudit
from lichen_web.alliances.bridge.disclosure import Dealing, pair_of

__all__ = [
    "InRing",
    "OwnRing",
    "RingView",
    "next_step",
    "ring_around",
    "ring_matters",
    "ring_view",
    "standing_in",
    "told",
]


@dataclass(frozen=True, slots=True)
class InRing:
    """One dealing of a ring, and as whose it is looked at."""

    matter: UUID
    """Which."""
    party: UUID
    """One of its two: whoever acts, where they are one."""


@dataclass(frozen=True, slots=True)
class OwnRing:
    """The three dealings of a ring, to decide upon, never to show."""

    dealings: Mapping[str, Dealing]
    """By the id of the dealing, each as one of its two."""
    found: RingMatters | None
    """What happened in them; none where one of the three is gone, or has left the circle."""

    @property
    def matters(self) -> RingMatters:
        """What happened in them.

        Raises:
            NotAllowed: One of the three is gone, or has left the circle.
        """
        if self.found is None:
            raise refusal("ring-at-rest")
        return self.found

    @property
    def audits(self) -> Mapping[str, tuple[Audit, ...]]:
        """What counts in each of them, by the id of the dealing."""
        return {id: dealing.audits for id, dealing in self.dealings.items()}


@dataclass(frozen=True, slots=True)
class RingView:
    """How a ring stands, as far as each of the three may know."""

    third: str
    """The name of the third, beside the one across the table."""
    beside: UUID
    """Our dealing with the third."""
    rung: Rung
    """As far as all three have come."""
    has_agreed: bool = False
    """Whether we have agreed to show codes, to both."""
    awaited: tuple[str, ...] = ()
    """The names of the others who have not agreed to it yet."""
    behind: tuple[str, ...] = ()
    """The names of those who have told less, so that we have to wait."""

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing more opens in it: why, and through whom, is told to nobody."""
        return self.rung < Rung.IDENTITY


def ring_matters(actor: Actor, *, matter: UUID) -> tuple[InRing, ...]:
    """The three dealings of the ring of which one of the actor's is one, by id; within a transaction of theirs.

    Raises:
        NotAllowed: One of them is not there any more.
    """
    row = rows.Matter.objects.get(id=matter)
    members = sorted({*map(UUID, row.pair.split()), *filter(None, [row.third_id])})
    found = [InRing(matter, _party(actor, row.pair))]
    for one, other in combinations(members, 2):
        pair = pair_of(one, other)
        if pair == row.pair:
            continue
        party = _party(actor, pair)
        (third,) = {*members} - {one, other}
        with working(party):
            last = rows.Matter.objects.filter(pair=pair, third=third).order_by("-opened_at").first()
        if last is None:
            raise refusal("ring-at-rest")
        found.append(InRing(last.id, party))
    return tuple(sorted(found, key=lambda each: each.matter))


@contextmanager
def standing_in(actor: Actor, one: InRing) -> Iterator[Actor]:
    """Within a transaction of the actor's: decide in a dealing of their ring, as one of its two."""
    party = Actor(actor.person, one.party)
    with working(one.party), deciding(party, matter=one.matter):
        yield party


def ring_around(actor: Actor, dealing: Dealing) -> OwnRing | None:
    """The ring of a dealing, laid open; none where the two deal by themselves. Within a transaction of the actor's."""
    if not dealing.matter.third:
        return None
    dealings: dict[str, Dealing] = {}
    sides = dict(dealing.sides)
    try:
        for one in ring_matters(actor, matter=dealing.id):
            beside = dealing if one.matter == dealing.id else _laid_open(actor, one, sides)
            dealings[str(one.matter)] = beside
            sides |= beside.sides
    except NotAllowed:
        return OwnRing(dealings, None)
    if not {UUID(party) for each in dealings.values() for party in each.matter.parties} <= standing_members(
        dealing.circle
    ):
        return OwnRing(dealings, None)
    earlier = tuple(before for each in dealings.values() for before in each.earlier)
    return OwnRing(dealings, RingMatters(tuple(each.matter for each in dealings.values()), earlier))


def ring_view(dealing: Dealing, ring: OwnRing | None) -> RingView | None:
    """How the ring of a dealing stands; none where the two deal by themselves. Within a transaction of the actor's."""
    if ring is None:
        return None
    third, other = UUID(dealing.matter.third), UUID(dealing.other)
    names = {str(row.id): row.name for row in Organisation.objects.filter(id__in=[third, other])}
    ours = rows.Matter.objects.filter(pair=pair_of(dealing.own, third), third=other).order_by("-opened_at")
    at_rest = RingView(names[str(third)], ours.values_list("id", flat=True)[0], Rung.NOTHING)
    state = ring_state(ring.found) if ring.found else None
    if state is None or state.is_at_rest:
        return at_rest
    return replace(
        at_rest,
        rung=state.rung,
        has_agreed=state.has_agreed(dealing.me),
        awaited=tuple(sorted(names[each] for each in state.awaited if each != dealing.me)),
        behind=tuple(sorted(names[each] for each in state.behind(dealing.me))),
    )


def next_step(dealing: Dealing, ring: OwnRing | None, *, on: date) -> NextDisclosure:
    """What the organisation that looks could do next in a dealing, be it one of a ring or not.

    Raises:
        NotAllowed: A rule stands against any step.
    """
    pair, but = (dealing.me, dealing.other), dealing.unclaimed
    if ring is None:
        return next_disclosure(dealing.matter, dealing.audits, *pair, on=on, but=but, earlier=dealing.earlier)
    return next_in_ring(ring.matters, ring.audits, *pair, on=on, but=but)


def told(dealing: Dealing, ring: OwnRing | None, code: str, *, on: date, is_trial: bool = False) -> Matter:
    """What has happened in a dealing once one gap was told in it, be it one of a ring or not; nothing is written down.

    Raises:
        NotAllowed: A rule stands against it.
    """
    if ring is None:
        act: Callable[..., Matter] = acts.try_one_item if is_trial else acts.disclose_vulnerability
        return dealing.after(act, code=code, on=on)
    by, to = dealing.me, dealing.other
    after = tell_in_ring(ring.matters, ring.audits, by=by, to=to, code=code, on=on, is_trial=is_trial)
    return after.between(by, to)


def _laid_open(actor: Actor, one: InRing, sides: Mapping[str, OwnAudit]) -> Dealing:
    with standing_in(actor, one) as party:
        return own_dealing(party, matter=one.matter, sides=sides)


def _party(actor: Actor, pair: str) -> UUID:
    """Whose eyes a dealing of the ring is read with: one's own, where they are."""
    parties = tuple(map(UUID, pair.split()))
    return actor.organisation if actor.organisation in parties else parties[0]
