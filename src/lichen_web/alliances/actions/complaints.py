"""Complaints of one organisation of a circle about another: made, answered, decided by the host; three end it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lichen.errors import NotAllowed, refuse
from lichen_web.accounts.models import Circle, CircleMembership, Complaint, Organisation
from lichen_web.accounts.models.complaint import Outcome
from lichen_web.alliances.access.actors import Actor, NotThere
from lichen_web.alliances.access.circles import INSIDE, OPEN, PRESENT, PUT_OUT
from lichen_web.alliances.access.complaints import sealed_place
from lichen_web.alliances.actions.beginning import begun, held
from lichen_web.alliances.actions.complaining import state_complaint
from lichen_web.alliances.actions.given import choice_problems, text_problems, tidy
from lichen_web.alliances.actions.leaving import APART_FOR, had_part_in
from lichen_web.alliances.actions.letters import tell_of_outcome, tell_of_return, tell_upheld
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.circles import UPHELD_AND_OUT, upheld_counts
from lichen_web.alliances.keys import seal_for_host

__all__ = [
    "TIME_TO_ANSWER",
    "answer_complaint",
    "complain",
    "decide_complaint",
    "forgive_complaints",
]

TIME_TO_ANSWER = timedelta(days=14)
"""So long an organisation has to answer before a complaint about it can be upheld unheard."""


def complain(actor: Actor, *, circle: UUID, about: UUID, words: str, at: datetime) -> UUID:
    """Complain about another organisation of the circle. Both sides and the host read what is written.

    Args:
        actor: Who speaks for the organisation that complains.
        circle: In which circle.
        about: About which organisation.
        words: What happened.
        at: When.

    Returns:
        The id of the complaint.

    Raises:
        InputError: Nothing was written, or too much.
        NotThere: The two are not in such a circle together.
        NotAllowed: Somebody else speaks for the organisation, or a complaint of these two is still undecided.
    """
    words = tidy(words)
    refuse(text_problems("words", words, longest=4000))
    with begun(actor, "complain") as speaker:
        accused = _in_the_same_circle(speaker, circle, about)
        return state_complaint(speaker, circle=accused.circle_id, about=about, words=words, at=at)


def answer_complaint(actor: Actor, *, complaint: UUID, words: str, at: datetime) -> None:
    """Say what happened, as the organisation that the complaint is about sees it; once.

    Raises:
        InputError: Nothing was written, or too much.
        NotThere: There is no such complaint about the actor's organisation.
        NotAllowed: Somebody else speaks for it, or it was answered or decided before.
    """
    words = tidy(words)
    refuse(text_problems("words", words, longest=4000))
    with begun(actor, "answer_complaint") as speaker:
        row = Complaint.objects.filter(id=complaint, about=speaker.organisation).select_related("circle").first()
        if row is None:
            raise NotThere
        answer = {"answer": _sealed(row.id, "answer", words), "answered_at": at}
        if not Complaint.objects.filter(id=row.id, answered_at=None, decided_at=None).update(**answer):
            raise NotAllowed("already-answered", _("This complaint was answered or decided before."))
        _tell(speaker, "complaint_answered", row.id, row.circle, {row.about_id, row.by_id}, at)


def decide_complaint(actor: Actor, *, complaint: UUID, outcome: str, reason: str, at: datetime) -> None:
    """Uphold or dismiss a complaint. At the third that is upheld in a circle, the organisation is out of it.

    Args:
        actor: A person of the host who has had no part in either side since it was made.
        complaint: Which.
        outcome: ``upheld`` or ``dismissed``.
        reason: Why; both sides read it.
        at: When.

    Raises:
        InputError: Something given cannot be used.
        NotThere: There is no such complaint, or the actor does not run this host.
        NotAllowed: The actor has a part in one side, it was decided before, or the other side was not heard.
    """
    reason = tidy(reason)
    refuse(choice_problems("outcome", [outcome], Outcome.values), text_problems("reason", reason, longest=4000))
    with begun(actor, "decide_complaint") as host:
        row = _decidable(host, complaint, Outcome(outcome), at)
        decision = {"outcome": outcome, "reason": _sealed(row.id, "reason", reason)}
        decided = {**decision, "decided_by": host.person, "decided_at": at}
        if not Complaint.objects.filter(id=row.id, decided_at=None).update(**decided):
            raise NotAllowed("already-decided", _("This complaint was decided before."))
        sides = {row.about_id, row.by_id}
        _tell(host, "complaint_decided", row.id, row.circle, sides, at, is_hosts=True, payload={"outcome": outcome})
        tell_of_outcome(row.by, row, at=at)
        if outcome == Outcome.UPHELD:
            _count(host, row, at)
        else:
            tell_of_outcome(row.about, row, at=at)


def forgive_complaints(actor: Actor, *, circle: UUID, organisation: UUID, reason: str, at: datetime) -> None:
    """Let an organisation that was put out of a circle ask again: what was upheld so far counts no longer.

    Args:
        actor: A person of the host who has had no part in the organisation in the last 90 days.
        circle: Which circle.
        organisation: Which organisation.
        reason: Why; both sides of each complaint read it.
        at: When.

    Raises:
        InputError: No reason was given, or it is too long.
        NotThere: Nothing counts against it there, or the actor does not run this host.
        NotAllowed: The actor has a part in the organisation.
    """
    reason = tidy(reason)
    refuse(text_problems("reason", reason, longest=2000))
    with begun(actor, "forgive_complaints") as host:
        row = held(Circle.objects.filter(id=circle))
        counting = list(_counting(row, organisation).select_for_update(of=("self",), no_key=True).order_by("id"))
        if not counting:
            raise NotThere
        if had_part_in([organisation], host.person, since=at - APART_FOR):
            why = _("You belong to this organisation or serve it, or did: another person of the host decides.")
            raise NotAllowed("not-in-own-matter", why)
        for complaint in counting:
            forgiven = {"forgiven_at": at, "forgiven_by": host.person}
            because = _sealed(complaint.id, "forgiven_because", reason)
            Complaint.objects.filter(id=complaint.id).update(**forgiven, forgiven_because=because)
        lines = CircleMembership.objects.filter(**PUT_OUT, circle=row, organisation=organisation, removed_by=None)
        lines.update(allowed_back_at=at)
        _tell(host, "complaints_forgiven", organisation, row, {organisation}, at, is_hosts=True)
        tell_of_return(held(Organisation.objects.filter(id=organisation)), row, at=at)


def _counting(circle: Circle, organisation: UUID) -> QuerySet[Complaint]:
    """The complaints that count against an organisation."""
    return Complaint.objects.filter(circle=circle, about=organisation, outcome=Outcome.UPHELD, forgiven_at=None)


def _in_the_same_circle(speaker: Actor, circle: UUID, about: UUID) -> CircleMembership:
    """The other organisation's line, if both are in the circle."""
    lines = CircleMembership.objects.filter(**INSIDE, **PRESENT, circle=circle, circle__closed_at=None)
    own = lines.filter(organisation=speaker.organisation)
    others = lines.filter(organisation=about).exclude(organisation=speaker.organisation)
    line = others.filter(circle__in=own.values("circle")).select_related("organisation", "circle").first()
    if line is None:
        raise NotThere
    return line


