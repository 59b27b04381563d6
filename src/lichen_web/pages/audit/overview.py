"""An organisation's own gaps and offers: a page to read, with one of them said anew at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lichen.audit.findings import ReviewRules
from lichen.errors import NotAllowed
from lichen_web.alliances.access.actors import Actor
from lichen_web.alliances.access.audit import OwnOffer, own_audit, own_readers, own_removed
from lichen_web.alliances.access.permissions import is_allowed
from lichen_web.alliances.actions.audit import open_offer
from lichen_web.pages.acting import acting, page
from lichen_web.pages.asking import done
from lichen_web.pages.audit.kinds import GAP, OFFER
from lichen_web.pages.audit.missing import missing_from
from lichen_web.pages.audit.rows import gap_rows, offer_rows

__all__ = ["audit", "make_public", "missing", "removed_lately"]

_KINDS = {kind.folder: kind for kind in (GAP, OFFER)}
MOST_AT_ONCE = 3
"""So much of what is missing is told at first; the rest is folded away."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the audit is from what an honest one has."""

    named: int
    """So many gaps stand."""
    wanted: int
    """So many are asked for."""

    @property
    def is_enough(self) -> bool:
        """Whether it is as much as is asked for."""
        return self.named >= self.wanted

    @property
    def steps(self) -> list[bool]:
        """One for each that is asked for: whether it is there."""
        return [place < self.named for place in range(self.wanted)]


@require_safe
def audit(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What it lacks and what it can give."""
    actor = acting(request, organisation)
    own = own_audit(actor)
    readers = own_readers(actor) if own.gaps and is_allowed(actor, "own_readers") else None
    return page(
        request,
        actor,
        "audit/audit.html",
        gaps=gap_rows(own, readers),
        offers=offer_rows(own),
        progress=Progress(len(own.gaps), ReviewRules().vulnerabilities),
        sees_all=_sees_all(actor),
        put_back=_put_back(request.GET.get("removed", ""), organisation),
    )


@require_safe
def missing(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What the audit still lacks itself, the heaviest first."""
    actor = acting(request, organisation)
    if not _sees_all(actor):
        raise NotAllowed("all-opened", _("Only who sees the whole audit can be told what it still lacks."))
    found = missing_from(own_audit(actor), may_write=is_allowed(actor, "record_audit"))
    return page(request, actor, "audit/missing.html", first=found[:MOST_AT_ONCE], rest=found[MOST_AT_ONCE:])


@require_safe
def removed_lately(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """What was taken out and can still be put back."""
    actor = acting(request, organisation)
    found = own_removed(actor, at=timezone.now())
    lines = [
        (kind.address("restore", organisation, item.id), kind.row(item), item.removed_at)
        for item in found
        for kind in [OFFER if isinstance(item, OwnOffer) else GAP]
    ]
    return page(request, actor, "audit/removed.html", lines=lines)


@require_POST
def make_public(request: HttpRequest, organisation: UUID, item: UUID) -> HttpResponse:
    """Let everybody see an offer, or no longer."""
    is_public = request.POST.get("is_public") == "yes"
    said = _("It is public now.") if is_public else _("It is public no longer.")
    to = f"{reverse('audit', args=[organisation])}#item-{item}"
    return done(request, acting(request, organisation), open_offer, said=said, to=to, offer=item, is_public=is_public)


def _sees_all(actor: Actor) -> bool:
    return all(is_allowed(actor, action) for action in ("own_gaps", "own_words", "own_offers"))


def _put_back(removed: str, organisation: UUID) -> str:
    """The address that puts back what has just been removed; empty where nothing was."""
    folder, _colon, item = removed.partition(":")
    try:
        return _KINDS[folder].address("restore", organisation, UUID(item))
    except (KeyError, ValueError):
        return ""
