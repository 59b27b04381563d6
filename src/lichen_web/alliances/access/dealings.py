"""Where a dealing stands, seen from one side: what is open both ways, and what is ours to do next.

Both audits are laid open in memory to ask the library. What leaves this room is our own, what the other has opened,
and the groups that both may know once both have said yes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count

from lichen.audit.values import Offer
from lichen.capabilities.taxonomy import taxonomy
from lichen.disclosure.items import items_of
from lichen.disclosure.matched import room_before_pilot
from lichen.disclosure.owed import material_facts_due
from lichen.disclosure.proposing import Grounds, NextDisclosure
from lichen.disclosure.sight import visible
from lichen.disclosure.state import MatterState, Opened, Rung
from lichen.disclosure.trying import receptions
from lichen.disclosure.values import Act
from lichen.errors import NotAllowed
from lichen.scales import Relevance
from lichen_web.accounts.models import Organisation
from lichen_web.alliances import models as rows
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.circles import standing_members
from lichen_web.alliances.access.disclosure import VisibleItem, agreed_items, dealing_of, own_dealing
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.rings import OwnRing, RingView, next_step, ring_around, ring_view, told
from lichen_web.alliances.access.transactions import deciding, reading
from lichen_web.alliances.bridge.audit import OwnItem
from lichen_web.alliances.bridge.disclosure import Dealing, pair_of, parties_of
from lichen_web.alliances.bridge.grants import GivenPart, load_ever_given, load_given, load_granted
from lichen_web.alliances.bridge.public_offers import load_public_offers

__all__ = [
    "DealingCard",
    "DealingView",
    "GivenPart",
    "OtherSide",
    "OwnGap",
    "Preview",
    "Stands",
    "dealing_and_items",
    "dealing_view",
    "dealing_with",
    "ever_given",
    "own_dealings",
    "shown_then",
]


class Stands(StrEnum):
    """Where a dealing stands, as a list has it."""

    ASKED = "asked"
    """They have proposed it; it is ours to answer, or to leave."""
    PROPOSED = "proposed"
    """We have proposed it."""
    UNDER_WAY = "under-way"
    """Both have said yes."""
    OVER = "over"
    """Nothing in it can be read any longer."""


@dataclass(frozen=True, slots=True)
class DealingCard:
    """A dealing of ours, as a list has it."""

    id: UUID
    """Which."""
    other: str
    """The name of the other side."""
    stands: Stands
    """Where it stands."""
    since: datetime
    """Since when."""
    unread: int = 0
    """So many of their gaps are open to us as nobody of us has looked at yet."""


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Who is across the table."""

    id: UUID
    """Which organisation."""
    name: str
    """Its name."""
    sector: str
    """Its sector."""
    country: str
    """Where."""
    region: str
    """Where it works."""
    website: str
    """Where to read about it."""
    is_public_body: bool
    """Whether its papers can be asked for by law."""
    is_there: bool
    """Whether it has not been erased."""


@dataclass(frozen=True, slots=True)
class OwnGap:
    """One gap of ours, as the other side reads it, or would."""

    shown: VisibleItem
    """To the letter what stands on their page."""
    words: str = ""
    """Our own words, which they read only where ``shown`` has them, too."""
    why_not: str = ""
    """Why it cannot be shown in our words now; empty where it can, or is already."""


