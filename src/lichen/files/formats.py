"""Which module reads and writes which format; each is loaded when a file of its kind comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from lichen.errors import InputError, Problem
from lichen.files.draft import Draft, Reading
from lichen.language import _

__all__ = ["FORMATS", "Format", "format_named", "format_of"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {"yaml": "yaml_text", "yml": "yaml_text", "json": "json_text", "csv": "csv_text", "xlsx": "workbook"}
)
"""The module of each format, by the suffix of its files."""


class Format(Protocol):
    """What a module of a format has."""

    LARGEST: int
    """So many bytes a file may have."""

    def drafts_in(self, raw: bytes, reading: Reading) -> list[Draft]:
        """One draft for each organisation in a file.

        Raises:
            InputError: There is no point in reading on.
        """

    def written(self, drafts: Sequence[Draft], form: str) -> bytes:
        """The file that has the drafts in it."""


def format_named(name: str, file: str = "") -> Format:
    """The format of a name such as ``yaml``.

    Raises:
        InputError: No format has this name.
    """
    module = FORMATS.get(name.lower())
    if module is None:
        right = ", ".join(f".{suffix}" for suffix in FORMATS)
        raise InputError(Problem(_("this is no format that Lichen knows"), right, file=file))
    return cast("Format", import_module(f"lichen.files.{module}"))


def format_of(path: Path) -> Format:
    """The format that the suffix of a path names.

    Raises:
        InputError: No format has this suffix.
    """
    return format_named(path.suffix[1:], path.name)
