"""The brief before a first conversation: as it was rewritten, else composed of what is known now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lichen.audit.values import Offer, Organisation, Vulnerability
from lichen.brief.both_pages import brief_pages
from lichen.brief.compose import brief_for
from lichen.brief.pages import Page
from lichen.scales import Sector
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.dealings import DealingView, Stands, dealing_and_items
from lichen_web.alliances.access.disclosure import VisibleItem
from lichen_web.alliances.access.listed import listed_organisation
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.bridge.brief import Held, load_brief, load_held
from lichen_web.alliances.bridge.listed import as_said
from lichen_web.alliances.models import MatterParty

__all__ = ["OwnBrief", "own_brief"]


@dataclass(frozen=True, slots=True)
class OwnBrief:
    """The pages of a brief."""

    version: int
    """Counts the changes to it; 0 while it is as it was composed."""
    partner: str
    """With whom the conversation is to be."""
    is_dealing: bool
    """Whether they are a member with whom we deal; else they are an organisation that is only listed."""
    held: tuple[Held, ...]
    """What we noted after the conversations, the last first."""
    pages: tuple[Page, ...]
    """Ours; and theirs, where there is a reason to lead with a weakness."""
    made_of: frozenset[UUID] = frozenset()
    """The grants of the other side that are open to us now."""


def own_brief(actor: Actor, *, conversation: UUID, at: datetime) -> OwnBrief:
    """The brief before a conversation.

    It is composed of our own audit and of what the other side has opened to us, or of what is known of a listed
    organisation, and of nothing else. One that was rewritten while something was open that the other side has taken
    back since is composed anew: it would go on telling it.

    Args:
        actor: Somebody who belongs to the organisation.
        conversation: The dealing, or the listed organisation.
        at: Now; the day on which to look back is counted from it.

    Raises:
        NotThere: The dealing is not the actor's, not both have said yes, it is over, or there is no such organisation.
    """
    may(actor, "own_brief")
    own = organisation_of(actor)
    with reading(actor):
        is_dealing = MatterParty.objects.filter(matter=conversation, organisation=own).exists()
        kept, held = load_brief(own, conversation), load_held(own, conversation)
    opened = _opened(actor, conversation, at) if is_dealing else None
    partner = _as_opened(*opened) if opened else _listed(actor, conversation)
    made_of = frozenset(grant for item in opened[1] for grant in item.grants) if opened else frozenset()
    if kept is not None and kept.made_of <= made_of:
        return OwnBrief(kept.version, partner.name, is_dealing, held, kept.pages, made_of)
    composed = brief_for(own_audit(actor).audit.organisation, partner, today=at.date())
    return OwnBrief(0, partner.name, is_dealing, held, brief_pages(composed), made_of)


def _opened(actor: Actor, matter: UUID, at: datetime) -> tuple[DealingView, tuple[VisibleItem, ...]]:
    """The dealing, and what the other side has opened in it."""
    view, items = dealing_and_items(actor, matter=matter, at=at)
    if view.stands is not Stands.UNDER_WAY:
        raise NotThere
    return view, items


def _as_opened(view: DealingView, items: tuple[VisibleItem, ...]) -> Organisation:
    """The other side as far as it has opened itself to us."""
    other = view.other
    return Organisation(
        str(other.id),
        other.name,
        sector=Sector(other.sector),
        country=other.country,
        region=other.region,
        vulnerabilities=tuple(
            each.vulnerability or Vulnerability(each.code, sensitivity=each.sensitivity) for each in items
        ),
        offers=(*view.their_offers, *_matched(view)),
    )


def _matched(view: DealingView) -> Iterator[Offer]:
    """What they seem to have: gaps of ours were opened because they could ease them. How well, nobody knows."""
    known = {offer.code for offer in view.their_offers}
    yield from (Offer(code, strength=3, evidence=1, confirmed=False) for code in sorted(view.matched - known))


def _listed(actor: Actor, listed: UUID) -> Organisation:
    view = listed_organisation(actor, listed)
    if view.listed is None:
        raise NotThere
    return as_said(view.listed.organisation, view.notes)
