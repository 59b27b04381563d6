"""What an organisation lets be compared, what it was proposed, and what it says to that: rung 1, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lichen.audit.values import Offer
from lichen.disclosure.probing import codes_charged
from lichen.disclosure.sight import Band
from lichen.disclosure.values import DisclosureRules
from lichen_web.accounts.models import Circle, Organisation
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.circles import INSIDE, counted, standing_members
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.blind import ALIKE, Answer, Why, compared, kept_out
from lichen_web.alliances.bridge.audit import load_audit
from lichen_web.alliances.bridge.fit import charged, last_published, load_exclusions, load_proposals
from lichen_web.alliances.models import Publication

__all__ = [
    "CardItem",
    "CardView",
    "ComparedCircle",
    "ExclusionsView",
    "Named",
    "ProposalView",
    "PublicationView",
    "compared_circles",
    "own_card",
    "own_exclusions",
    "own_proposals",
    "own_publications",
    "quarter_of",
]


@dataclass(frozen=True, slots=True)
class PublicationView:
    """That something of the organisation is compared in a circle."""

    circle: UUID
    """In which."""
    published_at: datetime
    """Since when."""
    stands_until: datetime
    """Before this it cannot be replaced."""


@dataclass(frozen=True, slots=True)
class ComparedCircle:
    """A circle of ours, and whether anything of us is compared in it."""

    id: UUID
    """Which."""
    name: str
    """As people call it."""
    members: int
    """How many organisations are in it, as each of them sees."""
    published_at: datetime | None
    """Since when we are compared; none if we are not."""

    @property
    def is_too_small(self) -> bool:
        """Whether so few are in it that "somebody" would be a name. How many of them are compared is told to nobody."""
        return self.members <= ALIKE


@dataclass(frozen=True, slots=True)
class CardItem:
    """One gap or offer of our own."""

    code: str
    """A code of the taxonomy; empty where none was recognised."""
    words: str
    """Our own words, where it stands under no code."""
    is_offer: bool
    """Whether it is something that we can give."""
    why: Why | None = None
    """Why it is kept out; none where it is compared."""


@dataclass(frozen=True, slots=True)
class CardView:
    """What would be compared of us in a circle, and what it would cost."""

    circle: ComparedCircle
    """Where."""
    gaps: tuple[CardItem, ...]
    """What we lack, as it would be compared now."""
    offers: tuple[CardItem, ...]
    """What we can give, the same."""
    kept_out: tuple[CardItem, ...]
    """What is not compared, and why."""
    stands_until: datetime | None
    """Until when what was published last cannot be replaced, withdrawn or not; none if nothing was."""
    is_free: bool
    """Whether something can be published now."""
    is_changed: bool
    """Whether it would be something else than what is compared."""
    cost: int
    """How many codes publishing it would be charged."""
    used: int
    """How many codes were charged this quarter."""
    most: int
    """How many a quarter allows."""

    @property
    def is_complete(self) -> bool:
        """Whether there is something to compare on both sides."""
        return bool(self.gaps and self.offers)

    @property
    def is_affordable(self) -> bool:
        """Whether the quarter allows it."""
        return self.used + self.cost <= self.most


@dataclass(frozen=True, slots=True)
class ProposalView:
    """That there is somebody. Who it is, nobody is told before all say yes."""

    id: UUID
    """Of the proposal."""
    circle: UUID
    """In which circle."""
    circle_name: str
    """As people call it."""
    band: Band
    """How good the fit is."""
    sector: str
    """What kind of organisation; empty where too few look alike."""
    region: str
    """Where it works; the same."""
    size: str
    """Its size band; the same."""
    is_ring: bool
    """Whether there are two others, and each has what the next lacks."""
    made_at: datetime
    """When it was found."""
    answer: Answer | None
    """What we said to it."""
    answered_at: datetime | None
    """When."""


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation by its name."""

    id: UUID
    """Which."""
    name: str
    """As people call it."""


@dataclass(frozen=True, slots=True)
class ExclusionsView:
    """Whom we never want to be introduced to."""

    never: tuple[Named, ...]
    """They, by name."""
    others: tuple[Named, ...]
    """The others of our circles, by name."""


