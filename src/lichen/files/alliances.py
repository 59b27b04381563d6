"""The alliance's file: everything about an alliance in one document, which a passphrase may lock."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from shlex import quote
from types import MappingProxyType, ModuleType
from typing import Any

from lichen.alliance.checks import alliance_problems
from lichen.alliance.values import Alliance
from lichen.audit.values import Audit
from lichen.capabilities.taxonomy import taxonomy
from lichen.errors import InputError, Problem
from lichen.files import json_text, yaml_text
from lichen.files.audits import audit_of, draft_of
from lichen.files.documents import MANY, ONE, draft_in_entry, entry_of
from lichen.files.draft import Reading
from lichen.files.locking import Lock, is_locked, largest_locked, locked, unlocked
from lichen.files.records import RecordReader, entry_of_record
from lichen.files.storage import OpenToOthers, checked_size, is_owners_alone, read_bounded, write_atomically
from lichen.language import _

__all__ = [
    "FORM",
    "alliance_text",
    "check_lockable",
    "is_locked_file",
    "lock_alliance",
    "read_alliance",
    "read_alliance_text",
    "unlock_alliance",
    "write_alliance",
]

FORM = "alliance/1"
"""What the file is, and by which version of the format."""

_TOP = ("lichen", "taxonomy")
_LARGEST = 5 * 10**6  # bytes
_FORMATS: Mapping[str, ModuleType] = MappingProxyType({"yaml": yaml_text, "yml": yaml_text, "json": json_text})


def read_alliance(path: str | PathLike[str], passphrase: str | None = None) -> Alliance:
    """The alliance in a file, whose suffix says the format: .yaml or .json.

    Args:
        path: The file.
        passphrase: What it was locked with; not used where it is not locked.

    Returns:
        The alliance, to the letter as it was written.

    Raises:
        InputError: The file cannot be used, or is locked with another passphrase; bears every problem of the whole
            file at once, each with its place.

    Warns:
        SetAside: Something in the file has no place in an alliance; nothing is wrong with what was read.
        OpenToOthers: Other users of the machine may read the file, and it is not locked.
    """
    path = Path(path)
    raw = _bytes_of(path)
    if is_locked(raw):
        raw = unlocked(raw, _needed(passphrase, path.name), path.name)
        return read_alliance_text(raw, path.suffix[1:], path.name)
    alliance = read_alliance_text(raw, path.suffix[1:], path.name)
    if is_owners_alone(path) is False:
        told = _("{file}: Other users of this machine may read it. To keep them out: chmod 600 {path}")
        warnings.warn(OpenToOthers(told.format(file=path.name, path=quote(str(path)))), stacklevel=2)
    return alliance


def read_alliance_text(text: str | bytes, format: str = "yaml", name: str = "") -> Alliance:
    """The alliance in a text that is not locked.

    Args:
        text: What a file of the format would hold.
        format: ``yaml`` or ``json``.
        name: What to call the text in messages.

    Raises:
        InputError: The text cannot be used; bears every problem at once.

    Example:
        >>> read_alliance_text("name: Eastfield Health, currency: GBP".replace(", ", chr(10))).currency
        'GBP'
    """
    reading = Reading(name)
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    tree = _format_named(format, name).tree_in(checked_size(raw, _LARGEST, reading), reading)
    alliance = _alliance_in_tree(tree, reading)
    reading.finish()
    return alliance


def write_alliance(alliance: Alliance, path: str | PathLike[str], lock: Lock | None = None) -> None:
    """Write an alliance so that :func:`read_alliance` gives back the same.

    The file is readable by its owner alone, and takes the place of an older one at once or not at all.

    Args:
        alliance: What to write.
        path: Where to; its suffix says the format: .yaml or .json.
        lock: What to lock the file with; None leaves it unlocked.

    Raises:
        InputError: The alliance could not be read back, the file cannot be written here, or a locked file is there
            and the new one would not be.
    """
    path = Path(path)
    raw = alliance_text(alliance, path.suffix[1:], path.name)
    if lock is None and path.exists() and is_locked_file(path):
        raise InputError(Problem(_("the file there is locked"), _("a lock for the new one, too"), file=path.name))
    write_atomically(raw if lock is None else locked(raw, lock), path)


def alliance_text(alliance: Alliance, format: str = "yaml", name: str = "") -> bytes:
    """The document of an alliance, which reads back as the same.

    Args:
        alliance: What to write.
        format: ``yaml`` or ``json``.
        name: What to call the document in messages.

    Raises:
        InputError: It could not be read back; bears every problem at once.
    """
    top = {"lichen": FORM, "taxonomy": taxonomy().version}
    entry = entry_of_record(alliance, {Audit: _entry_of_partner})
    raw: bytes = _format_named(format, name).text_of(top | entry)
    if len(raw) > _LARGEST:
        right = _("at most {megabytes} MB").format(megabytes=_LARGEST // 10**6)
        raise InputError(Problem(_("this is too much for a file that can be read back"), right, file=name))
    if read_alliance_text(raw, format, name) != alliance:
        raise InputError(Problem(_("this would be read back as something else"), _("plain values"), file=name))
    return raw


def is_locked_file(path: str | PathLike[str]) -> bool:
    """Whether a file is locked with a passphrase.

    Raises:
        InputError: The file cannot be opened.
    """
    return is_locked(_bytes_of(Path(path)))


def lock_alliance(path: str | PathLike[str], lock: Lock) -> None:
    """Lock a file in its place, to the letter as it stands there, with its comments.

    Raises:
        InputError: The file cannot be opened or written, is locked already, or is no alliance.
    """
    check_lockable(path)
    write_atomically(locked(_bytes_of(Path(path)), lock), Path(path))


def check_lockable(path: str | PathLike[str]) -> None:
    """Refuse a file that is locked, so that nobody locks it twice, and one that nothing could read once it is.

    Raises:
        InputError: The file cannot be opened, is locked already, or is no alliance.
    """
    path = Path(path)
    format, raw, reading = _format_named(path.suffix[1:], path.name), _bytes_of(path), Reading(path.name)
    if is_locked(raw):
        right = _("the file as it is; or unlock it, and lock it with another passphrase")
        raise InputError(Problem(_("the file is locked already"), right, file=path.name))
    _check_form(_keys_in(format.tree_in(checked_size(raw, _LARGEST, reading), reading), reading), reading)


def unlock_alliance(path: str | PathLike[str], passphrase: str) -> None:
    """Unlock a file in its place.

    Raises:
        InputError: The file cannot be opened or written, is not locked, or is locked with another passphrase.
    """
    path = Path(path)
    raw = _bytes_of(path)
    if not is_locked(raw):
        raise InputError(Problem(_("the file is not locked"), _("the file as it is"), file=path.name))
    write_atomically(unlocked(raw, passphrase, path.name), path)


def _bytes_of(path: Path) -> bytes:
    return read_bounded(path, largest_locked(_LARGEST), Reading(path.name))


def _needed(passphrase: str | None, file: str) -> str:
    if passphrase is None:
        raise InputError(Problem(_("the file is locked"), _("its passphrase"), file=file))
    return passphrase


def _format_named(name: str, file: str) -> ModuleType:
    if name.lower() not in _FORMATS:
        raise InputError(Problem(_("an alliance is not kept in this format"), ".yaml, .json", file=file))
    return _FORMATS[name.lower()]


def _alliance_in_tree(tree: object, reading: Reading) -> Alliance:
    """The alliance that a document describes; where an answer is wrong, its default stands in."""
    answers = _keys_in(tree, reading)
    _check_form(answers, reading)
    reader = RecordReader(reading, {Audit: _partner_in_entry})
    answers = {key: answer for key, answer in answers.items() if key not in _TOP}
    alliance = reader.record(answers, Alliance, Problem("", "", document=True)) or Alliance()
    _check_within(alliance, reader.incomplete, reading)
    return alliance


def _keys_in(tree: object, reading: Reading) -> Mapping[str, Any]:
    if not isinstance(tree, Mapping):
        right = _("keys and answers, beginning with lichen: {form}").format(form=FORM)
        raise reading.refusal(_("this is not an alliance"), right)
    return tree


def _check_form(tree: Mapping[str, Any], reading: Reading) -> None:
    """Refuse what says that it is something else, and what has the keys of an audit and says nothing."""
    seeming = MANY if "organisations" in tree else ONE if "organisation" in tree else FORM
    form = tree.get("lichen", seeming)
    if form in (ONE, MANY):
        right = _("an alliance; lichen alliance new begins one from audits")
        raise reading.refusal(_("this is an audit, not an alliance"), right, column="lichen")
    if form != FORM:
        what = _("this file has another format, perhaps of a newer Lichen")
        right = _("{form}; lichen alliance new begins one from audits").format(form=FORM)
        raise reading.refusal(what, right, column="lichen")


def _check_within(alliance: Alliance, incomplete: Iterable[str], reading: Reading) -> None:
    """Tell what its parts say wrongly of one another, save where that may come of what was told already."""
    told = {_folded_place(problem) for problem in reading.problems}
    clouded = [_clouded(place) for place in incomplete]
    for problem in alliance_problems(alliance):
        place = _folded_place(problem)
        if place not in told and not any(f"{place}, ".startswith(start) for start in clouded):
            reading.tell(problem)


def _clouded(place: str) -> str:
    """How the places begin where an incomplete list may seem to be wrong: everywhere if a partner is left out.

    Example:
        >>> _clouded("pilots, item 1, steps"), _clouded("pilots"), _clouded("partners")
        ('pilots, item 1, ', 'pilots, ', '')
    """
    entry = re.match(r"\w+(?:, item \d+(?=, ))?", place)
    return "" if entry is None or place == "partners" else f"{entry[0]}, "


def _folded_place(problem: Problem) -> str:
    return replace(problem, file="", document=True).place.replace(".", ", ")


def _partner_in_entry(entry: Mapping[str, Any], place: Problem, reading: Reading) -> Audit:
    return audit_of(draft_in_entry(entry, place.place, reading), reading)


def _entry_of_partner(audit: Audit) -> dict[str, Any]:
    return entry_of(draft_of(audit))
