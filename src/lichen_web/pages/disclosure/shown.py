"""What was shown, both ways: what, to or by whom, since when, by name or in words, and who has looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lichen.brief.phrases import label
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.dealings import DealingCard, GivenPart, Stands, ever_given, own_dealings
from lichen_web.alliances.access.disclosure import VisibleItem
from lichen_web.alliances.access.received import OwnLook, looks_of_ours
from lichen_web.alliances.actions.looking import look_at_names
from lichen_web.pages.acting import acting, page

__all__ = ["ShownBy", "ShownTo", "shown", "urls"]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One thing that was opened."""

    name: str
    """What it is called."""
    how: str
    """By name, or in our words."""
    part: GivenPart
    """All the rest."""


@dataclass(frozen=True, slots=True)
class ShownTo:
    """Everything that was opened to one organisation, in one dealing."""

    reader: str
    """Its name."""
    matter: UUID
    """In which dealing."""
    is_open: bool
    """Whether that is under way."""
    now: tuple[ShownLine, ...]
    """What it may read now."""
    before: tuple[ShownLine, ...]
    """What it once could."""


@dataclass(frozen=True, slots=True)
class ShownBy:
    """Everything that one organisation has opened to us, in one dealing."""

    matter: UUID
    """In which dealing."""
    items: tuple[tuple[VisibleItem, tuple[OwnLook, ...]], ...]
    """What, and who of us has looked."""
    owner: str
    """Its name."""


@require_safe
def shown(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """All of it on one page."""
    actor = acting(request, organisation)
    dealings = {card.id: card for card in own_dealings(actor)}
    given = sorted(ever_given(actor), key=lambda part: (part.reader_name, str(part.matter)))
    readers = [
        _shown_to(matter, list(parts), dealings.get(matter))
        for matter, parts in groupby(given, key=lambda part: part.matter)
    ]
    return page(request, actor, "disclosure/shown.html", readers=readers, owners=_owners(actor, dealings))


def _owners(actor: Actor, dealings: Mapping[UUID, DealingCard]) -> list[ShownBy]:
    """Who has opened something to us. Here only names are read, and only of names it is written down that we did."""
    found = look_at_names(actor, at=timezone.now())
    looks = looks_of_ours(actor, grants=[grant for items in found.values() for item in items for grant in item.grants])
    return [
        ShownBy(matter, tuple((item, looks.get(item.grants[-1], ())) for item in items), dealings[matter].other)
        for matter, items in found.items()
    ]


def _shown_to(matter: UUID, parts: list[GivenPart], card: DealingCard | None) -> ShownTo:
    told = {part.item for part in parts if part.is_told and part.withdrawn_at is None}
    apart = (part for part in parts if part.is_told or part.withdrawn_at or part.item not in told)
    lines = sorted(map(_line, apart), key=lambda line: line.part.granted_at, reverse=True)
    return ShownTo(
        reader=parts[0].reader_name,
        matter=matter,
        is_open=card is not None and card.stands is Stands.UNDER_WAY,
        now=tuple(line for line in lines if line.part.withdrawn_at is None),
        before=tuple(line for line in lines if line.part.withdrawn_at is not None),
    )


def _line(part: GivenPart) -> ShownLine:
    name = label(part.code) if part.code else _("a gap that you have changed or taken out since")
    how = _("in your own words") if part.is_told else _("by name")
    return ShownLine(name, how if part.item else "", part)


urls = [path("organisations/<uuid:organisation>/dealings/shown/", shown, name="shown")]
