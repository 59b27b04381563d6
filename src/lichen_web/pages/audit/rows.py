"""A gap or an offer as the pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lichen.scales import Relevance
from lichen_web.alliances.access.audit import OwnAudit, OwnItem, OwnOffer
from lichen_web.pages.audit.words import evidence, label_of, sensitivity, severity, strength

__all__ = ["Row", "gap_row", "gap_rows", "offer_row", "offer_rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """One gap or offer, in words."""

    id: UUID
    """Which."""
    about: str
    """What it is about, as people call it."""
    is_unsaid: bool
    """Whether that is not said yet."""
    words: str = ""
    """Their own words; empty where they are not open to whoever looks."""
    steps: int | None = None
    """Severity or strength, 1 to 5; none where it is not open."""
    step: str = ""
    """The same in a word."""
    rests_on: str = ""
    """What an offer rests on."""
    spare: str = ""
    """How much of an offer is free."""
    is_public: bool = False
    """Whether anybody may see an offer."""
    is_core: bool = False
    """Whether a gap is core."""
    is_ours_alone: bool = False
    """Whether a gap affects nothing that could be done together."""
    opens: str = ""
    """How early a gap may be shown, where its owner has said so."""
    readers: int | None = None
    """How many organisations read a gap; none where it is not for whoever looks to know."""


def gap_rows(own: OwnAudit, readers: Mapping[UUID, int] | None) -> list[Row]:
    """The gaps, what needs outside help most first; with how many read each, where that may be known."""
    return [gap_row(item, readers) for item in own.gaps]


def offer_rows(own: OwnAudit) -> list[Row]:
    """The offers."""
    return [offer_row(each) for each in own.offers]


def gap_row(item: OwnItem, readers: Mapping[UUID, int] | None = None) -> Row:
    """A gap."""
    about, is_unsaid = label_of(item.code), not item.code
    gap = item.vulnerability
    if gap is None:
        return Row(item.id, about, is_unsaid)
    return Row(
        item.id,
        about,
        is_unsaid,
        words=gap.words,
        steps=gap.severity,
        step=severity(gap.severity)[0],
        is_core=gap.core,
        is_ours_alone=gap.relevance is Relevance.NO,
        opens=sensitivity(gap.sensitivity)[1] if gap.sensitivity else "",
        readers=None if readers is None else readers.get(item.id, 0),
    )


def offer_row(own: OwnOffer) -> Row:
    """An offer."""
    offer = own.offer
    return Row(
        own.id,
        label_of(offer.code),
        not offer.code,
        words=offer.words,
        steps=offer.strength,
        step=strength(offer.strength)[0],
        rests_on=evidence(offer.evidence)[0],
        spare=offer.spare,
        is_public=own.is_public,
    )