@dataclass(frozen=True, slots=True)
class DealingView:
    """A dealing, seen from our side."""

    id: UUID
    """Which."""
    circle: UUID
    """In which circle."""
    other: OtherSide
    """Who is across the table."""
    is_own_public_body: bool
    """Whether our own papers can be asked for by law."""
    opened_at: datetime
    """When it was proposed."""
    ended_at: datetime | None
    """When it was over."""
    complaint: UUID | None
    """The complaint with which exploitation was reported, which both sides read."""
    is_ours: bool = False
    """Whether we have proposed it; of one that is over it is not asked."""
    rung: Rung = Rung.NOTHING
    """How far each sees into the other."""
    ring: RingView | None = None
    """How the ring stands, once both have said yes, of which this is one of three dealings."""
    has_said_yes: bool = False
    """Whether we have."""
    step: NextDisclosure | None = None
    """What we could do next; none where something stands against it."""
    item: UUID | None = None
    """The gap of ours that the step is about."""
    rule: str = ""
    """The rule that stands against any step."""
    why_not: str = ""
    """What it says."""
    is_trial_open: bool = False
    """Whether we still have to say how the one item was received."""
    their_groups: tuple[str, ...] = ()
    """The groups in which we could ease a gap of theirs, by id."""
    our_groups: tuple[str, ...] = ()
    """The groups in which they could ease one of ours; they see these, too."""
    given: tuple[OwnGap, ...] = ()
    """What they may read of us now."""
    agreeable: tuple[OwnGap, ...] = ()
    """What could be shown to them by name next: of these at most :attr:`room`, if they could ease them."""
    owed: tuple[OwnGap, ...] = ()
    """Facts that have to be told before money moves."""
    room: int = 0
    """How many more of our gaps they may come to know before a pilot."""
    before_pilot: int = 0
    """How many that is in all."""
    kept: int = 0
    """How many gaps of ours are too sensitive to be shown before a pilot."""
    matched: frozenset[str] = frozenset()
    """The codes of ours that were opened because they could ease them."""
    own_offers: tuple[Offer, ...] = ()
    """What we can give."""
    their_offers: tuple[Offer, ...] = ()
    """What they let everybody see of what they can give."""

    @property
    def stands(self) -> Stands:
        """Where it stands."""
        if self.ended_at or not self.other.is_there:
            return Stands.OVER
        if self.rung >= Rung.IDENTITY:
            return Stands.UNDER_WAY
        return Stands.PROPOSED if self.has_said_yes else Stands.ASKED


@dataclass(frozen=True, slots=True)
class Preview:
    """What the other side would see after an act, or why it cannot be done."""

    item: VisibleItem
    """To the letter what would stand on their page."""
    why_not: str
    """The rule that stands against it; empty where none does."""


def own_dealings(actor: Actor) -> tuple[DealingCard, ...]:
    """The dealings of the actor's organisation: what asks for an answer first, what is over last.

    One that was over before both said yes was never one, and is not among them.
    """
    may(actor, "own_dealings")
    own = organisation_of(actor)
    with reading(actor):
        mine = list(rows.Matter.objects.filter(parties__organisation=own).order_by("-opened_at", "id"))
        begun = {"matter__in": mine, "by": own, "number": 1}
        proposed = set(rows.MatterEvent.objects.filter(**begun).values_list("matter", flat=True))
        others = {row.id: next(party for party in parties_of(row.pair) if party != own) for row in mine}
        known = Organisation.objects.in_bulk(set(others.values()))
        unread = _unread(own)
    cards = (_card(row, known[others[row.id]], unread, is_ours=row.id in proposed) for row in mine)
    order = list(Stands)
    return tuple(sorted(filter(None, cards), key=lambda card: order.index(card.stands)))


def dealing_with(actor: Actor, *, other: UUID) -> UUID | None:
    """The dealing that the actor's organisation has with another and that is not over; none where there is none."""
    may(actor, "own_dealings")
    own = organisation_of(actor)
    with reading(actor):
        mine = rows.Matter.objects.filter(parties__organisation=own, pair=pair_of(own, other), ended_at=None)
        return mine.values_list("id", flat=True).first()


def dealing_view(actor: Actor, *, matter: UUID, at: datetime) -> DealingView:
    """One dealing of the actor's organisation.

    Args:
        actor: Somebody who belongs to it.
        matter: Which.
        at: Now.

    Raises:
        NotThere: It is not the actor's, or was over before both had said yes.
    """
    may(actor, "dealing_view")
    with reading(actor), deciding(actor, matter=matter):
        return _viewed(actor, matter, at)[0]


def dealing_and_items(actor: Actor, *, matter: UUID, at: datetime) -> tuple[DealingView, tuple[VisibleItem, ...]]:
    """The same, with what the other side has opened to us: whoever shows that writes down that it was looked at."""
    may(actor, "visible_items")
    with reading(actor), deciding(actor, matter=matter):
        view, dealing = _viewed(actor, matter, at)
        if dealing is None:
            return view, ()
        granted = load_granted([matter], dealing.own)
    return view, agreed_items(dealing, granted.get(matter, ()), owner=dealing.other)


