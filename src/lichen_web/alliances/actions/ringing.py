"""The steps of a ring: decided over the three dealings at once, and nobody acts in any of them meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from lichen.disclosure.refusals import refusal
from lichen.disclosure.rings import RingMatters, agree_in_ring, tell_in_ring
from lichen.disclosure.values import Matter
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.disclosure import own_dealing
from lichen_web.alliances.access.rings import InRing, OwnRing, ring_around, ring_matters, standing_in
from lichen_web.alliances.access.transactions import deciding
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.disclosure import make_claim, own_code, write_down
from lichen_web.alliances.bridge.disclosure import Dealing, save_step
from lichen_web.alliances.events import record
from lichen_web.alliances.models.event import ChainOf

__all__ = ["agree_to_ring_codes", "disclose_in_ring", "try_in_ring"]

Among = Mapping[UUID, Mapping[UUID, int]]
"""By dealing, own gaps in the versions that were looked at."""


def agree_to_ring_codes(actor: Actor, *, matter: UUID, among: Among, at: datetime) -> None:
    """Agree that both others of a ring may see, as codes, which gaps each could ease. They open when all three have.

    Args:
        actor: Who speaks for one of the three.
        matter: One of its two dealings in the ring.
        among: By dealing, own gaps in the versions that were looked at; every other is kept back.
        at: When.

    Raises:
        NotThere: A dealing is not the actor's, or not of this ring; or a gap is not the actor's.
        NotAllowed: A rule stands against it, nothing can be shown, or a gap was changed since it was looked at.
    """
    for each in _own_two(actor, matter):
        make_claim(actor, each, at)
    with _ring(actor, "agree_to_ring_codes", matter) as (speaker, ring, around):
        own = {each.matter: ring.dealings[str(each.matter)] for each in around if each.party == speaker.organisation}
        if not among.keys() <= own.keys():
            raise NotThere
        but = {dealing.other: _kept_back(dealing, among.get(id, {})) for id, dealing in own.items()}
        by = next(iter(own.values())).me
        after = agree_in_ring(ring.matters, ring.audits, by=by, but=but, on=at.date())
        _save(speaker, ring, around, after, "codes_agreed", at)


def disclose_in_ring(
    actor: Actor, *, matter: UUID, vulnerability: UUID, version: int | None = None, at: datetime
) -> None:
    """Show one gap, in its own words, to one of the others of a ring.

    Args:
        actor: Who speaks for its owner.
        matter: The dealing in which it is shown.
        vulnerability: The gap.
        version: That of the gap which was looked at beforehand; None takes it as it is now.
        at: When.

    Raises:
        NotThere: The dealing or the gap is not the actor's, or the dealing is of no ring.
        NotAllowed: A rule stands against it, such as being more than one item ahead of another of the ring, or the gap
            was changed since it was looked at.
    """
    with _ring(actor, "disclose_in_ring", matter) as (speaker, ring, around):
        after = _told(ring, matter, vulnerability, version, at, is_trial=False)
        _save(speaker, ring, around, after, "vulnerability_disclosed", at)


def try_in_ring(actor: Actor, *, matter: UUID, vulnerability: UUID, version: int | None = None, at: datetime) -> None:
    """Show one of the others of a ring one gap as a trial, and no other until it was said how it was received.

    Raises:
        NotThere: The dealing or the gap is not the actor's, or the dealing is of no ring.
        NotAllowed: A rule stands against it.
    """
    with _ring(actor, "try_in_ring", matter) as (speaker, ring, around):
        after = _told(ring, matter, vulnerability, version, at, is_trial=True)
        _save(speaker, ring, around, after, "item_tried", at)


def _told(
    ring: OwnRing, matter: UUID, vulnerability: UUID, version: int | None, at: datetime, *, is_trial: bool
) -> RingMatters:
    dealing = ring.dealings[str(matter)]
    code = own_code(dealing, vulnerability, version=version)
    by, to = dealing.me, dealing.other
    return tell_in_ring(ring.matters, ring.audits, by=by, to=to, code=code, is_trial=is_trial, on=at.date())


def _own_two(actor: Actor, matter: UUID) -> tuple[UUID, ...]:
    """The ids of the actor's two dealings in a ring."""
    with _ring(actor, "agree_to_ring_codes", matter) as (speaker, _ring_found, around):
        return tuple(each.matter for each in around if each.party == speaker.organisation)


@contextmanager
def _ring(actor: Actor, action: str, matter: UUID) -> Iterator[tuple[Actor, OwnRing, tuple[InRing, ...]]]:
    """The actor as they are now, and their ring; all three dealings are held, in one order, until it is over."""
    with begun(actor, action) as speaker, deciding(speaker, matter=matter):
        if not rows.Matter.objects.filter(id=matter, third__isnull=False).exists():
            raise NotThere
        around = ring_matters(speaker, matter=matter)
        for one in around:
            with standing_in(speaker, one):
                held(rows.Matter.objects.filter(id=one.matter))
        dealing = own_dealing(speaker, matter=matter)
        if dealing.state.ended:
            raise refusal("ended-matter")
        ring = ring_around(speaker, dealing)
        if ring is None or ring.found is None:
            raise refusal("ring-at-rest")
        yield speaker, ring, around


def _kept_back(dealing: Dealing, among: Mapping[UUID, int]) -> frozenset[str]:
    looked_at = {own_code(dealing, each, version=version) for each, version in among.items()}
    every = {item.code for item in dealing.sides[dealing.me].gaps}
    return frozenset((every - looked_at).union(dealing.unclaimed))


def _save(
    speaker: Actor, ring: OwnRing, around: tuple[InRing, ...], after: RingMatters, what: str, at: datetime
) -> None:
    """Write down what has happened in each of the three."""
    for one in around:
        dealing = ring.dealings[str(one.matter)]
        matter = after.between(*dealing.matter.parties)
        if matter == dealing.matter:
            continue
        if one.party == speaker.organisation:
            with deciding(speaker, matter=one.matter):
                write_down(speaker, dealing, matter, what, at)
        else:
            _open_beside(speaker, one, dealing, matter, at)


def _open_beside(speaker: Actor, one: InRing, dealing: Dealing, matter: Matter, at: datetime) -> None:
    """What opens between the other two, because the last of the three has agreed."""
    with standing_in(speaker, one):
        save_step(dealing, matter, at=at, is_own=False)
        record("ring_opened", of=ChainOf.ALLIANCE, chain=one.matter, at=at, organisation=one.party, about=one.matter)
