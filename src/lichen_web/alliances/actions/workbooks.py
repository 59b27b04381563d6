"""Taking an audit out as a file, and taking a file into it after it was looked over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from lichen.audit.differences import added_to
from lichen.audit.values import Audit
from lichen.errors import NotAllowed, Problem, refuse
from lichen.files.audits import id_of
from lichen.files.foreign import Kind, Table, foreign_tables, read_table
from lichen.files.reading import read_noted_audit
from lichen.files.writing import audit_bytes
from lichen_web.alliances.access.actors import Actor, NotThere, organisation_of
from lichen_web.alliances.access.audit import own_audit
from lichen_web.alliances.access.permissions import may
from lichen_web.alliances.access.workbooks import Held, held_in, problem_places, standing_upload, state_of
from lichen_web.alliances.actions.audit import record_audit
from lichen_web.alliances.actions.beginning import begun
from lichen_web.alliances.actions.stated import audit_problems
from lichen_web.alliances.actions.telling import tell
from lichen_web.alliances.bridge.audit import load_audit
from lichen_web.alliances.bridge.team import load_upload, save_upload
from lichen_web.alliances.keys import require_key_copy

__all__ = [
    "FORMATS",
    "KEPT",
    "MOST_BYTES",
    "apply_workbook",
    "discard_workbook",
    "map_columns",
    "take_out_audit",
    "upload_workbook",
]

FORMATS = ("xlsx", "csv", "yaml", "json")
"""In which an audit goes out and comes in."""
MOST_BYTES = 1_500_000
"""So large may a file be; an audit is never near it."""
KEPT = timedelta(hours=2)
"""So long a file waits to be looked over."""
_MEGABYTE = 1_000_000


def take_out_audit(actor: Actor, *, format: str, at: datetime) -> bytes:
    """The audit as a file, as far as it is open to the actor. That it was taken out stands in the own events.

    Args:
        actor: Whoever belongs to the organisation, or serves it.
        format: One of :data:`FORMATS`.
        at: When.

    Raises:
        InputError: There is no such format.
        NotThere: The actor acts for no organisation.
    """
    refuse(_format_problems(format))
    with begun(actor, "take_out_audit") as author:
        said = own_audit(author).audit
        # The id of our row is nobody's registration number.
        named = replace(said.organisation, id=id_of({"name": said.organisation.name}))
        raw = audit_bytes(replace(said, organisation=named), format)
        tell("audit_taken_out", by=author, at=at, organisations=[organisation_of(author)], payload={"format": format})
    return raw


def upload_workbook(actor: Actor, *, raw: bytes, format: str, at: datetime) -> UUID:
    """Bring a file, to be looked over. Nothing of the audit changes yet; the file is kept sealed, and not for long.

    Args:
        actor: A lead or a member.
        raw: What it holds.
        format: Which of :data:`FORMATS` it is.
        at: When.

    Returns:
        The id under which it is looked over.

    Raises:
        InputError: It is too large, or cannot be read; every problem at once, with its place.
        NotAllowed: The actor is neither lead nor member, or the host's key has no second copy yet.
    """
    may(actor, "upload_workbook")
    require_key_copy()
    refuse(_format_problems(format), _size_problems(raw))
    tables = foreign_tables(raw, format)
    if tables:
        return _kept(actor, "upload_workbook", Held(None, tables=tables), at)
    audit, notes = read_noted_audit(raw, format)
    refuse(audit_problems(audit))
    return _kept(actor, "upload_workbook", Held(audit, problem_places(notes)), at)


def map_columns(
    actor: Actor, *, upload: UUID, table: int, kind: Kind, columns: Mapping[int, str], at: datetime
) -> UUID:
    """Say what the columns of a table mean that was made for something else.

    Args:
        actor: Whoever brought it.
        upload: Which file.
        table: Which of its tables, from 0.
        kind: Whether its rows are gaps or offers.
        columns: Which field each column means, by its index; the others are left out.
        at: When.

    Returns:
        The id under which it is looked over from now on.

    Raises:
        InputError: A column or a cell cannot be used; every problem at once, with its place.
        NotAllowed: The actor is neither lead nor member.
        NotThere: The file is not theirs, or was thrown away.
    """
    with begun(actor, "map_columns") as author:
        held = held_in(load_upload(standing_upload(author, upload, at)))
        own = load_audit(organisation_of(author)).organisation
    if not 0 <= table < len(held.tables):
        raise NotThere
    audit = read_table(held.tables[table], columns, kind, of=replace(own, id=""))
    refuse(audit_problems(audit))
    return _kept(actor, "map_columns", replace(held, audit=audit, only=frozenset(columns.values())), at)


def apply_workbook(actor: Actor, *, upload: UUID, is_whole: bool, state: str, at: datetime) -> None:
    """Take a file into the audit that was looked over, and throw it away.

    Gaps and offers are known again by their code: whoever does it twice has them once.

    Args:
        actor: Whoever brought it.
        upload: Which file.
        is_whole: Whether the audit becomes exactly the file; else nothing is taken away.
        state: What stood for the audit when it was looked over.
        at: When.

    Raises:
        InputError: There would be too many gaps or offers.
        NotAllowed: The audit was changed meanwhile, or the actor is neither lead nor member.
        NotThere: The file is not theirs, was taken in or thrown away, or its time is over.
    """
    with begun(actor, "apply_workbook") as author:
        row = standing_upload(author, upload, at)
        held, own = held_in(load_upload(row)), load_audit(organisation_of(author))
        if held.audit is None or (is_whole and held.is_foreign):
            raise NotThere
        if state != state_of(own):
            why = _("Somebody has changed the audit meanwhile. Nothing was taken in: look over anew what would change.")
            raise NotAllowed("changed-meanwhile", why)
        record_audit(author, audit=_then(own.audit, held, is_whole=is_whole), at=at)
        row.delete()


def discard_workbook(actor: Actor, *, upload: UUID, at: datetime) -> None:
    """Throw a file away that was not taken in.

    Raises:
        NotAllowed: The actor is neither lead nor member.
        NotThere: It is not theirs, or is gone already.
    """
    with begun(actor, "discard_workbook") as author:
        standing_upload(author, upload, at).delete()


def _kept(actor: Actor, action: str, held: Held, at: datetime) -> UUID:
    content = {
        "audit": audit_bytes(held.audit, "json").decode() if held.audit else "",
        "notes": held.notes,
        "tables": [_plain(table) for table in held.tables],
        "only": None if held.only is None else sorted(held.only),
    }
    with begun(actor, action) as author:
        return save_upload(organisation_of(author), author.person, content, expires_at=at + KEPT)


def _plain(table: Table) -> dict[str, object]:
    return asdict(table)


def _then(own: Audit, held: Held, *, is_whole: bool) -> Audit:
    if held.audit is None:
        raise NotThere
    return held.audit if is_whole else added_to(own, held.audit, only=held.only)


def _format_problems(format: str) -> Iterator[Problem]:
    if format not in FORMATS:
        right = ", ".join(f".{each}" for each in FORMATS)
        yield Problem(_("this is no format that Lichen knows"), right, column="file")


def _size_problems(raw: bytes) -> Iterator[Problem]:
    if len(raw) > MOST_BYTES:
        right = _("at most {megabytes} MB").format(megabytes=MOST_BYTES / _MEGABYTE)
        yield Problem(_("the file is too large"), right, column="file")