def shown_then(actor: Actor, *, matter: UUID, vulnerability: UUID, is_trial: bool = False, at: datetime) -> Preview:
    """What the other side would read of one gap of ours if we opened it now.

    It is worked out by doing it in memory, and asking the library what they may see then.

    Raises:
        NotThere: The dealing, or the gap, is not the actor's.
        NotAllowed: The dealing is over.
    """
    may(actor, "dealing_view")
    with reading(actor), deciding(actor, matter=matter):
        return _shown_then(actor, own_dealing(actor, matter=matter), vulnerability, is_trial, at.date())


def ever_given(actor: Actor) -> tuple[GivenPart, ...]:
    """All that the actor's organisation ever opened to anybody, and how often it was looked at; the last first."""
    may(actor, "ever_given")
    with reading(actor):
        return load_ever_given(organisation_of(actor))


# --- Within ----------------------------------------------------------------------------------------------------------


def _viewed(actor: Actor, matter: UUID, at: datetime) -> tuple[DealingView, Dealing | None]:
    """A dealing as it is seen, and laid open where it is not over; within ``deciding``."""
    own = organisation_of(actor)
    row = rows.Matter.objects.get(id=matter)
    sides = Organisation.objects.in_bulk(parties_of(row.pair))
    other = next(side for id, side in sides.items() if id != own)
    if row.ended_at and not row.met_at:
        raise NotThere
    view = DealingView(
        id=row.id,
        circle=row.circle_id,
        other=_other_side(other),
        is_own_public_body=sides[own].is_public_body,
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        complaint=row.complaint_id,
    )
    if row.ended_at or other.erased_at:
        return view, None
    dealing = dealing_of(own, row)
    return _open_view(actor, view, dealing, at), dealing


def _shown_then(actor: Actor, dealing: Dealing, vulnerability: UUID, is_trial: bool, on: date) -> Preview:
    item = dealing.own_item(vulnerability)
    if item is None:
        raise NotThere
    why_not, shown = "", item.vulnerability
    try:
        after = dealing.having(told(dealing, ring_around(actor, dealing), item.code, on=on, is_trial=is_trial))
        sight = visible(after.state, after.audits, after.me, after.other)
        shown = next((gap for gap in sight.items if gap.code == item.code), None)
    except NotAllowed as refused:
        why_not = refused.why
    return Preview(_shown(item, is_told=shown is not None), why_not)


def _unread(own: UUID) -> Mapping[UUID, int]:
    """How many gaps stand open to us that nobody of us has looked at, by whose they are."""
    open_to_us = rows.Grant.objects.filter(reader=own, withdrawn_at=None, part__vulnerability__isnull=False)
    of_whom = open_to_us.exclude(looks__reader=own).order_by().values_list("owner")
    return dict(of_whom.annotate(Count("part__vulnerability", distinct=True)))


def _card(row: rows.Matter, other: Organisation, unread: Mapping[UUID, int], *, is_ours: bool) -> DealingCard | None:
    over = row.ended_at or other.erased_at
    if over:
        return DealingCard(row.id, other.name, Stands.OVER, over) if row.met_at else None
    if row.met_at:
        return DealingCard(row.id, other.name, Stands.UNDER_WAY, row.met_at, unread.get(other.id, 0))
    return DealingCard(row.id, other.name, Stands.PROPOSED if is_ours else Stands.ASKED, row.opened_at)


def _other_side(row: Organisation) -> OtherSide:
    return OtherSide(
        id=row.id,
        name=row.name,
        sector=row.sector,
        country=row.country,
        region=row.region,
        website=row.website,
        is_public_body=row.is_public_body,
        is_there=row.erased_at is None,
    )


