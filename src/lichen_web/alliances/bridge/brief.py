"""Rewritten briefs and what was noted after conversations, as values and as sealed rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from lichen.brief.keeping import page_entries, pages_from
from lichen.brief.pages import Page
from lichen_web.accounts.models import Organisation
from lichen_web.alliances import keys
from lichen_web.alliances.bridge.disclosure import parties_of
from lichen_web.alliances.models import BriefPages, ConversationNote, Grant, Matter

__all__ = [
    "Held",
    "KeptBrief",
    "drop_brief",
    "drop_groundless_briefs",
    "load_brief",
    "load_held",
    "save_brief",
    "save_held",
]


@dataclass(frozen=True, slots=True)
class KeptBrief:
    """A brief that somebody has put in other words."""

    id: UUID
    """Which."""
    version: int
    """Counts its changes."""
    changed_at: datetime
    """When it was last changed."""
    pages: tuple[Page, ...]
    """Ours, and theirs where there is one."""
    made_of: frozenset[UUID] = frozenset()
    """The grants of the other side that were open to us when it was last put in other words."""


@dataclass(frozen=True, slots=True)
class Held:
    """What we noted after a conversation."""

    on: date
    """The day on which it was held."""
    said: tuple[str, ...]
    """Our gaps that were named aloud, as codes; they count as shown."""
    came_back: str
    """What the other side answered."""
    next_step: str
    """What was agreed to do next."""
    made_at: datetime
    """When it was written down."""


def load_brief(organisation: UUID, about: UUID) -> KeptBrief | None:
    """The brief before a conversation, if it was rewritten."""
    row = BriefPages.objects.filter(organisation=organisation, about=about).first()
    if row is None:
        return None
    return _opened(row)


def save_brief(
    organisation: UUID,
    about: UUID,
    pages: Sequence[Page],
    *,
    made_of: Collection[UUID] = (),
    before: KeptBrief | None,
    at: datetime,
) -> None:
    """Keep a brief, sealed anew. Whoever saves holds the organisation's row."""
    brief, version = (before.id, before.version + 1) if before else (uuid4(), 1)
    content = {"pages": page_entries(pages), "made_of": sorted(map(str, made_of))}
    own = keys.seal(organisation, content, bound_to=_place(brief, version))
    BriefPages.objects.update_or_create(
        id=brief,
        organisation_id=organisation,
        about=about,
        defaults={"version": version, "changed_at": at, "sealed": own.sealed, "wrapped_key": own.wrapped_key},
    )


def drop_brief(organisation: UUID, about: UUID) -> None:
    """Keep it no longer: the next look composes it from what is known then."""
    BriefPages.objects.filter(organisation=organisation, about=about).delete()


def drop_groundless_briefs(organisation: UUID) -> None:
    """Keep none that was made of what the other side has taken back since, and none before talks in what is over.

    No page shows them any more; so that nobody can open them either, their rows go.
    """
    standing = set(Grant.objects.filter(reader=organisation, withdrawn_at=None).values_list("id", flat=True))
    over = _over(organisation)
    for row in BriefPages.objects.filter(organisation=organisation):
        if row.about in over or not _opened(row).made_of <= standing:
            BriefPages.objects.filter(id=row.id, version=row.version).delete()


def load_held(organisation: UUID, matter: UUID) -> tuple[Held, ...]:
    """What an organisation noted after its conversations in a dealing, the last first."""
    found = list(ConversationNote.objects.filter(organisation=organisation, matter=matter).order_by("-made_at", "id"))
    sealed = [(row.sealed, row.wrapped_key, _note_place(row.id)) for row in found]
    opened = keys.open_all_own(organisation, sealed) if sealed else ()
    return tuple(
        Held(date.fromisoformat(said["on"]), tuple(said["said"]), said["came_back"], said["next_step"], row.made_at)
        for row, said in zip(found, opened, strict=True)
    )


def save_held(organisation: UUID, matter: UUID, held: Held) -> UUID:
    """Keep what was noted after a conversation."""
    note = uuid4()
    content = {
        "on": held.on.isoformat(),
        "said": list(held.said),
        "came_back": held.came_back,
        "next_step": held.next_step,
    }
    own = keys.seal(organisation, content, bound_to=_note_place(note))
    ConversationNote.objects.create(
        id=note,
        organisation_id=organisation,
        matter_id=matter,
        made_at=held.made_at,
        sealed=own.sealed,
        wrapped_key=own.wrapped_key,
    )
    return note


def _opened(row: BriefPages) -> KeptBrief:
    content = keys.open_own(row.organisation_id, row.sealed, row.wrapped_key, bound_to=_place(row.id, row.version))
    made_of = frozenset(map(UUID, content.get("made_of", ())))
    return KeptBrief(row.id, row.version, row.changed_at, pages_from(content["pages"]), made_of)


def _over(organisation: UUID) -> frozenset[UUID]:
    """The dealings of an organisation that have ended, or of which another party was erased."""
    pairs = Matter.objects.filter(parties__organisation=organisation).values_list("id", "pair", "ended_at")
    gone = set(Organisation.objects.exclude(erased_at=None).values_list("id", flat=True))
    return frozenset(id for id, pair, ended_at in pairs if ended_at or gone.intersection(parties_of(pair)))


def _place(brief: UUID, version: int) -> tuple[str, ...]:
    return (BriefPages._meta.db_table, str(brief), str(version))


def _note_place(note: UUID) -> tuple[str, ...]:
    return (ConversationNote._meta.db_table, str(note))
