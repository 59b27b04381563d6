"""Reading audits and organisations, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from shlex import quote

from lichen.audit.values import Audit, Organisation
from lichen.errors import InputError, Problem
from lichen.files.audits import audit_of
from lichen.files.draft import Reading, shown_name, told
from lichen.files.formats import Format, format_named, format_of
from lichen.files.storage import LOCKED, checked_size, read_bounded
from lichen.language import _, ngettext

__all__ = [
    "read_audit",
    "read_audit_text",
    "read_noted_audit",
    "read_organisations",
    "read_organisations_text",
    "same_ids",
]


def read_audit(path: str | PathLike[str]) -> Audit:
    """The audit in a file, whose suffix says the format: .yaml, .json, .csv or .xlsx.

    Codes of older versions of the taxonomy become today's. Where an item has words and no capability, the
    capability is recognised in the words and the item is not ``confirmed``.

    Args:
        path: A file with one organisation.

    Returns:
        The audit, to the letter as it was written.

    Raises:
        InputError: The file cannot be used; bears every problem at once, each with its place.

    Warns:
        SetAside: Something in the file has no place in an audit; nothing is wrong with what was read.
    """
    return _only(_audits_at(Path(path)), Path(path).name)


def read_audit_text(text: str | bytes, format: str = "yaml", name: str = "") -> Audit:
    """The audit in a text, such as one that came through standard input.

    Args:
        text: What a file of the format would hold.
        format: ``yaml``, ``json`` or ``csv``; ``xlsx`` for the bytes of a workbook.
        name: What to call the text in messages.

    Raises:
        InputError: The text cannot be used; bears every problem at once.

    Example:
        >>> read_audit_text("organisation: {name: Meadow Action, country: NO}").organisation.country
        'NO'
    """
    return _only(_audits_in(_raw(text, format, name), format_named(format, name), name), name)


def read_noted_audit(raw: bytes, format: str, name: str = "") -> tuple[Audit, tuple[Problem, ...]]:
    """The audit in a file, and what was set aside in it, for a face that tells of that itself instead of warning.

    Args:
        raw: What the file holds.
        format: ``yaml``, ``json``, ``csv`` or ``xlsx``.
        name: What to call the file in messages.

    Raises:
        InputError: The file cannot be used; bears every problem at once.
    """
    reading = Reading(name)
    audits = _read(_raw(raw, format, name), format_named(format, name), reading)
    reading.refuse()
    return _only(audits, name), tuple(reading.notes)


def read_organisations(paths: Iterable[str | PathLike[str]]) -> tuple[Organisation, ...]:
    """The organisations in files that hold one audit or many organisations each, in any mix.

    Args:
        paths: The files; their suffixes say the formats.

    Returns:
        The organisations in the order of the files.

    Raises:
        InputError: A file cannot be used, or an id stands for several organisations; bears every problem of
            every file at once.
    """
    found: list[tuple[str, Organisation]] = []
    problems: list[Problem] = []
    for path in map(Path, paths):
        try:
            found += [(path.name, audit.organisation) for audit in _audits_at(path)]
        except InputError as error:
            problems += error.problems
    problems += same_ids(found)
    if problems:
        raise InputError(told(problems))
    return tuple(organisation for _file, organisation in found)


def read_organisations_text(text: str | bytes, format: str = "yaml", name: str = "") -> tuple[Organisation, ...]:
    """The organisations in a text, such as one that came through standard input.

    Args:
        text: What a file of the format would hold.
        format: ``yaml``, ``json`` or ``csv``; ``xlsx`` for the bytes of a workbook.
        name: What to call the text in messages.

    Raises:
        InputError: The text cannot be used; bears every problem at once.
    """
    audits = _audits_in(_raw(text, format, name), format_named(format, name), name)
    problems = same_ids([(name, audit.organisation) for audit in audits])
    if problems:
        raise InputError(told(problems))
    return tuple(audit.organisation for audit in audits)


def same_ids(found: Iterable[tuple[str, Organisation]]) -> list[Problem]:
    """One problem for each id that stands for several organisations, naming the files they are in."""
    files: dict[str, list[str]] = {}
    for file, organisation in found:
        files.setdefault(organisation.id, []).append(file)
    return [_same_id(id, places) for id, places in files.items() if len(places) > 1]


def _same_id(id: str, files: Sequence[str]) -> Problem:
    what = ngettext("{number} organisation has the id {id}", "{number} organisations have the id {id}", len(files))
    what = what.format(number=len(files), id=shown_name(id))
    return Problem(what, _("an id of its own for each"), file=", ".join(dict.fromkeys(files)), column="id")


def _only(audits: Sequence[Audit], file: str) -> Audit:
    if len(audits) != 1:
        what = ngettext("the file has {number} organisation", "the file has {number} organisations", len(audits))
        raise InputError(Problem(what.format(number=len(audits)), _("one; or read it as organisations"), file=file))
    return audits[0]


def _audits_at(path: Path) -> list[Audit]:
    format = format_of(path)
    return _audits_in(read_bounded(path, format.LARGEST, Reading(path.name)), format, path.name)


def _audits_in(raw: bytes, format: Format, file: str) -> list[Audit]:
    reading = Reading(file)
    audits = _read(raw, format, reading)
    reading.finish()
    return audits


def _read(raw: bytes, format: Format, reading: Reading) -> list[Audit]:
    if raw.startswith(LOCKED):
        right = _("the same file, unlocked: lichen alliance unlock {file}").format(file=quote(reading.file or "FILE"))
        raise reading.refusal(_("the file is locked"), right)
    return [audit_of(draft, reading) for draft in format.drafts_in(raw, reading)]


def _raw(text: str | bytes, format: str, name: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return checked_size(raw, format_named(format, name).LARGEST, Reading(name))