def _decidable(host: Actor, complaint: UUID, outcome: Outcome, at: datetime) -> Complaint:
    """A complaint that this person may decide so; its circle is held, so that those upheld are counted one by one."""
    row = Complaint.objects.filter(id=complaint).select_related("circle", "by", "about").first()
    if row is None:
        raise NotThere
    held(Circle.objects.filter(id=row.circle_id))
    if had_part_in([row.by_id, row.about_id], host.person, since=row.made_at):
        why = _("You belong to one of the two or serve it, or did: another person of the host decides.")
        raise NotAllowed("not-in-own-matter", why)
    if outcome is Outcome.UPHELD and row.answered_at is None and at < row.made_at + TIME_TO_ANSWER:
        raise NotAllowed("heard-first", _("The other side has not answered, and has two weeks to do so."))
    return row


def _count(host: Actor, row: Complaint, at: datetime) -> None:
    """Warn an organisation, or put it out."""
    upheld = upheld_counts(row.circle_id)[row.about_id]
    tell_upheld(row, upheld=upheld, at=at)
    if upheld < UPHELD_AND_OUT:
        return
    inside = CircleMembership.objects.filter(**OPEN, circle=row.circle_id, organisation=row.about_id)
    if inside.update(removed_at=at):
        _tell(host, "circle_member_removed", row.about_id, row.circle, {row.about_id}, at, is_hosts=True)


def _sealed(complaint: UUID, part: str, words: str) -> bytes:
    return seal_for_host("complaint", {"text": words}, bound_to=sealed_place(complaint, part))


def _tell(
    actor: Actor,
    what: str,
    about: UUID,
    circle: Circle,
    sides: set[UUID],
    at: datetime,
    *,
    is_hosts: bool = False,
    payload: dict[str, str] | None = None,
) -> None:
    tell(
        what,
        by=actor,
        at=at,
        about=about,
        circle=circle.id,
        organisations=sides,
        is_hosts=is_hosts,
        payload=payload,
    )
