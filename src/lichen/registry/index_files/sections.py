"""A file of named arrays: written whole or not at all, mapped when read, each section with its checksum."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from lichen.errors import InputError, Problem
from lichen.fit.scan.register import Array
from lichen.language import _

__all__ = ["Sections", "refused_file", "replace_file", "write_sections"]

MAGIC = b"LICHENIX"
VERSION = 1
_LEAD = len(MAGIC) + 8 + 32
_PAGE = 4096


class Sections:
    """The arrays of a file, mapped and read-only; several processes share one copy in memory.

    Opening looks at the header and at the size of the file alone; :meth:`verify` reads everything.

    Args:
        path: A file that ``write_sections`` wrote.

    Raises:
        InputError: It is no such file, of another version, cut short, or its header is damaged.
    """

    def __init__(self, path: Path) -> None:
        """Map the file."""
        self.path = path
        with path.open("rb") as file:
            self.inode = os.fstat(file.fileno()).st_ino
            size = os.fstat(file.fileno()).st_size
            header, self.digest = _header(path, file.read(_LEAD), file)
            self._map = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)
        self.said: Mapping[str, Any] = header["said"]
        self._sections: Mapping[str, Any] = header["sections"]
        if size != header["size"]:
            raise refused_file(path, _("it has been cut short or added to"))
        self.arrays: Mapping[str, Array] = {name: self._mapped(*where[:3]) for name, where in self._sections.items()}

    def verify(self) -> None:
        """Read every section and compare it with its checksum.

        Raises:
            InputError: Sections are damaged; each is named.
        """
        damaged = [name for name, entry in self._sections.items() if _checksum(self.arrays[name]) != entry[3]]
        if damaged or any(self._between()):
            raise refused_file(self.path, _("damaged: {sections}").format(sections=", ".join(damaged or ["padding"])))

    def _mapped(self, kind: str, shape: list[int], offset: int) -> Array:
        count = int(np.prod(shape))
        return np.frombuffer(self._map, dtype=np.dtype(kind), count=count, offset=offset).reshape(shape)

    def _between(self) -> bytes:
        """What stands between the sections, which is nothing in a sound file."""
        ends = [offset + self.arrays[name].nbytes for name, (_kind, _shape, offset, _sum) in self._sections.items()]
        begins = [entry[2] for entry in self._sections.values()] + [len(self._map)]
        return b"".join(self._map[end:begin] for end, begin in zip(ends, begins[1:], strict=True))


def write_sections(path: Path, arrays: Mapping[str, Array], said: Mapping[str, Any]) -> None:
    """Write a file of arrays in the place of the one that is there, whole or not at all.

    Args:
        path: Where.
        arrays: The sections by name.
        said: What else the header tells, as JSON.
    """
    entries: dict[str, tuple[str, list[int], int, str]] = {}
    # The header is as long as it is with the longest offsets, so that the sections need not move when these are known.
    offset = _aligned(_LEAD + 200 * (len(arrays) + 1) + len(json.dumps(said)))
    first = offset
    for name, array in arrays.items():
        entries[name] = (array.dtype.str, list(array.shape), offset, _checksum(array))
        offset = _aligned(offset + array.nbytes)
    header = json.dumps({"said": said, "size": offset, "sections": entries}).encode().ljust(first - _LEAD)

    def written(file: Any) -> None:
        file.write(MAGIC + VERSION.to_bytes(4, "little") + len(header).to_bytes(4, "little") + sha256(header).digest())
        file.write(header)
        for name, array in arrays.items():
            file.seek(entries[name][2])
            file.write(np.ascontiguousarray(array).data if array.size else b"")
        file.truncate(offset)

    replace_file(path, written)


def replace_file(path: Path, written: Any) -> None:
    """Write beside the file, see it safely on the disk, and only then put it in its place.

    Args:
        path: The file.
        written: Writes into the open file that it is given.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            written(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def refused_file(path: Path, what: str) -> InputError:
    """The refusal of a file by its name."""
    return InputError(Problem(what, _("build the index anew"), file=path.name))


def _header(path: Path, lead: bytes, file: Any) -> tuple[dict[str, Any], str]:
    if lead[: len(MAGIC)] != MAGIC or len(lead) < _LEAD:
        raise refused_file(path, _("this is not an index of Lichen, or its first bytes are damaged"))
    version, length = (int.from_bytes(lead[at : at + 4], "little") for at in (len(MAGIC), len(MAGIC) + 4))
    if version != VERSION:
        raise refused_file(path, _("it was written by another version of Lichen, or its header is damaged"))
    header = file.read(min(length, 1 << 24))
    if sha256(header).digest() != lead[-32:]:
        raise refused_file(path, _("its header is damaged"))
    return json.loads(header), sha256(header).hexdigest()


def _checksum(array: Array) -> str:
    return sha256(np.ascontiguousarray(array).data if array.size else b"").hexdigest()


def _aligned(offset: int) -> int:
    return -(-offset // _PAGE) * _PAGE
