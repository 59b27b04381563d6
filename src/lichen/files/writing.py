"""Writing audits and organisations, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path

from lichen.audit.values import Audit, Organisation
from lichen.errors import InputError, Problem
from lichen.files.audits import audit_of, draft_of
from lichen.files.documents import MANY, ONE
from lichen.files.draft import Draft, Reading, told
from lichen.files.formats import Format, format_named, format_of
from lichen.files.reading import same_ids
from lichen.files.storage import write_atomically
from lichen.language import _

__all__ = ["audit_bytes", "write_audit", "write_organisations"]


def audit_bytes(audit: Audit, format: str) -> bytes:
    """The file that :func:`write_audit` would write, for whoever sends it on instead of keeping it.

    Args:
        audit: What to write.
        format: ``yaml``, ``json``, ``csv`` or ``xlsx``.

    Raises:
        InputError: The audit could not be read back.
    """
    return _bytes([draft_of(audit)], ONE, format_named(format), "")


def write_audit(audit: Audit, path: str | PathLike[str]) -> None:
    """Write an audit so that :func:`~lichen.files.reading.read_audit` gives back the same.

    The file is readable by its owner alone, and takes the place of an older one at once or not at all.

    Args:
        audit: What to write.
        path: Where to; its suffix says the format: .yaml, .json, .csv or .xlsx.

    Raises:
        InputError: The audit could not be read back, such as one whose organisation has no name, or the file
            cannot be written here.
    """
    _write([draft_of(audit)], ONE, Path(path))


def write_organisations(organisations: Iterable[Organisation], path: str | PathLike[str]) -> None:
    """Write organisations so that :func:`~lichen.files.reading.read_organisations` gives back the same.

    The file is readable by its owner alone, and takes the place of an older one at once or not at all.

    Args:
        organisations: What to write; each with an id of its own.
        path: Where to; its suffix says the format: .yaml, .json, .csv or .xlsx.

    Raises:
        InputError: The organisations could not be read back, or the file cannot be written here.
    """
    organisations = tuple(organisations)
    problems = same_ids([(Path(path).name, organisation) for organisation in organisations])
    if problems:
        raise InputError(told(problems))
    _write([draft_of(Audit(organisation)) for organisation in organisations], MANY, Path(path))


def _write(drafts: Sequence[Draft], form: str, path: Path) -> None:
    write_atomically(_bytes(drafts, form, format_of(path), path.name), path)


def _bytes(drafts: Sequence[Draft], form: str, format: Format, file: str) -> bytes:
    _check_readable(drafts, file)
    raw = format.written(drafts, form)
    if len(raw) > format.LARGEST:
        right = _("fewer organisations a file, or another format; .json holds most")
        raise InputError(Problem(_("this is too much for a file that can be read back"), right, file=file))
    return raw


def _check_readable(drafts: Sequence[Draft], file: str) -> None:
    """Refuse what the readers would refuse, before it takes the place of a good file."""
    reading = Reading(file)
    for draft in drafts:
        audit_of(draft, reading)
    reading.finish()
