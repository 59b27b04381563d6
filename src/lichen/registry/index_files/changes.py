"""The log of what has changed since an index was built: added to at its end, a line's worth at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from lichen.language import _
from lichen.registry.index_files.sections import refused_file, replace_file

__all__ = ["Change", "append_changes", "read_changes"]

Change = Mapping[str, Any]
"""``{"id": ...}`` alone takes that organisation out; with the rest of one, it puts it in or in the place of the old."""

_MAGIC = b"LICHENCH"
_HEAD = 12


def read_changes(path: Path, base: str) -> list[Change]:
    """What has changed since a base was built, oldest first.

    A record that a killed writer left half written at the very end is left out: nobody was told that it holds.

    Args:
        path: The log; where there is none, or one of an older base, nothing has changed.
        base: The digest of the base's header.

    Raises:
        InputError: The log is damaged.
    """
    if not path.exists():
        return []
    whole = path.read_bytes()
    _check_opening(path, whole)
    return [json.loads(each) for each, _end in _records(path, whole)] if whole.startswith(_opening(base)) else []


def append_changes(path: Path, base: str, changes: Iterable[Change]) -> None:
    """Add changes to the log of a base; when this returns they are on the disk.

    Args:
        path: The log; one of an older base is replaced.
        base: The digest of the base's header.
        changes: What has changed, oldest first.

    Raises:
        InputError: The log is damaged.
    """
    whole = path.read_bytes() if path.exists() else b""
    if whole:
        _check_opening(path, whole)
    if not whole.startswith(_opening(base)):
        replace_file(path, lambda file: file.write(_opening(base)))
        whole = _opening(base)
    end = max((end for _record, end in _records(path, whole)), default=len(_opening(base)))
    with path.open("r+b") as file:
        file.truncate(end)
        file.seek(end)
        file.write(b"".join(_framed(json.dumps(change, ensure_ascii=False).encode()) for change in changes))
        file.flush()
        os.fsync(file.fileno())


def _opening(base: str) -> bytes:
    said = _MAGIC + bytes.fromhex(base)
    return said + crc32(said).to_bytes(4, "little")


def _check_opening(path: Path, whole: bytes) -> None:
    said = whole[: len(_MAGIC) + 32]
    if whole[len(said) : len(said) + 4] != crc32(said).to_bytes(4, "little") or not said.startswith(_MAGIC):
        raise refused_file(path, _("the beginning of the log of changes is damaged"))


def _framed(record: bytes) -> bytes:
    head = len(record).to_bytes(4, "little") + crc32(record).to_bytes(4, "little")
    return head + crc32(head).to_bytes(4, "little") + record


def _records(path: Path, whole: bytes) -> Iterator[tuple[bytes, int]]:
    at = len(_MAGIC) + 32 + 4
    while at + _HEAD <= len(whole):
        length, check, head = (int.from_bytes(whole[at + place : at + place + 4], "little") for place in (0, 4, 8))
        if crc32(whole[at : at + 8]) != head:
            raise refused_file(path, _("the log of changes is damaged"))
        at += _HEAD + length
        if at > len(whole):
            return
        if crc32(whole[at - length : at]) != check:
            raise refused_file(path, _("the log of changes is damaged"))
        yield whole[at - length : at], at