def compared_circles(actor: Actor) -> tuple[ComparedCircle, ...]:
    """The circles that the organisation is in, by name.

    Raises:
        NotThere: It is not the actor's.
    """
    may(actor, "own_publications")
    with reading(actor):
        since = {
            row.circle_id: row.published_at
            for row in Publication.objects.filter(organisation=actor.organisation, withdrawn_at=None)
        }
        return tuple(_compared(circle, since.get(circle.id)) for circle in _circles(actor))


def own_publications(actor: Actor) -> tuple[PublicationView, ...]:
    """Where the organisation lets itself be compared, the newest first.

    Raises:
        NotThere: It is not the actor's.
    """
    may(actor, "own_publications")
    with reading(actor):
        rows = Publication.objects.filter(organisation=actor.organisation, withdrawn_at=None).order_by("-published_at")
        return tuple(PublicationView(row.circle_id, row.published_at, row.stands_until) for row in rows)


def own_card(actor: Actor, *, circle: UUID, at: datetime) -> CardView:
    """What would be compared of the organisation in a circle, were it published now.

    Raises:
        NotThere: It is not the actor's, or not in that circle.
    """
    may(actor, "own_publications")
    own = organisation_of(actor)
    with reading(actor):
        row = next((each for each in _circles(actor) if each.id == circle), None)
        if row is None:
            raise NotThere
        last, audited = last_published(own, circle), load_audit(own).audit.organisation
        used = charged(own, quarter_of(at))
    card = compared(audited)
    stands = last if last is not None and not last.is_withdrawn else None
    cost = codes_charged(last.organisation if last else None, card)
    return CardView(
        circle=_compared(row, stands.published_at if stands else None),
        gaps=tuple(CardItem(gap.code, "", is_offer=False) for gap in card.vulnerabilities),
        offers=tuple(CardItem(offer.code, "", is_offer=True) for offer in card.offers),
        kept_out=tuple(
            CardItem(item.code, "" if item.code else item.words, isinstance(item, Offer), why)
            for item, why in kept_out(audited)
        ),
        stands_until=last.stands_until if last else None,
        is_free=last is None or at >= last.stands_until,
        is_changed=stands is None or bool(cost),
        cost=len(cost),
        used=used,
        most=DisclosureRules().codes_a_quarter,
    )


def own_proposals(actor: Actor) -> tuple[ProposalView, ...]:
    """What the organisation was proposed and still stands, the newest first.

    Raises:
        NotThere: It is not the actor's.
    """
    may(actor, "own_proposals")
    if actor.organisation is None:
        return ()
    with reading(actor):
        circles = {circle.id: circle.name for circle in _circles(actor)}
        return tuple(
            ProposalView(
                id=each.id,
                circle=each.circle,
                circle_name=circles[each.circle],
                band=each.band,
                sector=each.sector,
                region=each.region,
                size=each.size,
                is_ring=len(each.others) > 1,
                made_at=each.made_at,
                answer=each.answer,
                answered_at=each.answered_at,
            )
            for each in load_proposals(actor.organisation)
            if each.circle in circles
        )


def own_exclusions(actor: Actor) -> ExclusionsView:
    """Whom the organisation never wants to be introduced to, and whom else it could name.

    Raises:
        NotThere: It is not the actor's.
    """
    may(actor, "own_exclusions")
    own = organisation_of(actor)
    with reading(actor):
        never = load_exclusions(own)
        beside = {other for circle in _circles(actor) for other in standing_members(circle.id)} - {own}
        return ExclusionsView(never=tuple(_named(never)), others=tuple(_named(beside - never)))


def quarter_of(at: datetime) -> str:
    """The quarter of a day, such as 2026Q4: codes are charged by it."""
    return f"{at.year}Q{(at.month + 2) // 3}"


def _circles(actor: Actor) -> list[Circle]:
    """Those that the organisation is in, with how many are."""
    inside = {f"memberships__{name}": value for name, value in INSIDE.items()}
    mine = Circle.objects.filter(**inside, memberships__organisation=actor.organisation, closed_at=None)
    rows = Circle.objects.filter(id__in=mine.values("id")).annotate(inside=counted(INSIDE))
    return list(rows.order_by("name", "id"))


def _compared(circle: Circle, since: datetime | None) -> ComparedCircle:
    return ComparedCircle(circle.id, circle.name, circle.inside, since)  # type: ignore[attr-defined]


def _named(organisations: frozenset[UUID] | set[UUID]) -> Iterator[Named]:
    rows = Organisation.objects.filter(id__in=organisations, erased_at=None).order_by("name", "id")
    return (Named(row.id, row.name) for row in rows)