def _open_view(actor: Actor, view: DealingView, dealing: Dealing, at: datetime) -> DealingView:
    """Of one that is not over."""
    on, state, me, other = at.date(), dealing.state, dealing.me, dealing.other
    ring = ring_around(actor, dealing)
    begun = replace(
        _with_step(view, dealing, ring, state, at),
        is_ours=dealing.matter.events[0].by == me,
        rung=state.rung(me, other),
        has_said_yes=(me, other) in state.said_yes,
        is_trial_open=None in receptions(state, me, other),
    )
    if begun.rung < Rung.IDENTITY:
        return begun
    audit = dealing.sides[me].audit
    given = agreed_items(dealing, load_given(dealing.id, dealing.own), owner=me)
    items = {item.id: item for item in dealing.sides[me].gaps}
    return replace(
        begun,
        ring=ring_view(dealing, ring),
        their_groups=tuple(sorted(dealing.groups(other, me))),
        our_groups=tuple(sorted(dealing.groups(me, other))),
        given=tuple(_given(dealing, ring, shown, items.get(shown.item), on) for shown in given),
        agreeable=tuple(_agreeable(dealing, state, at)),
        owed=tuple(_own_gap(items[each]) for each in _owed(dealing, state)),
        room=room_before_pilot(state, audit, other),
        before_pilot=state.rules.before_pilot,
        kept=sum(item.is_high for item in items_of(audit.organisation)),
        matched=frozenset(grant.code for grant in state.between(me, other) if grant.opened is Opened.AGREED),
        own_offers=audit.organisation.offers,
        their_offers=load_public_offers(UUID(other)),
    )


def _with_step(
    view: DealingView, dealing: Dealing, ring: OwnRing | None, state: MatterState, at: datetime
) -> DealingView:
    """With our next step, or the rule that stands against any."""
    pair = (dealing.me, dealing.other)
    if not {UUID(party) for party in pair} <= standing_members(dealing.circle):
        return replace(view, rule="same-circle")
    on = max(at.date(), state.last_on)
    try:
        step = next_step(dealing, ring, on=on)
    except NotAllowed as refused:
        if refused.rule != "claim-stands" or dealing.claim_due(at) is None:
            return replace(view, rule=refused.rule, why_not=refused.why)
        step = NextDisclosure(Act.AGREED, *pair, Rung.CODES, Grounds.CONSENT)
    item = next((each.id for each in dealing.sides[dealing.me].gaps if step.code and each.code == step.code), None)
    return replace(view, step=step, item=item)


def _given(dealing: Dealing, ring: OwnRing | None, shown: VisibleItem, item: OwnItem | None, on: date) -> OwnGap:
    gap = item.vulnerability if item else None
    words = gap.words if gap else ""
    if shown.vulnerability is not None or item is None:
        return OwnGap(shown, words)
    try:
        told(dealing, ring, item.code, on=max(on, dealing.state.last_on))
    except NotAllowed as refused:
        return OwnGap(shown, words, refused.why)
    return OwnGap(shown, words)


def _agreeable(dealing: Dealing, state: MatterState, at: datetime) -> Iterator[OwnGap]:
    """Our gaps that might be shown by name, from our own audit and the groups that both know; never by their offers."""
    due, unclaimed = dealing.claim_due(at), dealing.unclaimed
    me, other = dealing.me, dealing.other
    shut = {*state.open_codes(me, other), *state.waiting(me, other), *state.withdrawn.get((me, other), ())}
    by_code = {item.code: item for item in dealing.sides[me].gaps}
    could = [
        item.code
        for item in items_of(dealing.sides[me].audit.organisation)
        if state.relevance(me, other, item) is Relevance.YES
        and not (item.is_high and not state.has_pilot(me, other))
        and item.code not in shut
        and (item.code not in unclaimed or (due is not None and item.code in due.gaps))
    ]
    groups = dealing.groups(me, other)
    among = [code for code in could if code in unclaimed or _group(code) in groups]
    # In a ring one may have nothing for the one; between two there is always something, which their claims may hide.
    shown = among if dealing.matter.third else among or could
    yield from (_own_gap(by_code[code]) for code in shown)


def _owed(dealing: Dealing, state: MatterState) -> Iterator[UUID]:
    due = material_facts_due(state, dealing.sides[dealing.me].audit, dealing.other)
    return (item.id for item in dealing.sides[dealing.me].gaps if item.code in due)


def _own_gap(item: OwnItem) -> OwnGap:
    return OwnGap(_shown(item, is_told=False), item.vulnerability.words if item.vulnerability else "")


def _shown(item: OwnItem, *, is_told: bool) -> VisibleItem:
    """A gap of ours as it would stand on their page, by name or whole."""
    gap = item.vulnerability if is_told else None
    return VisibleItem(item.id, item.code, item.sensitivity, gap, item.version, is_current=True, granted_at=None)


def _group(code: str) -> str:
    return taxonomy().capabilities[code].group
