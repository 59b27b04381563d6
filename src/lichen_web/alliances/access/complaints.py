"""Complaints between organisations of a circle, read by both sides and the host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lichen_web.accounts.models import Complaint
from lichen_web.accounts.models.complaint import Outcome
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.transactions import reading
from lichen_web.alliances.keys import open_for_host

__all__ = [
    "ComplaintView",
    "complaint_views",
    "opened",
    "own_complaint",
    "own_complaints",
    "sealed_place",
    "unanswered_complaints",
]


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """A complaint with its answer and outcome."""

    id: UUID
    """Which."""
    circle: UUID
    """In which circle."""
    circle_name: str
    """Its name."""
    by: UUID
    """Whose it is."""
    by_name: str
    """Its name."""
    about: UUID
    """About whom."""
    about_name: str
    """Its name."""
    words: str
    """What happened."""
    made_at: datetime
    """When it was made."""
    answer: str
    """What the other side says; empty until it does."""
    answered_at: datetime | None
    """When."""
    outcome: Outcome | None
    """How it ended; none until it is decided."""
    reason: str
    """Why it ended so."""
    decided_at: datetime | None
    """When it was decided."""
    is_about_us: bool
    """Whether it is about the organisation of the one who looks."""
    is_forgiven: bool
    """Whether it counts no longer among the three."""
    forgiven_because: str
    """Why; empty where it still counts."""


def own_complaints(actor: Actor) -> tuple[ComplaintView, ...]:
    """The complaints that the actor's organisation made, and those about it, last made first."""
    may(actor, "own_complaints")
    with reading(actor):
        return complaint_views(_of_either_side(actor), actor)


def unanswered_complaints(actor: Actor) -> dict[UUID, int]:
    """How many complaints wait for an answer, by each organisation to which the actor belongs; none where none does."""
    with reading(actor):
        belonging = {"about__memberships__person": actor.person, "about__memberships__left_at": None}
        able = {"about__suspended_at": None, "about__erased_at": None}
        rows = Complaint.objects.filter(**belonging, **able, answered_at=None, decided_at=None)
        return dict(rows.values_list("about").annotate(waiting=Count("id", distinct=True)).order_by())


def own_complaint(actor: Actor, complaint: UUID) -> ComplaintView:
    """One of them.

    Raises:
        NotThere: The actor's organisation is on neither side of it.
    """
    may(actor, "own_complaints")
    with reading(actor):
        found = complaint_views(_of_either_side(actor).filter(id=complaint), actor)
    if not found:
        raise NotThere
    return found[0]


def complaint_views(rows: QuerySet[Complaint], actor: Actor) -> tuple[ComplaintView, ...]:
    """Complaints that the actor may read, opened, last made first."""
    related = rows.select_related("circle", "by", "about").order_by("-made_at", "id")
    return tuple(_view(row, actor) for row in related)


def sealed_place(complaint: UUID, part: str) -> tuple[str, ...]:
    """Where a sealed part belongs: what is moved elsewhere does not open."""
    return ("complaint", str(complaint), part)


def opened(row: Complaint, part: str) -> str:
    """A sealed part of a complaint, such as its ``words`` or ``answer``; empty where there is none."""
    sealed = getattr(row, part)
    if sealed is None:
        return ""
    return str(open_for_host("complaint", bytes(sealed), bound_to=sealed_place(row.id, part))["text"])


def _of_either_side(actor: Actor) -> QuerySet[Complaint]:
    return Complaint.objects.filter(Q(by=actor.organisation) | Q(about=actor.organisation))


def _view(row: Complaint, actor: Actor) -> ComplaintView:
    return ComplaintView(
        id=row.id,
        circle=row.circle_id,
        circle_name=row.circle.name,
        by=row.by_id,
        by_name=row.by.name,
        about=row.about_id,
        about_name=row.about.name,
        words=opened(row, "words"),
        made_at=row.made_at,
        answer=opened(row, "answer"),
        answered_at=row.answered_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=opened(row, "reason"),
        decided_at=row.decided_at,
        is_about_us=row.about_id == actor.organisation,
        is_forgiven=row.forgiven_at is not None,
        forgiven_because=opened(row, "forgiven_because"),
    )
