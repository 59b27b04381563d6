"""What a store holds: its parts by name and checksum, and what was loaded into it.

``manifest.json`` is the only truth: a part that it does not name does not exist, and it is replaced at once or not
at all. So whoever reads while something is loaded reads the store as it was.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lichen.errors import InputError, Problem
from lichen.language import _

__all__ = ["FORMAT", "MANIFEST", "Given", "Load", "Manifest", "Part", "read_manifest", "replaced", "write_manifest"]

MANIFEST = "manifest.json"
"""The name of the file."""
FORMAT = 1
"""The version of the store's layout."""
_LARGEST = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the store: the entries of one jurisdiction whose ids fall into one bucket."""

    name: str
    """Jurisdiction and bucket, such as ``GB/07``."""
    file: str
    """Where it stands, below the store."""
    rows: int
    """Entries in it."""
    bytes: int
    """Its size."""
    sha256: str
    """Its checksum."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was loaded."""

    name: str
    """Its name, without the folder."""
    bytes: int
    """Its size."""
    sha256: str
    """Its checksum."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was loaded from one source at one time, and what was left out of it."""

    source: str
    """The source's name."""
    key: str
    """What tells this load from others: a checksum of the source and its files."""
    files: tuple[Given, ...]
    """What was given, by checksum."""
    read: int
    """Rows that were read."""
    entries: int
    """Entries that they gave; a row of grants gives two."""
    skipped: Mapping[str, int]
    """Rows that were left out, by reason."""
    examples: Mapping[str, tuple[str, ...]]
    """The first places of each reason, such as ``eo1.csv row 17``."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store holds."""

    format: int
    """The version of the layout."""
    lichen: str
    """The version of Lichen that wrote it last."""
    taxonomy: str
    """The version of the vocabulary of its codes."""
    buckets: int
    """How many parts each jurisdiction is spread over."""
    parts: tuple[Part, ...] = ()
    """By name."""
    loads: tuple[Load, ...] = ()
    """By source and key."""

    @property
    def rows(self) -> int:
        """Entries in the whole store."""
        return sum(part.rows for part in self.parts)


def read_manifest(store: Path) -> Manifest | None:
    """What a store holds; None where there is no store yet.

    Raises:
        InputError: The manifest cannot be read, or is of another version of the layout.
    """
    path = store / MANIFEST
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise _not_ours(_("this store was written by another version of Lichen"))
        return _manifest(found)
    except InputError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _not_ours(_("this does not say what the store holds")) from None


def write_manifest(store: Path, manifest: Manifest) -> None:
    """Say what the store holds from now on; until this is done it holds what it held."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    replaced(store / MANIFEST, text.encode())


def replaced(path: Path, content: bytes) -> None:
    """Put a file in the place of an older one, at once or not at all."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _manifest(found: dict[str, Any]) -> Manifest:
    parts = tuple(Part(**part) for part in found.pop("parts"))
    loads = tuple(_load(dict(load)) for load in found.pop("loads"))
    for part in parts:
        inside = Path(part.file)
        if inside.is_absolute() or ".." in inside.parts or not isinstance(part.rows, int):
            raise ValueError
    return Manifest(**found, parts=parts, loads=loads)


def _load(found: dict[str, Any]) -> Load:
    files = tuple(Given(**given) for given in found.pop("files"))
    examples = {why: tuple(places) for why, places in found.pop("examples").items()}
    return Load(**found, files=files, examples=examples)


def _not_ours(what: str) -> InputError:
    return InputError(Problem(what, _("a folder that lichen import --store wrote"), file=MANIFEST))
