"""Writing down a complaint, for every act by which one can be made."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from lichen.errors import NotAllowed
from lichen_web.accounts.models import Complaint
from lichen_web.alliances.access.actors import Actor, organisation_of
from lichen_web.alliances.access.complaints import sealed_place
from lichen_web.alliances.actions.letters import tell_of_complaint
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.keys import seal_for_host

__all__ = ["state_complaint"]


def state_complaint(speaker: Actor, *, circle: UUID, about: UUID, words: str, at: datetime) -> UUID:
    """Write down a complaint, within an act by which somebody may make one.

    Raises:
        NotAllowed: A complaint of these two is still undecided.
    """
    own, complaint = organisation_of(speaker), uuid4()
    between = {"circle_id": circle, "by_id": own, "about_id": about}
    if Complaint.objects.filter(**between, decided_at=None).exists():
        raise NotAllowed("one-at-a-time", _("A complaint of yours about them waits to be decided."))
    sealed = seal_for_host("complaint", {"text": words}, bound_to=sealed_place(complaint, "words"))
    made = Complaint.objects.create(id=complaint, **between, words=sealed, made_at=at)
    tell("complaint_made", by=speaker, at=at, about=complaint, circle=circle, organisations={own, about})
    tell_of_complaint(made, at=at)
    return complaint
