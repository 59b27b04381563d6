"""What members keep for themselves about listed organisations: notes of conversations, and saved searches."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import NotAllowed, Problem, refuse
from lichen.fit.listing import Wanted, World
from lichen.scales import Sector, Sensitivity, Size
from lichen_web.alliances import keys
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.listed import listed_row
from lichen_web.alliances.actions.beginning import begun
from lichen_web.alliances.actions.given import choice_problems, line_problems, text_problems, tidy
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.audit import KEPT_REMOVED
from lichen_web.alliances.bridge.listed import Note, save_note
from lichen_web.alliances.bridge.listed import save_search as seal_search
from lichen_web.alliances.models import ListedNote, SavedSearch

__all__ = [
    "MOST_SEARCHES",
    "note_listed",
    "remove_note",
    "remove_search",
    "restore_note",
    "restore_search",
    "save_search",
    "switch_search",
]

MOST_SEARCHES = 20
"""How many searches an organisation can keep."""


def note_listed(
    actor: Actor,
    *,
    listed: UUID,
    who: str,
    where: str,
    on: date,
    words: str,
    evidence: int,
    offers: str,
    lacks: str,
    at: datetime,
) -> UUID:
    """Note a conversation or event with a listed organisation, for our own people alone.

    Args:
        actor: Who notes it.
        listed: About which.
        who: Who was there.
        where: Where it was.
        on: When it was.
        words: What was said.
        evidence: How sure it is: a step of the evidence ladder.
        offers: Code of something that they said they can give, or empty.
        lacks: Code of something that they said they lack, or empty.
        at: When it is noted.

    Returns:
        The id of the note.

    Raises:
        InputError: Something cannot be used.
        NotThere: There is no such listed organisation.
    """
    said = {"who": tidy(who), "where": tidy(where), "words": tidy(words)}
    refuse(
        line_problems("who", said["who"], longest=200),
        line_problems("where", said["where"], longest=200, is_needed=False),
        text_problems("words", said["words"], longest=4000),
        choice_problems("evidence", [str(evidence)], ["1", "2", "3", "4", "5"]),
        choice_problems("offers", [offers], ["", *taxonomy().capabilities]),
        _lack_problems(lacks),
        [Problem(_("is still to come"), _("a day until today"), column="on")] if on > at.date() else [],
    )
    with begun(actor, "note_listed") as member:
        keys.require_key_copy()
        row, note = listed_row(listed), uuid4()
        made = Note(
            id=note,
            about=row.id,
            name=row.name,
            **said,
            on=on,
            evidence=evidence,
            offers=offers,
            lacks=lacks,
            made_at=at,
            removed_at=None,
        )
        save_note(organisation_of(member), made)
        _tell("note_written", member, note, at)
    return note


def remove_note(actor: Actor, *, note: UUID, at: datetime) -> None:
    """Take a note back; for thirty days it can be put back.

    Raises:
        NotThere: There is no such note of ours.
    """
    with begun(actor, "remove_note") as member:
        own = ListedNote.objects.filter(id=note, organisation=member.organisation, removed_at=None)
        _changed(own.update(removed_at=at))
        _tell("note_removed", member, note, at)


def restore_note(actor: Actor, *, note: UUID, at: datetime) -> None:
    """Put a note back.

    Raises:
        NotThere: There is no such note that we took back within thirty days.
    """
    with begun(actor, "restore_note") as member:
        own = ListedNote.objects.filter(id=note, organisation=member.organisation, removed_at__gt=at - KEPT_REMOVED)
        _changed(own.update(removed_at=None))
        _tell("note_restored", member, note, at)


def save_search(
    actor: Actor,
    *,
    name: str,
    sectors: Collection[str],
    place: str,
    sizes: Collection[str],
    world: str,
    at: datetime,
) -> UUID:
    """Keep a search; whoever saves it is written to when somebody new is found by it.

    Args:
        actor: Who saves it.
        name: What to call it.
        sectors: Any of these; none is any.
        place: A country's code or part of a region's name; empty is anywhere.
        sizes: Any of these; none is any.
        world: How far from our own world; empty is all the same.
        at: When.

    Raises:
        InputError: Something cannot be used.
        NotAllowed: There are twenty already.
    """
    name, place = tidy(name), tidy(place)
    refuse(
        line_problems("name", name, longest=80),
        line_problems("place", place, longest=80, is_needed=False),
        choice_problems("sectors", sectors, [*Sector]),
        choice_problems("sizes", sizes, [*Size]),
        choice_problems("world", [world], ["", *World]),
    )
    wanted = Wanted(
        frozenset(map(Sector, sectors)), place, frozenset(map(Size, sizes)), World(world) if world else None
    )
    with begun(actor, "save_search") as member:
        _require_room(member)
        search = seal_search(organisation_of(member), name=name, wanted=wanted, person=member.person, at=at)
        _tell("search_saved", member, search, at)
    return search


def switch_search(actor: Actor, *, search: UUID, is_on: bool, at: datetime) -> None:
    """Let a search write, or be silent. Switched on again it tells only of what is new from then on.

    Raises:
        NotThere: There is no such search of ours.
    """
    with begun(actor, "switch_search") as member:
        own = SavedSearch.objects.filter(id=search, organisation=member.organisation, removed_at=None)
        _changed(own.update(off_since=None, looked_at=at) if is_on else own.update(off_since=at))
        _tell("search_switched_on" if is_on else "search_switched_off", member, search, at)


def remove_search(actor: Actor, *, search: UUID, at: datetime) -> None:
    """Take a search back; for thirty days it can be put back.

    Raises:
        NotThere: There is no such search of ours.
    """
    with begun(actor, "remove_search") as member:
        own = SavedSearch.objects.filter(id=search, organisation=member.organisation, removed_at=None)
        _changed(own.update(removed_at=at))
        _tell("search_removed", member, search, at)


def restore_search(actor: Actor, *, search: UUID, at: datetime) -> None:
    """Put a search back.

    Raises:
        NotAllowed: There are twenty already.
        NotThere: There is no such search that we took back within thirty days.
    """
    with begun(actor, "restore_search") as member:
        _require_room(member)
        own = SavedSearch.objects.filter(id=search, organisation=member.organisation, removed_at__gt=at - KEPT_REMOVED)
        _changed(own.update(removed_at=None, looked_at=at))
        _tell("search_restored", member, search, at)


def _require_room(member: Actor) -> None:
    """The organisation's row is held, so that they are counted one by one."""
    if SavedSearch.objects.filter(organisation=member.organisation, removed_at=None).count() >= MOST_SEARCHES:
        why = _("You keep {number} searches already: remove one first.")
        raise NotAllowed("searches-kept", why.format(number=MOST_SEARCHES))


def _lack_problems(code: str) -> Iterator[Problem]:
    """What they lack is theirs to say; what would hurt them if it were known, nobody else writes down."""
    yield from choice_problems("lacks", [code], ["", *taxonomy().capabilities])
    known = taxonomy().capabilities.get(code)
    if known is not None and known.sensitivity is Sensitivity.HIGH:
        right = _("nothing; let them say it here themselves, if ever they want to")
        yield Problem(_("is too sensitive to be noted of others"), right, column="lacks")


def _changed(rows: int) -> None:
    if not rows:
        raise NotThere


def _tell(what: str, member: Actor, about: UUID, at: datetime) -> None:
    tell(what, by=member, at=at, about=about, organisations=[organisation_of(member)])
