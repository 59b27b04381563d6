"""A gap and an offer are asked, kept, taken out and put back in one way; here is in what they differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lichen.audit.prompts import Prompt, offer_prompts, sector_prompts
from lichen_web.alliances.access.actors import NotThere
from lichen_web.alliances.access.audit import OwnAudit, OwnItem, OwnOffer
from lichen_web.alliances.actions import audit as acts
from lichen_web.pages.audit.rows import Row, gap_row, offer_row
from lichen_web.pages.forms.audit import RecordingItem, RecordingOffer, RecordingVulnerability

__all__ = ["GAP", "OFFER", "Kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a gap or an offer is to the pages."""

    name: Literal["vulnerability", "offer"]
    """As the actions call it, and the addresses."""
    folder: str
    """Where its addresses lie."""
    sense: Literal["gap", "strength"]
    """As recognising calls it."""
    form: type[RecordingItem]
    """What is asked."""
    record: Callable[..., UUID]
    change: Callable[..., int]
    remove: Callable[..., None]
    restore: Callable[..., None]
    standing: Callable[[OwnAudit], Collection[OwnItem] | Collection[OwnOffer]]
    """Those that stand."""
    said: Callable[[Any], dict[str, Any]]
    """What one of them says, as its action takes it."""
    row: Callable[[Any], Row]
    """As a page shows it."""
    having: Callable[[Any, Mapping[str, Any]], Any]
    """One of them as it would be with other answers."""
    asks: Callable[[OwnAudit], tuple[Prompt, ...]]
    """Questions for somebody who stares at an empty page."""
    title: Promise
    """Over the form for a new one."""
    words: Promise
    """Under that."""

    def address(self, act: str, organisation: UUID, item: UUID | None = None) -> str:
        """Of an act, such as ``change``."""
        return reverse(f"{act}_{self.name}", args=[organisation, item] if item else [organisation])

    def found(self, own: OwnAudit, item: UUID) -> Any:
        """One of those that stand.

        Raises:
            NotThere: It is none of them.
        """
        for each in self.standing(own):
            if each.id == item:
                return each
        raise NotThere

    def kept(self, own: OwnAudit, answers: Mapping[str, Any], before: Any = None) -> dict[str, Any]:
        """The answers of a form, with what the form does not ask: a gap keeps its place, and a new one is the last."""
        if self.name == "offer":
            return dict(answers)
        rank = before.vulnerability.rank if before else len(own.gaps) + 1
        return {**answers, "rank": rank}


def _said_of_gap(item: OwnItem) -> dict[str, Any]:
    gap = item.vulnerability
    if gap is None:
        raise NotThere
    names = ("code", "words", "severity", "relevance", "sensitivity", "core")
    return {name: getattr(gap, name) for name in names}


def _said_of_offer(own: OwnOffer) -> dict[str, Any]:
    names = ("code", "words", "strength", "evidence", "spare", "kinds")
    return {name: getattr(own.offer, name) for name in names}


def _gap_having(item: OwnItem, answers: Mapping[str, Any]) -> OwnItem:
    gap = item.vulnerability
    return replace(item, code=answers["code"], vulnerability=gap and replace(gap, **answers))


def _offer_having(own: OwnOffer, answers: Mapping[str, Any]) -> OwnOffer:
    return replace(own, offer=replace(own.offer, **{**answers, "kinds": tuple(answers["kinds"])}))


GAP = Kind(
    name="vulnerability",
    folder="gaps",
    sense="gap",
    form=RecordingVulnerability,
    record=acts.record_vulnerability,
    change=acts.change_vulnerability,
    remove=acts.remove_vulnerability,
    restore=acts.restore_vulnerability,
    standing=lambda own: own.gaps,
    said=_said_of_gap,
    row=gap_row,
    having=_gap_having,
    asks=lambda own: sector_prompts(own.organisation.sector),
    title=_("Name a gap"),
    words=_("It is sealed before it is kept. Nobody outside reads it until you open it to them."),
)
OFFER = Kind(
    name="offer",
    folder="offers",
    sense="strength",
    form=RecordingOffer,
    record=acts.record_offer,
    change=acts.change_offer,
    remove=acts.remove_offer,
    restore=acts.restore_offer,
    standing=lambda own: own.offers,
    said=_said_of_offer,
    row=offer_row,
    having=_offer_having,
    asks=lambda _own: offer_prompts(),
    title=_("Name something you can give"),
    words=_("What you are good at and could spare some of. It is sealed, too."),
)
